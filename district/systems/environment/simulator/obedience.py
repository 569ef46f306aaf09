"""What a data logger does when the centre asks: 9011 at once, the data, then 9012. HJ 212-2017 sections 6.6.3 and C."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from district.protocols.hj212 import Message, reply
from district.protocols.hj212.times import moment, stamp
from district.systems.environment.simulator.logger import Logger, Parcel

DONE, FAILED, BAD_CONDITION, NO_DATA = "1", "2", "3", "100"
ACCEPTED, REFUSED, WRONG_PASSWORD, WRONG_DEVICE, WRONG_COMMAND = "1", "2", "3", "4", "8"

PERIODS = {"2031": ("day", 86400), "2041": ("runtime", 86400), "2051": ("minute", 0), "2061": ("hour", 3600)}
MOST_PERIODS = 2000
MINUTES = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30)
SERVICE = timedelta(minutes=20)
"""How long a calibration takes."""


@dataclass
class Response:
    """`first` goes out at once, `parcels` after it, `last` when they are through; `work_s` passes before `last`."""

    first: bytes
    parcels: list[Parcel] = field(default_factory=list)
    last: bytes | None = None
    work_s: float = 0.0


@dataclass
class Outcome:
    result: str = DONE
    parcels: list[Parcel] = field(default_factory=list)
    work_s: float = 0.0


def respond(logger: Logger, message: Message, now: datetime) -> Response:
    """The answer to a request, and its effect on the logger. Notices (2012, 2022) get 9013 and nothing else."""
    refusal = _refusal(logger, message)
    if refusal:
        return Response(reply(message, "9011", {"QnRtn": refusal}))
    if message.cn in ("2012", "2022"):
        if message.cn == "2012":
            logger.settings.sends_realtime = False
        else:
            logger.settings.sends_state = False
        return Response(reply(message, "9013"))
    # The reply to a new password still carries the old one: both are read off the request.
    outcome = _deed(message.cn)(logger, message, now)
    return Response(
        reply(message, "9011", {"QnRtn": ACCEPTED}), outcome.parcels, reply(message, "9012", {"ExeRtn": outcome.result}),
        outcome.work_s,
    )


def _refusal(logger: Logger, message: Message) -> str:
    if message.mn != logger.device.code:
        return WRONG_DEVICE
    if message.pw != logger.settings.password:
        return WRONG_PASSWORD
    if message.cn not in DEEDS and message.cn not in ("2012", "2022"):
        return WRONG_COMMAND
    return ""


def _deed(command: str) -> Callable[[Logger, Message, datetime], Outcome]:
    return DEEDS[command]


def _said(command: str, area: str, now: datetime) -> Outcome:
    return Outcome(parcels=[Parcel("answer", now, command=command, area=area)])


def _whole(message: Message, name: str, low: int, high: int) -> int | None:
    text = message.cp_field(name) or ""
    return int(text) if text.isascii() and text.isdigit() and low <= int(text) <= high else None


def _set_limits(logger: Logger, message: Message, now: datetime) -> Outcome:
    timeout, resends = _whole(message, "OverTime", 1, 99), _whole(message, "ReCount", 1, 99)
    if timeout is None or resends is None:
        return Outcome(BAD_CONDITION)
    logger.settings.timeout_s, logger.settings.resends = timeout, resends
    return Outcome()


def _tell_time(logger: Logger, message: Message, now: datetime) -> Outcome:
    item = message.cp_field("PolId")
    area = f"SystemTime={stamp(logger.clock(now))}"
    return _said("1011", f"PolId={item};{area}" if item else area, now)


def _set_time(logger: Logger, message: Message, now: datetime) -> Outcome:
    wanted = moment(message.cp_field("SystemTime") or "")
    if wanted is None:
        return Outcome(BAD_CONDITION)
    logger.clock_error = wanted - now
    return Outcome()


def _tell_realtime_interval(logger: Logger, message: Message, now: datetime) -> Outcome:
    return _said("1061", f"RtdInterval={logger.settings.realtime_s}", now)


def _set_realtime_interval(logger: Logger, message: Message, now: datetime) -> Outcome:
    seconds = _whole(message, "RtdInterval", 30, 3600)
    if seconds is None:
        return Outcome(BAD_CONDITION)
    logger.settings.realtime_s = seconds
    return Outcome()


def _tell_minute_interval(logger: Logger, message: Message, now: datetime) -> Outcome:
    return _said("1063", f"MinInterval={logger.settings.minute_min}", now)


def _set_minute_interval(logger: Logger, message: Message, now: datetime) -> Outcome:
    minutes = _whole(message, "MinInterval", 1, 30)
    if minutes not in MINUTES or minutes is None:
        return Outcome(BAD_CONDITION)
    logger.settings.minute_min = minutes
    return Outcome()


def _set_password(logger: Logger, message: Message, now: datetime) -> Outcome:
    password = message.cp_field("NewPW") or ""
    if not (password.isascii() and password.isalnum() and len(password) <= 6):
        return Outcome(BAD_CONDITION)
    logger.settings.password = password
    return Outcome()


def _start_realtime(logger: Logger, message: Message, now: datetime) -> Outcome:
    logger.settings.sends_realtime = True
    return Outcome(parcels=[Parcel("realtime", now)])


def _start_state(logger: Logger, message: Message, now: datetime) -> Outcome:
    logger.settings.sends_state = True
    return Outcome(parcels=[Parcel("state", now)]) if logger.device.is_outlet else Outcome(NO_DATA)


def _history(logger: Logger, message: Message, now: datetime) -> Outcome:
    """Periods that begin from BeginTime to EndTime and are over; none is ExeRtn 100."""
    begin, end = _span(message)
    if begin is None or end is None or begin > end:
        return Outcome(BAD_CONDITION)
    period, seconds = PERIODS[message.cn]
    step = timedelta(seconds=seconds or logger.settings.minute_min * 60)
    at = begin.replace(minute=0, second=0, microsecond=0)
    if step >= timedelta(days=1):
        at = at.replace(hour=0)
    found: list[Parcel] = []
    while at <= end and at + step <= now and len(found) < MOST_PERIODS:
        if at >= begin:
            found.append(Parcel(period, at, is_late=True))
        at += step
    if not found or (period == "runtime" and not logger.device.is_outlet):
        return Outcome(NO_DATA)
    return Outcome(parcels=found)


def _span(message: Message) -> tuple[datetime | None, datetime | None]:
    """BeginTime and EndTime; in 2005 a comma parts them and the second may hang on the first."""
    begin, end = message.cp_field("BeginTime") or "", message.cp_field("EndTime") or ""
    if not end and ",EndTime=" in begin:
        begin, _, end = begin.partition(",EndTime=")
    return moment(begin), moment(end)


def _calibrate(logger: Logger, message: Message, now: datetime) -> Outcome:
    logger.calibrating_until = now + SERVICE
    return Outcome(work_s=1.0)


def _sample_now(logger: Logger, message: Message, now: datetime) -> Outcome:
    return Outcome(parcels=[Parcel("realtime", now)], work_s=0.5)


def _clean(logger: Logger, message: Message, now: datetime) -> Outcome:
    return Outcome(work_s=0.5)


def _keep_sample(logger: Logger, message: Message, now: datetime) -> Outcome:
    bottle = int(now.timestamp() // 3600) % 24 + 1
    return _said("3015", f"DataTime={stamp(now)};VaseNo={bottle}", now)


def _item(logger: Logger, message: Message) -> str:
    return message.cp_field("PolId") or logger.device.items[0].code


def _set_sampling(logger: Logger, message: Message, now: datetime) -> Outcome:
    start, every = message.cp_field("CstartTime") or "", _whole(message, "CTime", 1, 24)
    if len(start) != 6 or not start.isdigit() or every is None:
        return Outcome(BAD_CONDITION)
    logger.settings.sampling_start, logger.settings.sampling_every_h = start, every
    return Outcome()


def _tell_sampling(logger: Logger, message: Message, now: datetime) -> Outcome:
    own = logger.settings
    return _said("3017", f"PolId={_item(logger, message)};CstartTime={own.sampling_start};CTime={own.sampling_every_h}", now)


def _tell_analysis_time(logger: Logger, message: Message, now: datetime) -> Outcome:
    return _said("3018", f"PolId={_item(logger, message)};Stime=40", now)


def _tell_serial(logger: Logger, message: Message, now: datetime) -> Outcome:
    item = _item(logger, message)
    return _said("3019", f"PolId={item};{item}-SN={logger.device.code:0>24.24}", now)


def _tell_information(logger: Logger, message: Message, now: datetime) -> Outcome:
    wanted = message.cp_field("InfoId") or ""
    if wanted in logger.settings.parameters:
        item = _item(logger, message)
        area = f"DataTime={stamp(now)};PolId={item};{wanted}-Info={logger.settings.parameters[wanted]}"
        return _said("3020", area, now)
    areas = logger.information(now)
    return Outcome(parcels=[Parcel("answer", now, command="3020", area=area) for area in areas])


def _set_parameter(logger: Logger, message: Message, now: datetime) -> Outcome:
    name = message.cp_field("InfoId") or ""
    value = message.factors.get(name, {}).get("Info")
    if not name or value is None:
        return Outcome(BAD_CONDITION)
    logger.settings.parameters[name] = value
    return Outcome()


DEEDS: dict[str, Callable[[Logger, Message, datetime], Outcome]] = {
    "1000": _set_limits, "1011": _tell_time, "1012": _set_time, "1061": _tell_realtime_interval,
    "1062": _set_realtime_interval, "1063": _tell_minute_interval, "1064": _set_minute_interval, "1072": _set_password,
    "2011": _start_realtime, "2021": _start_state, "2031": _history, "2041": _history, "2051": _history,
    "2061": _history, "3011": _calibrate, "3012": _sample_now, "3013": _clean, "3014": _sample_now,
    "3015": _keep_sample, "3016": _set_sampling, "3017": _tell_sampling, "3018": _tell_analysis_time,
    "3019": _tell_serial, "3020": _tell_information, "3021": _set_parameter,
}
