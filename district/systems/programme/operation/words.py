"""How measures are called and written for people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.ui import formats

MEASURE_WORDS = {
    "availability": gettext_lazy("可用率"), "restore": gettext_lazy("恢复时间"), "response": gettext_lazy("页面响应"),
    "tickets": gettext_lazy("工单及时率"), "devices": gettext_lazy("设备在线率"), "jobs": gettext_lazy("后台任务完成率"),
}  # fmt: skip
HOW = {
    "availability": gettext_lazy("可用分钟 ÷ 应计分钟；没有采样的分钟按不可用计，事先批准的维护不计"),
    "restore": gettext_lazy("最长一次中断的分钟数"),
    "response": gettext_lazy("可用分钟内页面用时的第 95 百分位"),
    "tickets": gettext_lazy("按时完成的处置环节 ÷ 完成或逾期的处置环节"),
    "devices": gettext_lazy("各可用分钟在线设备 ÷ 在用设备的平均"),
    "jobs": gettext_lazy("完成的后台任务 ÷ 完成或失败的后台任务"),
}
SHARES = ("availability", "tickets", "devices", "jobs")


def value_words(measure: str, value: float | None) -> str:
    """A value with its unit; nothing is said as such."""
    if value is None:
        return _("无数据")
    if measure in SHARES:
        return formats.percent(100 * value, 3 if measure == "availability" else 1)
    return (
        _("%(n)s 分钟") % {"n": formats.number(value, 0)}
        if measure == "restore"
        else f"{formats.number(value, 0)} ms"
    )


def steps_words(level: dict[str, Any]) -> str:
    """What is deducted when, for people: 低于 99.9% 扣 2%；…"""
    higher = level["measure"] in SHARES
    words = _("低于 %(edge)s 扣 %(percent)s%%") if higher else _("超过 %(edge)s 扣 %(percent)s%%")
    return "；".join(
        words % {"edge": value_words(level["measure"], edge), "percent": percent}
        for edge, percent in level["steps"]
    )
