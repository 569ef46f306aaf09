"""What one connection may not do, and what it costs the others: nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from district.kernel import home
from district.testing.installation import GatewayProcess, Installation
from tests.e2e.field_device import FieldDevice, now, upload

pytestmark = pytest.mark.slow

TIGHT = {
    "DISTRICT_GATEWAY_CONNECTIONS": "5", "DISTRICT_GATEWAY_UNFINISHED_S": "1", "DISTRICT_GATEWAY_SILENT_S": "3",
    "DISTRICT_GATEWAY_WRONG_PASSWORDS": "3", "DISTRICT_GATEWAY_FRAMES_PER_S": "20", "DISTRICT_GATEWAY_BURST_FRAMES": "20",
}  # fmt: skip


@pytest.fixture(scope="module")
def tight(installation: Installation) -> Iterator[GatewayProcess]:
    installation.register(["HONEST", "FAST"])
    with installation.gateway(**TIGHT) as running:
        yield running


def test_connections_beyond_the_limit_are_refused_and_others_go_on(tight: GatewayProcess):
    honest = FieldDevice(tight.port)
    assert getattr(honest.ask(upload("HONEST", now(), {"a34004": 1.0})), "cn", "") == "9014"
    crowd = [FieldDevice(tight.port) for _ in range(6)]
    assert sum(each.is_closed(0.3) for each in crowd) >= 2
    assert honest.ask(upload("HONEST", now(), {"a34004": 1.0})) is not None
    for each in (*crowd, honest):
        each.close()
    time.sleep(0.2)


def test_a_frame_that_never_ends_ends_the_connection(tight: GatewayProcess):
    slow = FieldDevice(tight.port)
    slow.send(upload("HONEST", now(), {"a34004": 1.0})[:60])
    assert slow.is_closed(12.0)


def test_who_says_nothing_right_is_not_kept(tight: GatewayProcess):
    silent = FieldDevice(tight.port)
    assert silent.is_closed(15.0)


def test_guessing_passwords_ends_the_connection(tight: GatewayProcess):
    guesser = FieldDevice(tight.port)
    for n in range(3):
        guesser.ask(upload("HONEST", now(), {"a34004": 1.0}, password=f"{n:06d}"))
    assert guesser.is_closed(5.0)


def test_a_fast_sender_is_slowed_and_loses_nothing(installation: Installation, tight: GatewayProcess):
    fast, started = FieldDevice(tight.port), time.monotonic()
    first = now()
    frames = [upload("FAST", first.replace(microsecond=0), {f"a{10000 + n}": 1.0}) for n in range(100)]
    fast.send(b"".join(frames))
    answers = [fast.receive(20.0) for _ in frames]
    assert all(answers)
    for _ in range(3):
        assert fast.ask(frames[0], 20.0) is not None
    # 100 frames at 20 a second after a burst of 20: the limit is seen in time, not in losses.
    assert time.monotonic() - started > 1.0
    fast.close()


def test_a_flood_of_junk_is_counted_and_sampled(installation: Installation, tight: GatewayProcess):
    flood = FieldDevice(tight.port)
    flood.send(b"##0012rubbish of one line\r\n" * 400)
    time.sleep(1.0)
    flood.close()
    deadline = time.monotonic() + 30.0
    while time.monotonic() < deadline:
        with installation.connect() as connection:
            kept, counted = connection.execute(
                "SELECT count(*), coalesce(sum(repeats + 1), 0) FROM devices_quarantinedmessage"
                " WHERE raw LIKE '##0012rubbish%%'::bytea"
            ).fetchone() or (0, 0)
        if counted >= 400:
            break
        time.sleep(0.5)
    assert counted == 400
    assert kept < 100


def test_the_gateway_process_runs_without_django(installation: Installation):
    program = (
        "import sys, district.edges.gateway.__main__ as gateway, district.edges.gateway.gateway as core\n"
        "from district.edges.gateway.limits import Limits\n"
        "core.Gateway(gateway.listens(), gateway.intake_of, Limits())\n"
        "gateway.intake_of('environment').series_facts('a34004', 'rtd', 'realtime')\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('django', 'procrastinate')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=home.CHECKOUT,
        env=installation.variables(),
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
