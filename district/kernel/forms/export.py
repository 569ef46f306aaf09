"""Filled forms as files: a workbook for people, CSV for programs. Row by row, whatever their number.

write_xlsx(form, submissions_visible_to(account, [form]), file)
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.forms.counting import rows_of
from district.kernel.forms.design.questions import Question, questions_of
from district.kernel.forms.models import Form, ReviewState, Submission, VersionState
from district.kernel.forms.shape import STRUCTURE, Field, shape_of

CHUNK = 500
MOST_XLSX_ROWS = 1_048_575
LONGEST_CELL = 32_767
NUMBERS = frozenset({"int", "integer", "long", "decimal", "double"})
READ = ("pk", "instance_id", "current_id", "created_at", "account__name", "account_id", "organisation__name",
        "division_code", "device", "review_state", "values")  # fmt: skip


@dataclass(frozen=True)
class Column:
    """`path` is from the innermost repeat on, as rows are keyed; `text` gives an answer its words."""

    path: str
    whole: str
    title: str
    is_number: bool
    text: Callable[[str], str] | None


@dataclass(frozen=True)
class Sheet:
    """The columns of the form itself (`repeat` empty), or of a repeat in it."""

    repeat: str
    title: str
    columns: tuple[Column, ...]


def sheets_of(form: Form) -> list[Sheet]:
    """Of all versions that were ever in use: a question that is no longer asked keeps its column, at the end."""
    fields: dict[str, Field] = {}
    questions: dict[str, Question] = {}
    for version in form.versions.exclude(state=VersionState.DRAFT).order_by("-pk"):
        for field in shape_of(version.xform).fields:
            fields.setdefault(field.path, field)
        for question in questions_of(version.questions):
            questions.setdefault(question.path, question)
    repeats = [field.path for field in fields.values() if field.type == "repeat"]
    labels = {path: question.label for path, question in questions.items() if question.label}
    return [
        Sheet(
            repeat,
            labels.get(repeat) or repeat or form.title,
            tuple(_columns(repeat, fields.values(), questions)),
        )
        for repeat in ("", *repeats)
    ]


def _columns(repeat: str, fields: Any, questions: Mapping[str, Question]) -> Iterator[Column]:
    for field in fields:
        if (
            field.repeat != repeat
            or field.type in (STRUCTURE, "repeat")
            or field.path.split("/")[0] == "meta"
        ):
            continue
        question = questions.get(field.path)
        own = field.path[len(repeat) + 1 :] if repeat else field.path
        yield Column(
            own, field.path, (question.label if question else "") or own, field.type in NUMBERS,
            question.label_of if question is not None and question.choices else None,
        )  # fmt: skip


def _read(submissions: QuerySet[Submission]) -> Iterator[tuple[Any, ...]]:
    """The oldest first, some hundred at a time by their keys: nothing is held open and memory stays level."""
    last = 0
    found = submissions.order_by("pk")
    while True:
        rows = list(found.filter(pk__gt=last).values_list(*READ)[:CHUNK])
        yield from rows
        if len(rows) < CHUNK:
            return
        last = rows[-1][0]


def write_xlsx(form: Form, submissions: QuerySet[Submission], file: BinaryIO) -> int:
    """One sheet of the submissions, one for each repeat, tied by the number in the first column. Gives the number of rows.

    XlsxWriter keeps one row of each sheet in memory.
    """
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    opened = []
    for number, each in enumerate(sheets_of(form)):
        sheet = book.add_worksheet(_sheet_name(each.title, number))
        head = [*_system_heads(), *(column.title for column in each.columns)] if not each.repeat else [
            _("序号"), _("行号"), *(column.title for column in each.columns)
        ]  # fmt: skip
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(head) - 1, 14)
        for at, title in enumerate(head):
            sheet.write_string(0, at, title[:LONGEST_CELL], bold)
        opened.append((each, sheet))
    main, main_sheet = opened[0]
    written = {each.repeat: 0 for each, _sheet in opened}
    for number, row in enumerate(_read(submissions), start=1):
        if number > MOST_XLSX_ROWS:
            main_sheet.write_comment(0, 0, _("行数超过工作表上限，其余请用 CSV 导出"))
            break
        written[""] = number
        for at, value in enumerate(_system_cells(number, row)):
            _write(main_sheet, number, at, value)
        values = row[-1]
        start = len(_SYSTEM)
        for at, column in enumerate(main.columns, start=start):
            _answer(main_sheet, number, at, values.get(column.path), column)
        for each, sheet in opened[1:]:
            for place, inner in enumerate(rows_of(values, each.repeat), start=1):
                line = written[each.repeat] = written[each.repeat] + 1
                if line > MOST_XLSX_ROWS:
                    break
                sheet.write_number(line, 0, number)
                sheet.write_number(line, 1, place)
                for at, column in enumerate(each.columns, start=2):
                    _answer(sheet, line, at, inner.get(column.path), column)
    book.close()
    return written[""]


_SYSTEM = ("number", "instance", "received", "person", "unit", "division", "review")


def _system_heads() -> list[str]:
    return [_("序号"), _("填报编号"), _("收到时间"), _("填报人"), _("填报单位"), _("区划代码"), _("审核")]


def _system_cells(number: int, row: Sequence[Any]) -> tuple[Any, ...]:
    _pk, instance_id, _current, created_at, person, _id, unit, division, _device, review, _values = row
    at = created_at.astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M:%S")
    return (
        number,
        instance_id,
        at,
        person or "",
        unit or "",
        division,
        str(ReviewState(review).label) if review else "",
    )


def _write(sheet: Any, row: int, at: int, value: Any) -> None:
    if isinstance(value, int):
        sheet.write_number(row, at, value)
    elif value:
        sheet.write_string(row, at, value)


def _answer(sheet: Any, row: int, at: int, value: Any, column: Column) -> None:
    """Never `write`: it would turn `=…` into a formula."""
    if not isinstance(value, str) or not value:
        return
    if column.is_number:
        try:
            sheet.write_number(row, at, float(value))
        except (ValueError, TypeError):
            sheet.write_string(row, at, value[:LONGEST_CELL])
        return
    text = column.text(value) if column.text else value
    sheet.write_string(row, at, text[:LONGEST_CELL])


_FORBIDDEN = str.maketrans({each: "_" for each in "[]:*?/\\'"})


def _sheet_name(title: str, number: int) -> str:
    """At most 31 characters, none that Excel forbids, each once."""
    return f"{number + 1} {title.translate(_FORBIDDEN)}"[:31].strip()


def csv_lines(form: Form, submissions: QuerySet[Submission]) -> Iterator[bytes]:
    """The submissions as ODK Central writes them: field names, groups joined by `-`, repeats left out."""
    yield from _csv_of(sheets_of(form)[0], submissions)


def _csv_of(sheet: Sheet, submissions: QuerySet[Submission]) -> Iterator[bytes]:
    names = [column.path.replace("/", "-") for column in sheet.columns]
    buffer = io.StringIO()
    out = csv.writer(buffer, lineterminator="\r\n")
    if sheet.repeat:
        out.writerow([*names, "PARENT_KEY", "KEY"])
    else:
        out.writerow(["SubmissionDate", *names, "meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "DeviceID",
                      "ReviewState"])  # fmt: skip
    for number, row in enumerate(_read(submissions), start=1):
        (
            _pk,
            instance_id,
            current,
            created_at,
            person,
            account_id,
            _unit,
            _division,
            device,
            review,
            values,
        ) = row
        if sheet.repeat:
            for place, inner in enumerate(rows_of(values, sheet.repeat), start=1):
                cells = [_cell(inner.get(column.path)) for column in sheet.columns]
                out.writerow(
                    [*cells, instance_id, f"{instance_id}/{sheet.repeat.replace('/', '-')}[{place}]"]
                )
        else:
            cells = [_cell(values.get(column.path)) for column in sheet.columns]
            out.writerow([created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"), *cells, current,
                          instance_id, account_id or "", person or "", device, review])  # fmt: skip
        if number % CHUNK == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def write_csv_zip(form: Form, submissions: QuerySet[Submission], file: BinaryIO) -> None:
    """`<form>.csv`, and `<form>-<repeat>.csv` for each repeat, in one archive."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets_of(form):
            tail = f"-{sheet.repeat.replace('/', '-')}" if sheet.repeat else ""
            with archive.open(f"{form.xml_form_id}{tail}.csv", "w", force_zip64=True) as entry:
                for part in _csv_of(sheet, submissions):
                    entry.write(part)
