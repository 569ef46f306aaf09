"""From what people type, choose or tell of where they are, to a place on the earth."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _

from district.kernel.places.models import Division

from ..public.network import Network
from .planning import Spot

FARTHEST_DEGREES = 1.0


class UnknownSpot(ValueError):
    """Nothing is known by what was told: `code`, words for people, and what it might mean (id, name)."""

    def __init__(self, code: str, words: str, choices: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(words)
        self.code = code
        self.choices = choices


def spot_of(told: str, network: Network) -> Spot:
    """`stop:ID`, `纬度,经度` or `纬度,经度,名称`, or a name of a stop, town or street. Raises UnknownSpot."""
    text = told.strip()[:120]
    if not text:
        raise UnknownSpot("spot_missing", _("请填写起点和终点"))
    if text.startswith("stop:"):
        return _of_stop(text[5:], network)
    if text.count(",") in (1, 2) and text[0] in "-0123456789":
        return _of_numbers(text, network)
    _lines, places = network.found(text, most=8)
    exact = [row for row in places if row["name"] == text]
    if len(exact) == 1 or (len(places) == 1 and not exact):
        return _of_stop((exact or places)[0]["id"], network)
    if not places:
        division = Division.objects.filter(name__contains=text, lon__isnull=False).order_by("code").first()
        if division is not None:
            return Spot(division.lat, division.lon, division.name)
        raise UnknownSpot("spot_unknown", _("找不到“%(text)s”，请换一个站名或地名") % {"text": text})
    choices = tuple((f"stop:{row['id']}", f"{row['name']}（{'、'.join(row['lines'][:4])}）") for row in places)
    raise UnknownSpot("spot_ambiguous", _("“%(text)s”有多个地点，请选择") % {"text": text}, choices)


def _of_stop(stop_id: str, network: Network) -> Spot:
    ids = network.places.get(stop_id)
    if ids is None:
        raise UnknownSpot("stop_unknown", _("没有这个站点：%(id)s") % {"id": stop_id[:80]})
    stop = network.schedule.stops[stop_id]
    return Spot(stop.lat, stop.lon, stop.name, ids)


def _of_numbers(text: str, network: Network) -> Spot:
    lat_text, lon_text, *name = text.split(",", 2)
    try:
        lat, lon = float(lat_text), float(lon_text)
    except ValueError:
        raise UnknownSpot("spot_not_numbers", _("坐标应为“纬度,经度”：%(text)s") % {"text": text}) from None
    plane = network.schedule.plane
    far = max(abs(lat - plane.latitude), abs(lon - plane.longitude))
    if not math.isfinite(far) or far > FARTHEST_DEGREES:
        raise UnknownSpot("spot_far", _("这个位置不在公交服务范围附近"))
    return Spot(lat, lon, name[0].strip()[:40] if name else "")
