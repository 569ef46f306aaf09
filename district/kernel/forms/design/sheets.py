"""The sheets of an XLSForm as rows of text, each knowing its number in the file; from and to xlsx. No Django."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from district.kernel.forms.design.problems import BadForm, Problem
from district.kernel.wording import Sentence, term

MOST_ROWS = 5_000
MOST_COLUMNS = 200
MOST_BYTES = 20 * 1024 * 1024
NOT_XLSX = Sentence("不是 Excel 工作簿（.xlsx）：%(why)s")
NO_SURVEY = Sentence("没有工作表 survey，现有：%(names)s")
TOO_MANY_ROWS = Sentence("工作表 %(name)s 超过 %(rows)s 行")
NAMES = ("survey", "choices", "settings", "entities", "external_choices", "osm")
FIRST_COLUMNS = {
    "survey": ("type", "name", "label", "hint", "required", "constraint", "constraint_message", "relevant",
               "calculation", "trigger", "appearance", "default", "readonly", "save_to"),
    "choices": ("list_name", "name", "label"),
    "settings": ("form_title", "form_id", "version"),
    "entities": ("list_name", "label", "entity_id", "create_if", "update_if"),
}  # fmt: skip
KNOWN_COLUMNS = frozenset(column for columns in FIRST_COLUMNS.values() for column in columns) | {
    "choice_filter", "required_message", "repeat_count", "parameters", "guidance_hint", "default_language", "style",
    "read_only", "list name", "relevance", "calculate", "instance_name", "allow_choice_duplicates", "public_key",
    "bind", "media", "image", "audio", "video", "submission_url",
}  # fmt: skip


@dataclass
class Row:
    """`number` is the row's in the file, the header being 1; 0 when it is new."""

    cells: dict[str, str]
    number: int = 0

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass
class Sheets:
    """`by_name`: sheet → rows. Sheets that are none of XLSForm's are left out."""

    by_name: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, sheet: str) -> list[Row]:
        return self.by_name.setdefault(sheet, [])

    @property
    def settings(self) -> dict[str, str]:
        rows = self.rows("settings")
        if not rows:
            rows.append(Row({}))
        return rows[0].cells

    @classmethod
    def of(cls, given: Mapping[str, Iterable[Mapping[str, str]]]) -> Sheets:
        """From plain rows: `{"survey": [{"type": "text", "name": "a", "label": "甲"}]}`."""
        return cls({name: [Row(dict(row)) for row in rows] for name, rows in given.items()})


def read_sheets(content: bytes) -> Sheets:
    """Raises BadForm for what is no xlsx of a survey."""
    if len(content) > MOST_BYTES:
        raise BadForm([Problem("too_large", term("文件超过 20 MB"))])
    try:
        return _read(content)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError, TypeError) as error:
        if isinstance(error, BadForm):
            raise
        raise BadForm([Problem("not_xlsx", NOT_XLSX(why=error or type(error).__name__))]) from error


def _read(content: bytes) -> Sheets:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > 10 * MOST_BYTES:
            raise BadForm([Problem("too_large", term("解压后超过 200 MB，不予读取"))])
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found = Sheets()
    for sheet in book.worksheets:
        name = sheet.title.strip().lower()
        if name in NAMES:
            found.by_name[name] = _rows(sheet, name)
    if "survey" not in found.by_name:
        have = "、".join(book.sheetnames)
        raise BadForm([Problem("no_survey", NO_SURVEY(names=have), sheet="survey")])
    return found


def _rows(sheet: Any, name: str) -> list[Row]:
    lines = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
    header = [_header(value) for value in next(lines, ())]
    rows = []
    for number, line in enumerate(lines, start=2):
        if number > MOST_ROWS:
            raise BadForm([Problem("too_many_rows", TOO_MANY_ROWS(name=name, rows=MOST_ROWS), sheet=name)])
        cells = {
            column: text
            for column, value in zip(header, line, strict=False)
            if column and (text := text_of(value)) != ""
        }
        if cells:
            rows.append(Row(cells, number))
    return rows


def _header(value: Any) -> str:
    """`Form Title` and `form_title` are one; the language after `::` stays as written."""
    plain, sign, language = text_of(value).partition("::")
    folded = re.sub(r"\s+", "_", plain.strip())
    known = folded.lower() if folded.lower() in KNOWN_COLUMNS else folded
    return known + (f"::{language.strip()}" if sign else "")


def text_of(value: Any) -> str:
    """A cell as text: 1.0 is 1, TRUE is TRUE."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def write_sheets(sheets: Sheets) -> bytes:
    """An xlsx anybody can go on with; columns in the usual order."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    for name in (*NAMES, *(name for name in sheets.by_name if name not in NAMES)):
        rows = sheets.by_name.get(name, [])
        if not rows and name not in ("survey", "choices", "settings"):
            continue
        used = dict.fromkeys(column for row in rows for column, value in row.cells.items() if value != "")
        columns = [
            *FIRST_COLUMNS.get(name, ()),
            *(each for each in used if each not in FIRST_COLUMNS.get(name, ())),
        ]
        sheet = book.create_sheet(name)
        sheet.append(columns)
        for row in rows:
            sheet.append([row.cells.get(column) or None for column in columns])
        for line in sheet.iter_rows(min_row=2):
            for cell in line:
                # Texts that begin with "=" are texts, not formulas.
                if cell.value is not None:
                    cell.data_type = "s"
        for index, column in enumerate(columns, start=1):
            sheet.cell(1, index).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(index)].width = 28 if "label" in column else 16
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
