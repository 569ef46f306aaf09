"""The mind of a data logger: what it has to send and when, without a socket. HJ 212-2017 sections 6.6 and 6.7."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from district.protocols.hj212 import Reading, upload_frames
from district.protocols.hj212.encode import flag_of, framed, header
from district.protocols.hj212.times import number, stamp
from district.systems.environment.simulator import readings as reports
from district.systems.environment.simulator.chance import uniform
from district.systems.environment.simulator.faults import active
from district.systems.environment.simulator.fleet import NOISE, Fault, SimulatedDevice
from district.systems.environment.simulator.weather import BEIJING, EPOCH, hours_of
from district.systems.environment.simulator.world import World

HEARTBEAT_S = 60
STATE_EVERY_S = 600
INFO_EVERY_S = 3600
KEPT = ("minute", "hour", "day")
"""What is kept and sent later when the line is down (补传); a moment that has passed is not."""

ABSURD_YEARS = 74
"""A dead clock battery shows a date far off."""

COMMANDS = {"realtime": "2011", "minute": "2051", "hour": "2061", "day": "2031", "state": "2021", "runtime": "2041"}


@dataclass
class Settings:
    """What the centre may change; kept over restarts by `memory`."""

    password: str
    realtime_s: int = 60
    minute_min: int = 10
    timeout_s: float = 8
    resends: int = 3
    sends_realtime: bool = True
    sends_state: bool = True
    sampling_start: str = "000000"
    sampling_every_h: int = 2
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Parcel:
    """One report on its way: a period that began at `at`, or a ready-made data area under another command."""

    period: str
    at: datetime
    is_late: bool = False
    command: str = ""
    area: str = ""


@dataclass(frozen=True)
class Step:
    """Something sent again and again: `every` from midnight on, `delay` after the end of its period."""

    period: str
    every: timedelta
    delay: timedelta

    @property
    def is_moment(self) -> bool:
        return self.period not in KEPT and self.period != "runtime"

    def next_after(self, at: datetime) -> datetime:
        return EPOCH + ((at - EPOCH - self.delay) // self.every + 1) * self.every + self.delay


def _step(period: str, every_s: float, delay_s: float) -> Step:
    return Step(period, timedelta(seconds=every_s), timedelta(milliseconds=round(delay_s * 1000)))


class Logger:
    """One device. Times are aware datetimes of simulated time; `sent_at` (real time) makes message numbers."""

    def __init__(self, world: World, device: SimulatedDevice, settings: Settings | None = None) -> None:
        self.world = world
        self.device = device
        self.settings = settings or Settings(device.password)
        self.faults: tuple[Fault, ...] = world.fleet.faults_of(device.code)
        self.clock_error = timedelta(seconds=round(float(uniform(world.seed, f"{device.code} clock", 0)[0]) * 40 - 20))
        self.calibrating_until: datetime | None = None
        self._jitter_s = float(uniform(world.seed, f"{device.code} jitter", 0)[0]) * 20
        self._last_number_at: datetime | None = None

    def steps(self) -> list[Step]:
        """What it sends by itself, how often, and how long after the end of the period."""
        own = self.settings
        found = [
            _step("minute", own.minute_min * 60, 5 + self._jitter_s / 4),
            _step("hour", 3600, 15 + self._jitter_s),
            _step("day", 86400, 60 + 2 * self._jitter_s),
        ]
        if own.sends_realtime:
            found.append(_step("realtime", own.realtime_s, self._jitter_s % own.realtime_s))
        if own.sends_state and self.device.is_outlet:
            found += [_step("state", STATE_EVERY_S, self._jitter_s), _step("runtime", 86400, 120 + self._jitter_s)]
        if self.device.kind != NOISE:
            found.append(_step("info", INFO_EVERY_S, 40 + self._jitter_s))
        if self.device.version == 2025:
            found.append(_step("heartbeat", HEARTBEAT_S, self._jitter_s))
        return found

    def next_due(self, after: datetime) -> datetime:
        """When the next report falls due."""
        return min(step.next_after(after) for step in self.steps())

    def due(self, after: datetime, until: datetime) -> list[Parcel]:
        """Reports that fell due after the one time and until the other, in order; passed moments are left out."""
        found: list[tuple[datetime, Parcel]] = []
        for step in self.steps():
            due = step.next_after(after)
            if step.is_moment:
                due = max(due, step.next_after(until - step.every))
            while due <= until:
                found.append((due, Parcel(step.period, due if step.is_moment else due - step.delay - step.every)))
                due += step.every
        return [parcel for _, parcel in sorted(found, key=lambda pair: pair[0])]

    def past(self, begin: datetime, end: datetime) -> Iterator[Parcel]:
        """Hours and days between two times, the youngest day first, for back-fill."""
        day = end.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
        while day + timedelta(days=1) > begin:
            for hour in range(24):
                at = day + timedelta(hours=hour)
                if at >= begin and at + timedelta(hours=1) <= end:
                    yield Parcel("hour", at, is_late=True)
            if day >= begin and day + timedelta(days=1) <= end:
                yield Parcel("day", day, is_late=True)
            day -= timedelta(days=1)

    def line_fault(self, kind: str, at: datetime) -> Fault | None:
        return active(self.faults, kind, hours_of(at))

    def readings(self, period: str, at: datetime) -> list[Reading]:
        """Readings of a period that began at `at` (of the moment, for real-time and state)."""
        hours, world, device = hours_of(at), self.world, self.device
        if period == "realtime":
            found = reports.realtime(world, device, hours)
        elif period == "minute":
            found = reports.minute(world, device, hours, self.settings.minute_min)
        elif period == "hour":
            found = reports.hour(world, device, hours)
        elif period == "day":
            found = reports.day(world, device, hours)
        elif period == "state":
            return reports.state(world, device, hours, self.line_fault("over_limit", at) is None)
        else:
            return reports.running_hours(world, device, hours)
        if self.calibrating_until is not None and at < self.calibrating_until and period in ("realtime", "minute"):
            return reports.marked(found, "C")
        return found

    def frames(self, parcel: Parcel, sent_at: datetime, wants_answer: bool = True) -> list[bytes]:
        """The parcel in frames with numbers of their own; none when the device has nothing to say."""
        if parcel.period == "heartbeat":
            return [self.frame("9015", "", sent_at)]
        if parcel.period == "info":
            return [self.frame("3020", area, sent_at) for area in self.information(parcel.at)]
        if parcel.area:
            return [self.frame(parcel.command, parcel.area, sent_at, wants_answer)]
        found = self.readings(parcel.period, parcel.at)
        if not found:
            return []
        frames = upload_frames(
            device_code=self.device.code, password=self.settings.password, system_kind=self.device.system_kind,
            at=parcel.at, sent_at=self._number_at(sent_at), period=parcel.period, readings=found,
            wants_answer=wants_answer, version=self.device.version,
            is_resend=parcel.is_late and self.device.version == 2025,
        )
        for _ in frames[1:]:
            self._number_at(sent_at)
        return frames

    def frame(self, command: str, area: str, sent_at: datetime, wants_answer: bool = True) -> bytes:
        """One frame of this device with a ready-made data area."""
        head = header(
            number=number(self._number_at(sent_at)), system=self.device.system_kind, command=command,
            password=self.settings.password, device=self.device.code,
            flag=flag_of(self.device.version, wants_answer),
        )
        return framed(head, area)

    def absurd(self, parcel: Parcel) -> Parcel:
        """The parcel as a logger with a dead clock would date it."""
        return replace(parcel, at=parcel.at.replace(year=parcel.at.year + ABSURD_YEARS, day=min(parcel.at.day, 28)))

    def information(self, at: datetime) -> list[str]:
        """Data areas of 3020: state of each instrument, and a line of its log when something is wrong."""
        areas = []
        slots = self.world.slots(self.device, int(hours_of(at) // 24))
        slot = min(int(hours_of(at) % 24 * 12), len(slots.hours) - 1)
        states = {"C": 3, "M": 1, "D": 2, "F": 9}
        for item in self.device.items:
            mark = str(slots.marks[item.code][slot]) if item.code in slots.marks else "N"
            if mark == "N":
                continue
            said = f"DataTime={stamp(at)};PolId={reports.code_sent(item.code, self.device.version)}"
            areas.append(f"{said};i12001-Info={states.get(mark, 0)}")
        for fault in self.faults:
            if active((fault,), fault.kind, hours_of(at)) and fault.kind in ("over_limit", "fault"):
                areas.append(f"DataTime={stamp(at)};PolId={reports.code_sent(fault.items[0], self.device.version)};"
                             f"i11001-Info=//{fault.zh}//")
        return areas or [f"DataTime={stamp(at)};i22001-Info=0"]

    def clock(self, now: datetime) -> datetime:
        """What the device takes for the time."""
        return now + self.clock_error

    def _number_at(self, sent_at: datetime) -> datetime:
        """A millisecond that no earlier message of this device has used."""
        whole = sent_at.replace(microsecond=sent_at.microsecond // 1000 * 1000)
        if self._last_number_at is not None:
            whole = max(whole, self._last_number_at + timedelta(milliseconds=1))
        self._last_number_at = whole
        return whole
