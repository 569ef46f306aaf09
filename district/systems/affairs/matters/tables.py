"""The tables and the chart of tasks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.table import Column, Table

from ..models import AnswerKind, Assignment, Piece
from .queries import names_of
from .standing import Standing, standing
from .sums import Level, Line, Sums
from .words import BAR_COLOURS, STANDING_COLOURS, STANDING_WORDS


def assignments_table(rows: QuerySet[Assignment]) -> Table:
    return Table(
        "sent",
        columns=[
            Column("title", _("任务"), filter="text", link=lambda row: reverse("affairs:assignment", args=[row.pk])),
            Column("organisation.name", _("下达单位"), filter="choice"),
            Column("answer_kind", _("上报方式"), filter="choice", choices=dict(AnswerKind.choices)),
            Column("issued_at", _("下达时间"), format="moment", filter="date"),
            Column("due_at", _("期限"), format="moment", filter="date"),
            Column("ended_at", _("结束时间"), format="moment"),
        ],
        source=rows, order="-issued_at", title=_("全部任务"), per_page=20, empty=_("没有任务"),
    )  # fmt: skip


def _standing_column(at: datetime) -> Column:
    return Column(
        "standing", _("状态"), sortable=False, choices=dict(STANDING_WORDS), badge=dict(STANDING_COLOURS),
        value=lambda row: standing(row, at),
    )  # fmt: skip


def pieces_table(rows: QuerySet[Piece], at: datetime) -> Table:
    """What the reader's units have to do, what is due first on top."""
    return Table(
        "mine",
        columns=[
            Column("assignment.title", _("任务"), filter="text",
                   link=lambda row: reverse("affairs:piece", args=[row.pk])),
            _standing_column(at),
            Column("organisation.name", _("承办单位")),
            Column("assignment.organisation.name", _("下达单位"), filter="text"),
            Column("due_at", _("期限"), format="moment", filter="date"),
            Column("received_at", _("签收时间"), format="moment"),
            Column("handed_in_at", _("上报时间"), format="moment"),
        ],
        source=rows, order="due_at", title=_("我要办的"), per_page=20, empty=_("没有要办的任务"),
    )  # fmt: skip


def units_table(rows: QuerySet[Piece], at: datetime, name: str = "units") -> Table:
    return Table(
        name,
        columns=[
            Column("organisation.name", _("承办单位"), filter="text",
                   link=lambda row: reverse("affairs:piece", args=[row.pk])),
            Column("division_code", _("区划代码"), filter="text", shown=False),
            _standing_column(at),
            Column("due_at", _("期限"), format="moment"),
            Column("received_at", _("签收时间"), format="moment"),
            Column("handed_in_at", _("上报时间"), format="moment", filter="date"),
            Column("number", _("数字"), format="number", shown=False),
        ],
        source=rows, order="division_code", title=_("各单位办理情况"), per_page=20, empty=_("没有承办单位"),
    )  # fmt: skip


def lines_table(
    assignment: Assignment, counted: Sums, level: Level, code: str, questions: list[tuple[str, str]]
) -> Table:
    """The sums of the level below, a line each; what a unit above filled in itself has a line of its own."""
    lines = counted.below(level, code) or [line for line in [counted.of(level, code)] if line]
    names = names_of([line.code for line in lines])
    rows = [_row(assignment, line, names, questions) for line in lines]
    columns = [
        Column("name", _("区划"), filter="text", link=lambda row: row["url"]),
        Column("received", _("已报"), format=0), Column("on_time", _("按时"), format=0),
        Column("late", _("迟报"), format=0), Column("returned", _("退回更正"), format=0),
        Column("expected", _("应报"), format=0), Column("share", _("完成率"), format="percent"),
        Column("units", _("承办单位数"), format=0), Column("units_in", _("已上报单位"), format=0),
    ]  # fmt: skip
    for index, (_path, label) in enumerate(questions):
        columns.append(Column(f"n{index}", label, format="number"))
        if any(line.unreadable[index] for line in lines):
            columns.append(Column(f"u{index}", _("%(label)s：不是数字的份数") % {"label": label}, format=0))
    return Table(
        "lines", columns=columns, source=rows, order="code", title=_("分级汇总"), per_page=20, empty=_("还没有上报")
    )  # fmt: skip


def _row(
    assignment: Assignment, line: Line, names: dict[str, str], questions: list[tuple[str, str]]
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "code": line.code, "name": line_name(line, names), "url": _line_url(assignment, line),
        "received": line.received, "on_time": line.on_time, "late": line.late, "returned": line.returned,
        "expected": line.expected or None, "share": None if line.share is None else 100 * line.share,
        "units": line.units, "units_in": line.units_in,
    }  # fmt: skip
    for index in range(len(questions)):
        row[f"n{index}"] = line.numbers[index]
        row[f"u{index}"] = line.unreadable[index]
    return row


def line_name(line: Line, names: dict[str, str]) -> str:
    """The division's name; what was filled in for the level above itself is said so."""
    if not line.code:
        return _("未落区划")
    name = names.get(line.code, _("全市") if len(line.code) == 4 else line.code)
    return _("%(name)s本级") % {"name": name} if len(line.code) < int(line.level) else name


def _line_url(assignment: Assignment, line: Line) -> str | None:
    if line.level is Level.VILLAGE or len(line.code) < int(line.level):
        return None
    return f"{reverse('affairs:assignment', args=[assignment.pk])}?at={line.code}"


def lines_chart(counted: Sums, level: Level, code: str) -> Bar:
    """What is in, late, returned and still missing, division by division."""
    lines = counted.below(level, code)[:40]
    names = names_of([line.code for line in lines])
    missing = [max(0, line.expected - line.received - line.returned) for line in lines]
    traces = [
        Trace(STANDING_WORDS[key], values, colour=BAR_COLOURS[key])
        for key, values in (
            (Standing.ON_TIME, [line.on_time for line in lines]), (Standing.LATE, [line.late for line in lines]),
            (Standing.RETURNED, [line.returned for line in lines]),
        )
    ]  # fmt: skip
    traces.append(Trace(_("未报"), missing, colour="#adb5bd"))
    return Bar(
        title=_("上报进度"), unit=_("份"), decimals=0, stacked=True, horizontal=True, traces=traces,
        x=[line_name(line, names) for line in lines],
    )  # fmt: skip
