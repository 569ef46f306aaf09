"""What is wrong with a change before anybody is told of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from district.kernel.wording import Sentence, term

from ..schedule import Schedule
from .applying import Told, seconds_of_day
from .detours import detour_stops, piece_between

LONGEST_DELAY_MIN = 240
MOST_STARTS = 40
MOST_CORNERS = 400
FARTHEST_MOVE_M = 1_500.0

NO_LINE = Sentence("时刻表中没有线路 %(id)s")
NO_STOP = Sentence("时刻表中没有站点 %(id)s")
NO_TRIP = Sentence("时刻表中没有班次 %(id)s")
TOO_FAR = Sentence("新位置距%(stop)s原位置超过 %(most)s 米")
BAD_PATH = Sentence("绕行路线每行应为“经度 纬度”，最多 %(most)s 点")
NO_STARTS = Sentence("请填写加开班次的发车时间（1 至 %(most)s 个）")
BAD_TIME = Sentence("发车时间应为“时:分”，不能读 %(value)s")
BAD_MINUTES = Sentence("晚点应为 1 至 %(most)s 分钟")


@dataclass(frozen=True)
class Fault:
    """`field` of the change, a stable `code`, the rule in words, the value that breaks it."""

    field: str
    code: str
    words: str
    value: Any = ""


def faults(schedule: Schedule, change: Told) -> list[Fault]:
    """Everything that is wrong with a change under this timetable; empty when it may be published."""
    known = (
        ("lines", "unknown_line", NO_LINE, change.lines - schedule.lines.keys()),
        ("stops", "unknown_stop", NO_STOP, change.stops - schedule.stops.keys()),
        ("trips", "unknown_trip", NO_TRIP, change.trips - schedule.trips.keys()),
    )
    found = [Fault(field, code, words(id=each), each) for field, code, words, missing in known for each in sorted(missing)]
    if change.end <= change.begin:
        found.append(Fault("end_at", "ends_before_it_begins", term("结束时间须晚于开始时间")))
    check = _CHECKS.get(change.kind)
    return found + (check(schedule, change) if check else [])


def _needs_lines(_schedule: Schedule, change: Told) -> list[Fault]:
    if change.lines or change.trips:
        return []
    return [Fault("lines", "line_missing", term("请选择线路"))]


def _needs_stops(_schedule: Schedule, change: Told) -> list[Fault]:
    return [] if change.stops else [Fault("stops", "stop_missing", term("请选择站点"))]


def _detour(schedule: Schedule, change: Told) -> list[Fault]:
    details = change.details
    found = _needs_lines(schedule, change)
    first, last = str(details.get("from_stop", "")), str(details.get("to_stop", ""))
    for field, stop in (("from_stop", first), ("to_stop", last)):
        if stop not in schedule.stops:
            found.append(Fault(field, "stop_missing", term("请选择绕行起止站点"), stop))
    patterns = {
        trip.pattern.stop_ids for line in change.lines for trip in schedule.by_route.get(line, ())
        if not change.direction or trip.direction == change.direction
    }  # fmt: skip
    if not found and patterns and not any(piece_between(stops, first, last) for stops in patterns):
        found.append(Fault("to_stop", "detour_not_on_line", term("所选线路（方向）不依次经过绕行起止站点"), last))
    if not _is_path(details.get("path") or []):
        found.append(Fault("path", "path_unreadable", BAD_PATH(most=MOST_CORNERS)))
    try:
        known = detour_stops(schedule, change.change_id, details)
        if len(known) != len(details.get("stops") or ()):
            found.append(Fault("detour_stops", "unknown_stop", term("临时停靠站点有时刻表中没有的编号")))
    except (KeyError, TypeError, ValueError):
        found.append(Fault("detour_stops", "stop_unreadable", term("临时停靠站点应有名称、纬度和经度")))
    return found


def _is_path(path: Any) -> bool:
    if not isinstance(path, list) or len(path) > MOST_CORNERS:
        return False
    return all(
        isinstance(each, list | tuple) and len(each) == 2 and all(isinstance(part, int | float) for part in each)
        and -180 <= each[0] <= 180 and -90 <= each[1] <= 90 for each in path
    )  # fmt: skip


def _moved(schedule: Schedule, change: Told) -> list[Fault]:
    found = _needs_stops(schedule, change)
    lat, lon = change.details.get("lat"), change.details.get("lon")
    if not _is_path([[lon, lat]]):
        return [*found, Fault("path", "place_missing", term("请给出新位置的经度和纬度"))]
    place = schedule.plane.metres(*_columns([(lat, lon)]))  # type: ignore[list-item]
    for stop_id in sorted(change.stops & schedule.stops.keys()):
        stop = schedule.stops[stop_id]
        away = abs(complex(*(place - schedule.plane.metres(*_columns([(stop.lat, stop.lon)])))[0]))
        if away > FARTHEST_MOVE_M:
            found.append(Fault("path", "moved_too_far", TOO_FAR(stop=stop.name, most=round(FARTHEST_MOVE_M)), stop_id))
    return found


def _columns(places: list[tuple[float, float]]) -> Any:
    import numpy as np

    return np.array(places, dtype=np.float64).T


def _extra(schedule: Schedule, change: Told) -> list[Fault]:
    details = change.details
    found = []
    if str(details.get("like", "")) not in schedule.trips:
        found.append(Fault("like", "like_missing", term("请选择参照班次"), details.get("like", "")))
    starts = details.get("starts")
    if not isinstance(starts, list) or not 0 < len(starts) <= MOST_STARTS:
        return [*found, Fault("starts", "starts_missing", NO_STARTS(most=MOST_STARTS))]
    wrong = [each for each in starts if seconds_of_day(each) is None]
    return found + [Fault("starts", "time_unreadable", BAD_TIME(value=each), each) for each in wrong]


def _early_last(schedule: Schedule, change: Told) -> list[Fault]:
    found = _needs_lines(schedule, change)
    if seconds_of_day(change.details.get("last", "")) is None:
        found.append(Fault("last", "time_unreadable", term("末班发车时间应为“时:分”"), change.details.get("last", "")))
    return found


def _delay(schedule: Schedule, change: Told) -> list[Fault]:
    minutes = change.details.get("minutes")
    is_right = isinstance(minutes, int | float) and not isinstance(minutes, bool) and 0 < minutes <= LONGEST_DELAY_MIN
    found = _needs_lines(schedule, change)
    if not is_right:
        found.append(Fault("minutes", "minutes_out_of_range", BAD_MINUTES(most=LONGEST_DELAY_MIN), minutes))
    return found


_CHECKS = {
    "detour": _detour, "skip": _needs_stops, "moved": _moved, "cancel": _needs_lines, "extra": _extra,
    "early_last": _early_last, "delay": _delay, "suspend": _needs_lines,
}  # fmt: skip
