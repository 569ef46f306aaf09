from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from district.systems.environment.pollution_rose import rose


def test_dirt_that_comes_with_one_wind_stands_out_in_mean_and_cpf():
    random = np.random.default_rng(1)
    direction, speed = random.uniform(0, 360, 4000), random.uniform(0.6, 6, 4000)
    dirt = 20 + 80 * (np.abs((direction - 225 + 180) % 360 - 180) < 11) + random.normal(0, 3, 4000)
    made = rose(direction, speed, dirt)
    assert made.sectors[int(np.argmax(made.sector_means))] == "西南"
    assert made.cpf[made.sectors.index("西南")] > 0.9
    assert max(value for name, value in zip(made.sectors, made.cpf, strict=True) if name != "西南") < 0.3


def test_north_is_one_sector_across_the_end_of_the_circle():
    made = rose(np.array([0.0, 11.2, 348.8, 359.9, 360.0, 11.3]), np.full(6, 2.0))
    assert made.sector_counts[0] == 5
    assert made.sector_counts[1] == 1


def test_calm_hours_are_counted_apart_and_need_no_direction():
    made = rose(np.array([np.nan, 90.0, 90.0]), np.array([0.2, 0.4, 3.0]), np.array([50.0, 60.0, 10.0]))
    assert (made.calm_count, made.calm_mean, sum(made.sector_counts)) == (2, 55.0, 1)


@given(
    some.lists(
        some.tuples(
            some.one_of(some.none(), some.floats(-720, 720)),
            some.one_of(some.none(), some.floats(0, 30)),
            some.one_of(some.none(), some.floats(0, 900)),
        ),
        max_size=60,
    ),
    some.sampled_from([4, 8, 12, 16, 36]),
)
def test_every_whole_row_is_in_exactly_one_cell_or_calm_and_the_answer_is_json(rows, sectors):
    columns = [np.array([np.nan if row[place] is None else row[place] for row in rows]) for place in range(3)]
    made = rose(*columns, sectors=sectors)
    whole = [
        row
        for row in rows
        if row[1] is not None and row[2] is not None and (row[0] is not None or row[1] < 0.5)
    ]
    assert sum(map(sum, made.counts)) + made.calm_count == made.hours == len(whole)
    assert [sum(row) for row in made.counts] == made.sector_counts
    json.dumps(made.to_json(), allow_nan=False)


def test_turning_the_wind_turns_the_rose():
    random = np.random.default_rng(2)
    direction, speed, dirt = random.uniform(0, 360, 500), random.gamma(2, 1.5, 500), random.gamma(2, 20, 500)
    before, after = rose(direction, speed, dirt), rose(direction + 45, speed, dirt)
    assert after.counts == before.counts[-2:] + before.counts[:-2]


def test_columns_that_do_not_belong_together_are_refused():
    with pytest.raises(ValueError):
        rose(np.zeros(3), np.zeros(4))
    with pytest.raises(ValueError):
        rose(np.zeros(3), np.zeros(3), speed_edges=(2.0, 1.0))
