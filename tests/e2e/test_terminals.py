"""Terminals of vehicles and a gateway of its own: over both transports, asked by people, killed meanwhile."""

from __future__ import annotations

import socket
import time
from datetime import timedelta

import pytest

from district.protocols.jt808 import V2019, encode
from district.protocols.jt1078.stream import packet
from district.testing.installation import GatewayProcess, Installation
from tests.e2e.field_device import now
from tests.e2e.terminals import Drive, Terminal, place, register

pytestmark = pytest.mark.slow

STORED = """
    SELECT d.code, round(p.mileage_km * 10)::int FROM devices_position p JOIN devices_device d ON d.id = p.device_id
    WHERE d.code = ANY(%s) ORDER BY 1, 2
"""
ASK = """
    INSERT INTO devices_devicecommand (device_id, command, parameters, state, message_id, attempts, timeout_s, retries,
        answer_code, result_code, result, detail, asked_at, expires_at)
    SELECT id, %s, %s::jsonb, 'queued', '', 0, 5, 2, '', '', '{}', '', now(), now() + interval '1 minute'
    FROM devices_device WHERE code = %s RETURNING id
"""


def test_what_was_acknowledged_is_there_once_whoever_is_killed(installation: Installation):
    codes = [f"01990001{n:04d}" for n in range(4)]
    register(installation, codes)
    first = now() - timedelta(seconds=900)
    positions = {code: [place(first + timedelta(seconds=n), n) for n in range(80)] for code in codes}
    total = sum(map(len, positions.values()))
    gateway = installation.start_gateway()
    gateway.wait_until_ready()
    drive = Drive(gateway.terminals, positions)
    try:
        drive.run(total // 4)
        gateway.kill()
        gateway = installation.start_gateway(port=gateway.port)
        gateway.wait_until_ready()
        drive.run(total // 2)
        installation.kill_database()
        drive.run(total, seconds=0.5)
        held = drive.done
        drive.run(total, seconds=0.5)
        assert drive.done == held < total, "acknowledged while nothing could be stored"
        installation.start_database()
        drive.run(total)
    finally:
        gateway.stop()
    assert drive.done == total
    with installation.connect() as connection:
        rows = connection.execute(STORED, [codes]).fetchall()
    assert rows == [(code, n) for code in codes for n in range(80)]


def test_a_person_asks_terminals_over_tcp_and_udp(installation: Installation, gateway: GatewayProcess):
    codes = ["019900020001", "019900020002"]
    register(installation, codes)
    time.sleep(0.6)  # the register is read again
    ids = []
    for code, is_udp in zip(codes, (False, True), strict=True):
        terminal = Terminal(gateway.terminals, code, V2019, is_udp)
        terminal.authenticate()
        assert terminal.ask(0x0200, place(now(), 7)).body["result"] == 0
        with installation.connect() as connection:
            (text,) = connection.execute(ASK, ["send_text", '{"text": "前方路口绕行"}', code]).fetchone()
            (where,) = connection.execute(ASK, ["locate", "{}", code]).fetchone()
            ids += [text, where]
        asked = terminal.receive()
        assert asked.header.message_id == 0x8300
        assert asked.body["text"] == "前方路口绕行"
        terminal.send(0x0001, encode.general_reply(asked.header))
        asked = terminal.receive()
        assert asked.header.message_id == 0x8201
        terminal.send(0x0201, asked.header.serial.to_bytes(2, "big") + place(now() + timedelta(seconds=5), 8))
        terminal.close()
    deadline = time.monotonic() + 5.0
    with installation.connect() as connection:
        while time.monotonic() < deadline:
            states = connection.execute("SELECT state FROM devices_devicecommand WHERE id = ANY(%s)", [ids]).fetchall()
            if states == [("done",)] * 4:
                break
            time.sleep(0.05)
        rows = connection.execute(STORED, [codes]).fetchall()
    assert states == [("done",)] * 4
    assert rows == [(code, n) for code in codes for n in (7, 8)]


def test_a_picture_that_was_asked_for_is_seen_to_arrive(installation: Installation, gateway: GatewayProcess):
    code = "019900030001"
    register(installation, [code])
    time.sleep(0.6)  # the register is read again
    terminal = Terminal(gateway.terminals, code)
    terminal.authenticate()
    with installation.connect() as connection:
        connection.execute(ASK, ["start_video", '{"channel": 2, "stream": 1}', code])
    asked = terminal.receive()
    assert asked.header.message_id == 0x9101
    body = asked.raw_body
    host, port = body[1 : 1 + body[0]].decode(), int.from_bytes(body[1 + body[0] : 3 + body[0]], "big")
    terminal.send(0x0001, encode.general_reply(asked.header))
    for channel in (2, 3):
        with socket.create_connection((host, port)) as stream:
            for number in range(20):
                stream.sendall(packet(code, channel, number, number % 3, bytes(500), at_ms=number))
    terminal.close()
    told = "SELECT subject, payload FROM devices_devicereport WHERE kind = 'video' ORDER BY id"
    refused = "SELECT count(*) FROM devices_quarantinedmessage WHERE reason = 'unasked_stream'"
    deadline, reports, unasked = time.monotonic() + 5.0, [], 0
    with installation.connect() as connection:
        while (len(reports) < 2 or not unasked) and time.monotonic() < deadline:
            time.sleep(0.05)
            reports = connection.execute(told).fetchall()
            (unasked,) = connection.execute(refused).fetchone()
    assert [(subject, each["state"], each["packets"]) for subject, each in reports] == [("2", "arriving", 0), ("2", "ended", 20)]
    assert unasked == 1
