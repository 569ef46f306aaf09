"""What passengers are told of a change, in Chinese and English, made from the change itself. Pure.

Names of lines and stops stay as they stand on the signs.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from district.kernel.wording import term

from ..schedule import Schedule, Trip
from .applying import Told
from .detours import detour_stops, piece_between

CAUSES: dict[int, tuple[str, str]] = {
    1: ("", ""), 2: ("", ""), 3: (term("技术故障"), "a technical problem"), 4: (term("罢工"), "a strike"),
    5: (term("集会活动"), "a demonstration"), 6: (term("交通事故"), "an accident"), 7: (term("节假日"), "the holiday"),
    8: (term("天气"), "the weather"), 9: (term("设施养护"), "maintenance"), 10: (term("道路施工"), "road works"),
    11: (term("交通管制"), "police activity"), 12: (term("医疗急救"), "a medical emergency"),
    13: (term("大型活动"), "a special event"),
}  # fmt: skip
"""GTFS-Realtime's Cause: what stands after 因 and after `because of`; 1 unknown and 2 other say nothing."""
MANY = 6
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


@dataclass(frozen=True)
class Words:
    title: str
    text: str
    title_en: str
    text_en: str


def words_of(schedule: Schedule, change: Told, cause: int = 1) -> Words:
    """Title and text in both languages. A notice has no words of its own: only lines and times."""
    zh, en = _bodies(schedule, change)
    lines, lines_en = lines_of(schedule, change)
    why, why_en = CAUSES.get(cause, ("", ""))
    when, when_en = times_of(schedule, change)
    towards, towards_en = _towards(schedule, change)
    head, head_en = zh[0].format(lines=lines), en[0].format(lines=lines_en)
    because = f"因{why}，" if why else ""
    text = f"{when}，{because}{zh[1].format(lines=lines + towards)}"
    text_en = f"{when_en}{f', because of {why_en}' if why_en else ''}: {en[1].format(lines=_inside(lines_en) + towards_en)}"
    return Words(_short(head, 120), text, _short(head_en, 200), text_en)


def lines_of(schedule: Schedule, change: Told) -> tuple[str, str]:
    """`1路、3路` and `Routes 1路, 3路`; all lines when none is named."""
    routes = change.lines or {schedule.trips[trip].route_id for trip in change.trips if trip in schedule.trips}
    like = schedule.trips.get(str(change.details.get("like", "")))
    if not routes and like is not None:
        routes = {like.route_id}
    if not routes:
        return ("全部线路", "All routes") if not change.stops else ("途经线路", "All routes calling there")
    known = [schedule.lines[route] for route in routes if route in schedule.lines]
    names = [line.name for line in sorted(known, key=lambda line: (line.order, line.name))] or sorted(routes)
    shown = [name if not name.isdigit() else f"{name}路" for name in names[:MANY]]
    more = f"等{len(names)}条线路" if len(names) > MANY else ""
    word = "Route" if len(names) == 1 else "Routes"
    return "、".join(shown) + more, f"{word} {', '.join(names[:MANY])}{' and others' if more else ''}"


def _inside(lines_en: str) -> str:
    """Within a sentence."""
    return lines_en[0].lower() + lines_en[1:]


def times_of(schedule: Schedule, change: Told) -> tuple[str, str]:
    """`3月4日8:00至10:00` and `4 March, 08:00 to 10:00`."""
    zone = ZoneInfo(schedule.timezone)
    begin = datetime.fromtimestamp(change.begin, zone)
    zh, en = f"{begin.month}月{begin.day}日{begin:%H:%M}", f"{begin.day} {MONTHS[begin.month - 1]}, {begin:%H:%M}"
    if math.isinf(change.end):
        return f"自{zh}起", f"From {en} until further notice"
    end = datetime.fromtimestamp(change.end, zone)
    if end.date() == begin.date():
        return f"{zh}至{end:%H:%M}", f"{en} to {end:%H:%M}"
    return f"{zh}至{end.month}月{end.day}日{end:%H:%M}", f"{en} to {end.day} {MONTHS[end.month - 1]}, {end:%H:%M}"


