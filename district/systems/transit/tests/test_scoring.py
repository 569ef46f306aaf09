from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from district.systems.transit import accuracy, schedule, score
from district.systems.transit.baselines import kalman
from district.systems.transit.hops import Ahead, History, Names, traversals
from district.systems.transit.moments import moments
from district.systems.transit.passages import Run, runs_of

from . import town

SAMPLES = Path(os.environ.get("DISTRICT_REFERENCE", "/nowhere")) / "standards" / "samples" / "transit.jsonl"


@pytest.fixture(scope="module")
def runs() -> list[list[Run]]:
    timetable = schedule.read(town.feed())
    return [runs_of(timetable, day.positions) for day in town.days(3)]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    folder = tmp_path_factory.mktemp("town")
    (folder / "feed.zip").write_bytes(town.feed())
    paths = []
    for number, day in enumerate(town.days(3)):
        path = folder / f"day{number}.csv"
        day.positions.rename(columns={"at": "time"}).to_csv(path, index=False)
        paths.append(path)
    return folder / "feed.zip", paths


def test_what_was_learnt_beats_the_timetable_and_the_interval_covers(files, capsys):
    feed, days = files
    assert score.main([str(feed), "--learn", *map(str, days[:2]), "--judge", str(days[2])]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    for bucket in told["buckets"].values():
        assert bucket["ours"] == max(bucket.values())
    assert told["overall"]["ours"] > told["overall"]["timetable"] + 10
    assert told["forecast_rate"] >= 90
    assert 84 <= told["interval_coverage"] <= 96


def test_files_of_no_use_are_told_in_one_line(files, tmp_path: Path, capsys):
    feed, days = files
    broken = tmp_path / "broken.csv"
    broken.write_text("vehicle,lat,lon\nb,1,2\n")
    assert score.main([str(feed), "--learn", str(broken), "--judge", str(days[0])]) == 1
    assert "time" in capsys.readouterr().err
    assert score.main([str(days[0]), "--learn", str(days[0]), "--judge", str(days[1])]) == 1


def test_nothing_later_than_the_instant_is_known_at_it(runs: list[list[Run]]):
    """Cut off what comes after an instant: the rows of that instant stay the same but for their outcome."""
    names = Names()
    learnt = traversals(runs[0], names)
    history = History(learnt, len(names))
    whole = runs[1]
    at = float(np.median([run.at[0] for run in whole])) + 200.0
    rows = moments(whole, names, history, Ahead(traversals(whole, names)), is_learnt=False)
    ahead_then = Ahead(_known(traversals(whole, names), at))
    then = moments(whole, names, history, ahead_then, is_learnt=False)
    same = (rows.at <= at) & (rows.at > at - 900)
    assert same.sum() > 100
    for name in ("delay_s", "ahead_s", "ahead_weight", "history_s", "trend_s", "planned_left_s"):
        assert np.allclose(getattr(rows, name)[same], getattr(then, name)[same])


def _known(driven, at: float):
    from dataclasses import fields

    kept = driven.known_at <= at
    return type(driven)(*(getattr(driven, field.name)[kept] for field in fields(driven)))


def test_a_run_is_judged_without_what_it_taught(runs: list[list[Run]]):
    names = Names()
    learnt = traversals(runs[0], names)
    whole = History(learnt, len(names))
    number = int(learnt.runs[0])
    mine = learnt.runs == number
    hops, slots = learnt.hops[mine], learnt.slots[mine]
    from dataclasses import fields

    rest = type(learnt)(*(getattr(learnt, field.name)[~mine] for field in fields(learnt)))
    assert np.allclose(whole.excess(hops, slots, number), History(rest, len(names)).excess(hops, slots))
    assert not np.allclose(whole.excess(hops, slots, number), whole.excess(hops, slots))


def test_rush_hours_are_learnt(runs: list[list[Run]]):
    names = Names()
    history = History(traversals(runs[0] + runs[1], names), len(names))
    hops = names.of(runs[0][0])
    calm, busy = (history.excess(hops, np.full(len(hops), hour)).mean() for hour in (12, 8))
    assert busy > calm + 20


@pytest.mark.parametrize(("error", "right"), [(-60, True), (-61, False), (210, True), (211, False)])
def test_tolerances_are_inclusive(error: float, right: bool):
    assert accuracy.is_right(np.array([510.0]), np.array([float(error)]))[0] == right


def test_buckets_are_those_of_the_time_to_the_arrival():
    left = np.array([0.0, 179.0, 180.0, 359.0, 360.0, 600.0, 899.0, 900.0])
    found = accuracy.by_bucket(left, np.zeros(8))
    assert found == {"0-3": 100.0, "3-6": 100.0, "6-10": 100.0, "10-15": 100.0}
    assert not accuracy.is_right(np.array([900.0]), np.zeros(1))[0]
    assert accuracy.overall({"0-3": 80.0, "3-6": None, "6-10": 60.0}) == 70.0


def test_kalman_is_that_of_its_worked_example():
    forecast, error = kalman([380, 420, 400], 300, 72.40)
    assert (round(forecast, 2), round(error, 2)) == (355.98, 149.27)
    assert kalman([60, 60, 60], 75, 0) == (60, 0)


@pytest.mark.skipif(not SAMPLES.exists(), reason="DISTRICT_REFERENCE is not set: the shared samples are not at hand")
def test_the_shared_samples_of_scoring_are_reproduced():
    for line in map(json.loads, SAMPLES.read_text("utf-8").splitlines()):
        if line["kind"] == "eta_score":
            wanted = line["expect"]["transitapp"]
            left = np.array([float(line["actual"] - line["sampled_at"])])
            error = np.array([float(line["actual"] - line["predicted"])])
            found = accuracy.by_bucket(left, error)
            bucket = next((name for name, value in found.items() if value is not None), None) if left[0] >= 0 else None
            assert bucket == wanted["bucket"], line
            if bucket is not None:
                assert bool(accuracy.is_right(left, error)[0]) == wanted["accurate"], line
        elif line["kind"] == "kalman" and "expect" in line:
            forecast, error_s = kalman(line["historical"], line["last_vehicle"], line["last_error"])
            assert forecast == pytest.approx(line["expect"]["prediction"], abs=1e-3)
            assert error_s == pytest.approx(line["expect"]["filter_error"], abs=1e-3)


def test_a_day_of_another_kind_is_corrected_as_it_goes(runs: list[list[Run]]):
    from district.systems.transit import forecast

    names = Names()
    learnt = traversals(runs[0], names)
    history = History(learnt, len(names))
    model = forecast.learnt(moments(runs[0], names, history, Ahead(learnt), is_learnt=True))
    model.shift_s = model.shift_s - 240.0
    model.widen_s = model.widen_s - 60.0
    driven = traversals(runs[1], names)
    rows = moments(runs[1], names, history, Ahead(driven), is_learnt=False)
    left = rows.actual_at - rows.at

    def figures(told):
        return (accuracy.is_right(left, rows.actual_at - told[0]).mean(),
                ((rows.actual_at >= told[1]) & (rows.actual_at <= told[2])).mean())  # fmt: skip

    (before, covered_before), (after, covered_after) = figures(model.forecast(rows)), figures(model.forecast_in_turn(rows))
    assert after > before + 0.1
    assert covered_after > covered_before


def test_the_town_is_the_same_each_time():
    first, second = (town.day(date(2026, 3, 2), 5) for _time in range(2))
    assert first.positions.equals(second.positions)
