"""A recorded day through the live parts is forecast about as well as in one piece."""

from datetime import date

from district.systems.transit.live.recorded import score_live
from district.systems.transit.passages import runs_of
from district.systems.transit.schedule import read
from district.systems.transit.scoring import score
from district.systems.transit.tests import town


def test_a_day_followed_live_scores_like_the_whole_day_at_once() -> None:
    schedule = read(town.feed())
    learn, day = town.day(date(2026, 3, 2), 0), town.day(date(2026, 3, 3), 1)
    afternoon = day.positions[day.positions["at"] > day.positions["at"].min() + 9 * 3600.0]
    taught, judge = runs_of(schedule, learn.positions)[::2], runs_of(schedule, afternoon)
    live, whole = score_live(schedule, taught, judge, afternoon), score(taught, judge)
    assert live.forecast_rate > 90
    assert abs((live.overall["ours"] or 0) - (whole.overall["ours"] or 0)) < 8
    assert (live.overall["ours"] or 0) > (live.overall["timetable"] or 0)
