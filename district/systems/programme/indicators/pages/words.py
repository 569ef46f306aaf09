"""What states of figures are called, and where an indicator is heading, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.ui import formats

from ..forecasting import FEWEST_DAYS, FEWEST_SPAN, Kind, Outlook
from ..standing import BY_SQL, COMPUTED, ENTERED, NO_DATA, NOT_BUILT

WAYS = {
    COMPUTED: gettext_lazy("平台测算"), BY_SQL: gettext_lazy("平台测算（仅 SQL）"), ENTERED: gettext_lazy("人工填报"),
    NO_DATA: gettext_lazy("无数据"), NOT_BUILT: gettext_lazy("系统未建成"),
}  # fmt: skip
WAY_COLOURS = {COMPUTED: "green", BY_SQL: "teal", ENTERED: "blue", NO_DATA: "secondary", NOT_BUILT: "secondary"}
EVALUATED = {"computed": gettext_lazy("平台计算"), "entered": gettext_lazy("人工填报"), "unknown": gettext_lazy("未知")}
EVALUATED_COLOURS = {"computed": "green", "entered": "blue", "unknown": "secondary"}
STATE_COLOURS = {"waiting": "yellow", "confirmed": "green", "refused": "red"}
VERDICT_COLOURS = {"met": "green", "near": "yellow", "missed": "red", "unknown": "secondary"}


def heading(found: Outlook) -> str:
    """A sentence on where it is heading; says so when nothing can be said."""
    if found.kind is Kind.NO_TARGET:
        return _("方案未定目标值")
    if found.kind is Kind.NOT_ENOUGH:
        return _("数据不足：已有 %(n)s 天，至少要 %(least)s 天、跨 %(span)s 天") % {
            "n": found.days, "least": FEWEST_DAYS, "span": FEWEST_SPAN
        }
    if found.kind is Kind.REACHED:
        return _("已达到目标")
    if found.kind is Kind.NEVER:
        return _("照目前走势十年内达不到目标")
    if found.kind is Kind.DUE:
        return _("到期日约 %(value)s（90%% 区间 %(low)s～%(high)s）") % {
            "value": formats.number(found.value, 1), "low": formats.number(found.low, 1), "high": formats.number(found.high, 1)
        }
    until = formats.day(found.until_on) if found.until_on else _("十年以后")
    return _("照目前走势约 %(on)s 达到（90%% 区间 %(first)s 至 %(last)s）") % {
        "on": formats.day(found.on), "first": formats.day(found.from_on), "last": until
    }
