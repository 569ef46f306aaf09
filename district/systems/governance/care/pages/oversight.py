"""查阅留痕 for leads and the auditor, and 帮扶统计 with small numbers held back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.places.models import Division
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ...models import CareFigures, CareUnit
from .. import queries
from ..suppression import K
from .guarded import in_care

ACTS = {
    "look": gettext_lazy("查阅"),
    "care_opened": gettext_lazy("建立记录"),
    "care_visited": gettext_lazy("登记走访"),
    "care_helped": gettext_lazy("登记帮扶"),
    "care_planned": gettext_lazy("制定计划"),
    "care_corrected": gettext_lazy("更正补充"),
    "care_medical": gettext_lazy("登记医疗机构意见"),
    "care_assigned": gettext_lazy("指定帮扶专员"),
    "care_renewed": gettext_lazy("复核续期"),
    "care_closed": gettext_lazy("办结"),
    "care_transfer_asked": gettext_lazy("申请转接"),
    "care_transfer_accepted": gettext_lazy("接收转接"),
    "care_transfer_refused": gettext_lazy("退回转接"),
    "care_transfer_withdrawn": gettext_lazy("撤回转接"),
    "care_unlock_asked": gettext_lazy("申请解锁"),
    "care_unlock_approved": gettext_lazy("批准解锁"),
    "care_unlock_refused": gettext_lazy("不予批准解锁"),
    "care_locked": gettext_lazy("重新锁定"),
    "care_appeal_taken": gettext_lazy("受理异议或更正"),
    "care_appeal_granted": gettext_lazy("异议予以采纳"),
    "care_appeal_partly": gettext_lazy("异议部分采纳"),
    "care_appeal_refused": gettext_lazy("异议不予采纳"),
}


@in_care
def care_looks(request: HttpRequest) -> HttpResponseBase:
    """Who looked at which record and why."""
    table = Table(
        "looks",
        columns=[
            Column("at", _("时间"), format="second", filter="date"),
            Column("username", _("工号"), filter="text"),
            Column("organisation", _("单位"), filter="text"),
            Column("action", _("行为"), filter="choice", choices=ACTS),
            Column("subject", _("记录编号"), filter="text"),
            Column("purpose", _("目的"), filter="text"),
            Column("fields", _("字段"), value=lambda row: "、".join(row.fields), sortable=False, shown=False),
            Column("address", _("网络地址"), shown=False),
        ],
        source=queries.looks(request.user), order="-at", title=_("查阅与办理留痕"), exports=False,
    )  # fmt: skip
    return table.respond(request) or page(request, "governance/care/looks.html", {"table": table})


def care_figures(request: HttpRequest) -> HttpResponseBase:
    """Open records by kind and town, as they were counted for the month."""
    months = list(CareFigures.objects.values_list("month_on", flat=True)[:24])
    wanted = request.GET.get("month", "")
    figures = next((CareFigures.objects.get(month_on=m) for m in months if m.isoformat() == wanted), None)
    figures = figures or CareFigures.objects.first()
    return page(
        request, "governance/care/figures.html",
        {"figures": figures, "months": months, "k": K, **(_shown(figures) if figures else {})},
    )  # fmt: skip


def _shown(figures: CareFigures) -> dict[str, Any]:
    names = dict(Division.objects.filter(code__in=figures.divisions).values_list("code", "name"))
    kinds = dict(CareUnit.Field.choices)
    towns = [names.get(code, _("区直单位")) for code in figures.divisions]
    rows = [*(str(kinds.get(kind, kind)) for kind in figures.kinds), _("合计")]
    totals = [line[-1] for line in figures.counts[:-1]]
    chart = Bar(
        title=_("在册记录和调解中的纠纷（按类别）"), decimals=0, x=rows[:-1], horizontal=True,
        traces=[Trace(_("件数"), totals)],
    )  # fmt: skip
    return {
        "towns": [*towns, _("合计")],
        "lines": list(zip(rows, figures.counts, strict=True)),
        "chart": chart,
    }
