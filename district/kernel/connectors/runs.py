"""The one path from rows to a version.

    run(source, batches, account=account)               # a new delivery
    perform(delivery, batches, progress)                # one that exists, from where it was

Rows are checked in parts; each part and its refused rows are noted together, so a delivery that was killed goes on
behind the last part. Only when all rows are there do they become a version, in one step: readers never see half of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import DatabaseError, IntegrityError, connection, transaction

from district.kernel.clock import now
from district.kernel.connectors.conformance import batch_of
from district.kernel.connectors.contract import RunFailed
from district.kernel.connectors.models import Run, RunState, Source
from district.kernel.connectors.rows import Batches, DeliveryRefused, Rows
from district.kernel.connectors.run_attempt import Part, wanted_items
from district.kernel.connectors.run_checking import Checking
from district.kernel.connectors.run_publishing import Publishing
from district.kernel.connectors.staging import Staging
from district.kernel.events import publish as tell
from district.kernel.files.refusal import Refusal
from district.kernel.jobs import Progress
from district.kernel.people.refused import Refused

PART_ROWS: Final = 131_072
REFUSALS = (DeliveryRefused, Refusal, Refused)


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

    Raises Refused: `busy` when another delivery of the source is running, `being_read` when another process has this one.
    """
    with _alone(delivery):
        return _performed(delivery, batches, progress, is_replayed, goes_on)


def _performed(
    delivery: Run, batches: Batches, progress: Progress | None, is_replayed: bool, goes_on: bool
) -> Run:
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


@contextmanager
def _alone(delivery: Run) -> Iterator[None]:
    """A lock that ends with the process: a worker taken for dead may still be at work."""
    key = ["connectors.run", delivery.pk]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s), %s)", key)
        if cursor.fetchone() != (True,):
            raise Refused("being_read", "这一批正由另一个进程处理", field="run", value=delivery.pk)
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s), %s)", key)


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


class _Work(Checking, Publishing):
    """One attempt at a delivery."""

    def __init__(
        self, delivery: Run, progress: Progress | None, is_replayed: bool, goes_on: bool = False
    ) -> None:
        self.run, self.source, self.progress = delivery, delivery.source, progress
        self.items = wanted_items(self.source)
        if not self.items:
            raise Refused("no_items", f"资源“{self.source.resource.title}”还没有信息项", field="items")
        self.staging = Staging(delivery.mark)
        self.matched = None
        self.columns = []
        self.part = Part()
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
        self.part = Part()
        if self.progress is not None:
            self.progress.save({"run": delivery.pk, "read": at["read"]})

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


def counts_agree(delivery: Run) -> bool:
    """Every row read is taken, refused or repeated."""
    return delivery.rows_read == delivery.rows_taken + delivery.rows_refused + delivery.rows_repeated
