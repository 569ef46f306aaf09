"""What the editor does to a draft. Each change counts up the draft's revision; nothing here touches what is published."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.refused import Refused

from ..editions import actions as editions
from ..models import (
    Draft,
    DraftLine,
    DraftPattern,
    DraftProfile,
    DraftService,
    DraftStop,
    DraftTrip,
    Edition,
    FeedUpload,
)
from ..service_time import hhmmss
from . import storing
from .blocks import Leg, strung
from .departures import Unreadable, entered, profile_at
from .network import Network, Service
from .reading import TooLarge, network_of
from .realigning import realigned
from .writing import write


def new_draft(title: str, first: date, last: date, agency: dict[str, str], account: Any, is_simulated: bool = False) -> Draft:
    """An empty draft with the usual three services."""
    network = Network(agencies=[{"agency_timezone": "Asia/Shanghai", "agency_lang": "zh", **agency}])
    for kind, name in (("work", _("工作日")), ("rest", _("双休日")), ("holiday", _("节假日"))):
        network.services[kind] = Service(kind, name=name, day_types=(kind,))
    return storing.save(network, title=title, first=first, last=last, account=account, is_simulated=is_simulated)


def open_edition(edition: Edition, account: Any) -> tuple[Draft, dict[str, int]]:
    """An edition as a draft, and what of it could not be taken along: reason → how often. Raises Refused."""
    try:
        reading = network_of(bytes(edition.feed))
    except (TooLarge, UnicodeDecodeError) as error:
        raise Refused("edition_not_editable", _("不能送入编辑器：%(why)s") % {"why": error}) from error
    first, last = max(edition.valid_from, today()), edition.valid_to
    if last < first:
        first, last = today(), date(today().year, 12, 31)
    title = _("%(title)s（修改）") % {"title": edition.title[:100]}
    draft = storing.save(reading.network, title=title, first=first, last=last, account=account,
                         base=edition, is_simulated=edition.is_simulated)  # fmt: skip
    return draft, dict(reading.left_out)


def feed_of(draft: Draft) -> bytes:
    """The draft as a GTFS zip."""
    return write(storing.tidied(storing.network_of(draft), draft))


def hand_in(draft: Draft, account: Any) -> FeedUpload:
    """Writes the feed and has it judged; without errors it can be published. Raises Refused for a draft without trips."""
    network = storing.tidied(storing.network_of(draft), draft)
    if not network.trips:
        raise Refused("draft_without_trips", _("草案里还没有会运行的班次"))
    return editions.receive(write(network), title=draft.title, file_name=f"draft-{draft.pk}.{draft.revision}.zip",
                            account=account, draft=draft, is_simulated=draft.is_simulated)  # fmt: skip


@transaction.atomic
def save_part(part: DraftStop | DraftLine | DraftService) -> None:
    """A new or changed stop, line or service. Raises Refused when the id is taken."""
    model: Any = type(part)
    if model.objects.filter(draft=part.draft, key=part.key).exclude(pk=part.pk).exists():
        raise Refused("key_taken", _("编号 %(key)s 已被使用") % {"key": part.key}, field="key", value=part.key)
    part.save()
    storing.touch(part.draft)


@transaction.atomic
def remove_part(part: DraftStop | DraftLine | DraftService | DraftPattern) -> None:
    """Raises Refused for what is still in use."""
    if isinstance(part, DraftStop):
        used = DraftPattern.objects.filter(draft=part.draft, stops__contains=[part.key]).select_related("line").first()
        if used is not None:
            raise Refused("stop_in_use", _("站点用于线路 %(line)s，先从走向中移除") % {"line": used.line.name})
        if DraftStop.objects.filter(draft=part.draft, parent=part.key).exists():
            raise Refused("stop_is_parent", _("有站点属于该车站，先修改它们"))
    elif isinstance(part, DraftService) and part.trips.exists():
        raise Refused("service_in_use", _("有 %(n)s 个班次在使用，先删除班次") % {"n": part.trips.count()})
    draft = part.draft
    part.delete()
    storing.touch(draft)


@transaction.atomic
def save_pattern(pattern: DraftPattern, stops: list[str], path: list[list[float]]) -> None:
    """The stops in order and the way between them; running times follow the stops. Raises Refused."""
    known = set(DraftStop.objects.filter(draft=pattern.draft, key__in=stops).values_list("key", flat=True))
    for number, stop in enumerate(stops, 1):
        if stop not in known:
            words = _("第 %(n)s 站：没有编号为 %(key)s 的站点") % {"n": number, "key": stop}
            raise Refused("stop_unknown", words, field="stops", value=stop)
    if len(stops) < 2:
        raise Refused("pattern_too_short", _("走向至少要有两个站"), field="stops")
    if any(one == other for one, other in itertools.pairwise(stops)):
        raise Refused("stop_twice_in_a_row", _("同一站点不能连续出现两次"), field="stops")
    if not pattern.key:
        pattern.key = _free_key(DraftPattern, pattern.draft, f"{pattern.line.key}-{pattern.direction}" if pattern.direction
                                else pattern.line.key)  # fmt: skip
    before = list(pattern.stops)
    if path != pattern.path:
        pattern.shape = ""
    pattern.stops, pattern.path = stops, path
    pattern.save()
    if before and before != stops:
        for profile in pattern.profiles.all():
            profile.arrivals, profile.departures, profile.columns = realigned(profile, before, stops)
            profile.save()
    storing.touch(pattern.draft)


@transaction.atomic
def save_profile(profile: DraftProfile) -> None:
    """Raises Refused for times that go back or have no end."""
    times = [each for pair in zip(profile.arrivals, profile.departures, strict=True) for each in pair if each is not None]
    if len(profile.arrivals) != len(profile.pattern.stops) or len(profile.departures) != len(profile.pattern.stops):
        raise Refused("profile_length", _("运行时间的个数与站数不符"), field="times")
    if profile.departures[0] != 0 or profile.arrivals[-1] is None:
        raise Refused("profile_ends", _("首站发车必须为 0，末站到达必须填写"), field="times")
    if times != sorted(times):
        raise Refused("profile_backwards", _("时刻不能倒退：到达不早于上一站发车，发车不早于到达"), field="times")
    if profile.to_s <= profile.from_s:
        raise Refused("profile_period", _("适用时段的止须晚于起"), field="to_s")
    profile.save()
    storing.touch(profile.pattern.draft)


@transaction.atomic
def remove_profile(profile: DraftProfile) -> None:
    if profile.trips.exists():
        raise Refused("profile_in_use", _("有 %(n)s 个班次在使用，先删除班次") % {"n": profile.trips.count()})
    draft = profile.pattern.draft
    profile.delete()
    storing.touch(draft)


@transaction.atomic
def enter_departures(pattern: DraftPattern, service: DraftService, text: str, *, is_headway: bool = False,
                     replaces: bool = False, headsign: str = "", is_accessible: bool | None = None) -> int:  # fmt: skip
    """Trips from what was typed, each with the running times of its hour; those there already stay. Returns how many are new.

    `is_headway`: spans become lines that promise a headway only. Raises Refused.
    """
    rows = list(pattern.profiles.order_by("pk"))
    if not rows:
        raise Refused("profile_missing", _("先填写运行时间，再排班次"), field="text")
    try:
        given = entered(text)
    except Unreadable as error:
        raise Refused(error.code, str(error), field="text", value=error.value) from error
    if is_headway and not given.spans:
        raise Refused("headway_without_span", _("按间隔运行需要填写时段，如 06:00–20:30 每10分钟"), field="text")
    there = DraftTrip.objects.filter(pattern=pattern, service=service)
    profiles = [storing.profile_of(row, pattern.key) for row in rows]
    used = list(pattern.trips.values_list("start_s", "profile_id"))
    if replaces:
        there.delete()
    taken = set(there.filter(headways=[]).values_list("start_s", flat=True))
    wanted = [(span.first, [[span.first, span.until, span.every, False]]) for span in given.spans] if is_headway else \
        [(start, []) for start in given.starts if start not in taken]  # fmt: skip
    keys = set(DraftTrip.objects.filter(draft=pattern.draft).values_list("key", flat=True))
    made = []
    for start, headways in wanted:
        key = _free(f"{pattern.key}-{service.key}-{hhmmss(start)[:5].replace(':', '')}{'h' if headways else ''}", keys)
        keys.add(key)
        made.append(DraftTrip(
            draft=pattern.draft, key=key, pattern=pattern, service=service,
            profile_id=profile_at(profiles, start, used),
            start_s=start, headsign=headsign, is_accessible=is_accessible, headways=headways,
        ))  # fmt: skip
    DraftTrip.objects.bulk_create(made)
    storing.touch(pattern.draft)
    return len(made)


@transaction.atomic
def remove_trips(pattern: DraftPattern, trips: list[int]) -> int:
    count, _each = pattern.trips.filter(pk__in=trips).delete()
    storing.touch(pattern.draft)
    return count


@transaction.atomic
def string_blocks(line: DraftLine, service: DraftService, layover_s: int) -> int:
    """Strings the trips of a line on the days of a service; returns how many buses that takes."""
    trips = list(DraftTrip.objects.filter(pattern__line=line, service=service, headways=[]).select_related("pattern", "profile"))
    places = _terminals(line.draft)
    legs = [Leg(trip.key, trip.start_s, trip.start_s + trip.profile.arrivals[-1], places.get(trip.pattern.stops[0]),
                places.get(trip.pattern.stops[-1])) for trip in trips]  # fmt: skip
    blocks = strung(legs, layover_s)
    for trip in trips:
        trip.block = f"{line.key}-{service.key}-{blocks[trip.key]:02d}"
    DraftTrip.objects.bulk_update(trips, ["block"], 1000)
    storing.touch(line.draft)
    return len(set(blocks.values()))


def _terminals(draft: Draft) -> dict[str, object]:
    """Stop → its terminal: the station it belongs to, else its name (both sides of a street have one)."""
    return {key: parent or name or key for key, parent, name in draft.draftstops.values_list("key", "parent", "name")}


def _free_key(model: Any, draft: Draft, base: str) -> str:
    taken = set(model.objects.filter(Q(key=base) | Q(key__startswith=f"{base}-"), draft=draft).values_list("key", flat=True))
    return _free(base, taken)


def _free(base: str, taken: set[str]) -> str:
    if base not in taken:
        return base
    return next(key for number in range(2, 1_000_000) if (key := f"{base}-{number}") not in taken)
