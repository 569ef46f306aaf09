"""Departures entered by the hour: `06:00–20:30 每10分钟`, `5:40 5:55`, or headways without a timetable. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from district.kernel.wording import Sentence, term

from .network import Profile, Repeats

CLOCK = r"(\d{1,2})[:：](\d{2})"
TO, EVERY = r"\s*[-–—~～至到]+\s*", r"\s*[,，、]?\s*(?:每隔?|间隔)?\s*(\d{1,3})\s*(?:分钟?|min)?(?:一班)?"
SPAN = re.compile(f"^{CLOCK}{TO}{CLOCK}{EVERY}$")
SINGLE = re.compile(rf"^{CLOCK}$")
LATEST_S = 30 * 3600
WHOLE_DAY_S = 24 * 3600
MOST = 1000


WRONG = Sentence("第 %(line)s 行“%(value)s”：%(rule)s")
NOTHING = term("请填写发车时刻，如 06:00–20:30 每10分钟")
TOO_MANY = term("超过 1000 个班次，请检查间隔")
NO_TIME = term("时刻不合法，次日凌晨写作 24:30，最晚 30:00")
BACKWARDS = term("止早于起，次日凌晨写作 24:30")
NO_PAUSE = term("间隔不能为 0")
NEITHER = term("应为 HH:MM 或 HH:MM–HH:MM 每N分钟")


class Unreadable(ValueError):
    """A line of the entry that cannot be understood: `line` (from 1), `value`, and the rule in Chinese."""

    def __init__(self, line: int, value: str, rule: str) -> None:
        super().__init__(WRONG(line=line, value=value, rule=rule))
        self.line, self.value, self.code = line, value, "departures_unreadable"


@dataclass(frozen=True)
class Entered:
    """Departures in seconds of the service day, each once, and the spans they came from."""

    starts: list[int]
    spans: list[Repeats]


def entered(text: str) -> Entered:
    """What was typed; one span or some times a line. A span holds its last time. Raises Unreadable."""
    starts: set[int] = set()
    spans: list[Repeats] = []
    for number, line in enumerate(text.splitlines(), 1):
        for part in filter(None, (each.strip() for each in re.split(r"[;；]", line))):
            found = SPAN.match(part)
            if found:
                span = _span(found, number, part)
                spans.append(span)
                starts.update(range(span.first, span.until, span.every))
                continue
            for word in re.split(r"[\s,，、]+", part):
                starts.add(_single(word, number))
    if not starts:
        raise Unreadable(1, text.strip()[:40], NOTHING)
    if len(starts) > MOST:
        raise Unreadable(1, text.strip()[:40], TOO_MANY)
    return Entered(sorted(starts), sorted(spans, key=lambda each: each.first))


def _span(found: re.Match[str], number: int, part: str) -> Repeats:
    first, last, every = _seconds(found[1], found[2]), _seconds(found[3], found[4]), int(found[5]) * 60
    if int(found[2]) > 59 or int(found[4]) > 59 or last > LATEST_S:
        raise Unreadable(number, part, NO_TIME)
    if last < first:
        raise Unreadable(number, part, BACKWARDS)
    if every == 0:
        raise Unreadable(number, part, NO_PAUSE)
    # One second more, so that the last departure named is one.
    return Repeats(first, last + 1, every)


def _single(word: str, number: int) -> int:
    found = SINGLE.match(word)
    if not found or int(found[2]) > 59 or _seconds(found[1], found[2]) > LATEST_S:
        raise Unreadable(number, word, NEITHER)
    return _seconds(found[1], found[2])


def _seconds(hours: str, minutes: str) -> int:
    return int(hours) * 3600 + int(minutes) * 60


def profile_at(profiles: list[Profile], start: int, used: Sequence[tuple[int, int]] = ()) -> int:
    """The key of the running times of a departure: of those whose period holds it the shortest period; where none has a
    period of its own (as after an import), those of the trip nearest in time, `used` being (start, key); else the first."""
    fitting = [each for each in profiles if each.from_s <= start < each.to_s]
    best = min(fitting or profiles, key=lambda each: each.to_s - each.from_s)
    if used and best.to_s - best.from_s >= WHOLE_DAY_S:
        return min(used, key=lambda each: abs(each[0] - start))[1]
    return best.key


def by_speed(metres: list[float], speed_kmh: float, dwell_s: int) -> tuple[list[int], list[int]]:
    """Arrivals and departures from the way between stops (metres along at each), whole seconds, never standing still."""
    arrivals, departures, at = [0], [0], 0
    for before, after in itertools.pairwise(metres):
        at += max(1, round((after - before) / (speed_kmh / 3.6)))
        arrivals.append(at)
        departures.append(at + dwell_s)
        at += dwell_s
    departures[-1] = arrivals[-1]
    return arrivals, departures


def scaled(profile: Profile, total_s: int) -> tuple[list[int | None], list[int | None]]:
    """The profile stretched to another time from end to end; stops keep their share of the way."""
    whole = profile.arrivals[-1] or 1

    def stretch(times: tuple[int | None, ...]) -> list[int | None]:
        return [None if each is None else round(each * total_s / whole) for each in times]

    return stretch(profile.arrivals), stretch(profile.departures)
