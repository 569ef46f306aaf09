"""A change typed as one Chinese sentence, read into the fields of the form. Pure; whoever typed it looks at the fields after.

    今天8点到10点半因道路施工3路绕行，大街口站到永安站，不停靠A站
    1路末班提前到17:30            2路8:10、8:20班次取消           3路晚点15分钟
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from district.kernel.wording import term

from ..schedule import Schedule
from .words import CAUSES, heading_of

KINDS: tuple[tuple[str, str], ...] = (
    ("early_last", r"末班.*?提前|提前.*?末班|早收车"), ("extra", r"加开|加班车|增开"), ("detour", r"绕行|改道|改线"),
    ("moved", r"迁移|迁至|移至|挪到|临时站"), ("skip", r"不停|甩站|站.{0,4}(停用|取消|撤销|封闭)|跳站"),
    ("suspend", r"停运|停驶|停开"),
    ("cancel", r"班次?.{0,6}取消|取消.{0,30}班|停发"), ("delay", r"晚点|延误|延迟"),
)  # fmt: skip
"""In this order: what is said most plainly first."""
CAUSE_WORDS = {
    10: "施工|修路|道路改造", 8: "天气|暴雨|大雨|大雪|结冰|大雾|台风|积水", 6: "事故|追尾", 11: "管制|交警|警方", 9: "养护|检修",
    3: "故障|抛锚|断电", 7: "节假日|假期|春节|国庆", 13: "活动|庙会|马拉松|演出|比赛|花灯|大集", 5: "集会", 12: "急救",
}  # fmt: skip
CLOCK = r"(上午|早上|早|中午|下午|傍晚|晚上|晚)?(\d{1,2})(?:[:：](\d{2})|[点时](半|\d{1,2}分?)?)"
MANY_STOPS = 20


@dataclass(frozen=True)
class Read:
    """What was understood; `details` by kind as of Change; `departures`: `HH:MM` of the trips meant."""

    kind: str
    lines: tuple[str, ...] = ()
    direction: str = ""
    stops: tuple[str, ...] = ()
    begin: datetime | None = None
    end: datetime | None = None
    cause: int = 1
    departures: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)


def read_sentence(text: str, schedule: Schedule, at: datetime) -> Read:
    """`at`: when it is typed, in the timetable's zone; times without a day are of that day, or of the one told."""
    text = text.strip()
    kind = next((kind for kind, words in KINDS if re.search(words, text)), "notice")
    lines = _lines(text, schedule)
    direction = _direction(text, schedule, lines)
    stops = _stops(text, schedule, lines, direction)
    clocks = [_seconds(found) for found in re.finditer(CLOCK, text)]
    day = _day(text, at)
    begin, end, single = _times(text, day, at, kind, clocks)
    times = tuple(f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}" for seconds in single)
    details: dict[str, Any] = {}
    if kind == "early_last" and clocks:
        details = {"last": f"{clocks[-1] // 3600:02d}:{clocks[-1] % 3600 // 60:02d}"}
    elif kind == "extra":
        details = {"starts": list(times)}
    elif kind == "delay" and (minutes := re.search(r"(\d{1,3})\s*分", text)):
        details = {"minutes": int(minutes[1])}
    elif kind == "detour" and len(stops) > 1:
        details = {"from_stop": stops[0], "to_stop": stops[1]}
    cause = next((code for code, words in CAUSE_WORDS.items() if re.search(words, text)), 1)
    kept = stops[:MANY_STOPS] if kind in ("skip", "moved", "suspend", "notice") else ()
    return Read(kind, lines, direction, kept, begin, end, cause, times if kind == "cancel" else (), details)


def _lines(text: str, schedule: Schedule) -> tuple[str, ...]:
    """Longest names first, and what is recognised is taken out, so that 11路 is not 1路 too."""
    found = {}
    named = [(name, line.route_id) for line in schedule.lines.values() for name in _names_of(line.name)]
    for name, route_id in sorted(named, key=lambda pair: -len(pair[0])):
        guarded = rf"(?<!\d){re.escape(name)}" if name[:1].isdigit() else re.escape(name)
        guarded += r"(?![\d:：点时分月日])" if name[-1:].isdigit() else ""
        if match := re.search(guarded, text):
            found[route_id] = match.start()
            text = text[: match.start()] + "\n" * (match.end() - match.start()) + text[match.end() :]
    return tuple(sorted(found, key=lambda route_id: found[route_id]))


