"""Recorded days moved to now, said by terminals, gone through turn by turn."""

import csv
import io
import zipfile
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from district.kernel.clock import CHINA
from district.protocols.jt808 import decode
from district.protocols.jt808.encode import Header, frames_of
from district.systems.transit.models import Bus, Edition, Forecast, Run
from district.systems.transit.recorded.command_line import replay
from district.systems.transit.recorded.following import follow
from district.systems.transit.recorded.preparing import assign, buses_of, put_away
from district.systems.transit.recorded.sending import bodies_of
from district.systems.transit.recorded.shifting import moved_feed, shift_s, weeks_between
from district.systems.transit.schedule import read
from district.systems.transit.tests import town
from district.systems.transit.tests.positions_stored import store

DAY = date(2026, 3, 2)


def test_a_recorded_day_falls_on_the_same_day_of_the_week_and_is_over() -> None:
    for offset in range(14):
        today = date(2026, 11, 20) + timedelta(days=offset)
        moved = date(2016, 11, 26) + weeks_between(date(2016, 11, 26), today)
        assert moved.weekday() == 5
        assert 1 <= (today - moved).days <= 7


def test_wall_clock_time_stays_what_it_was() -> None:
    shift = timedelta(weeks=521)
    there = datetime(2016, 11, 26, 7, 5, tzinfo=ZoneInfo("America/Chicago"))
    here = datetime.fromtimestamp(there.timestamp() + shift_s(date(2016, 11, 26), shift, "America/Chicago"), CHINA)
    assert (here.date(), f"{here:%H:%M:%S}") == (date(2016, 11, 26) + shift, "07:05:00")


def test_the_timetable_holds_on_the_moved_days_as_it_did_on_the_recorded_ones(tmp_path) -> None:
    shift = timedelta(weeks=30)
    before, after = tmp_path / "before.zip", tmp_path / "after.zip"
    before.write_bytes(town.feed())
    after.write_bytes(moved_feed(town.feed(), shift))
    one, other = read(before), read(after)
    assert set(one.trips) == set(other.trips)
    assert other.timezone == "Asia/Shanghai"
    for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)):
        assert one.calendar.runs("daily", day) == other.calendar.runs("daily", day + shift)
    with zipfile.ZipFile(io.BytesIO(after.read_bytes())) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("calendar.txt").decode())))
    assert rows[0]["start_date"] == f"{date(2026, 1, 1) + shift:%Y%m%d}"


def test_what_terminals_say_is_what_was_recorded() -> None:
    rows = pd.DataFrame({"at": [1.0e9, 1.0e9 + 60, 1.0e9 + 120], "lat": [30.25, 30.255, 30.26], "lon": [-97.75, -97.75, -97.745]})
    said = [decode(frames_of(Header(0x0200, 2013, "019800000001", 1, 0), body)[0]).body for body in bodies_of(rows)]
    assert [(each["latitude"], each["longitude"]) for each in said] == [(30.25, -97.75), (30.255, -97.75), (30.26, -97.745)]
    assert said[0]["time"] == datetime.fromtimestamp(1.0e9, CHINA).replace(tzinfo=None).isoformat()
    assert said[1]["speed"] == pytest.approx(33.4, abs=0.2)
    assert said[1]["direction"] == 0
    assert 35 <= said[2]["direction"] <= 50


@pytest.mark.django_db
def test_stored_positions_are_followed_as_if_it_were_then() -> None:
    Edition.objects.create(title="城", state="published", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31),
                           feed=town.feed(), sha256="0" * 64, is_simulated=True,
                           published_at=datetime(2026, 1, 1, tzinfo=CHINA))  # fmt: skip
    driven = town.day(DAY, 7, every_s=30.0).positions
    begin = datetime(2026, 3, 2, 9, 55, tzinfo=CHINA)
    part = driven[driven["at"].between(begin.timestamp(), begin.timestamp() + 2400)]
    buses = buses_of(part["vehicle"].unique().tolist())
    store([(buses[row.vehicle].device_id, row.at, row.lat, row.lon, 20.0) for row in part.itertuples()],
          received_s=begin.timestamp() + 90_000.0)  # fmt: skip
    assert assign(part, buses, DAY) > 4
    taken = follow(begin, begin + timedelta(minutes=30), 60.0, lambda _at, _taken: None)
    assert 0 < taken < len(part)
    run = Run.objects.filter(state="running", assigned_by="told").first()
    assert run is not None
    assert run.seen_at <= begin + timedelta(minutes=30)
    assert Forecast.objects.filter(run=run, made_at__lte=begin + timedelta(minutes=30)).exists()
    put_away(buses)
    assert not Bus.objects.filter(state="in_service").exists()


@pytest.mark.django_db
def test_recorded_days_are_not_mixed_with_real_buses(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    Bus.objects.create(number="真车", lines=[])
    assert replay([str(tmp_path / "x.zip"), "--learn", "a.csv", "--judge", "b.csv"]) == 1
    assert "另一个 DISTRICT_HOME" in capsys.readouterr().err
