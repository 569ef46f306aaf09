"""Screens are set up, report, and are told of; playlists are put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.files.actions import attach, keep
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account

from ..models import Bulletin, Playlist, PlaylistItem, Screen, Showing
from ..models.screens import new_key
from ..notices.actions import edited
from ..notices.refused import Refused

MEDIA = {PlaylistItem.Kind.VIDEO: (".mp4",), PlaylistItem.Kind.IMAGE: (".jpg", ".jpeg", ".png", ".webp")}
FILES_OF = "transit.playlist"
MOST_SHOWINGS = 500
SHOWINGS_KEPT = timedelta(days=180)
OLDEST_TOLD, NEWEST_TOLD = timedelta(days=14), timedelta(minutes=10)
CONDITION = ("width", "height", "kept", "missing", "errors", "free_mb", "browser", "age_s", "since")


def set_up(by: Account, screen: Screen) -> Screen:
    """A new screen, or an old one set up differently."""
    with transaction.atomic():
        screen.save()
        record_act(
            by, "screen_set_up", subject_kind="transit.screen", subject=str(screen.pk), purpose=screen.name
        )
    return screen


def renew_key(by: Account, screen: Screen) -> Screen:
    """Its old address shows nothing any more: for a key that has got about."""
    screen.key = new_key()
    return set_up(by, screen)


def report(screen: Screen, told: Mapping[str, Any]) -> list[str]:
    """A heartbeat with what was shown since. Returns the keys of showings that are kept, now or before, or never will be.

    What it says of itself is taken as text and numbers only; a showing from outside OLDEST_TOLD…NEWEST_TOLD is not believed.
    """
    at = now()
    condition = told.get("condition")
    screen.condition = {
        name: value if isinstance(value, int | float) else str(value)[:200]
        for name, value in (condition.items() if isinstance(condition, dict) else ()) if name in CONDITION
    }  # fmt: skip
    screen.seen_at = at
    screen.version, screen.software = str(told.get("version", ""))[:20], str(told.get("software", ""))[:20]
    shown = told.get("shown")
    rows = [
        each for each in (shown if isinstance(shown, list) else [])[:MOST_SHOWINGS] if isinstance(each, dict)
    ]
    known = set(PlaylistItem.objects.filter(pk__in=[each["item"] for each in rows if _is_id(each.get("item"))])
                .values_list("pk", flat=True))  # fmt: skip
    with transaction.atomic():
        screen.save(update_fields=["seen_at", "version", "software", "condition"])
        made = [showing for each in rows if (showing := _showing(screen, each, known, at)) is not None]
        Showing.objects.bulk_create(made, ignore_conflicts=True)
    return [str(each.get("key", "")) for each in rows]


def _showing(screen: Screen, told: Mapping[str, Any], known: set[int], at: datetime) -> Showing | None:
    try:
        began = datetime.fromtimestamp(float(told["began"]), UTC)
        seconds = float(told["seconds"])
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    key = str(told.get("key", ""))
    if (
        not 8 <= len(key) <= 40
        or not at - OLDEST_TOLD <= began <= at + NEWEST_TOLD
        or not 0 <= seconds <= 7200
    ):
        return None
    item = told.get("item")
    return Showing(
        screen=screen, key=key, item_id=item if _is_id(item) and item in known else None, title=str(told.get("title", ""))[:80],
        kind=str(told.get("kind", ""))[:12], began_at=began, seconds=seconds, is_whole=told.get("whole") is True, told_at=at,
    )  # fmt: skip


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**62


def add_item(by: Account, playlist: Playlist, kind: str, *, title: str = "", text: str = "", upload: Any = None,
             bulletin: Bulletin | None = None, seconds: int = 12) -> PlaylistItem:  # fmt: skip
    """One more piece at the end; the playlist is a draft again. Raises Refused, and Refusal for a file that is not taken."""
    kind = PlaylistItem.Kind(kind)
    if kind in MEDIA and upload is None:
        raise Refused("file_missing", _("请选择文件"))
    if kind == PlaylistItem.Kind.TEXT and not text.strip():
        raise Refused("text_missing", _("请填写文字"))
    with transaction.atomic():
        last = playlist.items.order_by("-place").values_list("place", flat=True).first()
        file = (
            keep(upload, by, "playlist", taken=MEDIA[kind], is_bare=kind == PlaylistItem.Kind.IMAGE)
            if kind in MEDIA
            else None
        )
        if file is not None:
            attach(file, FILES_OF, playlist.pk, by, is_personal=False)
        made = PlaylistItem.objects.create(
            playlist=playlist, place=(last or 0) + 1, kind=kind, title=title or (file.name[:80] if file else ""), text=text,
            file=file, bulletin=bulletin, seconds=seconds,
        )  # fmt: skip
        edited(playlist, by)
    return made


def drop_item(by: Account, item: PlaylistItem) -> None:
    with transaction.atomic():
        playlist = item.playlist
        item.delete()
        edited(playlist, by)


def move_item(by: Account, item: PlaylistItem, steps: int) -> None:
    """Earlier (-1) or later (+1)."""
    with transaction.atomic():
        items = list(item.playlist.items.select_for_update().order_by("place", "pk"))
        at = next(n for n, each in enumerate(items) if each.pk == item.pk)
        to = min(max(at + steps, 0), len(items) - 1)
        items.insert(to, items.pop(at))
        for place, each in enumerate(items, 1):
            each.place = place
        PlaylistItem.objects.bulk_update(items, ["place"])
        edited(item.playlist, by)


def forget_old_showings() -> int:
    """Those older than SHOWINGS_KEPT; returns how many."""
    return Showing.objects.filter(began_at__lt=now() - SHOWINGS_KEPT).delete()[0]


def groups_in_use(screens: Iterable[Screen]) -> list[str]:
    return sorted({screen.group for screen in screens if screen.group})
