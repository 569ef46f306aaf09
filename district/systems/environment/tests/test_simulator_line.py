"""The simulated loggers against a small centre: nothing acknowledged twice, nothing lost, every command obeyed."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from district.protocols.hj212 import Framer, Message, decode, is_upload, reply_to
from district.protocols.hj212.encode import flag_of, framed, header
from district.systems.environment.simulator.fleet import Fault, Fleet, SimulatedDevice, fleet
from district.systems.environment.simulator.line import BACKLOG_WINDOW, Line, Tally
from district.systems.environment.simulator.logger import Logger, Settings
from district.systems.environment.simulator.memory import Memory
from district.systems.environment.simulator.pace import Pace
from district.systems.environment.simulator.playing import Options, play
from district.systems.environment.simulator.weather import BEIJING
from district.systems.environment.simulator.world import World

NOW = datetime(2025, 7, 2, 10, 30, 20, tzinfo=BEIJING)


class Centre:
    """A receiver that keeps what it hears. `hears` decides about each frame whether it is answered."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.messages: list[Message] = []
        self.refused: list[bytes] = []
        self.writers: list[asyncio.StreamWriter] = []
        self.deaf_left = 0
        self.delay_s = 0.0
        self.most_open = 0

    async def __aenter__(self) -> Centre:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.server.close()
        for writer in self.writers:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        framer, pending = Framer(), 0
        while chunk := await reader.read(65536):
            for piece in framer.feed(chunk):
                if not piece.is_frame:
                    self.refused.append(piece.raw)
                    continue
                message = decode(piece.raw)
                self.frames.append(piece.raw)
                self.messages.append(message)
                if self.deaf_left > 0:
                    self.deaf_left -= 1
                    continue
                answer = reply_to(message)
                if answer:
                    pending += 1
                    self.most_open = max(self.most_open, pending)
                    if self.delay_s:
                        await asyncio.sleep(self.delay_s)
                    writer.write(answer)
                    pending -= 1

    def uploads(self, command: str) -> list[Message]:
        return [one for one in self.messages if one.cn == command and is_upload(one)]

    async def until(self, condition, seconds: float = 10.0) -> None:
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.01)

    def ask(self, device: SimulatedDevice, command: str, area: str = "", password: str | None = None) -> str:
        number = f"20250702103{len(self.messages) % 1000:06d}"
        head = header(
            number=number,
            system=device.system_kind,
            command=command,
            password=device.password if password is None else password,
            device=device.code,
            flag=flag_of(device.version, True),
        )
        self.writers[-1].write(framed(head, area))
        return number


class Clock:
    """Real seconds pass, from a moment of our choosing; `jump` lets it fall asleep."""

    def __init__(self, at: datetime = NOW) -> None:
        self.offset = at - datetime.now(BEIJING)

    def __call__(self) -> datetime:
        return datetime.now(BEIJING) + self.offset

    def jump(self, by: timedelta) -> None:
        self.offset += by


def device_of(kind: str, version: int | None = None) -> SimulatedDevice:
    return next(one for one in fleet().of_kind(kind) if version in (None, one.version))


def logger_of(device: SimulatedDevice, faults: tuple[Fault, ...] = (), **settings) -> Logger:
    known = fleet()
    world = World(Fleet(known.devices, known.enterprises, faults, ()))
    return Logger(world, device, replace(Settings(device.password, timeout_s=0.3), **settings))


def line_of(logger: Logger, centre: Centre, clock: Clock | None = None, **more) -> tuple[Line, Tally]:
    tally = Tally()
    return Line(
        logger, "127.0.0.1", centre.port, Pace(clock or Clock(), longest_nap_s=0.05), tally, **more
    ), tally


