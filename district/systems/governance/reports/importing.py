"""Reads tables of reports (xlsx, csv): each row once, refused rows kept with field, value and rule."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import openpyxl
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _

from district.kernel.cases.models import Case
from district.kernel.cases.refused import Refused
from district.kernel.clock import CHINA, now

from ..models import RefusedRow, ReportImport
from .receiving import NewReport, receive
from .routing import SYSTEM

COLUMNS = {
    "来源编号": "key", "内容": "text", "地点": "address", "经度": "lon", "纬度": "lat", "姓名": "name", "电话": "phone",
    "诉求类型": "kind", "时间": "at",
}  # fmt: skip
NEEDED = ("来源编号", "内容")
TITLES = {name: title for title, name in COLUMNS.items()}


class Unreadable(ValueError):
    """The file as a whole cannot be read."""


def import_reports(name: str, content: bytes, account: Any) -> ReportImport:
    """Opens a case for every good row. Raises Unreadable for what is no such table."""
    rows = list(_rows(name, content))
    batch = ReportImport.objects.create(name=name[:200], by=account)
    for number, values in rows:
        try:
            report = _report(values)
            is_known = Case.objects.filter(system=SYSTEM, idempotency_key=report.key).exists()
            receive(report, account)
        except Refused as error:
            RefusedRow.objects.create(
                batch=batch, row=number, field=TITLES.get(error.field, error.field), value=str(error.value)[:300],
                rule=error.code, text=str(error)[:300], values=values,
            )  # fmt: skip
        else:
            batch.repeated += is_known
            batch.opened += not is_known
    batch.save(update_fields=["opened", "repeated"])
    return batch


def _rows(name: str, content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """(row number as a person counts it, values by field)."""
    table = _xlsx(content) if name.lower().endswith(".xlsx") else _csv(content)
    head = [str(cell or "").strip() for cell in next(table, ())]
    missing = [title for title in NEEDED if title not in head]
    if missing:
        raise Unreadable(_("表头缺少“%(name)s”") % {"name": missing[0]})
    for number, row in enumerate(table, start=2):
        cells = {
            COLUMNS[title]: _text(cell) for title, cell in zip(head, row, strict=False) if title in COLUMNS
        }
        if any(cells.values()):
            yield number, cells


def _xlsx(content: bytes) -> Iterator[tuple[Any, ...]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises what zipfile, the XML parser and itself happen to
        raise Unreadable(_("不是有效的 xlsx 文件")) from error
    return book.worksheets[0].iter_rows(values_only=True)


def _csv(content: bytes) -> Iterator[tuple[Any, ...]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return (tuple(row) for row in csv.reader(io.StringIO(text)))
    raise Unreadable(_("文件编码须为 UTF-8 或 GB18030"))


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat()
    return "" if cell is None else str(cell).strip()


def _report(values: dict[str, str]) -> NewReport:
    if not values.get("key"):
        raise Refused("missing", _("缺少来源编号"), field="key", value="")
    return NewReport(
        key=f"import:{values['key']}"[:120], text=values.get("text", ""), channel="import", address=values.get("address", ""),
        lon=_degrees(values, "lon"), lat=_degrees(values, "lat"), name=values.get("name", ""),
        phone=values.get("phone", ""), kind=values.get("kind", ""), opened_at=_moment(values.get("at", "")),
    )  # fmt: skip


def _degrees(values: dict[str, str], name: str) -> float | None:
    given = values.get(name, "")
    if not given:
        return None
    try:
        return float(given)
    except ValueError:
        raise Refused("number", _("应为度数，如 117.87"), field=name, value=given) from None


def _moment(given: str) -> datetime | None:
    if not given:
        return None
    try:
        found = parse_datetime(given.replace("/", "-"))
    except ValueError:
        found = None
    if found is None:
        raise Refused("moment", _("应为时刻，如 2026-11-03 10:00"), field="at", value=given)
    at = make_aware(found, CHINA) if is_naive(found) else found
    if at > now():
        raise Refused("future", _("时间不能晚于现在"), field="at", value=given)
    return at
