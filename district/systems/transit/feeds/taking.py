"""Polling the feeds of others: one poll is one transaction, with a row that says how it went."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import numpy as np
import orjson
from django.db import transaction
from django.db.models import F

from district.kernel.clock import CHINA, now
from district.kernel.devices import position_marks as marks
from district.kernel.devices.models import Device, QuarantinedMessage, QuarantineState
from district.kernel.devices.position_recording import record_positions
from district.kernel.devices.position_rows import PositionRows, digest_of
from district.kernel.ui.live import tell

from ..editions.queries import schedule_in_force
from ..models import Bus, FeedPoll, OutsideFeed
from ..schedule import Schedule
from .fetching import Answer, NoAnswer, fetch, headers_of
from .reading import FeedUnreadable, ReadFeed, ToldPosition, read_feed

PROTOCOL = "gtfs_rt"
TOPIC = "transit.feeds"
STALE_S = 300.0
"""A feed whose own time is older than this tells nothing that is true now."""
LONGEST_WAIT_S = 600.0
MOST_KEPT_BYTES = 64 * 1024
POLLS_KEPT = timedelta(days=7)


def poll(feed: OutsideFeed) -> FeedPoll:
    """Asks, takes what is new, and says when to ask again. Never raises for what the other side does."""
    begun, at = time.monotonic(), now()
    try:
        answer = fetch(feed.url, headers_of(feed.headers), feed.etag, feed.last_modified)
    except (NoAnswer, ValueError) as error:
        return _failed(feed, at, error, _took_ms(begun))
    with transaction.atomic():
        if answer.body is None:
            made = FeedPoll(feed=feed, at=at, outcome=FeedPoll.Outcome.UNCHANGED, status=answer.status, header_at=feed.header_at)
        else:
            made = _taken(feed, at, answer, answer.body)
        made.took_ms = _took_ms(begun)
        made.save()
        _note(feed, made, answer)
        tell(TOPIC, {"feed": feed.pk})
    return made


def _took_ms(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)


def _taken(feed: OutsideFeed, at: datetime, answer: Answer, body: bytes) -> FeedPoll:
    made = FeedPoll(feed=feed, at=at, outcome=FeedPoll.Outcome.TAKEN, status=answer.status, size_bytes=len(body))
    try:
        read = read_feed(body, at.timestamp())
    except FeedUnreadable as error:
        made.outcome, made.code, made.words = FeedPoll.Outcome.REFUSED, error.code, str(error)[:300]
        _quarantine(feed, at, body, error.code, str(error))
        return made
    made.header_at = datetime.fromtimestamp(read.header_at, CHINA) if read.header_at else at
    made.vehicles, made.left_out, made.reasons = len(read.positions), sum(read.left_out.values()), read.left_out
    devices = _devices(feed, read.positions)
    stored = record_positions(_rows(read, devices, at, feed.is_simulated))
    made.stored, made.repeated = len(stored.stored), len(stored.repeated)
    ids = [devices[position.vehicle_id] for position in read.positions]
    Device.objects.filter(pk__in=ids).update(last_seen_at=at)
    feed.vehicles = len(read.positions)
    feed.with_trip = sum(bool(position.trip_id) for position in read.positions)
    feed.matched = matched(schedule_in_force(), read.positions)
    return made


def matched(schedule: Schedule | None, positions: list[ToldPosition]) -> int:
    """Positions whose trip our timetable has."""
    if schedule is None:
        return 0
    known = {trip.told_id for trip in schedule.trips.values()}
    return sum(position.trip_id in known for position in positions if position.trip_id)


def code_of(feed: OutsideFeed, vehicle_id: str) -> str:
    """The device's code of a vehicle."""
    return f"gtfsrt-{feed.key}-{vehicle_id}"[:64]


def _devices(feed: OutsideFeed, positions: list[ToldPosition]) -> dict[str, int]:
    """Vehicle id → device; what is new is made, with a bus, so that the live process knows it."""
    codes = {code_of(feed, position.vehicle_id): position for position in positions}
    known = dict(Device.objects.filter(code__in=codes).values_list("code", "pk"))
    missing = {code: position for code, position in codes.items() if code not in known}
    if missing:
        made = Device.objects.bulk_create([
            Device(code=code, name=f"{feed.name} {position.label or position.vehicle_id}"[:120], kind="bus", protocol=PROTOCOL,
                   system="transit", owner=feed.owner, interval_s=max(feed.interval_s, 1), is_simulated=feed.is_simulated,
                   attributes={"feed": feed.key, "vehicle": position.vehicle_id, "plate": position.plate})
            for code, position in missing.items()
        ])  # fmt: skip
        known |= {device.code: device.pk for device in made}
        _buses(feed, [(device, missing[device.code]) for device in made])
    return {position.vehicle_id: known[code] for code, position in codes.items()}


def _buses(feed: OutsideFeed, made: list[tuple[Device, ToldPosition]]) -> None:
    wanted = {(position.label or position.vehicle_id)[-20:] for _device, position in made}
    taken = set(Bus.objects.filter(number__in=wanted).values_list("number", flat=True))
    buses = []
    for device, position in made:
        number = (position.label or position.vehicle_id)[-20:]
        if number in taken:
            number = f"F{device.pk}"
        taken.add(number)
        buses.append(Bus(number=number, plate=position.plate, device=device, operator=feed.owner, is_simulated=feed.is_simulated))
    Bus.objects.bulk_create(buses)