async def stopped(task: asyncio.Task) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize(
    ("kind", "version"), [("air", 2017), ("gas_outlet", 2005), ("water_outlet", 2025), ("noise", 2017)]
)
def test_backfill_sends_every_hour_and_day_once_and_ends_when_all_is_acknowledged(kind, version):
    async def scene() -> None:
        async with Centre() as centre:
            logger = logger_of(device_of(kind, version))
            begin = NOW - timedelta(days=3)
            line, tally = line_of(logger, centre, backlog=logger.past(begin, NOW), is_live=False)
            await asyncio.wait_for(line.run(), 30)
            hours = Counter(one.cp["DataTime"] for one in centre.uploads("2061"))
            assert len(hours) == 71
            assert set(hours.values()) == {1}
            assert max(hours) == "20250702090000"
            assert sorted(one.cp["DataTime"] for one in centre.uploads("2031")) == [
                "20250630000000",
                "20250701000000",
            ]
            assert tally.acknowledged == tally.sent == len(centre.frames)
            assert all(one.rf for one in centre.messages) == (version == 2025)
            assert {one.version for one in centre.messages} == {version}

    asyncio.run(scene())


def test_a_window_of_frames_is_on_its_way_and_no_more():
    async def scene() -> None:
        async with Centre() as centre:
            centre.delay_s = 0.001
            logger = logger_of(device_of("noise"))
            line, _ = line_of(
                logger, centre, backlog=logger.past(NOW - timedelta(days=4), NOW), is_live=False
            )
            running = asyncio.create_task(line.run())
            most = 0
            while not running.done():
                most = max(most, len(line._waiting))
                await asyncio.sleep(0)
            assert most == BACKLOG_WINDOW

    asyncio.run(scene())


def test_a_frame_without_answer_is_sent_again_unchanged():
    async def scene() -> None:
        async with Centre() as centre:
            centre.deaf_left = 2
            logger = logger_of(device_of("air"))
            backlog = iter(list(logger.past(NOW - timedelta(hours=3), NOW))[:1])
            line, tally = line_of(logger, centre, backlog=backlog, is_live=False)
            await asyncio.wait_for(line.run(), 10)
            assert len(centre.frames) == 3
            assert len(set(centre.frames)) == 1
            assert (tally.sent, tally.resent, tally.acknowledged) == (1, 2, 1)

    asyncio.run(scene())


def test_after_the_last_repeat_the_line_is_made_anew_and_the_report_comes_again():
    async def scene() -> None:
        async with Centre() as centre:
            centre.deaf_left = 3
            logger = logger_of(device_of("air"), timeout_s=0.05, resends=2)
            backlog = iter(list(logger.past(NOW - timedelta(hours=3), NOW))[:1])
            line, tally = line_of(logger, centre, backlog=backlog, is_live=False)
            await asyncio.wait_for(line.run(), 10)
            assert tally.connections == 2
            assert tally.acknowledged == 1
            assert {one.cp["DataTime"] for one in centre.uploads("2061")} == {"20250702080000"}

    asyncio.run(scene())


def test_live_reports_come_at_their_intervals_and_carry_the_moment():
    async def scene() -> None:
        clock = Clock(datetime(2025, 7, 2, 10, 59, 0, tzinfo=BEIJING))
        async with Centre() as centre:
            logger = logger_of(device_of("gas_outlet", 2017), realtime_s=30)
            line, _ = line_of(logger, centre, clock)
            running = asyncio.create_task(line.run())
            await centre.until(lambda: centre.writers)
            for _ in range(6):
                clock.jump(timedelta(seconds=30))
                line._wake.set()
                await asyncio.sleep(0.05)
            await stopped(running)
            assert len(centre.uploads("2011")) >= 5
            assert [one.cp["DataTime"] for one in centre.uploads("2061")] == ["20250702100000"]
            assert [one.cp["DataTime"] for one in centre.uploads("2051")] == ["20250702105000"]
            assert centre.uploads("2021")[0].factors.keys() == {"SB1", "SB2"}

    asyncio.run(scene())


def test_hours_made_while_the_line_was_down_are_sent_later_and_moments_are_not():
    async def scene() -> None:
        clock = Clock()
        async with Centre() as centre:
            logger = logger_of(device_of("water_outlet", 2025))
            line, _ = line_of(logger, centre, clock)
            running = asyncio.create_task(line.run())
            await centre.until(lambda: centre.writers)
            port = centre.port
            await centre.__aexit__()
            centre.messages.clear()
            clock.jump(timedelta(hours=5))
            await asyncio.sleep(0.3)
            centre.server = await asyncio.start_server(centre._serve, "127.0.0.1", port)
            await centre.until(lambda: len(centre.uploads("2061")) >= 5)
            await stopped(running)
            hours = {one.cp["DataTime"][8:10] for one in centre.uploads("2061")}
            assert hours == {"10", "11", "12", "13", "14"}
            assert len(centre.uploads("2011")) <= 2

    asyncio.run(scene())


