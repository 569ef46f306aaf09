"""The one path from rows to a version.

    run(source, batches, account=account)               # a new delivery
    perform(delivery, batches, progress)                # one that exists, from where it was

Rows are checked in parts; each part and its refused rows are noted together, so a delivery that was killed goes on
behind the last part. Only when all rows are there do they become a version, in one step: readers never see half of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import IntegrityError, transaction
from django.db.models import Q

from district.kernel.clock import now
from district.kernel.connectors import repeats
from district.kernel.connectors.conformance import Problem, Wanted, as_text, batch_of, check
from district.kernel.connectors.contract import RowsRefused, RunFailed, RunFinished
from district.kernel.connectors.drift import Drift, column_drift, type_drift
from district.kernel.connectors.matching import Matched, match
from district.kernel.connectors.models import (
    Kind,
    Mode,
    OnNewColumn,
    RefusedRow,
    RefusedState,
    Run,
    RunState,
    Source,
)
from district.kernel.connectors.rows import Batches, DeliveryRefused, Rows, UnreadRow
from district.kernel.connectors.staging import POSITION, Staging, with_positions
from district.kernel.datasets.models import Version
from district.kernel.datasets.versions import lake_sql, open_version, published
from district.kernel.events import publish as tell
from district.kernel.files.refusal import Refusal
from district.kernel.jobs import Progress
from district.kernel.people.refused import Refused

PART_ROWS: Final = 131_072
MOST_REFUSED: Final = 200_000
"""More refused rows than this are not kept one by one: the delivery fails as a whole."""
HOPELESS_AFTER: Final = 5_000
"""When so many rows have been read and none conforms, the delivery is of something else."""
FILES = (Kind.FILE, Kind.FOLDER)
"""A file begins anew each time; the other connectors ask for what lies behind the cursor, and a little before it."""
KNOW_REPEATS: Final = (Kind.DATABASE, Kind.MQTT, Kind.NATS)
"""Their readers know what came before; rows without a key that are alike are two rows."""
REFUSALS = (DeliveryRefused, Refusal, Refused)


def wanted_items(source: Source) -> list[Wanted]:
    return [
        Wanted(item.name, item.title, str(item.type), item.length, item.is_required or item.is_key)
        for item in source.resource.items.order_by("position", "pk")
    ]


def run(
    source: Source,
    batches: Batches,
    *,
    account: Any = None,
    progress: Progress | None = None,
    content_sha256: str = "",
    size: int = 0,
    **given: Any,
) -> Run:
    """A delivery of `batches`, from reading to the published version. Never raises for what is wrong with rows or
    columns: the run that is returned says it (state failed or blocked, code, problem, drift, refused rows)."""
    made = Run.objects.create(
        source=source, made_by=account, content_sha256=content_sha256, bytes=size, input=given,
        cursor_before=source.cursor,
    )  # fmt: skip
    return perform(made, batches, progress)


def perform(
    delivery: Run, batches: Batches, progress: Progress | None = None, *, is_replayed: bool = True,
    goes_on: bool = False,
) -> Run:  # fmt: skip
    """Goes on with a delivery. `is_replayed`: `batches` begin with the first row again, as those of a file do;
    otherwise (a table without a key) what had been staged is dropped and they are taken from the beginning.
    `goes_on`: they begin behind the cursor of the last checkpoint, with positions of their own; what was staged stays.

    Raises Refused (`busy`) when another delivery of the source is running.
    """
    _begin(delivery)
    try:
        work = _Work(delivery, progress, is_replayed, goes_on)
        if not (work.is_published() or work.is_known_content()) and not work.read(batches):
            return delivery
        work.finish()
    except REFUSALS as refusal:
        fail(delivery, refusal.code, str(refusal))
    except Exception:
        fail(delivery, "broken", "处理过程出错，已保留进度，可继续；若再次出错请联系运维")
        raise
    return delivery


def _begin(delivery: Run) -> None:
    delivery.state, delivery.code, delivery.problem, delivery.ended_at = RunState.RUNNING, "", "", None
    try:
        with transaction.atomic():
            delivery.save(update_fields=["state", "code", "problem", "ended_at"])
    except IntegrityError as error:
        delivery.state = RunState.WAITING
        raise Refused("busy", "这个来源还有一批正在接入，请等它结束") from error


def fail(delivery: Run, code: str, words: str) -> None:
    """Ends a delivery that cannot be taken; what was staged stays, so that it can go on."""
    delivery.state, delivery.code, delivery.problem, delivery.ended_at = (
        RunState.FAILED,
        code[:60],
        words,
        now(),
    )
    with transaction.atomic():
        delivery.save(update_fields=["state", "code", "problem", "ended_at"])
        tell(RunFailed(run_id=delivery.pk, source_id=delivery.source_id, code=delivery.code))


@dataclass
class _Part:
    """What has been checked since the last checkpoint."""

    good: list[pa.RecordBatch] = field(default_factory=list)
    problems: list[RefusedRow] = field(default_factory=list)
    rows: int = 0
    read: int = 0
    repeated: int = 0
    bytes: int = 0
    cursor: Any = None


class _Work:
    """One attempt at a delivery."""

    def __init__(
        self, delivery: Run, progress: Progress | None, is_replayed: bool, goes_on: bool = False
    ) -> None:
        self.run, self.source, self.progress = delivery, delivery.source, progress
        self.items = wanted_items(self.source)
        if not self.items:
            raise Refused("no_items", f"资源“{self.source.resource.title}”还没有信息项", field="items")
        self.staging = Staging(delivery.mark)
        self.matched: Matched | None = None
        self.columns: list[str] = []
        self.part = _Part()
        if not (is_replayed or goes_on) or not delivery.checkpoint:
            self._start_anew()
        read: int = delivery.checkpoint["read"]
        self.skip, self.last = (0, read) if goes_on else (read, 0)

    def _start_anew(self) -> None:
        delivery = self.run
        self.staging.forget()
        delivery.refused.all().delete()
        delivery.rows_read = delivery.rows_taken = delivery.rows_refused = delivery.rows_repeated = 0
        delivery.rules, delivery.drift, delivery.version = {}, [], None
        delivery.checkpoint = {"read": 0, "parts": 0, "cursor": None, "high": None, "done": False,
                               "staged": 0, "repeated": 0}  # fmt: skip
        delivery.save()

    # What came before

    def is_published(self) -> bool:
        """A killed attempt may have published before it could say so."""
        version = Version.objects.filter(resource=self.source.resource, made_by=self.run.mark).exclude(
            state__in=(Version.State.BUILDING, Version.State.REFUSED)
        )
        self.run.version = version.first()
        return self.run.version is not None

    def is_known_content(self) -> bool:
        """The same file again: of a replacing source the last one, of others any one taken before."""
        if not self.run.content_sha256 or self.run.corrects_id:
            return False
        taken = Run.objects.filter(source=self.source, state=RunState.DONE, corrects=None).exclude(
            pk=self.run.pk
        )
        same = taken.filter(content_sha256=self.run.content_sha256)
        if self.source.mode == Mode.REPLACE:
            last = taken.order_by("-ended_at", "-pk").first()
            same = same.filter(pk=last.pk) if last else same.none()
        found = same.order_by("pk").first()
        if found is None:
            return False
        self.run.rows_read = self.run.rows_repeated = found.rows_read
        note = f"与 {found.started_at:%Y-%m-%d} 第 {found.pk} 批是同一个文件，没有重复入库"
        self.run.notes = [*self.run.notes, {"code": "same_file", "words": note}]
        return True

    # Reading

    def read(self, batches: Batches) -> bool:
        """Checks all rows; False when it was stopped or waits for a decision."""
        if self.run.checkpoint["done"]:
            return True
        for each in self._not_yet_read(batches):
            if self.matched is None and not self._columns_agree(each):
                return False
            self._take(each)
            if self.part.rows >= PART_ROWS:
                self._checkpoint()
                if self.progress is not None and self.progress.should_stop():
                    return self._stopped()
        self.run.checkpoint["done"] = True
        self._checkpoint()
        return True

    def _not_yet_read(self, batches: Batches) -> Iterator[Rows]:
        """In order, with positions, without the first `skip` rows that an earlier attempt had checked."""
        last, skip = self.last, self.skip
        for given in batches:
            each = given if isinstance(given, Rows) else Rows(given)
            batch = batch_of(each.rows)
            positions = each.positions
            if positions is None:
                positions = np.arange(last + 1, last + 1 + batch.num_rows)
            last = int(max([last, *positions[-1:], *(row.position for row in each.unread[-1:])]))
            count = batch.num_rows + len(each.unread)
            if skip >= count and count:
                skip -= count
                continue
            if skip:
                raise DeliveryRefused("input_changed", "输入与中断前的不同，不能接着处理；请重新提交")
            yield Rows(batch, positions, each.unread, each.cursor, each.bytes, each.repeated)

    def _columns_agree(self, each: Rows) -> bool:
        """Drift is looked for before the first row is written; False when a person has to decide."""
        batch: pa.RecordBatch = each.rows
        if not batch.num_rows and not batch.num_columns:
            return True
        settings = self.source.settings
        self.columns = list(batch.schema.names)
        self.matched = match(self.columns, self.items, settings.get("mapping"))
        if not self.matched.columns:
            raise DeliveryRefused("no_column_fits", self._no_column_fits())
        drift = column_drift(
            self.matched, self.items, known_columns=settings.get("columns", ()),
            known_items=settings.get("items", ()), absent=settings.get("absent", ()),
            is_new_blocked=self.source.on_new_column == OnNewColumn.BLOCK,
        )  # fmt: skip
        if not self.run.input.get("is_type_accepted"):
            problems = check(batch, self.items, self.matched.columns).problems
            drift += type_drift(problems, self.items, self.matched.columns, batch.num_rows)
        if self.run.checkpoint["read"] == 0:
            self.run.drift = [each.as_json() for each in drift]
            self.run.save(update_fields=["drift"])
        return not any(each.is_blocking for each in drift) or self._blocked(drift)

    def _no_column_fits(self) -> str:
        shown = "、".join(column[:20] for column in self.columns[:8])
        titles = "、".join(item.title for item in self.items[:8])
        return f"没有一列对得上目录里的信息项。文件的列：{shown}；信息项：{titles}。请检查表头行、分隔符，或指定列的对应"

    def _blocked(self, drift: Sequence[Drift]) -> bool:
        self.run.state, self.run.code = RunState.BLOCKED, "schema_drift"
        self.run.problem = "；".join(each.words for each in drift if each.is_blocking)
        self.run.save(update_fields=["state", "code", "problem"])
        return False

    def _stopped(self) -> bool:
        self.run.state = RunState.STOPPED
        self.run.save(update_fields=["state"])
        return False

    def _take(self, each: Rows) -> None:
        batch: pa.RecordBatch = each.rows
        assert each.positions is not None
        positions: np.ndarray = each.positions
        assert self.matched is not None or not batch.num_rows
        if self.matched is not None:
            batch, positions = self._ahead_of_cursor(batch, positions)
            checked = check(batch, self.items, self._present(batch))
            if checked.good.num_rows:
                self.part.good.append(with_positions(checked.good, positions[checked.kept]))
            self.part.problems += [self._refused(batch, positions, problem) for problem in checked.problems]
        self.part.problems += [self._unread(row) for row in each.unread]
        count = len(each.positions) + len(each.unread)
        self.part.rows += count
        self.part.read += count + each.repeated
        self.part.repeated += each.repeated
        self.part.bytes += each.bytes
        self.part.cursor = each.cursor if each.cursor is not None else self.part.cursor
        if self.progress is not None:
            self.progress.advance(each.bytes or count)
        self._check_hope()

    def _present(self, batch: pa.RecordBatch) -> Mapping[str, str]:
        """Records may lack fields that others have."""
        assert self.matched is not None
        names = set(batch.schema.names)
        if not names <= set(self.columns):
            self.columns += sorted(names - set(self.columns))
            self.matched = match(self.columns, self.items, self.source.settings.get("mapping"))
        return {item: column for item, column in self.matched.columns.items() if column in names}

    def _ahead_of_cursor(
        self, batch: pa.RecordBatch, positions: np.ndarray
    ) -> tuple[pa.RecordBatch, np.ndarray]:
        """Rows at or below the cursor came before. Those without a value of the cursor are kept, to be refused."""
        cursor, name = self.source.cursor, self.source.cursor_item
        if (
            not name
            or self.source.kind not in FILES
            or self.run.corrects_id
            or not isinstance(cursor, str | int | float)
        ):
            return batch, positions
        column = self._present(batch).get(name)
        item = next((each for each in self.items if each.name == name), None)
        if column is None or item is None:
            return batch, positions
        values = check(batch, [Wanted(item.name, item.title, item.type)], {name: column})
        limit = check(
            batch_of([{name: cursor}]), [Wanted(item.name, item.title, item.type)], {name: name}
        ).good
        is_old = np.zeros(batch.num_rows, dtype=bool)
        is_old[values.kept] = (
            pc.less_equal(values.good.column(0), limit.column(0)[0]).fill_null(False).to_numpy(False)
        )
        if not is_old.any():
            return batch, positions
        self.part.repeated += int(is_old.sum())
        return batch.filter(pa.array(~is_old)), positions[~is_old]

    def _refused(self, batch: pa.RecordBatch, positions: np.ndarray, problem: Problem) -> RefusedRow:
        raw = {
            name: as_text(value)
            for name, value in batch.slice(problem.index, 1).to_pylist()[0].items()
            if value is not None
        }
        return RefusedRow(
            run=self.run, position=int(positions[problem.index]), raw=raw, item=problem.item, value=problem.value,
            rule=problem.rule, code=problem.code, words=problem.words,
        )  # fmt: skip

    def _unread(self, row: UnreadRow) -> RefusedRow:
        return RefusedRow(
            run=self.run,
            position=row.position,
            raw=dict(row.raw),
            rule="form",
            code=row.code,
            words=row.words[:400],
        )

    def _check_hope(self) -> None:
        refused = self.run.rows_refused + len(self.part.problems)
        read = self.run.rows_read + self.part.read
        if refused > MOST_REFUSED:
            raise DeliveryRefused(
                "too_many_refused", f"已有 {refused} 行不合规，超过 {MOST_REFUSED} 行，请先检查文件或列的对应"
            )
        if refused == read >= HOPELESS_AFTER:
            example = self.part.problems[-1].words if self.part.problems else ""
            raise DeliveryRefused(
                "nothing_conforms", f"前 {read} 行没有一行合规，请检查列的对应。例如：{example}"
            )

    def _checkpoint(self) -> None:
        """The part, its refused rows and how far the delivery is: noted together."""
        part, delivery, at = self.part, self.run, self.run.checkpoint
        if part.good:
            table = pa.Table.from_batches(part.good)
            self.staging.write(at["parts"], table)
            at["parts"] += 1
            self._note_highest(table)
        taken = sum(batch.num_rows for batch in part.good)
        delivery.rows_read += part.read
        delivery.rows_taken += taken
        delivery.rows_repeated += part.repeated
        for problem in part.problems:
            delivery.rules[problem.code] = delivery.rules.get(problem.code, 0) + 1
        at["read"] += part.read
        at["staged"] += taken
        at["repeated"] += part.repeated
        at["cursor"] = part.cursor if part.cursor is not None else at["cursor"]
        with transaction.atomic():
            self._keep(part.problems)
            delivery.save()
        self.part = _Part()
        if self.progress is not None:
            self.progress.save({"run": delivery.pk, "read": at["read"]})

    def _keep(self, problems: list[RefusedRow]) -> None:
        """A corrected row that is refused again stays the row it was, with the new reason."""
        self.run.rows_refused += len(problems)
        if self.run.corrects_id is None:
            RefusedRow.objects.bulk_create(problems, batch_size=2000, ignore_conflicts=True)
            return
        for problem in problems:
            RefusedRow.objects.filter(run_id=self.run.corrects_id, position=problem.position).update(
                item=problem.item, value=problem.value, rule=problem.rule, code=problem.code, words=problem.words,
                state=RefusedState.REFUSED,
            )  # fmt: skip

    def _note_highest(self, table: pa.Table) -> None:
        name = self.source.cursor_item
        if not name or name not in table.column_names:
            return
        highest = pc.max(table[name]).as_py()
        kept = self.run.checkpoint["high"]
        if highest is None:
            return
        value = highest if isinstance(highest, int | float | str) else highest.isoformat()
        if kept is None or value > kept:
            self.run.checkpoint["high"] = value

    # From rows to a version

    def finish(self) -> None:
        """Publishes what was staged, unless that is done or nothing new came."""
        if self.run.version is None and self.run.checkpoint["parts"]:
            self._publish()
        elif self.run.version is None and not self.run.rows_repeated:
            self._refuse_empty()
        self._done()

    def _refuse_empty(self) -> None:
        if self.run.rows_refused:
            raise DeliveryRefused(
                "all_refused", f"{self.run.rows_read} 行全部不合规，没有入库；请更正后重新提交"
            )
        if self.source.mode == Mode.REPLACE and not self.source.cursor_item:
            raise DeliveryRefused("no_rows", "没有数据行，没有入库；已发布的数据不变")

    def _publish(self) -> None:
        at, source, keys = self.run.checkpoint, self.source, self._keys()
        before = published(source.resource)
        parts, mode = self.staging.parts(at["parts"]), self._mode()
        columns = [item.name for item in self.items]
        is_compared = mode != "replace" and bool(keys or source.kind not in KNOW_REPEATS)
        found = repeats.find(
            parts, columns, keys, mode, lake_sql(before) if before is not None and is_compared else None
        )
        self._note_repeats(found)
        if not self.run.rows_taken and (self.run.rows_repeated or self.run.rows_refused):
            if self.run.rows_repeated:
                return
            self._refuse_empty()
        with open_version(source.resource, self.run.mark, mode) as draft:  # type: ignore[arg-type]
            draft.write(
                batch.drop_columns([POSITION]) for batch in self.staging.batches(at["parts"], found.dropped)
            )
            self.run.version = draft.publish(self.run.made_by)

    def _keys(self) -> list[str]:
        return list(
            self.source.resource.items.filter(is_key=True).order_by("position").values_list("name", flat=True)
        )

    def _mode(self) -> str:
        """Corrected rows join the version their delivery made."""
        is_joining = self.run.corrects_id is not None and self.source.mode == Mode.REPLACE
        return "append" if is_joining else str(self.source.mode)

    def _note_repeats(self, found: repeats.Found) -> None:
        """From what reading had counted, so that a second attempt to publish comes to the same numbers."""
        at = self.run.checkpoint
        self.run.rows_repeated = at["repeated"] + len(found.repeated)
        self.run.rows_taken = at["staged"] - len(found.dropped)
        if len(found.clashing):
            self._refuse_clashing(found.clashing)
        self.run.save(update_fields=["rows_taken", "rows_refused", "rows_repeated", "rules"])

    def _refuse_clashing(self, positions: np.ndarray) -> None:
        if self.run.rules.get("key_taken") == len(positions):
            return
        if len(positions) > MOST_REFUSED:
            raise DeliveryRefused(
                "too_many_refused", f"{len(positions)} 行的主键重复而内容不同，请检查主键的设置"
            )
        keys = self._keys()
        problems = []
        for batch in self.staging.batches(self.run.checkpoint["parts"], repeats.NONE):
            is_clashing = np.isin(batch.column(POSITION).to_numpy(), positions)
            for row in batch.filter(pa.array(is_clashing)).to_pylist():
                position = row.pop(POSITION)
                raw = {
                    self._column_of(name): as_text(value) for name, value in row.items() if value is not None
                }
                value = " ".join(as_text(row[key]) for key in keys)[:400]
                problems.append(RefusedRow(run=self.run, position=position, raw=raw, item=keys[0], value=value, rule="key",
                                           code="key_taken", words="主键已有，内容却不同"))  # fmt: skip
        with transaction.atomic():
            self._keep(problems)
            self.run.rules["key_taken"] = len(problems)
            self.run.save(update_fields=["rows_refused", "rules"])

    def _column_of(self, item: str) -> str:
        return self.matched.columns.get(item, item) if self.matched else item

    def _done(self) -> None:
        delivery, source, at = self.run, self.source, self.run.checkpoint
        delivery.state, delivery.ended_at = RunState.DONE, now()
        cursor = at["cursor"] if at["cursor"] is not None else at["high"]
        with transaction.atomic():
            if cursor is not None and not delivery.corrects_id:
                source.cursor = cursor
                source.save(update_fields=["cursor"])
            if self.matched is not None and not delivery.corrects_id:
                source.settings = {
                    **source.settings,
                    "columns": self.columns,
                    "items": list(self.matched.columns),
                }
                source.save(update_fields=["settings"])
            delivery.cursor_after = source.cursor
            delivery.save()
            self._settle_corrected()
            tell(RunFinished(delivery.pk, source.pk, source.resource_id, delivery.version_id, delivery.rows_taken,
                             delivery.rows_refused))  # fmt: skip
            if delivery.rows_refused:
                tell(
                    RowsRefused(
                        run_id=delivery.pk,
                        source_id=source.pk,
                        resource_id=source.resource_id,
                        rows=delivery.rows_refused,
                    )
                )
        transaction.on_commit(self.staging.forget)

    def _settle_corrected(self) -> None:
        """Rows that were sent again and not refused again are in."""
        if self.run.corrects_id is not None:
            sent = Q(run_id=self.run.corrects_id, position__in=self.run.input["positions"])
            RefusedRow.objects.filter(sent, state=RefusedState.CORRECTED).update(state=RefusedState.TAKEN)


def counts_agree(delivery: Run) -> bool:
    """Every row read is taken, refused or repeated."""
    return delivery.rows_read == delivery.rows_taken + delivery.rows_refused + delivery.rows_repeated
