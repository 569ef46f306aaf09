"""The exchange monitor: every flow with its freshness and volume, and the way of one delivery."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.connectors.models import Kind, Run, RunState
from district.kernel.datasets.models import Cycle, Resource
from district.kernel.grants.models import Channel
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Line, Trace
from district.kernel.ui.live import topic
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, SqlSource, Table
from district.kernel.ui.tile import Number

from ..dashboard.data_records import runs_seen_by
from ..dashboard.record_pages import RUN_COLOURS
from . import flows
from .actions import RESTARTERS, may_restart, restart
from .handlers import TOPIC
from .steps import address_of, failing, steps_of

topic(TOPIC, roles=("brain.steward", "brain.provider", "brain.analyst", "brain.leader"))
FRESHNESS_WORDS = {
    "live": gettext_lazy("实时表"), "fresh": gettext_lazy("按期"), "late": gettext_lazy("迟到"),
    "open_ended": gettext_lazy("不定期"), "none": gettext_lazy("尚无数据"),
}  # fmt: skip
FRESHNESS_COLOURS = {"live": "green", "fresh": "green", "late": "red", "open_ended": "secondary", "none": "orange"}
KEPT_S = 15
Found = TypeVar("Found")
STATE_WORDS = {
    "done": gettext_lazy("完成"), "failed": gettext_lazy("失败"), "waiting": gettext_lazy("等待"),
    "running": gettext_lazy("进行中"), "none": gettext_lazy("未到达"),
}  # fmt: skip
STATE_COLOURS = {"done": "green", "failed": "red", "waiting": "secondary", "running": "blue", "none": "secondary"}
STATE_ICONS = {"done": "circle-check", "failed": "circle-x", "waiting": "hourglass", "running": "loader", "none": "circle-dashed"}
RESTART_WORDS = {
    "read": gettext_lazy("从断点继续"), "again": gettext_lazy("按原输入重新接入"), "push": gettext_lazy("重新推送"),
}  # fmt: skip


def exchange(request: HttpRequest) -> HttpResponseBase:
    """`?unit=` narrows everything to a department."""
    unit = _unit(request)
    table = _table(request, unit)
    answer = table.respond(request)
    if answer:
        return answer
    found = _kept("days", request, unit, flows.days)
    return page(request, "brain/exchange/exchange.html", {
        "table": table, "numbers": rate_numbers(_kept("rates", request, unit, flows.rates), unit),
        "volume": volume_chart(found), "failures": failure_chart(found), "units": _units(request), "unit": unit,
    })


@part(of="exchange", path="exchange/deliveries/<int:pk>/")
def exchange_run(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One delivery from its source to its receivers."""
    run = _run(request, pk)
    steps = steps_of(run)
    template = "_way" if request.headers.get("HX-Request") == "true" else "delivery"
    return page(request, f"brain/exchange/{template}.html", {
        "run": run, "steps": steps, "failing": failing(steps), "may_restart": may_restart(request.user, run),
        "is_moving": any(step.state == "running" for step in steps) or run.state == RunState.WAITING,
        "words": STATE_WORDS, "colours": STATE_COLOURS, "icons": STATE_ICONS, "restarts": RESTART_WORDS,
    })