def test_an_offline_spell_of_the_script_breaks_the_line_and_its_hours_follow():
    async def scene() -> None:
        device = device_of("air")
        clock = Clock(datetime(2025, 7, 2, 11, 59, 59, tzinfo=BEIJING))
        fault = Fault(device.code, "offline", "", 1, 0, 12, 3)
        async with Centre() as centre:
            logger = logger_of(device, (fault,))
            line, _ = line_of(logger, centre, clock)
            running = asyncio.create_task(line.run())
            await centre.until(lambda: centre.writers)
            clock.jump(timedelta(hours=1))
            line._wake.set()
            await centre.until(lambda: line._writer is None)
            heard = len(centre.frames)
            clock.jump(timedelta(hours=1))
            await asyncio.sleep(0.2)
            assert len(centre.frames) == heard
            clock.jump(timedelta(hours=1, minutes=5))
            await centre.until(lambda: len(centre.uploads("2061")) >= 4, 12)
            await stopped(running)
            assert {one.cp["DataTime"][8:10] for one in centre.uploads("2061")} == {"11", "12", "13", "14"}

    asyncio.run(scene())


def test_a_garbled_frame_is_repeated_whole():
    async def scene() -> None:
        device = device_of("air")
        fault = Fault(device.code, "bad_crc", "", 1, 0, 0, 24, share=1.0)
        async with Centre() as centre:
            logger = logger_of(device, (fault,), timeout_s=0.1)
            backlog = iter(list(logger.past(NOW - timedelta(hours=3), NOW))[:1])
            line, tally = line_of(logger, centre, backlog=backlog, is_live=False)
            await asyncio.wait_for(line.run(), 10)
            assert tally.spoiled == 1
            assert len(centre.refused) == 1
            assert len(centre.frames) == 1

    asyncio.run(scene())


def test_a_dead_battery_dates_an_hour_absurdly_beside_the_right_one():
    async def scene() -> None:
        device = device_of("noise")
        clock = Clock(datetime(2025, 7, 2, 10, 59, 50, tzinfo=BEIJING))
        fault = Fault(device.code, "absurd_time", "", 1, 0, 10, 1)
        async with Centre() as centre:
            line, _ = line_of(logger_of(device, (fault,)), centre, clock)
            running = asyncio.create_task(line.run())
            await centre.until(lambda: centre.writers)
            clock.jump(timedelta(minutes=2))
            line._wake.set()
            await centre.until(lambda: len(centre.uploads("2061")) == 2)
            await stopped(running)
            assert {one.cp["DataTime"] for one in centre.uploads("2061")} == {
                "20250702100000",
                "20990702100000",
            }

    asyncio.run(scene())


COMMANDS = [
    ("1000", "OverTime=5;ReCount=4", None, {}),
    ("1011", "", "1011", {"SystemTime"}),
    ("1012", "SystemTime=20250702103000", None, {}),
    ("1061", "", "1061", {"RtdInterval"}),
    ("1062", "RtdInterval=30", None, {}),
    ("1063", "", "1063", {"MinInterval"}),
    ("1064", "MinInterval=5", None, {}),
    ("1072", "NewPW=654321", None, {}),
    ("2011", "", "2011", {"DataTime"}),
    ("2021", "", "2021", {"DataTime"}),
    ("2061", "BeginTime=20250701000000;EndTime=20250701050000", "2061", {"DataTime"}),
    ("2051", "BeginTime=20250702080000;EndTime=20250702085959", "2051", {"DataTime"}),
    ("2031", "BeginTime=20250628000000;EndTime=20250630000000", "2031", {"DataTime"}),
    ("2041", "BeginTime=20250628000000;EndTime=20250630000000", "2041", {"DataTime"}),
    ("3011", "PolId=a21026", None, {}),
    ("3012", "PolId=a21026", "2011", {"DataTime"}),
    ("3013", "PolId=a21026", None, {}),
    ("3014", "PolId=a21026", "2011", {"DataTime"}),
    ("3015", "", "3015", {"DataTime", "VaseNo"}),
    ("3016", "PolId=a21026;CstartTime=010000;CTime=4", None, {}),
    ("3017", "PolId=a21026", "3017", {"PolId", "CstartTime", "CTime"}),
    ("3018", "PolId=a21026", "3018", {"PolId", "Stime"}),
    ("3019", "PolId=a21026", "3019", {"PolId"}),
    ("3020", "PolId=a21026;InfoId=i12001", "3020", {"DataTime"}),
    ("3021", "PolId=a21026;InfoId=i13004;i13004-Info=168.0", None, {}),
]


