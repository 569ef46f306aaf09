"""The filtered rows of a table as a file. Rows stream into it: a million of them need no more memory than a page.

What a signed-in reader takes away is in the audit trail before the first byte leaves.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

import xlsxwriter
from django.http import FileResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.people.audit import record_act
from district.kernel.people.request_address import client_address

if TYPE_CHECKING:
    from district.kernel.ui.table import Column, Table

MOST_XLSX_ROWS = 1_048_575
"""A sheet has 2²⁰ rows, one of them the header."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CONTROL = ("\t", "\r", "\n")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def response(table: Table, kind: str) -> HttpResponseBase:
    """The file `<title>_<moment>.<kind>` with all rows the filters leave, in the order shown."""
    write, content_type = WRITERS[kind]
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    rows = write(table, file)
    _record(table, kind, rows)
    file.seek(0)
    answer = FileResponse(file, content_type=content_type)
    name = f"{table.title or table.name}_{clock.now():%Y%m%d%H%M}.{kind}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    answer["Cache-Control"] = "no-store"
    return answer


def _record(table: Table, kind: str, rows: int) -> None:
    """Who took which rows and columns of what; what the public may see anyway is not noted."""
    if not table.is_signed_in or table.request is None:
        return
    record_act(
        table.request.user, "export", subject_kind=f"table.{kind}", subject=f"{table.path}#{table.name}",
        purpose=f"{rows} 行" + (f"；{table.asked}" if table.asked else ""),
        fields=[column.key for column in table.visible], address=client_address(table.request),
    )


def write_csv(table: Table, file: BinaryIO) -> int:
    """Writes UTF-8 with a byte order mark, which Excel and WPS need to read Chinese; gives the number of rows."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow([harmless(header(column)) for column in table.visible])
    rows = 0
    for row in table.selected.each():
        writer.writerow([harmless(plain(column, row)) for column in table.visible])
        rows += 1
    text.detach()
    return rows


def write_xlsx(table: Table, file: BinaryIO) -> int:
    """Writes the sheet row by row and gives their number; XlsxWriter keeps one row in memory. Numbers and moments stay
    numbers and moments; the sheet has a fixed header and a filter.
    """
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm", "remove_timezone": True}
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet()
    bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(table.visible):
        sheet.set_column(index, index, 18 if column.filter == "date" else 14)
        sheet.write_string(0, index, header(column), bold)
    last = 0
    for last, row in enumerate(table.selected.each(), start=1):
        if last > MOST_XLSX_ROWS:
            break
        for index, column in enumerate(table.visible):
            _write(sheet, last, index, plain(column, row), day)
    if last > MOST_XLSX_ROWS:
        note = _("行数超过工作表上限，其余请用 CSV 导出")
        sheet.write_comment(0, 0, note)
    sheet.autofilter(0, 0, min(last, MOST_XLSX_ROWS), max(0, len(table.visible) - 1))
    book.close()
    return min(last, MOST_XLSX_ROWS)


def _write(sheet: Any, row: int, index: int, value: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, index, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, index, value, day)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool) and value == value:
        sheet.write_number(row, index, value)
    else:  # never write(): it would turn "=…" into a formula
        sheet.write_string(row, index, str(value))


def header(column: Column) -> str:
    return f"{column.title}（{column.unit}）" if column.unit else str(column.title)


def plain(column: Column, row: Any) -> Any:
    """The value for a file: choices as their text, moments in China Standard Time without zone, the rest as it is."""
    value = column.value_in(row)
    if isinstance(value, datetime):
        return value.astimezone(clock.CHINA).replace(tzinfo=None) if value.tzinfo else value
    if value is None or (isinstance(value, date | int | float | Decimal) and not isinstance(value, bool)
                         and not column.choices):
        return value
    return column.text(value) if value != "" else ""


def harmless(value: Any) -> Any:
    """A text a spreadsheet would run as a formula gets an apostrophe in front (CWE-1236)."""
    if not isinstance(value, str) or _is_number(value):
        return value
    return "'" + value if value.startswith(_CONTROL) or value.lstrip().startswith(_FORMULA) else value


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


WRITERS: dict[str, tuple[Callable[[Table, BinaryIO], int], str]] = {
    "xlsx": (write_xlsx, XLSX), "csv": (write_csv, "text/csv; charset=utf-8"),
}
