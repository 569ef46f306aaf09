"""The records behind the numbers of a board, in lists that count exactly what the number counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.cases.pages.case_list import HEAVY, case_table
from district.kernel.connectors.models import RunState
from district.kernel.datasets.models import Version
from district.kernel.devices.models import Device, DeviceStatus
from district.kernel.jobs import queue
from district.kernel.jobs.models import Heartbeat
from district.kernel.people.access import may
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, SqlSource, Table

from .case_sets import conditions, handed_between, in_town, shown_cases
from .data_records import resources, runs_seen_by, runs_today, versions_today

RUN_COLOURS = {
    "waiting": "secondary",
    "running": "blue",
    "blocked": "orange",
    "stopped": "orange",
    "done": "green",
    "failed": "red",
}
OVERSEERS = ("brain.leader", "brain.steward", "kernel.operator")


@part(of="dashboard", path="dashboard/cases/")
def dashboard_cases(request: HttpRequest) -> HttpResponseBase:
    """`?set=open` (late, opened_today, closed_today, handed), `&town=` a code, `&giver=&taker=` units of a hand-over."""
    name, found = request.GET.get("set", ""), shown_cases(request.user)
    if name == "handed":
        found = found.filter(pk__in=_handed(request))
    elif name in conditions():
        found = found.filter(conditions()[name])
    else:
        raise Http404(name)
    if request.GET.get("town"):
        found = in_town(found, request.GET["town"])
    table = case_table(found.select_related("organisation").defer(*HEAVY))
    titles = {
        "open": _("办理中的办件"),
        "late": _("已超期的办件"),
        "opened_today": _("今日立案"),
        "closed_today": _("今日办结"),
        "handed": _("移交与协办的办件"),
    }
    context = {"table": table, "title": titles[name], "count": found.order_by().count()}
    return table.respond(request) or page(request, "brain/dashboard/records.html", context)


@part(of="dashboard", path="dashboard/records/<slug:kind>/")
def dashboard_records(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Another list behind a number; those of the platform's own parts for its overseers."""
    if kind not in LISTS or (kind in PLATFORM and not may(request.user, *OVERSEERS)):
        raise Http404(kind)
    table = LISTS[kind](request)
    return table.respond(request) or page(
        request, "brain/dashboard/records.html", {"table": table, "title": table.title}
    )


def _handed(request: HttpRequest) -> set[int]:
    try:
        pair = (int(request.GET["giver"]), int(request.GET["taker"]))
    except (KeyError, ValueError) as error:
        raise Http404("giver, taker") from error
    return handed_between(request.user).get(pair, set())


def _resources(request: HttpRequest) -> Table:
    return Table(
        "resources",
        columns=[
            Column("code", _("资源代码"), filter="text"),
            Column("title", _("资源名称"), filter="text"),
            Column("provider.name", _("提供方"), filter="text"),
            Column("cycle", _("更新周期")),
            Column("published_at", _("发布时间"), format="moment", filter="date"),
        ],
        source=resources().select_related("provider"),
        order="code",
        title=_("目录资源"),
    )


def _versions(request: HttpRequest, source: Any, title: str) -> Table:
    return Table(
        "versions",
        columns=[
            Column("resource.title", _("资源"), filter="text"),
            Column("number", _("版本"), format=0),
            Column("rows", _("行数"), format=0),
            Column("bytes", _("字节"), format=0),
            Column("published_at", _("发布时间"), format="moment", filter="date"),
            Column("made_by", _("来源批次")),
        ],
        source=source.select_related("resource"),
        order="-published_at",
        title=title,
    )


def _runs(request: HttpRequest, source: Any, title: str) -> Table:
    return Table(
        "runs",
        columns=[
            Column("pk", _("批次"), format=0, link=lambda row: reverse("brain:exchange_run", args=[row.pk])),
            Column("source.name", _("来源"), filter="text"),
            Column("source.resource.title", _("资源"), filter="text"),
            Column("state", _("状态"), filter="choice", choices=dict(RunState.choices), badge=RUN_COLOURS),
            Column("rows_read", _("读入行数"), format=0),
            Column("rows_taken", _("入库行数"), format=0),
            Column("rows_refused", _("退回行数"), format=0),
            Column("bytes", _("字节"), format=0, shown=False),
            Column("started_at", _("开始时间"), format="moment", filter="date"),
            Column("problem", _("错误说明"), sortable=False),
        ],
        source=source.select_related("source__resource"),
        order="-started_at",
        title=title,
    )


def _beats(request: HttpRequest) -> Table:
    return Table(
        "beats",
        columns=[
            Column("name", _("进程")),
            Column("at", _("最近应答"), format="second"),
            Column("note", _("说明")),
        ],
        source=Heartbeat.objects.all(),
        order="name",
        title=_("后台进程"),
    )


def _online(request: HttpRequest) -> Table:
    return Table(
        "devices",
        columns=[
            Column("code", _("设备编码"), filter="text"),
            Column("name", _("名称"), filter="text"),
            Column("system", _("系统")),
            Column("protocol", _("协议")),
            Column("last_seen_at", _("最近上报"), format="second"),
        ],
        source=Device.objects.filter(status=DeviceStatus.ACTIVE, is_online=True),
        order="code",
        title=_("网关在线设备"),
    )


def _queue(title: str, *statuses: str) -> Table:
    listed = SqlSource(
        f"SELECT id, work, status, attempts, at FROM ({queue.LISTED}) AS listed WHERE status = ANY(%s)",  # noqa: S608
        [list(statuses)],
        key="id",
    )
    return Table(
        "queue",
        columns=[
            Column("id", _("编号"), format=0),
            Column("work", _("任务"), filter="text"),
            Column("status", _("状态")),
            Column("attempts", _("尝试次数"), format=0),
            Column("at", _("最近时间"), format="second"),
        ],
        source=listed,
        order="-id",
        title=title,
    )


LISTS: dict[str, Callable[[HttpRequest], Table]] = {
    "resources": _resources,
    "versions": lambda request: _versions(
        request, Version.objects.filter(state="published"), _("已发布版本")
    ),
    "versions_today": lambda request: _versions(request, versions_today(), _("今日发布的版本")),
    "runs_today": lambda request: _runs(request, runs_today(request.user), _("今日接入批次")),
    "runs_failed": lambda request: _runs(
        request, runs_today(request.user).filter(state="failed"), _("今日失败批次")
    ),
    "runs": lambda request: _runs(request, runs_seen_by(request.user), _("接入批次")),
    "beats": _beats,
    "online": _online,
    "queue": lambda request: _queue(_("排队任务"), "todo", "doing"),
    "failed": lambda request: _queue(_("失败任务"), "failed"),
}
PLATFORM = ("beats", "online", "queue", "failed")
