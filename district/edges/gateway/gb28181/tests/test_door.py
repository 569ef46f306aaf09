"""The door without a network and a database: whatever comes, it stands, and what is a request is answered."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.edges.gateway.counters import Counters
from district.edges.gateway.directory import Directory, SeriesRows, Snapshot
from district.edges.gateway.gb28181.door import SipDoor
from district.edges.gateway.gb28181.peers import Peer
from district.edges.gateway.gb28181.settings import SipSettings
from district.edges.gateway.group import Group
from district.edges.gateway.tallies import Tallies
from district.edges.gateway.tests.fakes import NOW, known
from district.protocols.gb28181 import authorization, build_body, digest_response, fields_of, parse, to_bytes
from district.protocols.gb28181.tests.specimens import CAMERA, DOMAIN, SERVER, keepalive, made


class Place(Peer):
    """Keeps what is sent to it."""

    def __init__(self, host: str = "10.0.0.9", port: int = 5060) -> None:
        super().__init__((host, port), 5060, "10.0.0.1")
        self.said: list[Any] = []

    def send(self, data: bytes) -> bool:
        self.said.append(parse(data))
        return True


class FakeGateway:
    """Commits at once."""

    is_stopping = False

    def __init__(self) -> None:
        self.directory = Directory()
        camera = known(1, CAMERA, protocol="gb28181", password=b"secret", system="governance")
        self.directory.apply(Snapshot([camera], SeriesRows.of([])))
        self.counters, self.tallies, self.groups = Counters(), Tallies(NOW), list[Group]()
        self.desk = SimpleNamespace(execute=lambda *_: None)

    def new_group(self, protocol: str) -> Group:
        return Group(len(self.groups) + 1, protocol, NOW)

    def keeps_from(self, refusal: Any, devices: Any, host: str) -> bool:
        return True

    def flush_tallies(self) -> None:
        pass

    def hand_over(self, group: Group) -> None:
        self.groups.append(group)
        for sink, data in group.replies:
            sink.send(data)

    @property
    def reasons(self) -> list[str]:
        return [refusal.reason for group in self.groups for refusal in group.refusals]

    @property
    def kinds(self) -> list[str]:
        return [report.kind for group in self.groups for report in group.reports]


def opened() -> tuple[FakeGateway, SipDoor]:
    gateway: Any = FakeGateway()
    return gateway, SipDoor(gateway, 5060, SipSettings(messages_burst=10_000))


def let_in(door: SipDoor, place: Place) -> None:
    door.received(to_bytes(made("REGISTER", cseq=1, call_id=f"r{len(place.said)}", Expires="3600")), place)
    asked = fields_of(place.said[-1].header("WWW-Authenticate"), "WWW-Authenticate")
    fields = {"username": CAMERA, "realm": DOMAIN, "nonce": asked["nonce"], "uri": f"sip:{SERVER}@{DOMAIN}"}
    fields["response"] = digest_response(**fields, password="secret", method="REGISTER")
    request = made(
        "REGISTER", cseq=2, call_id=f"r{len(place.said)}", Expires="3600", Authorization=authorization(fields)
    )
    door.received(to_bytes(request), place)
    assert place.said[-1].status == 200


@given(st.binary(max_size=300))
def test_the_door_stands_whatever_comes(raw: bytes):
    gateway, door = opened()
    door.received(raw, Place())
    assert gateway.reasons
    assert "not_processed" not in gateway.reasons


@given(
    st.sampled_from([keepalive(), build_body("Notify", "Alarm", 1, CAMERA, {"AlarmPriority": 1, "AlarmMethod": 2})]),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=4), st.booleans(),
)  # fmt: skip
def test_a_damaged_message_of_a_registered_camera_is_answered_or_kept(
    body: bytes, harm: Any, is_registered: bool
):
    gateway, door = opened()
    place = Place()
    if is_registered:
        door.start = lambda work: work.close()  # type: ignore[method-assign]
        let_in(door, place)
    before = len(place.said)
    raw = bytearray(to_bytes(made(body=body)))
    for at, value in harm:
        raw[at % len(raw)] = value
    door.received(bytes(raw), place)
    assert "not_processed" not in gateway.reasons
    assert len(place.said) > before or gateway.reasons or bytes(raw).startswith((b"ACK", b"SIP"))


def test_a_request_that_comes_twice_is_done_once_and_answered_twice():
    gateway, door = opened()
    place = Place()
    let_in(door, place)
    door.start = lambda work: work.close()  # type: ignore[method-assign]
    alarm = to_bytes(
        made(body=build_body("Notify", "Alarm", 1, CAMERA, {"AlarmPriority": 1, "AlarmMethod": 2}))
    )
    door.received(alarm, place)
    door.received(alarm, place)
    assert gateway.kinds == ["registered", "alarm"]
    assert [answer.status for answer in place.said[-2:]] == [200, 200]


def test_a_camera_keeps_its_place_when_its_port_changes_but_not_its_address():
    gateway, door = opened()
    let_in(door, Place())
    moved, elsewhere = Place(port=6000), Place(host="10.0.0.77")
    door.received(to_bytes(made(body=keepalive())), moved)
    door.received(to_bytes(made(body=keepalive())), elsewhere)
    assert (moved.said[-1].status, elsewhere.said[-1].status) == (200, 403)
    assert door.registrations[1].peer is moved
    assert gateway.reasons == ["wrong_source"]


def test_an_alarm_of_a_foreign_channel_is_kept_and_not_reported():
    gateway, door = opened()
    place = Place()
    let_in(door, place)
    door.registrations[1].channels = {}
    foreign = build_body("Notify", "Alarm", 1, CAMERA[:-1] + "8", {"AlarmPriority": 1, "AlarmMethod": 2})
    door.received(to_bytes(made(body=foreign)), place)
    assert (place.said[-1].status, gateway.reasons, gateway.kinds) == (
        200,
        ["device_mismatch"],
        ["registered"],
    )


@pytest.mark.parametrize(
    ("method", "status"), [("OPTIONS", 200), ("INVITE", 603), ("BYE", 481), ("SUBSCRIBE", 405)]
)
def test_what_the_server_does_not_do_is_said(method: str, status: int):
    _, door = opened()
    place = Place()
    door.received(to_bytes(made(method)), place)
    assert [answer.status for answer in place.said] == [status]


def test_too_short_a_registration_is_told_the_shortest():
    _, door = opened()
    place = Place()
    let_in(door, place)
    asked = parse(to_bytes(made("REGISTER", Expires="5")))
    door.received(to_bytes(asked), place)
    fields = fields_of(place.said[-1].header("WWW-Authenticate"), "WWW-Authenticate")
    told = {"username": CAMERA, "realm": DOMAIN, "nonce": fields["nonce"], "uri": "sip:x@y"}
    told["response"] = digest_response(**told, password="secret", method="REGISTER")
    door.received(to_bytes(made("REGISTER", cseq=9, Expires="5", Authorization=authorization(told))), place)
    assert (place.said[-1].status, place.said[-1].header("Min-Expires")) == (423, "30")
