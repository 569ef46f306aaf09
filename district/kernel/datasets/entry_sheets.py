"""Sheets of a file in which a department lists its resources: rows of text, however it was saved. No Django."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

ENCODINGS = ("utf-8-sig", "gb18030")
MOST_ROWS, MOST_COLUMNS = 20_000, 60


class UnreadableFile(ValueError):
    """The file is no sheet; the text says why."""


@dataclass(frozen=True)
class Sheet:
    """`rows` are texts, trimmed; a merged cell has its text in its first row and column only."""

    name: str
    rows: list[list[str]]


def sheets_of(suffix: str, content: bytes) -> list[Sheet]:
    """The sheets of a `.csv` or `.xlsx` file. Raises UnreadableFile."""
    return [_csv_sheet(content)] if suffix == ".csv" else _workbook_sheets(content)


def _csv_sheet(content: bytes) -> Sheet:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.split("\n", 1)[0]
        delimiter = max(",\t;，", key=first.count)
        rows = [
            [cell.strip() for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
        return Sheet("", _bounded(rows))
    raise UnreadableFile("文件的编码既不是 UTF-8，也不是 GB18030")


def _workbook_sheets(content: bytes) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return [Sheet(name, _texts(book.get_sheet_by_name(name))) for name in book.sheet_names]
    except CalamineError as error:
        raise UnreadableFile(f"不能读取这个工作簿：{error}") from error


def _texts(sheet: Any) -> list[list[str]]:
    return _bounded([[_text(cell) for cell in row] for row in sheet.to_python(nrows=MOST_ROWS + 1)])


def _bounded(rows: list[list[str]]) -> list[list[str]]:
    if len(rows) > MOST_ROWS:
        raise UnreadableFile(f"一个工作表至多 {MOST_ROWS} 行")
    return [row[:MOST_COLUMNS] for row in rows]


def _text(cell: object) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).strip()
