"""The records above the line of each rate of the exchange."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from district.kernel.datasets.models import Cycle, Resource, Share
from district.kernel.grants.models import Request
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, SqlSource, Table

from . import flows


@part(of="exchange", path="exchange/records/<slug:kind>/")
def exchange_records(request: HttpRequest, kind: str) -> HttpResponseBase:
    """shared, connected, in_time, answered; `?unit=` of one department."""
    if kind not in LISTS:
        raise Http404(kind)
    text = request.GET.get("unit", "")
    unit = int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
    table = LISTS[kind](request.user, unit)
    return table.respond(request) or page(request, "brain/exchange/records.html", {"table": table})


def _shared(account: Any, unit: int | None) -> Table:
    return _resources(_published(account, unit).exclude(share=Share.CLOSED), _("可共享的资源"))


def _connected(account: Any, unit: int | None) -> Table:
    has_rows = ~Q(table="") | Q(versions__state="published")
    return _resources(_published(account, unit).filter(has_rows).distinct(), _("已有数据的资源"))


def _in_time(account: Any, unit: int | None) -> Table:
    sql = f"SELECT * FROM ({flows.RENEWED}) AS renewed WHERE freshness = 'fresh'"  # noqa: S608
    return Table("resources", columns=[
        Column("provider", _("提供部门"), filter="text"), Column("resource", _("资源"), filter="text"),
        Column("cycle", _("更新周期"), filter="choice", choices=dict(Cycle.choices)),
        Column("renewed_at", _("最近更新"), format="moment"), Column("late_at", _("最迟更新"), format="moment"),
    ], source=SqlSource(sql, flows.parameters(account, unit), key="id"), order="late_at", title=_("按期更新的资源"))


def _answered(account: Any, unit: int | None) -> Table:
    found = _of_units(Request.objects.filter(decided_at__lte=F("due_at")), "resource__provider_id", account, unit)
    return Table("requests", columns=[
        Column("number", _("申请单号"), filter="text"), Column("resource.title", _("资源"), filter="text"),
        Column("organisation.name", _("申请部门"), filter="text"), Column("due_at", _("答复期限"), format="moment"),
        Column("decided_at", _("答复时间"), format="moment"),
    ], source=found.select_related("resource", "organisation"), order="-decided_at", title=_("按时答复的申请"))


LISTS: dict[str, Callable[[Any, int | None], Table]] = {
    "shared": _shared, "connected": _connected, "in_time": _in_time, "answered": _answered,
}  # fmt: skip


def _resources(found: QuerySet[Resource], title: str) -> Table:
    return Table("resources", columns=[
        Column("code", _("资源代码"), filter="text"), Column("title", _("资源名称"), filter="text"),
        Column("provider.name", _("提供部门"), filter="text"),
        Column("share", _("共享类型"), filter="choice", choices=dict(Share.choices)),
        Column("cycle", _("更新周期"), filter="choice", choices=dict(Cycle.choices)),
    ], source=found.select_related("provider"), order="code", title=title)


def _published(account: Any, unit: int | None) -> QuerySet[Resource]:
    return _of_units(Resource.objects.filter(shelf="published"), "provider_id", account, unit)


def _of_units(found: QuerySet[Any], field: str, account: Any, unit: int | None) -> QuerySet[Any]:
    units = flows.units_of(account, unit)
    return found if units is None else found.filter(**{f"{field}__in": units})
