"""Between the editor's tables and a network: a feed into a draft, a draft as a network."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from district.kernel.clock import now
from district.kernel.people.refused import Refused

from ..models import Draft, DraftLine, DraftPattern, DraftProfile, DraftService, DraftStop, DraftTrip, Edition
from . import loose_ends
from .day_types import SUMMER, as_week, days_of
from .network import Line, Network, Pattern, Profile, Repeats, Service, Stop, Trip

BATCH = 5000


@transaction.atomic
def save(network: Network, *, title: str, first: date, last: date, account: Any = None, base: Edition | None = None,
         is_simulated: bool = False) -> Draft:  # fmt: skip
    """A new draft that holds a network. Raises Refused for ids too long to keep."""
    keys = [*network.stops, *network.lines, *network.services, *network.trips]
    longest = max(keys, key=len, default="")
    if len(longest) > 120:
        raise Refused("key_too_long", f"编号 {longest[:40]}… 超过 120 个字符")
    draft = Draft.objects.create(
        title=title, valid_from=first, valid_to=last, agencies=[dict(each) for each in network.agencies], info=network.info,
        carried=network.carried, base=base, made_by=account, is_simulated=is_simulated,
    )  # fmt: skip
    DraftStop.objects.bulk_create([DraftStop(
        draft=draft, key=each.key, name=each.name[:200], code=each.code[:60], lat=each.lat, lon=each.lon, kind=each.kind[:1],
        parent=each.parent, is_accessible=each.is_accessible, extra=dict(each.extra),
    ) for each in network.stops.values()], BATCH)  # fmt: skip
    lines = _by_key(DraftLine.objects.bulk_create([DraftLine(
        draft=draft, key=each.key, short_name=each.short_name[:60], long_name=each.long_name[:200], kind=each.kind[:4],
        colour=each.colour[:6], text_colour=each.text_colour[:6], agency=each.agency, order=each.order, extra=dict(each.extra),
    ) for each in network.lines.values()], BATCH))  # fmt: skip
    services = _by_key(DraftService.objects.bulk_create([DraftService(
        draft=draft, key=each.key, name=each.name, week=each.week, first_on=each.first, last_on=each.last,
        added=sorted(each.added), removed=sorted(each.removed), day_types=list(each.day_types), seasons=list(each.seasons),
    ) for each in network.services.values()], BATCH))  # fmt: skip
    patterns = _by_key(DraftPattern.objects.bulk_create([DraftPattern(
        draft=draft, key=each.key, line=lines[each.line], name=each.name, direction=each.direction, stops=list(each.stops),
        path=[list(point) for point in each.path], shape=each.shape,
    ) for each in network.patterns.values()], BATCH))  # fmt: skip
    made = DraftProfile.objects.bulk_create([DraftProfile(
        pattern=patterns[each.pattern], name=each.name, from_s=each.from_s, to_s=each.to_s, arrivals=list(each.arrivals),
        departures=list(each.departures), columns={name: list(texts) for name, texts in each.columns.items()},
    ) for each in network.profiles.values()], BATCH)  # fmt: skip
    profiles = dict(zip(network.profiles, made, strict=True))
    DraftTrip.objects.bulk_create([DraftTrip(
        draft=draft, key=each.key, pattern=patterns[each.pattern], profile=profiles[each.profile], service=services[each.service],
        start_s=each.start_s, headsign=each.headsign[:200], block=each.block, is_accessible=each.is_accessible,
        headways=[[one.first, one.until, one.every, one.is_exact] for one in each.headways], extra=dict(each.extra),
    ) for each in network.trips.values()], BATCH)  # fmt: skip
    return draft


def _by_key(rows: list[Any]) -> dict[str, Any]:
    return {each.key: each for each in rows}


def network_of(draft: Draft) -> Network:
    """The draft as it would be published, but for `tidied`."""
    patterns = list(DraftPattern.objects.filter(draft=draft).select_related("line").order_by("pk"))
    keys = {each.pk: each.key for each in patterns}
    services = list(DraftService.objects.filter(draft=draft).order_by("pk"))
    service_keys = {each.pk: each.key for each in services}
    return Network(
        agencies=[dict(each) for each in draft.agencies], info=dict(draft.info),
        stops={each.key: stop_of(each) for each in DraftStop.objects.filter(draft=draft).order_by("pk")},
        lines={each.key: Line(each.key, each.short_name, each.long_name, each.kind, each.colour, each.text_colour, each.agency,
                              each.order, each.extra)
               for each in DraftLine.objects.filter(draft=draft).order_by("pk")},
        patterns={each.key: pattern_of(each) for each in patterns},
        profiles={each.pk: profile_of(each, keys[each.pattern_id])
                  for each in DraftProfile.objects.filter(pattern__draft=draft).order_by("pk")},
        services={each.key: service_of(each, draft) for each in services},
        trips={each.key: Trip(each.key, keys[each.pattern_id], each.profile_id, service_keys[each.service_id], each.start_s,
                              each.headsign, each.block, each.is_accessible, tuple(Repeats(*one) for one in each.headways),
                              each.extra)
               for each in DraftTrip.objects.filter(draft=draft).order_by("pk").iterator(BATCH)},
        carried=dict(draft.carried),
    )  # fmt: skip


def stop_of(row: DraftStop) -> Stop:
    return Stop(row.key, row.name, row.lat, row.lon, row.code, row.kind, row.parent, row.is_accessible, row.extra)


def pattern_of(row: DraftPattern) -> Pattern:
    return Pattern(row.key, row.line.key, row.direction, tuple(row.stops), tuple((lon, lat) for lon, lat in row.path), row.shape,
                   row.name)  # fmt: skip


def profile_of(row: DraftProfile, pattern: str) -> Profile:
    columns = {name: tuple(texts) for name, texts in row.columns.items()}
    return Profile(row.pk, pattern, tuple(row.arrivals), tuple(row.departures), columns, row.name, row.from_s, row.to_s)


def service_of(row: DraftService, draft: Draft) -> Service:
    """With its days: those of the Chinese calendar within the draft's days where it has day types."""
    if not row.day_types:
        return Service(row.key, row.week, row.first_on, row.last_on, frozenset(row.added), frozenset(row.removed), row.name)
    summer = (draft.summer[0], draft.summer[1]) if len(draft.summer) == 2 else SUMMER
    days = days_of(row.day_types, row.seasons, draft.valid_from, draft.valid_to, summer)
    week, first, last, added, removed = as_week((days | set(row.added)) - set(row.removed))
    return Service(row.key, week, first, last, added, removed, row.name, tuple(row.day_types), tuple(row.seasons))


