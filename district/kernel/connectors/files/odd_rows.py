"""Rows of a table that are no records: blank ones, totals, the lines below it that say who made it. No Django."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

LOOKED_AT = 3
"""Totals say so in one of the first columns."""
TOTAL = (
    r"^[\s　]*(合[\s　]*计|总[\s　]*计|小[\s　]*计|共[\s　]*计|本页合计|累计合计|(?i:grand total|total|subtotal))"
    r"[\s　]*[:：]?[\s　]*$"
)
FOOTER = (
    r"^[\s　]*(制表人?|填报人?|填表人?|审核人?|"
    r"单位负责人|统计负责人|填报单位|填报日期|报出日期|备注|注|说明)[\s　]*[:：]"
)
_TOTAL, _FOOTER = re.compile(TOTAL), re.compile(FOOTER)


class OddRows:
    """Counts what it took away, by kind."""

    def __init__(self) -> None:
        self.counts = {"blank": 0, "total": 0, "footer": 0}

    def without(self, batch: pa.RecordBatch) -> tuple[pa.RecordBatch, np.ndarray]:
        """The records, and their indices in the batch. All columns are text."""
        if not batch.num_columns or not batch.num_rows:
            return batch, np.arange(batch.num_rows)
        odd = self._blank(batch) | self._totals(batch)
        if not odd.any():
            return batch, np.arange(batch.num_rows)
        return batch.filter(pa.array(~odd)), np.flatnonzero(~odd)

    def _blank(self, batch: pa.RecordBatch) -> np.ndarray:
        odd = np.zeros(batch.num_rows, dtype=bool)
        candidates = np.flatnonzero(_is_empty(batch.column(0)))
        for column in range(1, batch.num_columns):
            if not len(candidates):
                return odd
            candidates = candidates[_is_empty(batch.column(column).take(pa.array(candidates)))]
        odd[candidates] = True
        self.counts["blank"] += len(candidates)
        return odd

    def _totals(self, batch: pa.RecordBatch) -> np.ndarray:
        odd = np.zeros(batch.num_rows, dtype=bool)
        for column in range(min(LOOKED_AT, batch.num_columns)):
            texts = batch.column(column)
            found = np.flatnonzero(_matching(texts, TOTAL))
            self.counts["total"] += int((~odd[found]).sum())
            odd[found] = True
        footers = [
            place
            for place in np.flatnonzero(_matching(batch.column(0), FOOTER))
            if self._is_alone(batch, int(place))
        ]
        self.counts["footer"] += len(footers)
        odd[footers] = True
        return odd

    @staticmethod
    def _is_alone(batch: pa.RecordBatch, place: int) -> bool:
        """A record that happens to begin like that has most of its cells filled."""
        filled = sum(
            bool((batch.column(column)[place].as_py() or "").strip()) for column in range(batch.num_columns)
        )
        return batch.num_columns > 2 and filled <= batch.num_columns / 2

    def is_odd(self, cells: list[str]) -> bool:
        """A line that has not the width of the table."""
        filled = [cell for cell in cells if cell.strip()]
        for kind, is_it in (
            ("blank", not filled),
            ("total", any(_TOTAL.match(cell) for cell in cells[:LOOKED_AT])),
            ("footer", bool(filled) and bool(_FOOTER.match(filled[0]))),
        ):
            if is_it:
                self.counts[kind] += 1
                return True
        return False

    def notes(self) -> list[dict[str, str]]:
        words = {
            "blank": "空行 %d 行，已跳过",
            "total": "合计行 %d 行，已跳过",
            "footer": "表尾说明 %d 行，已跳过",
        }
        return [
            {"code": f"{kind}_rows", "words": words[kind] % count}
            for kind, count in self.counts.items()
            if count
        ]


def _is_empty(column: pa.Array) -> np.ndarray:
    empty = pc.equal(pc.utf8_trim_whitespace(column), "").fill_null(True)
    return empty.to_numpy(zero_copy_only=False)


def _matching(column: pa.Array, pattern: str) -> np.ndarray:
    return pc.match_substring_regex(column, pattern).fill_null(False).to_numpy(zero_copy_only=False)