def heading_of(schedule: Schedule, route_id: str, direction: str) -> str:
    """Where most trips of a line and direction go: their headsign, or the name of their last stop."""
    trips = [trip for trip in schedule.by_route.get(route_id, ()) if trip.direction == direction]
    named = Counter(trip.headsign or _name(schedule, trip.pattern.stop_ids[-1]) for trip in trips)
    return named.most_common(1)[0][0] if named else ""


def _towards(schedule: Schedule, change: Told) -> tuple[str, str]:
    if not change.direction or len(change.lines) != 1:
        return "", ""
    heading = heading_of(schedule, next(iter(change.lines)), change.direction)
    return (f"（开往{heading}方向）", f" towards {heading}") if heading else ("", "")


Pair = tuple[tuple[str, str], tuple[str, str]]


def _bodies(schedule: Schedule, change: Told) -> Pair:
    """((title, text) in Chinese, the same in English); `{lines}` stands for the lines."""
    made = _OF_KIND.get(change.kind)
    if made is not None:
        return made(schedule, change)
    return ("{lines}运营提示", "{lines}有运营提示。"), ("{lines}: notice", "notice for passengers of {lines}.")


def _skip(schedule: Schedule, change: Told) -> Pair:
    stops, stops_en = _names(schedule, change.stops)
    return (
        (f"{{lines}}不停靠{stops}", f"{{lines}}不停靠{stops}，请在相邻站点候车。"),
        (f"{{lines}}: no service at {stops_en}",
         f"buses of {{lines}} do not call at {stops_en}. Please use the stops before or after."),
    )  # fmt: skip


def _suspend(schedule: Schedule, change: Told) -> Pair:
    if change.stops:
        return _skip(schedule, change)
    return (
        ("{lines}停运", "{lines}停止运营，请选择其他线路出行。"),
        ("{lines}: service suspended", "no buses on {lines}. Please take other routes."),
    )


def _detour(schedule: Schedule, change: Told) -> Pair:
    first, last = (_name(schedule, str(change.details.get(key, ""))) for key in ("from_stop", "to_stop"))
    missed, missed_en = _names(schedule, stops_left_out(schedule, change), ordered=True)
    instead = [stop.name for stop in detour_stops(schedule, change.change_id, change.details)]
    zh, en = f"{{lines}}在{first}至{last}间绕行", f"buses of {{lines}} are diverted between {first} and {last}"
    if missed:
        zh, en = f"{zh}，不停靠{missed}", f"{en} and do not call at {missed_en}"
    if instead:
        zh, en = f"{zh}；临时停靠{'、'.join(instead)}", f"{en}; temporary stops: {', '.join(instead)}"
    return ("{lines}绕行", f"{zh}。"), ("{lines}: diversion", f"{en}.")


def stops_left_out(schedule: Schedule, change: Told) -> list[str]:
    """Stops that a detour passes by, in order of the line."""
    first, last = str(change.details.get("from_stop", "")), str(change.details.get("to_stop", ""))
    served = {stop.stop_id for stop in detour_stops(schedule, change.change_id, change.details)}
    found: dict[str, None] = {}
    for pattern in {id(trip.pattern): trip.pattern for trip in _trips(schedule, change)}.values():
        piece = piece_between(pattern.stop_ids, first, last)
        if piece is not None:
            found |= dict.fromkeys(stop for stop in pattern.stop_ids[piece[0] + 1 : piece[1]] if stop not in served)
    return list(found)


