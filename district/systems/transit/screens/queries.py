"""What a screen shows, whole: it plays for hours from this without a line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zlib import crc32

import orjson
from django.db.models import Q
from django.templatetags.static import static
from django.urls import reverse

from district.kernel.clock import now

from ..models import Bulletin, Playlist, PlaylistItem, Release, Screen
from ..notices.queries import bulletins_for, shops_near, weather_now
from ..public.network import network_in_force
from .playing import Hours

SILENT_AFTER = timedelta(minutes=3)
SCRIPTS = ("screen.js", "programme.js", "screen.css")
Kind = PlaylistItem.Kind
MEDIA = (Kind.VIDEO, Kind.IMAGE)


def state_of(screen: Screen) -> str:
    """never, off, silent, online: what the table of screens shows."""
    if not screen.is_active:
        return "off"
    if screen.seen_at is None:
        return "never"
    return "online" if now() - screen.seen_at <= SILENT_AFTER else "silent"


def software_version() -> str:
    """Changes whenever what the page is made of does."""
    return f"{crc32(''.join(static(f'transit/screens/{name}') for name in SCRIPTS).encode()):08x}"


def playlists_of(screen: Screen) -> list[Playlist]:
    """Those released for its group, items loaded, the highest priority first."""
    wanted = Q(groups=[]) | Q(groups__contains=[screen.group])
    chosen = Playlist.objects.filter(wanted, state=Release.PUBLISHED).order_by("-priority", "pk")
    return list(chosen.prefetch_related("items__file", "items__bulletin"))


def hours_of(playlist: Playlist) -> Hours:
    return Hours(playlist.pk, playlist.priority, playlist.begin_on, playlist.end_on, frozenset(playlist.weekdays),
                 playlist.from_time, playlist.to_time)  # fmt: skip


def programme_of(screen: Screen) -> dict[str, Any]:
    """`{"version", "software", "stops", "playlists", "notices", "news", "municipal", "shops",
    "weather"}`; `version` is of the rest."""
    network = network_in_force()
    stops = [network.schedule.stops[each] for each in screen.stops if network and each in network.halts]
    lines = {way.line.route_id for stop in stops for way in (network.halts[stop.stop_id] if network else ())}
    told: dict[str, list[dict[str, Any]]] = {kind: [] for kind in Bulletin.Kind.values}
    for bulletin in bulletins_for(screen.stops, lines, Bulletin.Kind.values):
        told[bulletin.kind].append(_bulletin(screen, bulletin))
    shops = shops_near([(stop.lon, stop.lat) for stop in stops])
    programme = {
        "name": screen.name, "stops": [{"id": stop.stop_id, "name": stop.name, "code": stop.code} for stop in stops],
        "playlists": [_playlist(screen, each) for each in playlists_of(screen)],
        "notices": told["notice"], "news": told["news"], "municipal": told["municipal"],
        "shops": [
            {"name": shop.name, "trade": shop.trade, "text": shop.text, "address": shop.address, "phone": shop.phone,
             "hours": shop.hours, "metres": round(metres), "paid": shop.is_paid} for shop, metres in shops
        ],
        "weather": weather_now(),
    }  # fmt: skip
    version = f"{crc32(orjson.dumps(programme)):08x}"
    return {"version": version, "software": software_version(), **programme}


def _playlist(screen: Screen, playlist: Playlist) -> dict[str, Any]:
    return {
        "id": playlist.pk, "title": playlist.title, "priority": playlist.priority,
        "begin_on": playlist.begin_on.isoformat() if playlist.begin_on else None,
        "end_on": playlist.end_on.isoformat() if playlist.end_on else None, "weekdays": sorted(playlist.weekdays),
        "from": f"{playlist.from_time:%H:%M}" if playlist.from_time else None,
        "to": f"{playlist.to_time:%H:%M}" if playlist.to_time else None,
        "items": [_item(screen, item) for item in playlist.items.all() if _is_shown(item)],
    }  # fmt: skip


def _is_shown(item: PlaylistItem) -> bool:
    """Media need their file; a bulletin must itself be released still."""
    if item.kind in MEDIA:
        return item.file is not None
    return item.bulletin is None or item.bulletin.state == Release.PUBLISHED


def _item(screen: Screen, item: PlaylistItem) -> dict[str, Any]:
    told: dict[str, Any] = {"id": item.pk, "kind": item.kind, "title": item.title, "seconds": item.seconds}
    if item.file is not None:
        told |= {"media": _media(screen, item.file), "size": item.file.size}
    if item.kind == Kind.TEXT:
        told["text"] = item.text
    if item.bulletin is not None:
        told["bulletin"] = _bulletin(screen, item.bulletin)
    return told


def _bulletin(screen: Screen, bulletin: Bulletin) -> dict[str, Any]:
    told = {
        "id": bulletin.pk, "title": bulletin.title, "text": bulletin.text[:600], "source": bulletin.source,
        "address": bulletin.address, "phone": bulletin.phone, "topic": bulletin.topic, "urgent": bulletin.is_urgent,
        "from": round(bulletin.begin_at.timestamp()), "until": round(bulletin.end_at.timestamp()) if bulletin.end_at else None,
    }  # fmt: skip
    if bulletin.picture is not None:
        told["media"] = _media(screen, bulletin.picture)
    return told


def _media(screen: Screen, file: Any) -> str:
    """An address that never changes its content, so that it is fetched once."""
    return reverse("transit:screen_media", args=[screen.key, file.pk, file.sha256[:12]])


def media_of(screen: Screen) -> set[int]:
    """Ids of the files the screen may fetch: those of what is released for it."""
    wanted = {
        item.file_id for playlist in playlists_of(screen) for item in playlist.items.all() if item.file_id
    }
    pictures = Bulletin.objects.filter(state=Release.PUBLISHED, picture__isnull=False).values_list(
        "picture_id", flat=True
    )
    return wanted | set(pictures)