@pytest.mark.parametrize(("command", "area", "upload", "fields"), COMMANDS)
def test_a_command_is_accepted_done_and_reported(command, area, upload, fields):
    async def scene() -> None:
        async with Centre() as centre:
            device = device_of("gas_outlet", 2017)
            line, _ = line_of(logger_of(device), centre)
            running = asyncio.create_task(line.run())
            await centre.until(lambda: centre.writers)
            number = centre.ask(device, command, area)
            await centre.until(lambda: any(one.cn == "9012" for one in centre.messages))
            await stopped(running)
            mine = [one for one in centre.messages if one.qn == number]
            assert [(one.cn, one.st) for one in mine] == [("9011", "91"), ("9012", "91")]
            assert mine[0].cp["QnRtn"] == mine[1].cp["ExeRtn"] == "1"
            assert not mine[0].need_ack
            if upload:
                sent = [one for one in centre.messages[centre.messages.index(mine[0]) :] if one.cn == upload]
                assert sent
                assert centre.messages.index(sent[-1]) < centre.messages.index(mine[1])
                assert set(fields) <= set(sent[0].cp)

    asyncio.run(scene())


def test_history_brings_exactly_the_asked_periods_equal_to_those_sent_before():
    async def scene() -> None:
        async with Centre() as centre:
            device = device_of("water_outlet", 2005)
            logger = logger_of(device)
            past = logger.past(datetime(2025, 7, 1, tzinfo=BEIJING), datetime(2025, 7, 1, 6, tzinfo=BEIJING))
            line, _ = line_of(logger, centre, backlog=past)
            running = asyncio.create_task(line.run())
            await centre.until(lambda: len(centre.uploads("2061")) == 6)
            before = {one.cp["DataTime"]: one.factors for one in centre.uploads("2061")}
            centre.messages.clear()
            centre.ask(device, "2061", "BeginTime=20250701010000,EndTime=20250701040000")
            await centre.until(lambda: any(one.cn == "9012" for one in centre.messages))
            await stopped(running)
            again = {one.cp["DataTime"]: one.factors for one in centre.uploads("2061")}
            assert sorted(again) == [f"202507010{hour}0000" for hour in (1, 2, 3, 4)]
            assert all(before[at] == factors for at, factors in again.items())
            assert next(one for one in centre.messages if one.cn == "9011").request_number is not None

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("command", "area", "password", "accepted", "result"),
    [
        ("1062", "RtdInterval=60", "000000", "3", None),
        ("7777", "", None, "8", None),
        ("1062", "RtdInterval=5", None, "1", "3"),
        ("1064", "MinInterval=7", None, "1", "3"),
        ("2061", "BeginTime=20250701000000;EndTime=20250601000000", None, "1", "3"),
        ("2061", "BeginTime=20990101000000;EndTime=20990102000000", None, "1", "100"),
        ("1012", "SystemTime=yesterday", None, "1", "3"),
    ],
)
def test_a_wrong_request_is_refused_with_the_code_of_its_reason(command, area, password, accepted, result):
    async def scene() -> None:
        async with Centre() as centre:
            device = device_of("gas_outlet", 2017)
            line, _ = line_of(logger_of(device), centre)
            running = asyncio.create_task(line.run())
            await centre.until(lambda: centre.writers)
            number = centre.ask(device, command, area, password)
            await centre.until(
                lambda: len([one for one in centre.messages if one.qn == number]) == (2 if result else 1)
            )
            await asyncio.sleep(0.05)
            await stopped(running)
            mine = [one for one in centre.messages if one.qn == number]
            assert mine[0].cp["QnRtn"] == accepted
            assert [one.cp["ExeRtn"] for one in mine[1:]] == ([result] if result else [])

    asyncio.run(scene())


