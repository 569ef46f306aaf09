"""今日: one list of what wants a leader's eye, each line one click from its records.

A room of the programme takes part with a `today.py` that has `lines(at: datetime) -> list[Line]`: what stands at that
moment, newest first, of the whole district. What is not in the list is in order.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)
ROOMS = (
    "tasks", "meetings", "supervision", "indicators", "projects", "money", "operation", "publicity", "training", "security",
)  # fmt: skip
PACKAGE = __name__.rsplit(".", 2)[0]


class Kind(StrEnum):
    """In the order in which they are shown."""

    INCIDENT = "incident"
    PROMISED = "promised"
    LATE = "late"
    RED = "red"
    FELL = "fell"
    MONEY = "money"


@dataclass(frozen=True)
class Line:
    """`text` says what it is, `url` leads to its records, `since` is when it became so, `unit` is who answers for it."""

    kind: Kind
    text: str
    url: str
    since: datetime | None = None
    unit: str = ""
    is_simulated: bool = False


def collect(at: datetime, rooms: Iterable[str] = ROOMS) -> list[Line]:
    """The lines of all rooms, those that became so last first within each kind. A room that fails says so in a line."""
    found: list[Line] = []
    for room in rooms:
        name = f"{PACKAGE}.{room}.today"
        if importlib.util.find_spec(name) is None:
            continue
        try:
            found += importlib.import_module(name).lines(at)
        except Exception:
            logger.exception("%s could not say what is new", room)
            found.append(Line(Kind.INCIDENT, _("“%(room)s”的情况暂时取不到") % {"room": room}, "", at))
    order = list(Kind)
    return sorted(
        found, key=lambda line: (order.index(line.kind), -(line.since or at).timestamp(), line.text)
    )
