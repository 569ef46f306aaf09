"""From positions of past days to a model, forecasts made with it, and the scores of those."""

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from district.kernel.clock import CHINA, stopped_at
from district.systems.transit import kpis
from district.systems.transit.forecast import learnt
from district.systems.transit.hops import Ahead, History, Names, traversals
from district.systems.transit.learning import driven, storage
from district.systems.transit.learning.days import close_day
from district.systems.transit.learning.jobs import due_days
from district.systems.transit.learning.learning import learn
from district.systems.transit.live.knowledge import LearntHops
from district.systems.transit.live.turns import Live
from district.systems.transit.models import Edition, Forecast, LearntDay, Run, Score
from district.systems.transit.moments import moments
from district.systems.transit.passages import runs_of
from district.systems.transit.schedule import read
from district.systems.transit.scores.scoring import score_day
from district.systems.transit.tests import town
from district.systems.transit.tests.positions_stored import bus_with_terminal, store

FIRST = date(2026, 3, 2)


def test_a_model_and_what_was_driven_survive_being_packed() -> None:
    schedule = read(town.feed())
    runs = runs_of(schedule, town.day(FIRST, 1).positions)[::4]
    back = driven.unpacked(driven.packed(runs), schedule)
    assert [run.trip.trip_id for run in back] == [run.trip.trip_id for run in runs]
    np.testing.assert_allclose(back[3].passed_at, runs[3].passed_at)
    names = Names()
    taught = traversals(runs, names)
    history = History(taught, len(names))
    rows = moments(runs, names, history, Ahead(taught), is_learnt=True)
    model = learnt(rows)
    kept, hops = storage.unpacked(storage.packed(model, LearntHops(names.pairs, history.times)))
    assert kept is not None
    for before, after in zip(model.forecast(rows), kept.forecast(rows), strict=True):
        np.testing.assert_allclose(before, after)
    some = names.of(runs[0])
    np.testing.assert_allclose(hops.excess(some, np.full(len(some), 8), 0), history.excess(some, np.full(len(some), 8)))


@pytest.mark.django_db
def test_days_are_learnt_from_then_forecast_with_and_scored() -> None:
    Edition.objects.create(
        title="城", state="published", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), feed=town.feed(),
        sha256="0" * 64, published_at=datetime(2026, 2, 1, tzinfo=CHINA),
    )  # fmt: skip
    days = [town.day(FIRST + timedelta(days=n), n).positions for n in range(2)]
    buses = {name: bus_with_terminal(str(number), [f"line-{name[-1]}"])
             for number, name in enumerate(sorted(days[0]["vehicle"].unique()))}  # fmt: skip
    device = {name: bus.device_id for name, bus in buses.items()}
    past = days[0]
    store(zip(past["vehicle"].map(device), past["at"], past["lat"], past["lon"], np.full(len(past), 20.0), strict=True))
    today = datetime(2026, 3, 3, 9, 55, tzinfo=CHINA)
    with stopped_at(today):
        assert due_days() == [FIRST]
        kept = close_day(FIRST)
        assert kept is not None
        assert due_days() == []
        assert Run.objects.filter(day=FIRST, state="ended").count() >= 95
        made = learn(date(2026, 3, 3))
    assert made is not None
    assert made.has_model
    live = Live()
    begin, end = today.timestamp(), today.timestamp() + 2700.0
    live.start(today)
    _play(live, days[1], device, begin, end)
    told = Forecast.objects.select_related("run").filter(run__state="running")
    assert told
    assert {(each.mark, each.source) for each in told} == {("", "model")}
    with stopped_at(today + timedelta(days=1)):
        assert close_day(date(2026, 3, 3)) is not None
        found = {score.route_id: score for score in score_day(date(2026, 3, 3))}
        assert LearntDay.objects.count() == 2
    whole = found[""]
    assert set(found) == {"", "line-o", "line-b"}
    assert whole.visits == found["line-o"].visits + found["line-b"].visits
    assert whole.right <= whole.forecast <= whole.visits
    assert whole.forecast > 0.8 * whole.visits
    assert whole.figures["overall"]["ours"] > whole.figures["overall"]["timetable"]
    assert Score.objects.filter(day=date(2026, 3, 3)).count() == 3
    rate = kpis.forecast_rate(today + timedelta(minutes=45))
    assert rate.value == 100.0
    assert len(rate.evidence) == 2


def _play(live: Live, positions: pd.DataFrame, device: dict[str, int], begin: float, end: float) -> None:
    positions = positions[(positions["at"] >= begin) & (positions["at"] < end)]
    for number in range(int((end - begin) // 60)):
        part = positions[(positions["at"] >= begin + number * 60) & (positions["at"] < begin + number * 60 + 60)]
        store((device[row.vehicle], row.at, row.lat, row.lon, 20.0) for row in part.itertuples())
        live.turn(datetime.fromtimestamp(begin + number * 60 + 60, CHINA))
