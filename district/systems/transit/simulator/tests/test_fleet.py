"""The simulated fleet against a centre of our own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime

import numpy as np
import pytest

from district.kernel.clock import CHINA
from district.protocols.jt808 import Framer, Header, Message, decode, encode, findings
from district.protocols.jt1078 import StreamReader
from district.protocols.jt1078 import encode as jt1078
from district.systems.transit.demo.network import feed
from district.systems.transit.simulator.camera import Camera
from district.systems.transit.simulator.playing import EVERYDAY, Options, play
from district.systems.transit.simulator.riding import Tally
from district.systems.transit.simulator.service_day import Itinerary, day_of
from district.systems.transit.simulator.terminal import Terminal
from district.systems.transit.simulator.town import Plan, Town, of_feed

DAY = date(2026, 11, 27)
AT = datetime(2026, 11, 27, 8, 30, tzinfo=CHINA)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    path = tmp_path_factory.mktemp("feed") / "feed.zip"
    path.write_bytes(feed(date(2026, 11, 1), date(2026, 11, 30)))
    return of_feed(path)


@pytest.fixture(scope="module")
def plan(town: Town) -> Plan:
    found = town.plan_of(DAY)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def days(plan: Plan) -> dict[str, Itinerary]:
    return day_of(plan.planned, plan.bus_of, DAY, 11, EVERYDAY)


class Centre:
    """Takes terminals in, answers, keeps what it has heard; hangs up once after so many positions."""

    def __init__(self, hangs_up_after: int | None = None) -> None:
        self.heard: list[Message] = []
        self.connections = 0
        self.port = 0
        self._hangs_up_after = hangs_up_after
        self._serial = 0

    async def serve(self) -> asyncio.Server:
        server = await asyncio.start_server(self._session, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        framer, is_known, positions = Framer(), False, 0
        while chunk := await reader.read(65536):
            for frame in framer.feed(chunk):
                message = decode(frame)
                header = message.header
                self.heard.append(message)
                if header.message_id == 0x0100:
                    self._answer(writer, header, 0x8100, encode.registration_reply(header, 0, "secret"))
                    continue
                is_known = is_known or (header.message_id == 0x0102 and message.body == message.body | {"auth_code": "secret"})
                positions += header.message_id in (0x0200, 0x0704)
                if self._hangs_up_after is not None and positions > self._hangs_up_after:
                    self._hangs_up_after = None
                    writer.close()
                    return
                self._answer(writer, header, 0x8001, encode.general_reply(header, 0 if is_known else 1))
        writer.close()

    def _answer(self, writer: asyncio.StreamWriter, to: Header, message_id: int, body: bytes) -> None:
        writer.write(b"".join(encode.frames_of(encode.reply_header(to, message_id, self._serial), body)))
        self._serial = (self._serial + 1) % encode.SERIALS

    def places(self) -> list[tuple[str, str]]:
        """Phone and time of every position, those of batches too."""
        found = []
        for message in self.heard:
            body = message.body or {}
            told = [body] if message.header.message_id == 0x0200 else body.get("locations", [])
            found += [(message.header.phone, each["time"]) for each in told]
        return found


def test_a_bus_never_goes_back_and_ends_its_trips_where_they_end(plan: Plan, days: dict[str, Itinerary]) -> None:
    planned = {each.key: each for each in plan.planned}
    for itinerary in days.values():
        for before, after in zip(itinerary.legs, itinerary.legs[1:], strict=False):
            assert before.ends_at <= after.begins_at + 1e-3
        for leg in itinerary.legs:
            assert (np.diff(leg.when) > 0).all()
            assert (np.diff(leg.where) >= 0).all()
            if leg.key in planned and len(leg.stops_when) == len(planned[leg.key].trip.arrivals):
                assert leg.aboard[-1] == 0
                assert leg.boarded.sum() == leg.alighted.sum()


def test_most_trips_are_driven_and_the_same_seed_gives_the_same_day(plan: Plan, days: dict[str, Itinerary]) -> None:
    driven = {leg.key for each in days.values() for leg in each.legs if leg.kind == "trip"}
    assert len(driven) > 0.95 * len(plan.planned)
    again = day_of(plan.planned, plan.bus_of, DAY, 11, EVERYDAY)
    assert all(np.array_equal(one.when, two.when) for bus in days
               for one, two in zip(days[bus].legs, again[bus].legs, strict=True))  # fmt: skip
    assert any(not np.array_equal(days[bus].legs[2].when, other.legs[2].when)
               for bus, other in day_of(plan.planned, plan.bus_of, DAY, 12, EVERYDAY).items())  # fmt: skip


def test_buses_bunch_where_one_is_late(plan: Plan, days: dict[str, Itinerary]) -> None:
    line = [(leg.stops_when[0, 1], leg.stops_when[-1, 1]) for each in days.values() for leg in each.legs
            if leg.kind == "trip" and leg.key is not None and str(leg.key[1]).startswith("L1-0")
            and len(leg.stops_when) == len(plan.planned[0].trip.arrivals)]  # fmt: skip
    starts, ends = (np.diff(np.sort(np.array(column))) for column in zip(*line, strict=True))
    assert ends.std() > starts.std()


def test_the_fleet_registers_authenticates_and_loses_nothing_when_the_line_breaks(town: Town) -> None:
    centre = Centre(hangs_up_after=25)
    tally = Tally()

    async def evening() -> None:
        server = await centre.serve()
        options = Options(port=centre.port, buses=4, backfill_days=0.02, is_live=False)
        async with server, asyncio.timeout(60):
            await play(options, town, tally, now=lambda: AT)

    asyncio.run(evening())
    heard = {message.header.message_id for message in centre.heard}
    assert {0x0100, 0x0102, 0x0704} <= heard
    assert {message.header.version for message in centre.heard} == {2013, 2019}
    assert [found for message in centre.heard for found in findings(message, None)] == []
    times: dict[str, set[datetime]] = {}
    for phone, time in centre.places():
        times.setdefault(phone, set()).add(datetime.fromisoformat(time))
    assert len(times) == 4
    # None is missing, though the line broke in between: each is half a minute after the one before.
    assert {span.total_seconds() for each in times.values() for span in np.diff(np.array(sorted(each)))} == {30.0}


def test_what_the_dispatcher_says_is_confirmed_and_done() -> None:
    terminal = Terminal("019900000003", 2019, "演示D0003", code="secret", place=lambda: bytes(28))
    terminal.connected(0.0)
    _hear(terminal, 0x8001, lambda header: encode.general_reply(header, 0), to=decode(terminal.taken()[0]).header)
    assert terminal.state == "ready"
    asked = {
        0x8300: encode.message_text(2019, "请在下一站停站两分钟"), 0x8103: encode.parameters([(0x29, b"\0\0\0\x05")]),
        0x8202: encode.tracking(2, 60), 0x8500: b"\0", 0x8201: b"", 0x8104: b"",
    }  # fmt: skip
    said = {message_id: _hear(terminal, message_id, lambda _header, body=body: body)[0] for message_id, body in asked.items()}
    assert terminal.told.texts == ["请在下一站停站两分钟"]
    assert terminal.told.interval_s == 5.0
    assert terminal.interval_s(10.0) == 2.0
    assert terminal.interval_s(70.0) == 5.0
    assert [said[each].header.message_id for each in (0x8300, 0x8201, 0x8104)] == [0x0001, 0x0201, 0x0104]
    assert said[0x8500].body is not None
    assert said[0x8500].body["result"] == 3


def test_an_unanswered_position_is_repeated_and_then_kept() -> None:
    terminal = Terminal("019900000001", 2013, "演示D0001", code="secret")
    terminal.connected(0.0)
    _hear(terminal, 0x8001, lambda header: encode.general_reply(header, 0), to=decode(terminal.taken()[0]).header)
    terminal.fresh.append(bytes(22) + bytes.fromhex("261127083000"))
    sent = []
    for second in range(330):
        terminal.tick(float(second))
        sent += [(second, frame) for frame in terminal.taken() if decode(frame).header.message_id == 0x0200]
    with pytest.raises(ConnectionError):
        terminal.tick(400.0)
    assert [second for second, _frame in sent] == [0, 10, 30, 90]
    assert len({frame for _second, frame in sent}) == 1
    terminal.lost()
    assert terminal.pending == 1
    assert len(terminal.kept) == 1


def _hear(terminal: Terminal, message_id: int, body: Callable[[Header], bytes], to: Header | None = None) -> list[Message]:
    """The centre says something; what the terminal answers."""
    header = to or Header(0x0002, terminal.version, terminal.phone, 0, 0, protocol_version=1)
    made = body(header)
    for frame in encode.frames_of(encode.reply_header(header, message_id, 7), made):
        terminal.received(frame, 0.0)
    return [decode(frame) for frame in terminal.taken()]


def test_a_camera_sends_its_stream_to_this_machine_and_nowhere_else() -> None:
    camera, seen = Camera("019900000001"), []

    async def watched() -> None:
        arrived = asyncio.Event()

        async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            seen.extend(StreamReader().feed(await reader.read(65536)))
            arrived.set()
            writer.close()

        server = await asyncio.start_server(take, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, asyncio.timeout(30):
            assert camera.asked(jt1078.LIVE, jt1078.live("127.0.0.1", port, 0, 1))
            await arrived.wait()
            assert camera.asked(jt1078.CONTROL, jt1078.control(1, 0))
        assert not camera.asked(jt1078.LIVE, jt1078.live("192.0.2.1", port, 0, 1))
        assert not camera.asked(jt1078.LIVE, jt1078.live("127.0.0.1", port, 0, 9))

    asyncio.run(watched())
    assert [(each.phone, each.channel) for each in seen] == [("019900000001", 1)]
