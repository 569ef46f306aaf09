"""What the search over the district finds here: stations, sources and devices the reader may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.people.access import may
from district.kernel.ui.search import Hit

from .manifest import STAFF_ROLES
from .queries.devices import devices_visible_to
from .queries.sources import sources_visible_to
from .queries.stations import outlet_code, points_visible_to

MOST_EACH = 4
STAFF = tuple(f"environment.{key}" for key in STAFF_ROLES)


def find(query: str, account: Any) -> list[Hit]:
    """By part of a name or code; nothing for readers without a duty here."""
    hits: list[Hit] = []
    if may(account, *STAFF, "environment.enterprise"):
        hits += _sources(query, account)
    if may(account, *STAFF):
        hits += _points(query, account)
    if may(account, "environment.monitor"):
        hits += _devices(query, account)
    return hits


def _named(query: str, *also: str) -> Q:
    wanted = Q(name__icontains=query) | Q(code__icontains=query)
    for field in also:
        wanted |= Q(**{f"{field}__icontains": query})
    return wanted


def _points(query: str, account: Any) -> list[Hit]:
    rows = points_visible_to(account).filter(_named(query, "river"))[:MOST_EACH]
    return [
        Hit(row.name, reverse("environment:station", args=[row.code]), _("监测站点"), row.get_element_display(), "broadcast")
        for row in rows
    ]


def _sources(query: str, account: Any) -> list[Hit]:
    rows = sources_visible_to(account).filter(_named(query, "credit_code")).prefetch_related("outlets")[:MOST_EACH]
    hits = []
    for row in rows:
        address = reverse("environment:source", args=[row.code])
        hits.append(Hit(row.name, address, _("污染源"), row.industry, "building-factory-2"))
        if may(account, *STAFF):
            hits += [
                Hit(str(outlet), reverse("environment:station", args=[outlet_code(outlet)]), _("排口"), row.name, "broadcast")
                for outlet in row.outlets.all()[:2]
            ]
    return hits


def _devices(query: str, account: Any) -> list[Hit]:
    rows = devices_visible_to(account).filter(_named(query))[:MOST_EACH]
    return [Hit(row.name, reverse("environment:device", args=[row.code]), _("设备"), row.code, "cpu") for row in rows]
