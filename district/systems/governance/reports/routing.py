"""Which procedure a report goes into, and which unit its tables would send it to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from district.kernel.cases import engine
from district.kernel.cases.procedure_versions import current, drawing_of

SYSTEM = "governance"
CALL_KINDS = ("咨询", "求助", "投诉", "举报", "建议", "表扬", "疑难", "紧急")
FIRST_ANSWERS: Mapping[str, Mapping[str, str]] = {
    "city_case": {"accepted": "立案"},
    "hotline_order": {"accepted": "派单"},
    "grid_event": {},
}
"""What the first step answers when it takes the case on."""


@dataclass(frozen=True)
class Route:
    """`unit` is the code of an organisation, `limit` as the procedures write it; empty when the tables say nothing."""

    procedure: str
    unit: str
    limit: str


def procedure_for(code: str, channel: str) -> str:
    """City events and components are city cases whoever tells of them; of the rest the grid's own events rise through
    the grid, and all else is an order of the hotline."""
    if code[:1] in ("E", "C"):
        return "city_case"
    return "grid_event" if channel == "grid" else "hotline_order"


def proposed_route(code: str, channel: str, kind: str, town_unit: str | None) -> Route:
    """Plays the current procedure up to its tables; nothing is written."""
    procedure = procedure_for(code, channel)
    drawing = drawing_of(current(SYSTEM, procedure).pk)
    form: dict[str, Any] = {"classification": code, "kind": kind, "town_unit": town_unit, "channel": channel}
    form |= dict(FIRST_ANSWERS[procedure])
    move = engine.start(drawing, form)
    if FIRST_ANSWERS[procedure]:
        move = engine.complete(drawing, move.state, move.ready[0][0], form)
    limit = move.written.get("limit") or (
        f"{drawing.limit.amount:g} {drawing.limit.kind!s}" if drawing.limit else ""
    )
    return Route(procedure, str(move.written.get("organisation") or ""), str(limit))


def limit_words(limit: str) -> str:
    """`5 working_days` for people."""
    amount, _space, kind = limit.partition(" ")
    words = {"natural_hours": _("小时"), "working_hours": _("个工作时"), "working_days": _("个工作日")}
    return f"{amount} {words.get(kind, '')}".strip() if limit else ""