@part(of="exchange", path="exchange/deliveries/<int:pk>/restart/<slug:kind>/", methods=("POST",), roles=RESTARTERS)
def exchange_restart(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Starts the failing step again."""
    run = _run(request, pk)
    try:
        run = restart(run, kind, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已重新启动"))
    return redirect(address_of(run.pk))


def rate_numbers(found: flows.Rates, unit: int | None = None) -> tuple[Number, ...]:
    """The rates with the counts they are made of; each leads to the records above the line."""
    rows = (
        ("shared", _("共享率"), found.shared, found.published, _("可共享 %(part)d / 已发布 %(whole)d")),
        ("connected", _("挂接率"), found.connected, found.published, _("有数据 %(part)d / 已发布 %(whole)d")),
        ("in_time", _("更新及时率"), found.in_time, found.promised, _("按期 %(part)d / 有周期 %(whole)d")),
        ("answered", _("按时答复率"), found.answered_in_time, found.decided, _("按时 %(part)d / 已答复 %(whole)d")),
    )
    narrowed = f"?unit={unit}" if unit else ""
    return tuple(
        Number(title, flows.Rates.of(done, whole), "%", reverse("brain:exchange_records", args=[kind]) + narrowed,
               words % {"part": done, "whole": whole}, decimals=1, share=flows.Rates.of(done, whole))
        for kind, title, done, whole, words in rows
    )  # fmt: skip


def volume_chart(found: list[flows.Day]) -> Line:
    return Line(
        zoom=False,
        title=_("每日入库"), unit=_("行"), decimals=0, x=[day.on for day in found],
        traces=[
            Trace(_("行数"), [day.rows for day in found], area=True),
            Trace(_("数据量"), [round(day.bytes / 1e6, 3) for day in found], unit="MB", axis=1, decimals=1),
        ],
    )  # fmt: skip


def failure_chart(found: list[flows.Day]) -> Bar:
    return Bar(
        title=_("每日批次"), unit=_("批"), decimals=0, x=[day.on for day in found], stacked=True,
        traces=[
            Trace(_("成功"), [day.runs - day.failed for day in found]),
            Trace(_("失败"), [day.failed for day in found], colour="var(--d-bad)"),
        ],
    )  # fmt: skip


def _table(request: HttpRequest, unit: int | None) -> Table:
    return Table(
        "flows",
        columns=[
            Column("provider", _("提供部门"), filter="text"),
            Column("source", _("来源"), filter="text"),
            Column("source_kind", _("接入方式"), filter="choice", choices=dict(Kind.choices), shown=False),
            Column("resource", _("资源"), filter="text"),
            Column("share", _("共享类型"), filter="choice", shown=False,
                   choices={"open": _("无条件共享"), "conditional": _("有条件共享"), "closed": _("不予共享")}),
            Column("cycle", _("更新周期"), choices=dict(Cycle.choices), filter="choice"),
            Column("freshness", _("时效"), filter="choice", choices=FRESHNESS_WORDS, badge=FRESHNESS_COLOURS),
            Column("renewed_at", _("最近更新"), format="moment", filter="date"),
            Column("run_state", _("最近批次"), filter="choice", choices=dict(RunState.choices), badge=RUN_COLOURS,
                   link=lambda row: address_of(row["run_id"]) if row["run_id"] else None),
            Column("problem", _("失败原因"), filter="text", shown=False),
            Column("version", _("版本"), format=0),
            Column("rows", _("行数"), format=0, filter="number"),
            Column("bytes", _("字节"), format=0, shown=False),
            Column("receiver", _("接收部门"), filter="text"),
            Column("grant_number", _("授权编号"), filter="text", shown=False),
            Column("used_at", _("最近取用"), format="moment", filter="date"),
            Column("channel", _("取用方式"), choices=dict(Channel.choices), shown=False),
            Column("parked", _("搁置推送"), format=0, filter="number", shown=False),
        ],
        source=SqlSource(flows.FLOWS, flows.parameters(request.user, unit), key="id"), order="-run_at",
        title=_("数据流"), empty=_("还没有数据流"),
        live=TOPIC,
    )  # fmt: skip


def _kept(what: str, request: HttpRequest, unit: int | None, work: Callable[[Any, int | None], Found]) -> Found:
    """The same sums serve everybody with the same units for some seconds."""
    units = flows.units_of(request.user, unit)
    key = f"brain.exchange.{what}.{hashlib.sha256(repr(units).encode()).hexdigest()[:24]}"
    found = cache.get(key)
    if found is None:
        found = work(request.user, unit)
        cache.set(key, found, KEPT_S)
    return found


def _run(request: HttpRequest, pk: int) -> Run:
    seen = runs_seen_by(request.user).select_related("source__resource__provider", "version", "made_by")
    return get_object_or_404(seen, pk=pk)


def _unit(request: HttpRequest) -> int | None:
    text = request.GET.get("unit", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _units(request: HttpRequest) -> Any:
    """The departments that provide something, of those in the reader's scope."""
    seen = flows.units_of(request.user)
    providers = Organisation.objects.filter(pk__in=Resource.objects.order_by().values("provider"))
    return (providers if seen is None else providers.filter(pk__in=seen)).order_by("name")