def _names_of(name: str) -> set[str]:
    """A line as it is typed: 演示3路 also as 3路."""
    short = re.search(r"[A-Za-z]?\d+路?$", name)
    names = {name, f"{name}路"} if name.isdigit() else {name}
    return names | ({short[0]} if short and short[0].endswith("路") else set())


def _direction(text: str, schedule: Schedule, lines: tuple[str, ...]) -> str:
    if len(lines) != 1:
        return ""
    for direction in ("0", "1"):
        heading = heading_of(schedule, lines[0], direction)
        if heading and re.search(rf"(往|开往|去|至){re.escape(heading)}(公交站|站)?方向", text):
            return direction
    return "0" if "上行" in text else "1" if "下行" in text else ""


def _stops(text: str, schedule: Schedule, lines: tuple[str, ...], direction: str) -> tuple[str, ...]:
    """In order of the text; of the lines named where there are any. One name may be several stops (both sides)."""
    trips = [trip for line in lines for trip in schedule.by_route.get(line, ()) if not direction or trip.direction == direction]
    on_line = {stop for trip in trips for stop in trip.pattern.stop_ids}
    names: dict[str, list[str]] = {}
    for stop in schedule.stops.values():
        if (not lines or stop.stop_id in on_line) and len(stop.name) > 1:
            names.setdefault(stop.name, []).append(stop.stop_id)
            for ending in ("公交站", "站"):
                if stop.name.endswith(ending) and len(stop.name) > len(ending) + 1:
                    names.setdefault(stop.name.removesuffix(ending), []).append(stop.stop_id)
    found: list[tuple[int, str]] = []
    heading = re.sub(r"(开往|往|去)\S{1,12}?方向", lambda match: "\n" * len(match[0]), text)
    for name in sorted(names, key=lambda each: -len(each)):
        place = heading.find(name)
        if place >= 0:
            found += [(place, stop_id) for stop_id in names[name]]
            heading = heading[:place] + "\n" * len(name) + heading[place + len(name) :]
    return tuple(dict.fromkeys(stop_id for _place, stop_id in sorted(found)))


def _seconds(found: re.Match[str]) -> int:
    half, hour = found[1] or "", int(found[2])
    if hour < 12 and half in ("下午", "傍晚", "晚上", "晚"):
        hour += 12
    minute = 30 if found[4] == "半" else int(found[3] or (found[4] or "0").rstrip("分") or 0)
    return hour * 3600 + min(minute, 59) * 60


def _day(text: str, at: datetime) -> datetime:
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    if dated := re.search(r"(\d{1,2})月(\d{1,2})[日号]", text):
        try:
            told = day.replace(month=int(dated[1]), day=int(dated[2]))
        except ValueError:
            return day
        return told if told >= day - timedelta(days=180) else told.replace(year=told.year + 1)
    return day + timedelta(days=next((days for word, days in (("后天", 2), ("明天", 1), ("明日", 1)) if word in text), 0))


def _times(text: str, day: datetime, at: datetime, kind: str,
           clocks: list[int]) -> tuple[datetime, datetime | None, list[int]]:  # fmt: skip
    """(begin, end, times that are no span)."""
    span = re.search(rf"{CLOCK}\s*(?:到|至|—|-|~|－)\s*{CLOCK}", text)
    whole = (day if day > at else at, day + timedelta(days=1))
    if kind in ("extra", "cancel", "early_last") and span is None:
        return *whole, clocks
    if span is not None:
        inner = [_seconds(found) for found in re.finditer(CLOCK, span[0])]
        half = re.match(r"(下午|晚上|晚|傍晚)", span[0])
        end = inner[1] + (43200 if half and inner[1] < inner[0] and inner[1] < 43200 else 0)
        end += 86400 if end <= inner[0] else 0
        left = [seconds for seconds in clocks if seconds not in inner]
        return day + timedelta(seconds=inner[0]), day + timedelta(seconds=end), left
    if clocks and re.search(r"起|开始|之后|以后|后", text):
        return day + timedelta(seconds=clocks[0]), None, []
    if clocks and re.search(r"(前|止|结束)", text):
        return whole[0], day + timedelta(seconds=clocks[-1]), []
    return whole[0], whole[1] if kind != "notice" or day > at else None, clocks


def cause_words() -> dict[int, str]:
    """GTFS-Realtime's causes as people choose them."""
    return {1: term("不说明"), 2: term("其他"), **{code: words[0] for code, words in CAUSES.items() if code > 2}}
