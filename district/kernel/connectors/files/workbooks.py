"""Excel and OpenDocument workbooks as batches of text columns. No Django.

Cells come with the values that were stored. A sheet too large to be held is read as a stream by openpyxl, others by
calamine, which is many times faster.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from district.kernel.connectors.conformance import as_text
from district.kernel.connectors.files.headers import LOOKED_AT, Header, Merge, find_header
from district.kernel.connectors.files.odd_rows import OddRows
from district.kernel.connectors.files.options import Options
from district.kernel.connectors.files.workbook_safety import check_workbook, formula_notes
from district.kernel.connectors.rows import Rows
from district.kernel.files.refusal import Refusal

BATCH_ROWS = 8_192
HELD_BYTES = 120 * 1024 * 1024
"""Bytes of XML from which on a sheet is not held in memory."""
ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})


class Workbook:
    """Iterate once."""

    def __init__(self, path: Path, options: Options) -> None:
        self.path, self.options = path, options
        self.is_package = check_workbook(path)
        self.header: Header | None = None
        self.odd = OddRows()
        self.sheet = ""
        self.other_sheets: list[str] = []

    def __iter__(self) -> Iterator[Rows]:
        rows, merges = self._streamed() if self._is_large() else self._held()
        first = [[_text(cell) for cell in row] for row in islice(rows, LOOKED_AT)]
        if not any(cell for row in first for cell in row):
            raise Refusal("no_rows", f"工作表“{self.sheet}”里没有内容")
        top = [merge for merge in merges if merge[0][0] < LOOKED_AT]
        self.header = find_header(first, top, self.options.header_row)
        body = chain(first[self.header.last + 1 :], ([_text(cell) for cell in row] for row in rows))
        filled = _filled_down(body, self.header.last + 1, merges)
        yield from self._batches(filled, self.header.last + 2)

    def notes(self) -> list[dict[str, str]]:
        found = list(self.header.notes) if self.header else []
        if self.is_package and self.path.stat().st_size:
            found += formula_notes(self.path)
        if self.other_sheets:
            names = "、".join(self.other_sheets[:6])
            found.append({"code": "other_sheets", "words": f"只读取了工作表“{self.sheet}”，另有：{names}"})
        return found + self.odd.notes()

    def _is_large(self) -> bool:
        if not self.is_package:
            return False
        with zipfile.ZipFile(self.path) as package:
            sizes = [
                entry.file_size for entry in package.infolist() if entry.filename.startswith("xl/worksheets/")
            ]
        return max(sizes, default=0) > HELD_BYTES

    def _held(self) -> tuple[Iterator[Sequence[Any]], list[Merge]]:
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_path(str(self.path))
        chosen: Any = None
        for name in book.sheet_names:
            if self.options.sheet and name != self.options.sheet:
                continue
            sheet = book.get_sheet_by_name(name)
            if chosen is None and (sheet.height or self.options.sheet):
                chosen, self.sheet = sheet, name
            elif sheet.height:
                self.other_sheets.append(name)
        if chosen is None:
            raise self._no_sheet(book.sheet_names)
        # Rows are counted from the top of the sheet, not from the first that is filled.
        return iter(chosen.to_python(skip_empty_area=False)), list(chosen.merged_cell_ranges or [])

    def _streamed(self) -> tuple[Iterator[Sequence[Any]], list[Merge]]:
        from openpyxl import load_workbook

        book = load_workbook(self.path, read_only=True, data_only=True)
        names = [self.options.sheet] if self.options.sheet else book.sheetnames[:1]
        if names[0] not in book.sheetnames:
            raise self._no_sheet(book.sheetnames)
        self.sheet, self.other_sheets = names[0], [name for name in book.sheetnames if name != names[0]]
        return book[self.sheet].iter_rows(values_only=True), []

    def _no_sheet(self, names: Iterable[str]) -> Refusal:
        if self.options.sheet:
            return Refusal("no_sheet", f"没有工作表“{self.options.sheet}”，有：{'、'.join(names)}")
        return Refusal("no_rows", "工作簿里没有内容")

    def _batches(self, rows: Iterator[list[str]], first: int) -> Iterator[Rows]:
        assert self.header is not None
        names, number = self.header.names, first
        while group := list(islice(rows, BATCH_ROWS)):
            width = len(names)
            even = [row[:width] + [""] * (width - len(row)) for row in group]
            columns = [pa.array(list(column), pa.string()) for column in zip(*even, strict=True)]
            batch = pa.RecordBatch.from_arrays(columns, names=names)
            kept, chosen = self.odd.without(batch)
            yield Rows(kept, number + chosen)
            number += len(group)


def _text(cell: Any) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        return "" if cell in ERRORS else cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat()
            if (cell.hour, cell.minute, cell.second) == (0, 0, 0)
            else cell.isoformat(" ", "seconds")
        )
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else as_text(cell)


def _filled_down(rows: Iterator[list[str]], first: int, merges: Sequence[Merge]) -> Iterator[list[str]]:
    """A cell merged over several records stands for each of them."""
    open_until: dict[int, tuple[int, str]] = {}
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in merges:
        if top >= first and bottom > top and left == right:
            starts.setdefault(top, []).append((left, bottom))
    for number, row in enumerate(rows, start=first):
        for column, (bottom, text) in open_until.items():
            if number <= bottom and column < len(row) and not row[column]:
                row[column] = text
        for column, bottom in starts.get(number, ()):
            if column < len(row):
                open_until[column] = (bottom, row[column])
        yield row
