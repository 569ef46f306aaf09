"""Who and what can help near a place: posts, key places, cameras, the workers of its cell (全力量协同)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from district.kernel import registry
from district.kernel.people.access import may
from district.kernel.places.geo import box_around, distance_m
from district.systems.governance.models import CellDuty, KeyPlace, Post
from district.systems.governance.video.queries import cameras_visible_to

from .cells import cell_at, workers_of

REACH_M = 1_500.0
MOST_OF_A_KIND = 5


@dataclass(frozen=True)
class Near:
    """A thing near by. `kind` is what it is in words; `url` empty where the reader has no page of it."""

    kind: str
    name: str
    distance_m: float
    url: str = ""


@dataclass(frozen=True)
class Help:
    """The cell of a place with those who look after it, and what is near, the nearest of each kind first."""

    cell: Any
    workers: list[CellDuty]
    near: list[Near]


def help_near(lon: float, lat: float, account: Any, reach_m: float = REACH_M) -> Help:
    """As far as the account may see: cameras by their grants, pages by duty."""
    west, south, east, north = box_around(lon, lat, reach_m)
    box = {"lon__gte": west, "lon__lte": east, "lat__gte": south, "lat__lte": north}
    reads_places = _reads(account, "protection")
    found = [
        _nearest(
            lon, lat, reach_m, Post.objects.filter(is_in_use=True, **box),
            lambda one: (one.get_kind_display(), reverse("governance:protection") if reads_places else ""),
        ),
        _nearest(
            lon, lat, reach_m, KeyPlace.objects.filter(is_in_use=True, **box),
            lambda one: (
                one.get_kind_display(), reverse("governance:key_place", args=[one.code]) if reads_places else "",
            ),
        ),
        _nearest(
            lon, lat, reach_m, cameras_visible_to(account).filter(is_in_use=True, **box),
            lambda one: (
                one._meta.verbose_name,
                reverse("governance:camera", args=[one.code]) if _reads(account, "cameras") else "",
            ),
        ),
    ]  # fmt: skip
    cell = cell_at(lon, lat)
    return Help(cell, workers_of(cell.code) if cell else [], [each for kind in found for each in kind])


def _reads(account: Any, page: str) -> bool:
    """Whether the account may open that page of this system."""
    system = registry.system("governance")
    return may(account, *registry.roles_of(system, system.page(page)))


def _nearest(lon: float, lat: float, reach_m: float, rows: QuerySet[Any], say: Any) -> Iterable[Near]:
    measured = sorted(((distance_m(lon, lat, one.lon, one.lat), one) for one in rows), key=lambda pair: pair[0])
    within = [(metres, one) for metres, one in measured if metres <= reach_m][:MOST_OF_A_KIND]
    return [Near(str(say(one)[0]), one.name, metres, say(one)[1]) for metres, one in within]
