"""A feed of another supplier on this machine: taken once, asked conditionally, kept when it is bad."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection

from district.kernel.clock import now
from district.kernel.devices import position_marks as marks
from district.kernel.devices.models import Device, LatestPosition, Position, QuarantinedMessage
from district.systems.transit.feeds.process import due
from district.systems.transit.feeds.taking import forget_old_polls, poll
from district.systems.transit.feeds.tests.test_reading import bus, feed
from district.systems.transit.models import Bus, FeedPoll, OutsideFeed
from district.systems.transit.tests.editions import town_edition

pytestmark = pytest.mark.django_db


class Supplier:
    """What answers, and what was asked."""

    def __init__(self) -> None:
        self.body, self.status, self.headers, self.asked = b"", 200, {}, []

    def serve(self) -> ThreadingHTTPServer:
        supplier = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                supplier.asked.append(dict(self.headers))
                is_known = "ETag" in supplier.headers and self.headers.get("If-None-Match") == supplier.headers["ETag"]
                self.send_response(304 if is_known else supplier.status)
                for name, value in supplier.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if not is_known:
                    self.wfile.write(supplier.body)

            def log_message(self, *_arguments: object) -> None:
                """Quiet."""

        return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


@pytest.fixture
def supplier(monkeypatch: pytest.MonkeyPatch) -> Iterator[Supplier]:
    made = Supplier()
    server = made.serve()
    made.url = f"http://127.0.0.1:{server.server_port}/vehicles.pb"
    monkeypatch.setenv("DISTRICT_ALLOWED_ADDRESSES", f"127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def outside(supplier: Supplier) -> OutsideFeed:
    return OutsideFeed.objects.create(key="east", name="东部公交", url=supplier.url, headers="X-Key: s3cret", interval_s=10)


def told(seconds_ago: int, *names: str, **more) -> bytes:
    at = int(now().timestamp())
    buses = (bus(name, 36.8 + 0.001 * n, at=at - seconds_ago, trip={"trip_id": f"o{n}"}, **more) for n, name in enumerate(names))
    return feed(*buses, at=at)


def test_positions_become_devices_buses_and_rows_each_once(supplier: Supplier, outside: OutsideFeed):
    town_edition()
    supplier.body = told(20, "11", "12")
    first = poll(outside)
    assert (first.outcome, first.vehicles, first.stored, first.repeated) == ("taken", 2, 2, 0)
    again = poll(outside)
    assert (again.stored, again.repeated) == (0, 2)
    device = Device.objects.get(code="gtfsrt-east-11")
    assert (device.protocol, device.system, Bus.objects.get(device=device).number) == ("gtfs_rt", "transit", "11")
    assert Position.objects.filter(device=device).count() == 1
    assert Position.objects.get(device=device).extra["trip_id"] == "o0"
    assert LatestPosition.objects.get(device=device).lat == pytest.approx(36.8, abs=1e-5)
    outside.refresh_from_db()
    assert (outside.state, outside.vehicles, outside.with_trip, outside.matched) == ("good", 2, 2, 2)
    assert supplier.asked[0]["X-Key"] == "s3cret"


def test_the_key_lies_sealed_in_the_table(outside: OutsideFeed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT headers FROM transit_outsidefeed WHERE id = %s", [outside.pk])
        assert "s3cret" not in cursor.fetchone()[0]


def test_what_has_not_changed_is_not_sent_again(supplier: Supplier, outside: OutsideFeed):
    supplier.body, supplier.headers = told(5, "11"), {"ETag": '"v1"', "Last-Modified": "Wed, 04 Mar 2026 00:00:00 GMT"}
    assert poll(outside).outcome == "taken"
    unchanged = poll(outside)
    assert (unchanged.outcome, unchanged.status) == ("unchanged", 304)
    assert supplier.asked[1]["If-Modified-Since"] == "Wed, 04 Mar 2026 00:00:00 GMT"


def test_a_bus_of_ours_with_the_same_number_is_not_taken_for_theirs(supplier: Supplier, outside: OutsideFeed):
    ours = Bus.objects.create(number="11")
    supplier.body = told(5, "11")
    poll(outside)
    theirs = Bus.objects.get(device__code="gtfsrt-east-11")
    assert theirs.pk != ours.pk
    assert theirs.number.startswith("F")


def test_a_late_position_is_marked_and_an_old_feed_is_called_stale(supplier: Supplier, outside: OutsideFeed):
    at = int(now().timestamp()) - 600
    supplier.body = feed(bus("11", at=at), at=at)
    poll(outside)
    assert Position.objects.get().mark & marks.LATE
    assert outside.state == "stale"


def test_what_is_no_feed_is_kept_with_its_reason_and_counted(supplier: Supplier, outside: OutsideFeed):
    supplier.body, supplier.headers = b"<html>maintenance</html>", {"ETag": '"x"'}
    assert (poll(outside).outcome, outside.code) == ("refused", "not_protobuf")
    poll(outside)
    kept = QuarantinedMessage.objects.get()
    assert (kept.protocol, kept.device_code, kept.repeats, bytes(kept.raw)) == ("gtfs_rt", "east", 1, supplier.body)
    assert outside.state == "failing"
    supplier.body = told(5, "11")
    assert poll(outside).outcome == "taken"
    assert outside.failures == 0


def test_failures_wait_longer_each_time_and_as_long_as_asked(supplier: Supplier, outside: OutsideFeed):
    supplier.status = 500
    waits = []
    for _each in range(9):
        made = poll(outside)
        waits.append((outside.next_at - made.at).total_seconds())
    assert waits == [20, 40, 80, 160, 320, 600, 600, 600, 600]
    supplier.status, supplier.headers = 503, {"Retry-After": "1800"}
    made = poll(outside)
    assert (outside.next_at - made.at).total_seconds() == 1800
    assert (made.code, made.status) == ("bad_status", 503)
    assert not QuarantinedMessage.objects.exists()


@pytest.mark.parametrize(("status", "code"), [(302, "redirected"), (401, "forbidden"), (404, "bad_status")])
def test_answers_that_are_none_say_why(supplier: Supplier, outside: OutsideFeed, status: int, code: str):
    supplier.status = status
    assert poll(outside).code == code
    assert outside.words


def test_an_address_of_this_machine_is_not_asked_unless_allowed(outside: OutsideFeed, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DISTRICT_ALLOWED_ADDRESSES")
    assert poll(outside).code == "address_forbidden"


def test_feeds_are_due_at_their_time_and_old_polls_are_forgotten(supplier: Supplier, outside: OutsideFeed):
    assert due() == [outside.pk]
    supplier.body = told(5, "11")
    made = poll(outside)
    assert due() == []
    FeedPoll.objects.filter(pk=made.pk).update(at=now() - timedelta(days=8))
    assert forget_old_polls() == 1
