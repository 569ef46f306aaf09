"""What dispatchers read of a run: its state, its delay, in words and colours."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..models import Run

STATE_COLOURS = {
    "expected": "#667382",
    "running": "#2b8a3e",
    "standing": "#b35900",
    "off_route": "#862e9c",
    "silent": "#495057",
    "unlikely": "#c92a2a",
    "cancelled": "#868e96",
    "ended": "#1c7ed6",
}
STATE_BADGES = {
    "expected": "secondary",
    "running": "green",
    "standing": "orange",
    "off_route": "purple",
    "silent": "dark",
    "unlikely": "red",
    "cancelled": "secondary",
    "ended": "blue",
}
EARLY_S, LATE_S = -60.0, 300.0
"""On time from a minute early to five minutes late; a project setting after common practice."""


def state_names() -> dict[str, str]:
    return {value: str(name) for value, name in Run.State.choices}


def delay_words(delay_s: float | None) -> str:
    """`准点`, `晚 4 分`, `早 2 分`; "" unknown."""
    if delay_s is None:
        return ""
    minutes = round(abs(delay_s) / 60)
    if EARLY_S <= delay_s <= LATE_S and minutes < 2:
        return _("准点")
    return _("晚 %(n)s 分") % {"n": minutes} if delay_s > 0 else _("早 %(n)s 分") % {"n": minutes}


def span_words(seconds: float | None) -> str:
    """Minutes of a headway; "" unknown."""
    return "" if seconds is None else _("%(n)s 分") % {"n": round(seconds / 60)}


def line_name(lines: dict[str, str], route_id: str) -> str:
    return lines.get(route_id, route_id)
