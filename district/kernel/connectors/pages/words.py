"""Colours and columns that the pages of deliveries share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.connectors.models import Run, RunState, Source
from district.kernel.connectors.queries import runs_seen_by, sources_seen_by
from district.kernel.ui.table import Column, Table

STATE_COLOURS = {
    "waiting": "secondary", "running": "blue", "blocked": "orange", "stopped": "orange", "done": "green", "failed": "red",
}  # fmt: skip
MOVING = (RunState.WAITING, RunState.RUNNING)


def source_of(request: HttpRequest, pk: int) -> Source:
    found = sources_seen_by(request.user).select_related("resource__provider", "created_by")
    return get_object_or_404(found, pk=pk)


def run_of(request: HttpRequest, pk: int) -> Run:
    related = ("source__resource__provider", "version", "progress", "made_by", "corrects")
    return get_object_or_404(runs_seen_by(request.user).select_related(*related), pk=pk)


def run_columns(*, has_source: bool) -> list[Column]:
    def link(row: Any) -> str:
        return reverse("connectors:run", args=[row.pk])

    source = [Column("source.name", _("来源"), filter="text")] if has_source else []
    return [
        Column("pk", _("批次"), link=link), *source,
        Column("started_at", _("开始时间"), format="moment", filter="date", link=link),
        Column("state", _("状态"), filter="choice", choices=dict(RunState.choices), badge=STATE_COLOURS),
        Column("rows_read", _("读入行数"), format=0), Column("rows_taken", _("入库行数"), format=0),
        Column("rows_refused", _("退回行数"), format=0, filter="number"), Column("rows_repeated", _("重复行数"), format=0),
        Column("version.number", _("数据版本"), format=0), Column("problem", _("错误"), sortable=False),
        Column("made_by.name", _("发起人"), shown=False),
    ]  # fmt: skip


def runs_table(source: Source | None, found: Any) -> Table:
    return Table(
        "runs", columns=run_columns(has_source=source is None),
        source=found.select_related("source", "version", "made_by"), order="-started_at", title=_("接入批次"),
        empty=_("还没有接入过"),
    )  # fmt: skip
