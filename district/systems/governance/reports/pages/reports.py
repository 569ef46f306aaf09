"""诉求一张表: reports of all channels in one list, with how they were read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.cases.models import Case
from district.kernel.cases.models.cases import CASE_STATES
from district.kernel.cases.queries import cases_visible_to
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ...reading.classes import national_classes
from ..channel_names import channel_names
from ..routing import SYSTEM

LIGHTS = {"green": "green", "yellow": "yellow", "red": "red"}


def reports(request: HttpRequest) -> HttpResponseBase:
    cases = cases_visible_to(request.user, SYSTEM).select_related("organisation", "governance_reading")
    table = Table(
        "reports",
        columns=[
            Column("number", _("编号"), filter="text", link=_case_url),
            Column("title", _("内容"), filter="text", link=_case_url),
            Column("channel", _("渠道"), filter="choice", choices=channel_names()),
            Column("classification", _("分类"), filter="choice", choices={one.code: one.name for one in national_classes()}),
            Column("governance_reading.confidence", _("置信度"), format="percent", value=_confidence),
            Column("organisation.name", _("责任单位"), filter="text"),
            Column("stage", _("阶段"), filter="text"),
            Column("state", _("状态"), filter="choice", choices=dict(CASE_STATES)),
            Column("light", _("时限灯"), filter="choice", badge=LIGHTS,
                   choices={"green": _("正常"), "yellow": _("黄牌"), "red": _("红牌")}),
            Column("opened_at", _("收到时间"), format="moment", filter="date"),
            Column("right", "", sortable=False, value=lambda case: _("更正"), link=_right_url),
        ],
        source=cases, order="-opened_at", title=_("全部渠道的诉求"),
    )  # fmt: skip
    return table.respond(request) or page(request, "governance/reports/list.html", {"table": table})


def _case_url(case: Case) -> str:
    return reverse("cases:case", args=[case.number])


def _right_url(case: Case) -> str:
    return reverse("governance:right_report", args=[case.number])


def _confidence(case: Case) -> float | None:
    reading = getattr(case, "governance_reading", None)
    return 100 * reading.confidence if reading is not None else None
