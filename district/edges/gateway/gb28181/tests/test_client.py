"""Our own requests: repeated, given up, and ended even when the answer comes too late."""

from __future__ import annotations

import asyncio

from district.edges.gateway.gb28181.client import Client
from district.edges.gateway.gb28181.registrations import Registration
from district.edges.gateway.gb28181.settings import SipSettings
from district.edges.gateway.gb28181.tests.test_door import Place
from district.edges.gateway.tests.fakes import NOW, known
from district.protocols.gb28181 import Channel, Sdp, response
from district.protocols.gb28181.tests.specimens import CAMERA

SETTINGS = SipSettings(invite_s=0.2, answer_s=0.2)


def registered(place: Place, **attributes: int) -> Registration:
    return Registration(known(1, CAMERA, protocol="gb28181", attributes=attributes), place, 1e9, 0.0, NOW)


def test_a_yes_that_comes_after_we_gave_up_is_acknowledged_and_ended():
    async def story() -> list[str]:
        place, client = Place(), Client(SETTINGS, 5060)
        invite, answer = await client.invite(
            registered(place), CAMERA, Sdp("video", CAMERA, "Play", "10.0.0.1", 30000)
        )
        assert answer is None
        client.heard(response(invite, 200, source=place.source, to_tag="late"))
        await asyncio.sleep(0.5)
        return [each.method for each in place.said]

    said = asyncio.run(story())
    assert said[0] == "INVITE"
    assert "CANCEL" in said
    assert said[said.index("ACK") + 1] == "BYE"


def test_a_question_is_asked_again_until_it_is_answered():
    async def story() -> tuple[int, int]:
        place, client = Place(), Client(SipSettings(answer_s=5), 5060)
        asking = asyncio.create_task(client.tell(registered(place), b"<Query/>"))
        await asyncio.sleep(0.7)
        client.heard(response(place.said[0], 200, source=place.source))
        answer = await asking
        assert answer is not None
        return len(place.said), answer.status

    asked, status = asyncio.run(story())
    assert asked >= 2
    assert status == 200


def test_a_refused_invitation_is_acknowledged_in_its_transaction():
    async def story() -> tuple[str, str, bool]:
        place, client = Place(), Client(SipSettings(invite_s=5), 5060)
        asking = asyncio.create_task(
            client.invite(registered(place), CAMERA, Sdp("video", CAMERA, "Play", "10.0.0.1", 30000))
        )
        await asyncio.sleep(0.05)
        client.heard(response(place.said[0], 486, source=place.source, to_tag="busy"))
        invite, answer = await asking
        assert answer is not None
        return place.said[-1].method, place.said[-1].to_tag, place.said[-1].branch == invite.branch

    assert asyncio.run(story()) == ("ACK", "busy", True)


def test_only_cameras_of_the_newest_catalogue_are_asked_for_a_picture():
    registration = registered(Place(), probes_at_once=40)
    assert registration.cameras() == [CAMERA]
    registration.channels = {
        "37030600001310000001": Channel("37030600001310000001"),
        "370306": Channel("370306"),
    }
    assert registration.cameras() == registration.cameras() == ["37030600001310000001"]
    registration.channels = {}
    assert registration.cameras() == [CAMERA]
    assert registration.probes_at_once == 16