def tidied(network: Network, draft: Draft) -> Network:
    """Ready to be published: services within the draft's days, without trips that no day has (holidays in a timetable of one
    month) and what no trip uses, with the feed's own days, version and contact."""
    network.services = {key: _within(each, draft.valid_from, draft.valid_to) for key, each in network.services.items()}
    never = {key for key, each in network.services.items() if not (each.week or each.added)}
    network.trips = {key: each for key, each in network.trips.items() if each.service not in never}
    used = {each.pattern for each in network.trips.values()}
    network.patterns = {key: each for key, each in network.patterns.items() if key in used}
    lines = {each.line for each in network.patterns.values()}
    network.lines = {key: each for key, each in network.lines.items() if key in lines}
    services = {each.service for each in network.trips.values()}
    network.services = {key: each for key, each in network.services.items() if key in services}
    agency = network.agencies[0] if network.agencies else {}
    network.info = {
        "feed_publisher_name": agency.get("agency_name", draft.title), "feed_publisher_url": agency.get("agency_url", ""),
        "feed_lang": agency.get("agency_lang", "") or "zh", **network.info,
        "feed_start_date": f"{draft.valid_from:%Y%m%d}", "feed_end_date": f"{draft.valid_to:%Y%m%d}",
        "feed_version": f"{draft.pk}.{draft.revision}",
    }  # fmt: skip
    if not network.info.get("feed_contact_url") and not network.info.get("feed_contact_email"):
        network.info["feed_contact_url"] = network.info["feed_publisher_url"]
    network.carried, _left_out = loose_ends.carried(network)
    return network


def _within(service: Service, first: date, last: date) -> Service:
    """A service without the days before `first` and after `last`."""
    begin, end = (max(service.first, first), min(service.last, last)) if service.first and service.last else (None, None)
    holds = begin is not None and end is not None and begin <= end
    added, removed = (frozenset(day for day in days if first <= day <= last) for days in (service.added, service.removed))
    return replace(service, week=service.week if holds else "", first=begin if holds else None, last=end if holds else None,
                   added=added, removed=removed if holds else frozenset())  # fmt: skip


def touch(draft: Draft) -> None:
    """Notes that a draft was changed."""
    draft.revision, draft.changed_at = draft.revision + 1, now()
    draft.save(update_fields=["revision", "changed_at"])