def _rows(read: ReadFeed, devices: dict[str, int], at: datetime, is_simulated: bool) -> PositionRows:
    told = read.positions
    count = len(told)
    lon, lat = np.array([each.lon for each in told], dtype=float), np.array([each.lat for each in told], dtype=float)
    speed = np.array([each.speed_m_s * 3.6 for each in told], dtype=float)
    direction = np.array([round(each.bearing) for each in told], dtype=np.int64)
    none = np.zeros(count, dtype=np.int64)
    always = marks.SIMULATED if is_simulated else 0
    extra = np.empty(count, dtype=object)
    extra[:] = [_extra(each) for each in told]
    return PositionRows(
        device=np.array([devices[each.vehicle_id] for each in told], dtype=np.int64),
        at_us=np.array([round(each.at) * 1_000_000 for each in told], dtype=np.int64),
        received_us=np.full(count, round(at.timestamp() * 1e6), dtype=np.int64),
        digest=digest_of(none, none, lon, lat, none, speed, direction), alarm=none, status=none, lon=lon, lat=lat,
        speed_kmh=speed, altitude_m=none, direction=direction,
        mark=np.array([always | (marks.LATE if each.is_late else 0) for each in told], dtype=np.int64),
        mileage_km=np.array([np.nan if each.odometer_m is None else each.odometer_m / 1000 for each in told], dtype=float),
        extra=extra,
    )  # fmt: skip


def _extra(position: ToldPosition) -> bytes | None:
    """What the live process and people read beside the place, under the names of GTFS."""
    told: dict[str, object] = {
        "trip_id": position.trip_id, "route_id": position.route_id, "start_time": position.start_time,
        "start_date": position.start_date, "direction_id": position.direction, "stop_id": position.stop_id,
        "occupancy_percentage": position.occupancy,
    }  # fmt: skip
    told = {key: value for key, value in told.items() if value not in ("", None)}
    return orjson.dumps(told) if told else None


def _quarantine(feed: OutsideFeed, at: datetime, body: bytes, code: str, words: str) -> None:
    """What is no feed is kept to be looked at; the same again the same day is counted."""
    same = QuarantinedMessage.objects.filter(protocol=PROTOCOL, device_code=feed.key, reason=code, state=QuarantineState.PENDING)
    last = same.filter(received_at__gt=at - timedelta(days=1)).order_by("-received_at").first()
    if last is not None:
        QuarantinedMessage.objects.filter(pk=last.pk).update(repeats=F("repeats") + 1)
        return
    parts = urlsplit(feed.url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    QuarantinedMessage.objects.create(
        received_at=at, protocol=PROTOCOL, port=port, remote=(parts.hostname or "")[:64], device_code=feed.key, reason=code,
        layer="frame", detail=words, raw=body[:MOST_KEPT_BYTES],
    )  # fmt: skip


def _note(feed: OutsideFeed, made: FeedPoll, answer: Answer) -> None:
    """The feed as it stands after an answer."""
    feed.polled_at, feed.etag, feed.last_modified = made.at, answer.etag, answer.last_modified
    feed.code, feed.words = made.code, made.words
    if made.outcome == FeedPoll.Outcome.REFUSED:
        # An answer that is no feed must not be what the next one is compared with.
        feed.etag = feed.last_modified = ""
        feed.failures += 1
        feed.state = OutsideFeed.State.FAILING
    else:
        feed.failures, feed.header_at = 0, made.header_at
        if made.outcome == FeedPoll.Outcome.TAKEN:
            feed.taken_at = made.at
        age_s = (made.at - feed.header_at).total_seconds() if feed.header_at else 0.0
        feed.state = OutsideFeed.State.STALE if age_s > STALE_S else OutsideFeed.State.GOOD
    _schedule(feed, made.at)


def _failed(feed: OutsideFeed, at: datetime, error: NoAnswer | ValueError, took_ms: int) -> FeedPoll:
    code, status = getattr(error, "code", "bad_headers"), getattr(error, "status", 0)
    with transaction.atomic():
        made = FeedPoll.objects.create(
            feed=feed, at=at, outcome=FeedPoll.Outcome.FAILED, status=status, took_ms=took_ms, code=code, words=str(error)[:300]
        )
        feed.polled_at, feed.failures, feed.state = at, feed.failures + 1, OutsideFeed.State.FAILING
        feed.code, feed.words = code, made.words
        _schedule(feed, at, getattr(error, "retry_after_s", 0.0))
        tell(TOPIC, {"feed": feed.pk})
    return made


def _schedule(feed: OutsideFeed, at: datetime, asked_s: float = 0.0) -> None:
    """Twice as long after each failure in a row, and at least what the other side asks for."""
    wait_s = min(feed.interval_s * 2 ** min(feed.failures, 8), max(LONGEST_WAIT_S, feed.interval_s))
    feed.next_at = at + timedelta(seconds=max(wait_s, min(asked_s, 3600.0)))
    feed.save(update_fields=(
        "polled_at", "etag", "last_modified", "code", "words", "failures", "state", "header_at", "taken_at", "next_at",
        "vehicles", "with_trip", "matched",
    ))  # fmt: skip


def forget_old_polls() -> int:
    """Deletes rows of polls older than POLLS_KEPT."""
    return FeedPoll.objects.filter(at__lt=now() - POLLS_KEPT).delete()[0]
