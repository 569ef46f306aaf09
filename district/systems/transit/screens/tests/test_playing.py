"""When playlists are played, by pure reckoning; the screen's own script reckons the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.clock import CHINA

from ..playing import Hours, played_at

SCRIPT = Path(__file__).parents[2] / "static" / "transit" / "screens" / "programme.js"
MONDAY = date(2026, 11, 23)


def at(day: date, text: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(text), CHINA)


def test_hours_past_midnight_belong_to_the_day_they_began_on():
    late = Hours(1, 1, weekdays=frozenset({0}), from_time=time(22), to_time=time(2))
    assert late.holds(at(MONDAY, "23:30"))
    assert late.holds(at(MONDAY + timedelta(days=1), "01:59"))
    assert not late.holds(at(MONDAY, "01:00"))
    assert not late.holds(at(MONDAY + timedelta(days=1), "02:00"))


def test_only_the_highest_priority_that_holds_is_played():
    usual, special = Hours(1, 1), Hours(2, 5, from_time=time(8), to_time=time(9))
    assert played_at([usual, special], at(MONDAY, "08:30")) == [2]
    assert played_at([usual, special], at(MONDAY, "09:00")) == [1]
    assert played_at([], at(MONDAY, "09:00")) == []


minutes = st.integers(0, 1439).map(lambda n: time(n // 60, n % 60))
playlists = st.builds(
    Hours, st.just(1), st.just(1), st.none() | st.just(MONDAY), st.none() | st.just(MONDAY + timedelta(days=3)),
    st.frozensets(st.integers(0, 6), max_size=3), st.none() | minutes, st.none() | minutes,
)  # fmt: skip
moments = st.datetimes(datetime(2026, 11, 20), datetime(2026, 11, 30)).map(
    lambda each: each.replace(second=0, microsecond=0, tzinfo=CHINA)
)


@given(playlists, moments)
def test_whatever_the_hours_a_day_has_as_many_minutes_of_them_as_they_say(hours: Hours, moment: datetime):
    held = hours.holds(moment)
    if hours.begin_on and moment.date() < hours.begin_on:
        assert not held
    if hours.end_on and moment.date() > hours.end_on + timedelta(days=1):
        assert not held
    if (
        not hours.weekdays
        and hours.from_time is None
        and hours.to_time is None
        and not hours.begin_on
        and not hours.end_on
    ):
        assert held


def test_the_screens_script_reckons_the_same():
    """Eight hundred pairs of hours and moments, told apart by both."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node on the path: the script cannot be run here")
    edges = [None, "00:00", "06:30", "22:00", "23:59"]
    pairs = []
    for n in range(800):
        told = {
            "from": edges[n % 5], "to": edges[n // 5 % 5], "begin_on": (None, MONDAY.isoformat())[n // 25 % 2],
            "end_on": (None, (MONDAY + timedelta(days=2)).isoformat())[n // 50 % 2], "weekdays": [[], [0, 2], [6]][n // 100 % 3],
        }  # fmt: skip
        moment = at(MONDAY - timedelta(days=1), "00:00") + timedelta(minutes=37 * n % 6000)
        pairs.append((told, moment.timestamp() * 1000))
    program = (
        f"import {{ holds }} from {json.dumps(SCRIPT.as_uri())}; const pairs = {json.dumps(pairs)};"
        " console.log(JSON.stringify(pairs.map(([hours, at]) => holds(hours, at))));"
    )
    done = subprocess.run(
        [node, "--input-type=module", "-e", program], capture_output=True, text=True, check=True, timeout=30
    )
    assert json.loads(done.stdout) == [
        _hours(told).holds(datetime.fromtimestamp(ms / 1000, CHINA)) for told, ms in pairs
    ]


def _hours(told: dict[str, object]) -> Hours:
    def day(text: object) -> date | None:
        return date.fromisoformat(text) if isinstance(text, str) else None

    def clock(text: object) -> time | None:
        return time.fromisoformat(text) if isinstance(text, str) else None

    weekdays = told["weekdays"]
    assert isinstance(weekdays, list)
    return Hours(
        1,
        1,
        day(told["begin_on"]),
        day(told["end_on"]),
        frozenset(weekdays),
        clock(told["from"]),
        clock(told["to"]),
    )