def test_a_new_password_is_used_from_then_on_and_over_a_restart(tmp_path):
    async def scene() -> None:
        async with Centre() as centre:
            device = device_of("gas_outlet", 2017)
            options = Options(port=centre.port, only=(device.code,), has_strangers=False)
            path = tmp_path / "memory.json"
            running = asyncio.create_task(play(options, Tally(), memory_path=path, now=Clock()))
            await centre.until(lambda: centre.writers)
            centre.ask(device, "1072", "NewPW=aB12")
            await centre.until(lambda: any(one.cn == "9012" for one in centre.messages))
            centre.ask(device, "2011", "", "aB12")
            await centre.until(lambda: centre.uploads("2011"))
            assert centre.uploads("2011")[-1].pw == "aB12"
            await stopped(running)
            assert Memory(path).settings_of(device).password == "aB12"

    asyncio.run(scene())


def test_stopping_real_time_data_stops_it_and_is_answered_as_a_notice():
    async def scene() -> None:
        clock = Clock()
        async with Centre() as centre:
            device = device_of("air")
            line, _ = line_of(logger_of(device, realtime_s=30), centre, clock)
            running = asyncio.create_task(line.run())
            await centre.until(lambda: centre.writers)
            number = centre.ask(device, "2012")
            await centre.until(lambda: any(one.cn == "9013" and one.qn == number for one in centre.messages))
            heard = len(centre.uploads("2011"))
            clock.jump(timedelta(minutes=3))
            line._wake.set()
            await asyncio.sleep(0.2)
            await stopped(running)
            assert len(centre.uploads("2011")) == heard

    asyncio.run(scene())


def test_the_fleet_fills_once_and_after_a_restart_sends_only_what_was_missed(tmp_path):
    async def scene() -> None:
        async with Centre() as centre:
            kinds, path, clock = ("noise",), tmp_path / "memory.json", Clock()
            whole = Options(port=centre.port, only=kinds, backfill_days=2, has_strangers=False)
            running = asyncio.create_task(play(whole, Tally(), memory_path=path, now=clock))
            await centre.until(lambda: len(centre.uploads("2061")) >= 8 * 47, 20)
            await asyncio.sleep(0.3)
            await stopped(running)
            assert Memory(path).reported_until is not None
            centre.messages.clear()
            clock.jump(timedelta(hours=3))
            again = replace(whole, backfill_days=None)
            running = asyncio.create_task(play(again, Tally(), memory_path=path, now=clock))
            await centre.until(lambda: len(centre.uploads("2061")) >= 8 * 4, 20)
            await asyncio.sleep(0.3)
            await stopped(running)
            assert {one.cp["DataTime"][8:10] for one in centre.uploads("2061")} == {"09", "10", "11", "12"}

    asyncio.run(scene())


def test_strangers_knock_with_an_unknown_name_and_a_wrong_password():
    async def scene() -> None:
        clock = Clock()
        async with Centre() as centre:
            options = Options(port=centre.port, only=("surface_water",))
            running = asyncio.create_task(play(options, Tally(), now=clock))
            await centre.until(lambda: len(centre.writers) == 6)
            clock.jump(timedelta(minutes=11))
            names = {one.code: one.password for one in fleet().strangers}
            await centre.until(lambda: names.keys() <= {one.mn for one in centre.messages})
            await stopped(running)
            assert all(names[one.mn] == one.pw for one in centre.messages if one.mn in names)
            assert not {
                code
                for code in names
                if any(one.code == code and one.password == names[code] for one in fleet().devices)
            }

    asyncio.run(scene())


def test_a_faster_clock_catches_up_with_the_present_and_does_not_pass_it():
    clock = Clock()
    pace = Pace(clock, 3600.0, NOW - timedelta(hours=1))
    assert pace.now() - (NOW - timedelta(hours=1)) < timedelta(minutes=30)
    clock.jump(timedelta(seconds=0.9))
    assert pace.now() < clock()
    clock.jump(timedelta(seconds=1.2))
    assert clock() - pace.now() < timedelta(seconds=1)
