import h3
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from district.systems.governance.insight import planted
from district.systems.governance.insight.cells import Area, centre
from district.systems.governance.insight.false_discovery import q_values
from district.systems.governance.insight.gi_star import gi_star
from district.systems.governance.insight.happenings import Happenings
from district.systems.governance.insight.hot_places import accuracy, expected_rate
from district.systems.governance.insight.hot_spots import hot_spots
from district.systems.governance.insight.scan import scan

MIDDLE = h3.latlng_to_cell(36.80, 117.87, 8)
AREA = Area(tuple(sorted(h3.grid_disk(MIDDLE, 7))))


def even(seed: int, events: int = 600, days: int = 120) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.integers(0, len(AREA), events), rng.integers(0, days, events)


def burst(places: np.ndarray, days: np.ndarray, events: int = 20) -> tuple[np.ndarray, np.ndarray]:
    """So many more in the middle cell, in the last five of 120 days."""
    here = int(AREA.places([MIDDLE])[0])
    return np.append(places, [here] * events), np.append(days, [115 + number % 5 for number in range(events)])


def test_a_planted_burst_is_found_with_its_cell_and_its_days():
    places, days = burst(*even(1))

    best = scan(AREA, places, days, first=0, last=119, replicates=199)[0]

    assert MIDDLE in best.cells
    assert best.days <= 7
    assert best.observed >= 20
    assert best.relative_risk > 10
    assert best.p <= 0.01


def test_the_same_events_always_give_the_same_p():
    places, days = burst(*even(2), events=6)

    once, again = (scan(AREA, places, days, first=0, last=119, replicates=99) for _ in range(2))

    assert once == again


def test_a_place_that_is_always_busy_is_no_new_cluster():
    rng = np.random.default_rng(3)
    here = int(AREA.places([MIDDLE])[0])
    places, days = even(3)
    places, days = np.append(places, [here] * 300), np.append(days, rng.integers(0, 120, 300))

    found = scan(AREA, places, days, first=0, last=119, replicates=199)

    assert not [one for one in found if one.p <= 0.05]
    assert MIDDLE in {
        AREA.cells[row]
        for row in np.flatnonzero(gi_star(AREA, np.bincount(places, minlength=len(AREA))).significant())
    }


def test_a_busy_fortnight_everywhere_is_no_cluster():
    places, days = even(4, events=1500)
    rng = np.random.default_rng(5)
    places, days = (
        np.append(places, rng.integers(0, len(AREA), 600)),
        np.append(days, rng.integers(106, 120, 600)),
    )

    assert not [one for one in scan(AREA, places, days, first=0, last=119, replicates=199) if one.p <= 0.05]


def test_clusters_do_not_overlap():
    places, days = burst(*even(6))
    cells = [cell for one in scan(AREA, places, days, first=0, last=119, replicates=9) for cell in one.cells]

    assert len(cells) == len(set(cells))


def test_where_many_people_live_more_events_are_expected():
    rng = np.random.default_rng(7)
    people = np.ones(len(AREA))
    here = AREA.places(h3.grid_disk(MIDDLE, 1))
    people[here] = 20
    counts = rng.multinomial(1000, people / people.sum())

    assert gi_star(AREA, counts).significant()[here].any()
    assert not gi_star(AREA, counts, people).significant().any()


def test_quiet_districts_are_called_hot_no_more_often_than_promised():
    called = sum(
        gi_star(AREA, np.bincount(even(seed, events=900)[0], minlength=len(AREA))).significant().any()
        for seed in range(200)
    )

    assert called / 200 <= 0.12  # the level is 5 %; two standard errors of 200 trials are 3 %


def test_planted_clusters_are_found_and_quiet_districts_left_alone():
    def found(area: Area, places: np.ndarray, days: np.ndarray) -> list[frozenset[str]]:
        all_of_them = scan(area, places, days, first=0, last=119, replicates=99)
        return [frozenset(one.cells) for one in all_of_them if one.p <= 0.05]

    verdict = planted.judge(found, planted.Setting(risk=6), trials=20, seed=8)

    assert verdict.power >= 0.7
    assert verdict.false_alarms <= 0.2


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_adjusted_values_keep_their_order_and_never_fall_below_p(p: list[float]):
    q = q_values(p)

    assert (q >= np.array(p) - 1e-12).all()
    assert (q <= 1).all()
    assert (np.diff(q[np.argsort(p)]) >= -1e-12).all()


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_a_ranking_that_knows_the_future_hits_best(seed: int):
    rng = np.random.default_rng(seed)
    later = rng.poisson(1.0, 200)

    assert accuracy(later, later, 0.1).hit_rate >= accuracy(rng.random(200), later, 0.1).hit_rate
    assert abs(accuracy(np.zeros(200), later, 0.1).index - 1) < 1e-9


def test_an_event_yesterday_weighs_more_than_one_last_year():
    places = AREA.places([MIDDLE, AREA.cells[0]])

    rate = expected_rate(AREA, places, np.array([399, 10]), 400)

    assert rate[places[0]] > rate[places[1]] > 0


def test_events_without_a_position_or_outside_the_district_take_no_part():
    lon, lat = centre(MIDDLE)
    days, names = np.array([100] * 4), np.array(["a"] * 4)
    events = Happenings(
        days, np.array([lon, lon, np.nan, 0.0]), np.array([lat, lat, np.nan, 0.0]), names, names
    )

    assert hot_spots(events, 100, AREA, replicates=9).events == 2
