"""What was acknowledged is there, exactly once, whoever is killed meanwhile."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from district.testing.installation import GatewayProcess, Installation
from tests.e2e.field_device import FieldDevice, Replay, now, series_of_frames, upload

pytestmark = pytest.mark.slow

STORED = """
    SELECT d.code, s.item, o.at, o.value FROM devices_observation o JOIN devices_series s ON s.id = o.series_id
    JOIN devices_device d ON d.id = s.device_id WHERE d.code = ANY(%s)
"""


def fleet(prefix: str, devices: int, frames: int) -> dict[str, list[bytes]]:
    first = now() - timedelta(seconds=frames)
    return {code: series_of_frames(code, first, frames) for code in (f"{prefix}{n:03d}" for n in range(devices))}


def assert_all_stored_once(installation: Installation, frames: dict[str, list[bytes]]) -> None:
    """Every frame's two values, no other and none twice, and the kept count agrees."""
    with installation.connect() as connection:
        rows = connection.execute(STORED, [list(frames)]).fetchall()
        (counted,) = connection.execute("SELECT sum(observations) FROM devices_observationcount").fetchone() or (0,)
        (present,) = connection.execute("SELECT count(*) FROM devices_observation").fetchone() or (0,)
        latest = connection.execute(
            "SELECT count(*) FROM devices_latest l WHERE at <> (SELECT max(at) FROM devices_observation o"
            " WHERE o.series_id = l.series_id)"
        ).fetchone()
    expected = sorted(
        (code, item, n / divisor)
        for code, each in frames.items()
        for n in range(len(each))
        for item, divisor in (("a34004", 10), ("a34002", 5))
    )
    assert sorted((code, item, value) for code, item, _, value in rows) == expected
    assert len({(code, item, at) for code, item, at, _ in rows}) == len(rows)
    assert counted == present
    assert latest == (0,)


def restarted(installation: Installation, killed: GatewayProcess) -> GatewayProcess:
    gateway = installation.start_gateway(port=killed.port)
    gateway.wait_until_ready()
    return gateway


def test_killing_database_and_gateway_in_a_replay_loses_and_doubles_nothing(installation: Installation):
    frames = fleet("KILL", 12, 400)
    installation.register(list(frames))
    gateway = installation.start_gateway()
    gateway.wait_until_ready()
    replay = Replay(gateway.port, list(frames.values()))
    try:
        replay.run(until=replay.total // 4)
        installation.kill_database()
        replay.run(seconds=0.5)  # answers that were on their way
        at_the_kill = len(replay.acknowledged)
        replay.run(seconds=1.0)
        assert len(replay.acknowledged) == at_the_kill, "answered while nothing could be stored"
        assert gateway.health()["status"] == "fail"
        installation.start_database()
        replay.run(until=replay.total // 2)
        gateway.kill()
        gateway = restarted(installation, gateway)
        replay.run(until=3 * replay.total // 4)
        installation.kill_database()
        gateway.kill()
        installation.start_database()
        gateway = restarted(installation, gateway)
        replay.run()
    finally:
        replay.close()
        code = gateway.stop()
    assert len(replay.acknowledged) == replay.total
    assert replay.resends > 0
    assert code == 0
    assert_all_stored_once(installation, frames)


def test_connections_outlive_the_database_and_are_answered_when_it_returns(installation: Installation):
    installation.register(["AWAY"])
    with installation.gateway() as gateway:
        device = FieldDevice(gateway.port)
        frame = upload("AWAY", now(), {"a34004": 12.0})
        assert device.ask(frame) is not None
        installation.kill_database()
        later = upload("AWAY", now() + timedelta(seconds=1), {"a34004": 13.0})
        assert device.ask(later, patience_s=1.0) is None
        installation.start_database()
        answer = device.receive(15.0)
        assert answer is not None
        assert answer.cn == "9014"
        device.close()
    with installation.connect() as connection:
        rows = connection.execute(STORED, [["AWAY"]]).fetchall()
    assert sorted(value for *_, value in rows) == [12.0, 13.0]


def test_a_flood_while_the_database_is_away_stays_bounded(installation: Installation):
    """The gateway stops reading instead of taking in what it cannot store, and everything arrives afterwards."""
    frames = fleet("FLOOD", 2, 1500)
    installation.register(list(frames))
    with installation.gateway(DISTRICT_GATEWAY_BUFFER="16384", DISTRICT_GATEWAY_TURN_SHARE="8192") as gateway:
        replay = Replay(gateway.port, list(frames.values()), window=1500, patience_s=60.0)
        replay.run(until=10)
        installation.kill_database()
        replay.run(seconds=1.5)
        held = gateway.metrics()["district_gateway_buffered_bytes"]
        assert held < 2 * (16384 + 2 * 256 * 1024)
        installation.start_database()
        replay.run(seconds=30.0)
        replay.close()
    assert len(replay.acknowledged) == replay.total
    assert_all_stored_once(installation, frames)


def test_what_has_come_is_stored_and_answered_before_a_graceful_end(installation: Installation):
    frames = fleet("GENTLE", 3, 200)
    installation.register(list(frames))
    with installation.gateway() as gateway:
        devices = [FieldDevice(gateway.port) for _ in frames]
        for device, each in zip(devices, frames.values(), strict=True):
            device.send(b"".join(each))
        time.sleep(0.05)
        gateway.process.terminate()
        answered = 0
        for device in devices:
            try:
                while device.receive(5.0) is not None:
                    answered += 1
            except ConnectionError:
                device.close()
        assert gateway.process.wait(15) == 0
    with installation.connect() as connection:
        stored = connection.execute(STORED, [list(frames)]).fetchall()
    assert answered * 2 == len(stored)
    assert answered > 0
