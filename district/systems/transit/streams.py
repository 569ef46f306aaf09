"""What the live door sends of the buses, to anybody: see `district.kernel.ui.shared_stream`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from district.kernel.ui.shared_stream import BadRequest, SharedStream

from .public.board import fresh_board, known_stops
from .public.network import network_in_force


def _stops(query: Mapping[str, str]) -> tuple[str, ...]:
    known = known_stops(query.get("stops", "").split(","))
    if not known:
        raise BadRequest(_("没有这个站点：%(id)s") % {"id": query.get("stops", "")[:80]})
    return known


def _concerns(stops: tuple[str, ...], told: Mapping[str, Any]) -> bool:
    """Whether a notice is about these stops or a line that halts there; one that names neither is about all."""
    about_stops, about_lines = told.get("stops"), told.get("lines")
    if not about_stops and not about_lines:
        return True
    if about_stops:
        return not set(stops).isdisjoint(about_stops)
    network = network_in_force()
    lines = {way.line.route_id for stop in stops for way in (network.halts.get(stop, ()) if network else ())}
    return not lines.isdisjoint(about_lines or ())


STREAMS = {
    "arrivals": SharedStream(
        topics=("transit.forecasts", "transit.changes"), key=_stops, make=fresh_board, concerns=_concerns, apart=("made_at",),
        most_s=20.0,
    ),
}  # fmt: skip
