"""What a passenger asks of the planner, checked: the same for the page and the interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, now

from ..public.network import Network
from .planning import Asked
from .queries import find_journeys
from .spots import UnknownSpot, spot_of
from .told import plan_of_asked

FARTHEST = timedelta(days=60)
WALKS_M = (500, 1000, 1500, 2500)


@dataclass
class Answer:
    """`plan` as of `told`, None when the question was refused: then `errors` by field: (code, words), and what a spot
    might mean in `choices`."""

    plan: dict[str, Any] | None = None
    errors: dict[str, tuple[str, str]] = field(default_factory=dict)
    choices: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def answer_to(given: Mapping[str, str], network: Network) -> Answer:
    """`from`, `to` as of `spots`; `at` (YYYY-MM-DDTHH:MM in China, now), `by` (leave, arrive), `walk` metres, `accessible`."""
    answer = Answer()
    spots = {}
    for side in ("from", "to"):
        try:
            spots[side] = spot_of(given.get(side, ""), network)
        except UnknownSpot as unknown:
            answer.errors[side] = (unknown.code, str(unknown))
            answer.choices[side] = unknown.choices
    at = _moment(given.get("at", ""), answer)
    walk_m = _walk(given.get("walk", ""), answer)
    by = given.get("by", "leave") or "leave"
    if by not in ("leave", "arrive"):
        answer.errors["by"] = ("by_unknown", _("by 只能是 leave 或 arrive"))
    if len(spots) == 2 and spots["from"].stop_ids and spots["from"].stop_ids == spots["to"].stop_ids:
        answer.errors["to"] = ("same_place", _("起点和终点是同一个地方"))
    if answer.errors:
        return answer
    asked = Asked(spots["from"], spots["to"], at.timestamp(), by == "arrive", walk_m)
    found = find_journeys(asked, only_accessible=given.get("accessible") in ("1", "on", "true"))
    if found is None:
        answer.errors["at"] = ("no_timetable", _("这一天没有已发布的时刻表"))
        return answer
    answer.plan = plan_of_asked(asked, found, network, now().timestamp())
    return answer


def _moment(text: str, answer: Answer) -> datetime:
    at = now()
    if text:
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            answer.errors["at"] = ("at_unreadable", _("时间格式应为 YYYY-MM-DDTHH:MM：%(text)s") % {"text": text[:40]})
            return now()
        at = at if at.tzinfo else at.replace(tzinfo=CHINA)
        if abs(at - now()) > FARTHEST:
            answer.errors["at"] = ("at_far", _("只能查询前后 60 天"))
    return at


def _walk(text: str, answer: Answer) -> float:
    if not text:
        return float(WALKS_M[2])
    if not text.isdigit() or not 100 <= int(text) <= 5000:
        answer.errors["walk"] = ("walk_unreadable", _("步行距离应为 100 到 5000 米"))
        return float(WALKS_M[2])
    return float(text)
