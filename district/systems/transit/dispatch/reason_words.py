"""What a forecast is made of, in words for dispatchers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from ..public.words import reason_words
from .words import delay_words


def source_names() -> dict[str, str]:
    """By the source of a forecast (`models.Forecast`)."""
    return {
        "model": _("学习模型"), "ahead": _("前车用时"), "history": _("历史用时"), "delay": _("晚点顺延"),
        "timetable": _("时刻表"), "block": _("同车上一班次"),
    }  # fmt: skip


def reason_lines(source: str, reason: Mapping[str, Any], stops: Sequence[str]) -> list[str]:
    """A line for each part that made a difference; seconds to whole minutes where they are many."""
    found = []
    if source == "block":
        told = {
            "trip": reason.get("follows", ""),
            "delay": delay_words(reason.get("delay_s")),
            "n": reason.get("turn_s", 0),
        }
        found.append(_("本车还在班次 %(trip)s，预计 %(delay)s 发车，终点停留至少 %(n)s 秒") % told)
    elif "delay_s" in reason:
        found.append(
            _("最近位置 %(delay)s，%(age)s 秒前")
            % {"delay": delay_words(reason["delay_s"]), "age": reason.get("age_s", 0)}
        )
    if reason.get("history_s"):
        found.append(_("到终点历史用时比时刻表多 %(n)s 秒") % {"n": reason["history_s"]})
    if reason.get("ahead_weight"):
        found.append(_("前车用时比时刻表多 %(n)s 秒") % {"n": reason.get("ahead_s", 0)})
    if reason.get("hold_s"):
        place = reason.get("hold_place", -1)
        name = stops[place] if 0 <= place < len(stops) else ""
        found.append(
            _("按调度指令在%(stop)s停站等待，后续推迟 %(n)s 秒") % {"stop": name, "n": reason["hold_s"]}
        )
    if reason.get("weather"):
        words = reason_words().get(reason["weather"], _("天气"))
        found.append(
            _("%(weather)s：全程用时按 %(n)s%% 修正")
            % {"weather": words, "n": f"{reason.get('weather_percent', 0):+d}"}
        )
    return found
