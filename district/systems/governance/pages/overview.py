"""The first page: how the six 全 of the clause stand, with what each counts."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.access import may
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.render import page

from ..reports.channel_names import channel_names
from ..reports.dials import DAYS, Dial, dials


@dataclass(frozen=True)
class Shown:
    """A dial in words."""

    title: str
    dial: Dial
    definition: str
    url: str

    @property
    def percent(self) -> int | None:
        return None if self.dial.share is None else round(100 * self.dial.share)


def overview(request: HttpRequest) -> HttpResponse:
    found = dials(now())
    names = channel_names()
    sees_list = may(
        request.user, *(f"governance.{role}" for role in ("officer", "clerk", "dispatcher", "reader"))
    )
    chart = Bar(
        title=_("近 %(n)s 天各渠道诉求") % {"n": DAYS}, x=[names[key] for key in found.by_channel], unit=_("件"),
        decimals=0, traces=[Trace(_("诉求"), list(found.by_channel.values()))],
    )  # fmt: skip
    shown = [
        Shown(title, dial, definition, reverse("governance:reports") + dial.evidence if sees_list else "")
        for (title, definition), dial in zip(_words(), found.dials, strict=True)
    ]
    context = {"dials": shown, "chart": chart, "days": DAYS, "number": sum(found.by_channel.values())}
    return page(request, "governance/overview.html", context)


def _words() -> list[tuple[str, str]]:
    return [
        (_("全渠道汇聚"), _("有诉求进入的渠道 ÷ 全部渠道")),
        (_("全事件感知"), _("网格、视频、传感器先发现的城市管理案件 ÷ 全部城市管理案件")),
        (_("全业务入格"), _("落在网格内的诉求 ÷ 全部诉求")),
        (_("全力量协同"), _("多单位协同且按时办结的办件 ÷ 多单位协同的办结件")),
        (_("全流程贯通"), _("走完全部环节的办结件 ÷ 办结件（不含不予受理和直接答复）")),
        (_("全趋势洞察"), _("有位置和分类、可用于趋势分析的诉求 ÷ 全部诉求")),
    ]
