"""What the live door sends of the buses, to anybody: see `district.kernel.ui.shared_stream`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from district.kernel.ui.shared_stream import BadRequest, SharedStream

from .public.board import fresh_board, known_stops
from .public.network import network_in_force

Key = tuple[tuple[str, ...], tuple[str, ...]]
"""The stops asked for, and the lines that halt at them."""


def _stops(query: Mapping[str, str]) -> Key:
    network = network_in_force()
    known = known_stops(query.get("stops", "").split(","), network)
    if network is None or not known:
        raise BadRequest(_("没有这个站点：%(id)s") % {"id": query.get("stops", "")[:80]})
    return known, tuple(sorted({way.line.route_id for stop in known for way in network.halts[stop]}))


def _concerns(key: Key, told: Mapping[str, Any]) -> bool:
    """Whether a notice is about these stops or a line that halts there; one that names neither is about all."""
    stops, lines = key
    about_stops, about_lines = told.get("stops"), told.get("lines")
    if not about_stops and not about_lines:
        return True
    return not (set(stops).isdisjoint(about_stops or ()) and set(lines).isdisjoint(about_lines or ()))


def _made(key: Key) -> dict[str, Any]:
    return fresh_board(key[0])


STREAMS = {
    "arrivals": SharedStream(
        topics=("transit.forecasts", "transit.changes"), key=_stops, make=_made, concerns=_concerns, apart=("made_at",),
        most_s=20.0,
    ),
}  # fmt: skip
