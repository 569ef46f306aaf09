"""Cameras on the real port of a gateway with a real database."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from district.protocols.gb28181 import (
    Channel,
    SipMessage,
    authorization,
    build_body,
    digest_response,
    fields_of,
    parse,
    to_bytes,
)
from district.systems.governance.video.simulator.user_agent import Model, UserAgent
from district.testing.installation import GatewayProcess, Installation
from tests.e2e.camera_place import (
    PASSWORD,
    QUICK,
    SERVER,
    add_camera,
    known_devices,
    refused,
    reports,
    sip_port,
    until,
)

pytestmark = pytest.mark.slow
CODES = (f"3703060000118{n:07d}" for n in count(1))


@pytest.fixture(scope="module")
def door(installation: Installation) -> Iterator[GatewayProcess]:
    with installation.gateway(**QUICK) as running:
        yield running


def channels(n: int) -> list[Channel]:
    return [
        Channel(f"3703060000131{i:07d}", f"通道{i}", is_on=True, lon=117.86, lat=36.81)
        for i in range(1, n + 1)
    ]


def agent(
    place: Installation, door: GatewayProcess, model: Model, interval_s: int = 60, **attributes: Any
) -> UserAgent:
    """A device that is registered with the platform."""
    add_camera(place, model.code, interval_s, **attributes)
    until(lambda: door.health()["devices"] >= known_devices(place))
    return UserAgent(model, ("127.0.0.1", sip_port(door)), SERVER)


async def while_playing(ua: UserAgent, ask: Any) -> Any:
    """Runs `ask` in a thread while the device plays."""
    task = asyncio.create_task(ua.run())
    try:
        return await asyncio.to_thread(ask)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def test_a_recorder_registers_tells_its_channels_and_gives_a_picture(
    installation: Installation, door: GatewayProcess
):
    model = Model(next(CODES), PASSWORD, channels(7), interval_s=2)
    model.blind, model.deaf, model.wrong_ssrc = {channels(7)[1].id}, {channels(7)[2].id}, {channels(7)[3].id}
    ua = agent(installation, door, model)

    def probes() -> dict[str, dict[str, Any]] | None:
        found = {subject: payload for _, subject, payload in reports(installation, model.code, "probe")}
        return found if len(found) == 7 else None

    found = asyncio.run(while_playing(ua, lambda: until(probes, 90)))
    (_, _, catalogue), *_ = reports(installation, model.code, "catalogue")
    assert (catalogue["total"], catalogue["received"], catalogue["trouble"]) == (7, 7, "")
    assert [each["name"] for each in catalogue["channels"]] == [f"通道{i}" for i in range(1, 8)]
    reasons = [found[each.id]["reason"] for each in channels(7)]
    assert reasons == ["", "no_media", "invite_486", "wrong_ssrc", "", "", ""]
    good = found[channels(7)[0].id]
    assert (good["is_playable"], good["has_ended"]) == (True, True)
    assert good["packets"] > 0


def test_a_camera_without_a_catalogue_is_probed_itself_over_tcp(
    installation: Installation, door: GatewayProcess
):
    model = Model("37030600001320000101", PASSWORD, [], interval_s=2)
    ua = agent(installation, door, model, media="TCP")
    probe = asyncio.run(while_playing(ua, lambda: until(lambda: reports(installation, model.code, "probe"))))
    assert (probe[0][1], probe[0][2]["is_playable"], probe[0][2]["transport"]) == (
        model.code,
        True,
        "TCP/RTP/AVP",
    )


def test_a_device_that_falls_silent_is_off_line_in_time_and_comes_back(
    installation: Installation, door: GatewayProcess
):
    model = Model(next(CODES), PASSWORD, channels(1), interval_s=1)
    ua = agent(installation, door, model, interval_s=1)

    def kinds() -> list[str]:
        return [kind for kind, _, _ in reports(installation, model.code) if kind in ("registered", "lost")]

    def story() -> None:
        until(lambda: kinds() == ["registered"])
        ua.is_silent = True
        until(lambda: kinds() == ["registered", "lost"], 15)
        ua.is_silent = False
        until(lambda: kinds() == ["registered", "lost", "registered"], 30)

    asyncio.run(while_playing(ua, story))
    assert reports(installation, model.code, "lost")[0][2] == {"reason": "keepalive_missed"}


def test_an_alarm_is_stored_before_it_is_answered_once_however_often_it_is_sent(
    installation: Installation, door: GatewayProcess
):
    model = Model(next(CODES), PASSWORD, channels(1))
    ua = agent(installation, door, model)

    async def story() -> list[int]:
        await ua.open()
        assert await ua.register()
        body = build_body("Notify", "Alarm", 77, model.code, {
            "AlarmPriority": 1, "AlarmMethod": 5, "AlarmTime": "2026-03-10T08:00:00", "AlarmDescription": "绊线",
            "Info": {"AlarmType": 5},
        })  # fmt: skip
        message = ua.message(body)
        first = await ua.ask(message)
        stored = len(reports(installation, model.code, "alarm"))
        again = await ua.ask(message)
        await asyncio.sleep(1)
        ua.close()
        assert first is not None
        assert again is not None
        return [stored, first.status, again.status]

    assert asyncio.run(story()) == [1, 200, 200]
    ((_, subject, payload),) = reports(installation, model.code, "alarm")
    assert (subject, payload["zh"], payload["priority"], payload["description"]) == (
        model.code,
        "绊线检测报警",
        1,
        "绊线",
    )
    assert ua.alarm_answers == ["77"]


def test_strangers_wrong_passwords_and_replays_stay_outside(installation: Installation, door: GatewayProcess):
    good = agent(installation, door, Model(next(CODES), PASSWORD))
    wrong = agent(installation, door, Model(next(CODES), "guess"))
    stranger = UserAgent(Model("37030600001189999999", PASSWORD), good.server, SERVER)

    async def story() -> None:
        for ua in (good, wrong, stranger):
            await ua.open()
        assert await good.register()
        for _ in range(6):
            assert not await wrong.register()
        assert not await stranger.register()
        assert await stranger.keep_alive() == 403
        assert await wrong.keep_alive() == 403
        assert await good.keep_alive() == 200
        for ua in (good, wrong, stranger):
            ua.close()

    asyncio.run(story())
    reasons = until(lambda: len(found := refused(installation, wrong.model.code)) >= 7 and found)
    assert set(reasons) == {"wrong_password", "locked_out", "not_registered"}
    assert reasons.count("wrong_password") == 5
    assert set(refused(installation, stranger.model.code)) == {"unknown_device"}


def test_a_recorded_registration_lets_nobody_in(installation: Installation, door: GatewayProcess):
    ua = agent(installation, door, Model(next(CODES), PASSWORD))

    async def story() -> tuple[int, str, int]:
        await ua.open()
        asked = ua._register(600)
        challenged = await ua.ask(asked)
        assert challenged is not None
        recorded = ua._register(600, challenged)
        let_in = await ua.ask(recorded)
        assert let_in is not None
        other = UserAgent(ua.model, ua.server, SERVER)
        await other.open()
        replayed = await other.ask(recorded)
        ua.close()
        other.close()
        assert replayed is not None
        return let_in.status, replayed.header("WWW-Authenticate") or "", replayed.status

    let_in, told, replayed = asyncio.run(story())
    assert (let_in, replayed) == (200, 401)
    assert "stale=true" in told


def test_leaving_and_the_clock(installation: Installation, door: GatewayProcess):
    ua = agent(installation, door, Model(next(CODES), PASSWORD))

    async def story() -> str:
        await ua.open()
        challenged = await ua.ask(ua._register(600))
        assert challenged is not None
        answer = await ua.ask(ua._register(600, challenged))
        assert answer is not None
        await ua.register(0)
        assert await ua.keep_alive() == 403
        ua.close()
        return answer.header("Date") or ""

    date = asyncio.run(story())
    assert len(date) == len("2026-03-10T08:00:00.000")
    assert reports(installation, ua.model.code, "lost")[-1][2] == {"reason": "unregistered"}


@pytest.mark.parametrize("algorithm", ["SM3", "SHA-256"])
def test_a_device_set_to_a_better_digest_is_not_let_in_with_md5(
    installation: Installation, door: GatewayProcess, algorithm: str
):
    ua = agent(installation, door, Model(next(CODES), PASSWORD), digest=algorithm)

    async def story() -> tuple[bool, int]:
        await ua.open()
        is_let_in = await ua.register()
        challenged = await ua.ask(ua._register(600))
        assert challenged is not None
        request = ua._register(600, challenged)
        fields = fields_of(request.header("Authorization") or "") | {"algorithm": "MD5"}
        fields["response"] = digest_response(
            **{key: text for key, text in fields.items() if key != "response"},
            password=PASSWORD,
            method="REGISTER",
        )
        headers = tuple(
            (name, authorization(fields) if name == "Authorization" else text)
            for name, text in request.headers
        )
        weaker = await ua.ask(replace(request, headers=headers))
        ua.close()
        assert weaker is not None
        return is_let_in, weaker.status

    assert asyncio.run(story()) == (True, 403)


def test_tcp_messages_in_pieces_are_answered_and_a_closed_connection_is_a_lost_device(
    installation: Installation, door: GatewayProcess
):
    ua = agent(installation, door, Model(next(CODES), PASSWORD))

    async def story() -> list[int]:
        await ua.open()  # for an address to put into its messages
        reader, writer = await asyncio.open_connection(*ua.server)

        async def exchange(data: bytes) -> SipMessage:
            for start in range(0, len(data), 50):
                writer.write(data[start : start + 50])
                await writer.drain()
            return parse(await reader.readuntil(b"\r\n\r\n"))

        challenged = await exchange(to_bytes(ua._register(600)))
        let_in = await exchange(to_bytes(ua._register(600, challenged)))
        writer.close()
        ua.close()
        return [challenged.status, let_in.status]

    assert asyncio.run(story()) == [401, 200]
    (_, _, payload), *_ = until(lambda: reports(installation, ua.model.code, "lost"))
    assert payload == {"reason": "connection_closed"}


def test_a_message_that_cannot_be_read_is_kept_with_its_reason(
    installation: Installation, door: GatewayProcess
):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"MASSAGE sip:x SIP/2.0\r\n\r\n", ("127.0.0.1", sip_port(door)))

    def kept() -> Any:
        with installation.connect() as connection:
            return connection.execute(
                "SELECT count(*) FROM devices_quarantinedmessage WHERE protocol = 'gb28181' AND reason = 'bad_start_line'"
            ).fetchone()[0]

    assert until(kept) == 1
