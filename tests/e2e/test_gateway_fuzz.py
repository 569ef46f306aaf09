"""Mutated frames by the hundred thousand: no crash, no stuck connection, no growth of memory.

`DISTRICT_FUZZ_FRAMES` sets how many; 1000000 is the full run.
"""

from __future__ import annotations

import os
import random
import select
import time
from datetime import timedelta

import psutil
import pytest

from district.testing.installation import GatewayProcess, Installation
from tests.e2e.field_device import FieldDevice, now, upload

pytestmark = pytest.mark.slow

FRAMES = int(os.environ.get("DISTRICT_FUZZ_FRAMES") or 60_000)
PARCEL = 200
GENEROUS = {"DISTRICT_GATEWAY_WRONG_PASSWORDS": "1000000000", "DISTRICT_GATEWAY_FRAMES_PER_S": "1000000"}
ALLOWED_GROWTH = 64 * 1024 * 1024
"""Of resident memory over the second half: buffers and tables have their size by then."""


def mutated(frame: bytes, dice: random.Random) -> bytes:
    """One to four changes: bytes overwritten, left out, doubled, put in, the frame cut or joined with another."""
    data = bytearray(frame)
    for _ in range(dice.randint(1, 4)):
        data = data or bytearray(b"#")
        at = dice.randrange(len(data))
        kind = dice.randrange(7)
        if kind == 0:
            data[at] = dice.randrange(256)
        elif kind == 1:
            del data[at : at + dice.randint(1, 20)]
        elif kind == 2:
            data[at:at] = data[at : at + dice.randint(1, 30)]
        elif kind == 3:
            data[at:at] = dice.choice([b"##", b"&&", b";", b",", b"\r\n", b"=", b"CP=&&", b"\x00", b"9" * 12])
        elif kind == 4:
            data[2:6] = b"%04d" % dice.randrange(10_000)
        elif kind == 5:
            data = data[:at] or bytearray(b"#")
        else:
            data += frame[at:]
    return bytes(data)


def pour(link: FieldDevice, data: bytes) -> bytes:
    """Sends all of it, and gives what is answered meanwhile: whoever does not read is not read either."""
    answered = b""
    link.sock.setblocking(False)
    view = memoryview(data)
    deadline = time.monotonic() + 60.0
    while view and time.monotonic() < deadline:
        readable, writable, _ = select.select([link.sock], [link.sock], [], 1.0)
        if readable:
            received = link.sock.recv(65536)
            if not received:
                raise ConnectionError("closed by the gateway")
            answered += received
        if writable:
            view = view[link.sock.send(view[:65536]) :]
    link.sock.setblocking(True)
    assert not view, "the gateway reads no more"
    return answered


def memory_of(gateway: GatewayProcess) -> int:
    return psutil.Process(gateway.process.pid).memory_info().rss


def test_mutated_frames_do_no_harm(installation: Installation):
    installation.register(["FUZZ"])
    dice = random.Random(20260101)
    first = now() - timedelta(days=1)
    items = {f"a{21000 + n:05d}": float(n) for n in range(8)}
    originals = [
        upload("FUZZ", first + timedelta(seconds=n), items, period=period, statistic="avg", version=version)
        for n, (period, version) in enumerate((p, v) for p in ("minute", "hour") for v in (2005, 2017, 2025))
    ]
    with installation.gateway(**GENEROUS) as gateway:
        links = [FieldDevice(gateway.port) for _ in range(4)]
        halfway = 0
        for sent in range(0, FRAMES, PARCEL):
            if not halfway and sent >= FRAMES // 2:
                halfway = memory_of(gateway)
            pour(links[sent // PARCEL % len(links)], b"".join(mutated(dice.choice(originals), dice) for _ in range(PARCEL)))
        for number, link in enumerate(links):
            good = upload("FUZZ", now() + timedelta(seconds=number), {"a34004": 1.0 + number})
            # The last mutation may have announced up to 9999 bytes that never come: as many settle what it was.
            early = pour(link, good * (12_000 // len(good)))
            assert b"CN=9014" in read_until(link, early, good.split(b"QN=")[1][:17]), "a connection is stuck"
            link.close()
        growth = memory_of(gateway) - halfway
        assert gateway.process.poll() is None
        assert gateway.health()["status"] == "ok"
        assert growth < ALLOWED_GROWTH
    with installation.connect() as connection:
        ((kept, counted),) = connection.execute(
            "SELECT count(*), sum(repeats + 1) FROM devices_quarantinedmessage WHERE reason <> 'not_processed'"
        ).fetchall()
        defects = connection.execute(
            "SELECT detail FROM devices_quarantinedmessage WHERE reason IN ('not_processed', 'not_stored')"
        ).fetchall()
    assert defects == []
    assert counted > kept


def read_until(link: FieldDevice, data: bytes, wanted: bytes) -> bytes:
    """The line with `wanted` in what was and will be answered; empty when it does not come."""
    deadline = time.monotonic() + 60.0
    while time.monotonic() < deadline:
        found = next((line for line in data.splitlines() if wanted in line), b"")
        if found:
            return found
        if select.select([link.sock], [], [], 1.0)[0]:
            data += link.sock.recv(65536)
    return b""
