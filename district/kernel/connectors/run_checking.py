"""A delivery's columns against the resource, its rows against the items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from district.kernel.connectors.conformance import Problem, Wanted, as_text, batch_of, check
from district.kernel.connectors.drift import Drift, column_drift, type_drift
from district.kernel.connectors.matching import match
from district.kernel.connectors.models import Kind, OnNewColumn, RefusedRow, RunState
from district.kernel.connectors.rows import DeliveryRefused, Rows, UnreadRow
from district.kernel.connectors.run_attempt import Attempt
from district.kernel.connectors.staging import with_positions

MOST_REFUSED: Final = 200_000
"""More refused rows than this are not kept one by one: the delivery fails as a whole."""
HOPELESS_AFTER: Final = 5_000
"""When so many rows have been read and none conforms, the delivery is of something else."""
FILES = (Kind.FILE, Kind.FOLDER)
"""A file begins anew each time; the other connectors ask for what lies behind the cursor, and a little before it."""


class Checking(Attempt):
    """What has been checked is gathered in `part`."""

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