def _moved(schedule: Schedule, change: Told) -> Pair:
    stops, stops_en = _names(schedule, change.stops)
    note = str(change.details.get("note", "")).strip().rstrip("。")
    return (
        (f"{stops}临时迁移", f"{stops}临时迁移{f'：{note}' if note else ''}，{{lines}}在新位置停靠。"),
        (f"{stops_en}: stop moved", f"{stops_en} has been moved; buses of {{lines}} call at the new place."),
    )  # fmt: skip


def _cancel(schedule: Schedule, change: Told) -> Pair:
    departures = departures_of(schedule, change.trips)
    if not departures:
        return (
            ("{lines}班次取消", "{lines}此时段内发车的班次取消。"),
            ("{lines}: trips cancelled", "all departures of {lines} in this time are cancelled."),
        )
    shown = "、".join(departures[:MANY * 2])
    return (
        (f"{{lines}}取消{len(departures)}班", f"{{lines}}取消下列时间发车的班次：{shown}。"),
        ("{lines}: trips cancelled", f"departures of {{lines}} cancelled: {shown.replace('、', ', ')}."),
    )  # fmt: skip


def departures_of(schedule: Schedule, trips: frozenset[str]) -> list[str]:
    """First departures of trips, `08:10`, in order."""
    times = sorted(float(schedule.trips[trip].departures[0]) for trip in trips if trip in schedule.trips)
    return [f"{int(each) // 3600 % 24:02d}:{int(each) % 3600 // 60:02d}" for each in times]


def _extra(schedule: Schedule, change: Told) -> Pair:
    like = schedule.trips.get(str(change.details.get("like", "")))
    starts = [str(each)[:5] for each in change.details.get("starts") or ()]
    origin = _name(schedule, like.pattern.stop_ids[0]) if like else ""
    towards = (like.headsign or _name(schedule, like.pattern.stop_ids[-1])) if like else ""
    return (
        (f"{{lines}}加开{len(starts)}班", f"{{lines}}自{origin}开往{towards}加开班次，发车时间：{'、'.join(starts)}。"),
        ("{lines}: extra trips", f"extra departures of {{lines}} from {origin} towards {towards}: {', '.join(starts)}."),
    )  # fmt: skip


def _early_last(_schedule: Schedule, change: Told) -> Pair:
    last = str(change.details.get("last", ""))[:5]
    return (
        (f"{{lines}}末班提前至{last}", f"{{lines}}末班车提前至{last}发车，其后班次取消。"),
        (f"{{lines}}: last bus at {last}", f"the last bus of {{lines}} leaves at {last}; later trips are cancelled."),
    )


def _delay(_schedule: Schedule, change: Told) -> Pair:
    minutes = change.details.get("minutes", 0)
    return (
        ("{lines}预计晚点", f"{{lines}}预计晚点约{minutes}分钟，请以实时到站预报为准。"),
        ("{lines}: delays", f"buses of {{lines}} are expected about {minutes} minutes late; see the live arrivals."),
    )


_OF_KIND = {
    "skip": _skip, "suspend": _suspend, "detour": _detour, "moved": _moved, "cancel": _cancel, "extra": _extra,
    "early_last": _early_last, "delay": _delay,
}  # fmt: skip


def _trips(schedule: Schedule, change: Told) -> list[Trip]:
    routes = change.lines or schedule.by_route.keys()
    return [trip for route in sorted(routes) for trip in schedule.by_route.get(route, ())
            if not change.direction or trip.direction == change.direction]  # fmt: skip


def _names(schedule: Schedule, stops: frozenset[str] | list[str], ordered: bool = False) -> tuple[str, str]:
    names = list(dict.fromkeys(_name(schedule, stop) for stop in (stops if ordered else sorted(stops))))
    shown, more = names[:MANY], len(names) - MANY
    if more > 0:
        return f"{'、'.join(shown)}等{len(names)}站", f"{', '.join(shown)} and {more} more"
    return "、".join(shown), ", ".join(shown)


def _name(schedule: Schedule, stop_id: str) -> str:
    stop = schedule.stops.get(stop_id)
    return stop.name if stop else stop_id


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
