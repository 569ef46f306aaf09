import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.alerts.engine import OLDEST_S, UPDATE_EVERY_S, Engine, OpenAlarm, Window
from district.kernel.alerts.rules import Binding, Kind, checked
from district.kernel.alerts.transitions import Change
from district.kernel.devices.marks import RESENT, SUSPECT, of_letter

T0 = 1_780_000_000.0
MINUTE = 60.0


def binding(kind, rule_id=1, series_id=7, device_id=3, inputs=(), **parameters):
    return Binding(
        rule_id, Kind(kind), 2, checked(kind, parameters), device_id, series_id, inputs, subject="甲站 PM2.5", unit="µg/m³"
    )


def engine_with(*bindings, devices=None):
    engine = Engine(T0)
    engine.load(bindings, devices)
    return engine


def feed(engine, values, series=7, start=0, mark=0, step=MINUTE):
    """One reading a minute, each in a batch of its own; returns (change, minute, value)."""
    told = []
    for minute, value in enumerate(values, start):
        at = T0 + minute * step
        columns = np.array([series]), np.array([at]), np.array([float(value)]), np.array([mark])
        told += [(each.change.value, round((each.at - T0) / step), each.value) for each in engine.feed(*columns, at)]
    return told


def test_an_alarm_is_raised_over_the_limit_and_cleared_below_the_hysteresis():
    engine = engine_with(binding("limit", above=75, hysteresis=5))
    assert feed(engine, [70, 75, 76, 74, 71, 70, 60]) == [
        ("raised", 2, 76), ("updated", 3, 74), ("updated", 4, 71), ("cleared", 5, 70)
    ]


def test_a_lower_limit_looks_downwards():
    engine = engine_with(binding("limit", below=6))
    assert feed(engine, [7, 6, 5, 8]) == [("raised", 2, 5), ("cleared", 3, 8)]


def test_delay_needs_so_many_bad_readings_in_a_row_and_so_much_time():
    engine = engine_with(binding("limit", above=10, for_count=3), binding("limit", 2, above=10, for_s=5 * MINUTE))
    told = feed(engine, [11, 11, 9, 11, 11, 11, 11, 11, 11])
    assert told[0] == ("raised", 5, 11)
    assert [each for each in told if each[0] == "raised"][1] == ("raised", 8, 11)


def test_repeats_are_merged_into_one_alarm_with_count_and_peak():
    engine = engine_with(binding("limit", above=10))
    changes = []
    for minute, value in enumerate([11, 15, 12, 5]):
        at = T0 + minute * MINUTE
        changes += engine.feed(np.array([7]), np.array([at]), np.array([float(value)]), np.array([0]), at)
    assert [each.change for each in changes] == [Change.RAISED, Change.UPDATED, Change.UPDATED, Change.CLEARED]
    assert {each.key for each in changes} == {"rule:1/series:7"}
    assert (changes[2].count, changes[2].peak, changes[3].since) == (3, 15, T0)
    assert changes[0].message == "甲站 PM2.5 11 µg/m³，高于上限 10 µg/m³"


def test_updates_are_told_at_most_once_a_minute():
    engine = engine_with(binding("limit", above=10))
    told = feed(engine, [11] * 121, step=1.0)
    assert len(told) == 1 + 120 // UPDATE_EVERY_S


def test_a_constant_value_is_told_after_its_run_and_cleared_by_a_change():
    engine = engine_with(binding("constant", for_count=4, tolerance=0.01))
    told = feed(engine, [5, 5, 5, 6, 6, 6.005, 6, 6, 7, 7])
    assert [each for each in told if each[0] != "updated"] == [("raised", 6, 6), ("cleared", 8, 7)]


def test_zero_needs_its_delay_and_takes_tiny_values_for_zero():
    engine = engine_with(binding("zero", for_count=3, tolerance=0.001))
    assert feed(engine, [1, 0, 0.0005, -0.0005, 2]) == [("raised", 3, -0.0005), ("cleared", 4, 2)]


def test_a_spike_stands_out_from_the_recent_past_and_a_new_level_becomes_normal():
    engine = engine_with(binding("rate", sigmas=5, window=12, floor=0.5))
    told = feed(engine, [50, 51, 49, 50, 51, 49, 50, 51, 49, 90, 50, 51, 50])
    assert told == [("raised", 9, 90), ("cleared", 10, 50)]


def test_a_step_from_the_reading_before_is_a_spike():
    engine = engine_with(binding("rate", step=20))
    assert feed(engine, [100, 110, 131, 140]) == [("raised", 2, 131), ("cleared", 3, 140)]


def test_an_expression_waits_for_readings_of_the_same_time():
    rule = binding("expression", inputs=(("before", 7), ("after", 8)), expression="after > before * 1.1")
    engine = engine_with(rule)
    assert feed(engine, [10], series=7) == []
    assert feed(engine, [12], series=8) == [("raised", 0, 12)]
    assert feed(engine, [12], series=8) == [], "a resend counts for nothing"
    assert feed(engine, [9], series=8, start=1) == []
    assert feed(engine, [10], series=7, start=1) == [("cleared", 1, 10)]


def test_silence_is_missing_for_a_series_and_offline_for_a_device():
    missing = binding("missing", 1, silent_s=600, parent=2)
    offline = binding("offline", 2, series_id=None, silent_s=1800)
    engine = engine_with(missing, offline, devices={7: 3, 9: 3})
    feed(engine, [1], series=7)
    feed(engine, [1], series=9, start=5)
    assert engine.tick(T0 + 600) == []
    raised = engine.tick(T0 + 601)
    assert [(each.change, each.key) for each in raised] == [(Change.RAISED, "rule:1/series:7")]
    assert engine.tick(T0 + 700) == []
    assert [each.key for each in engine.tick(T0 + 5 * MINUTE + 1801)] == ["rule:2/device:3"]
    feed(engine, [1], series=7, start=40)
    assert [(each.change, each.key) for each in engine.tick(T0 + 41 * MINUTE)] == [
        (Change.CLEARED, "rule:2/device:3"), (Change.CLEARED, "rule:1/series:7")
    ]


def test_an_offline_device_does_not_also_miss_data():
    engine = engine_with(
        binding("missing", 1, silent_s=600, parent=2), binding("offline", 2, series_id=None, silent_s=600)
    )
    feed(engine, [1])
    assert [each.key for each in engine.tick(T0 + 700)] == ["rule:2/device:3"]
    assert engine.counts["suppressed"] == 1


def test_a_device_never_heard_is_offline_once_the_engine_has_listened_long_enough():
    engine = engine_with(binding("offline", series_id=None, silent_s=600))
    assert engine.tick(T0 + 600) == []
    assert len(engine.tick(T0 + 601)) == 1
    engine.heard(3, T0 + 610)
    assert [each.change for each in engine.tick(T0 + 611)] == [Change.CLEARED]


def test_maintenance_keeps_silent_and_what_is_still_wrong_afterwards_is_told():
    engine = engine_with(binding("limit", above=10))
    engine.suppress([Window(3, T0, T0 + 2.5 * MINUTE)])
    assert feed(engine, [11, 12, 13, 14]) == [("raised", 3, 14)]
    engine.suppress([Window(99, T0, T0 + 1e6), Window(None, T0 - 10, T0 - 5), Window(3, T0, T0 + 1e6, rule_id=77)])
    assert feed(engine, [5, 20], start=4) == [("cleared", 4, 5), ("raised", 5, 20)]


def test_marked_readings_are_not_judged_but_show_that_the_device_lives():
    offline = binding("offline", 2, series_id=None, silent_s=150)
    engine = engine_with(binding("limit", above=10), offline)
    assert feed(engine, [99], mark=of_letter("M")) == []
    assert feed(engine, [99], start=1, mark=of_letter("N") | SUSPECT) == []
    assert engine.tick(T0 + 2 * MINUTE) == []
    assert feed(engine, [99], start=2, mark=of_letter("N") | RESENT) == [("raised", 2, 99)]


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_not_a_number_is_no_reading(value):
    assert feed(engine_with(binding("limit", above=10)), [value]) == []


def test_old_and_repeated_readings_raise_nothing():
    engine = engine_with(binding("limit", above=10))
    old = np.array([T0 - OLDEST_S - 1])
    assert engine.feed(np.array([7]), old, np.array([99.0]), np.array([0]), T0) == []
    feed(engine, [11], start=5)
    assert feed(engine, [5, 5], start=3) == []
    assert engine.open_keys() == {"rule:1/series:7"}


def test_series_nobody_asks_about_and_unknown_ones_cost_nothing():
    engine = engine_with(binding("limit", above=10), devices={2: 3})
    ids = np.array([2, 5000, 7, 7])
    at = T0 + np.arange(4.0)
    assert engine.feed(ids, at, np.array([99.0, 99.0, 1.0, 2.0]), np.zeros(4, int), T0) == []
    assert engine.counts["judged"] == 0


def test_an_open_alarm_lives_through_a_restart_and_a_changed_rule():
    engine = engine_with(binding("limit", above=10))
    assert not engine.watches("rule:9/x")
    engine.restore([OpenAlarm("rule:1/series:7", T0 - 60, 4, 12.0, 15.0), OpenAlarm("rule:9/x", T0, 1, 0, 0)])
    assert feed(engine, [11]) == [("updated", 0, 11)]
    assert engine.load([binding("limit", above=20)]) == []
    assert feed(engine, [15], start=1) == [("cleared", 1, 15)]


def test_an_alarm_whose_rule_is_taken_away_is_cleared():
    engine = engine_with(binding("limit", above=10))
    feed(engine, [11])
    assert [each.change for each in engine.load([])] == [Change.CLEARED]
    assert feed(engine, [99], start=1) == []


def test_unchanged_rules_keep_their_memory_when_rules_are_loaded_again():
    engine = engine_with(binding("limit", above=10, for_count=3))
    feed(engine, [11, 11])
    engine.load([binding("limit", above=10, for_count=3), binding("limit", 2, series_id=900, above=1)])
    assert feed(engine, [11], start=2) == [("raised", 2, 11)]


def expected_changes(values, above, margin, needed):
    """The life of limit alarms, told as simply as possible: the reference for the engine."""
    told, is_open, run = [], False, 0
    for minute, value in enumerate(values):
        is_bad = value > (above - margin if is_open else above)
        run = run + 1 if is_bad else 0
        if is_open and not is_bad:
            is_open = False
            told.append(("cleared", minute))
        elif not is_open and is_bad and run >= needed:
            is_open = True
            told.append(("raised", minute))
    return told


@given(st.lists(st.integers(0, 20), max_size=60), st.integers(0, 4), st.integers(1, 4))
def test_limits_live_exactly_as_the_plain_telling_of_them(values, margin, needed):
    engine = engine_with(binding("limit", above=10, hysteresis=margin, for_count=needed))
    told = [each[:2] for each in feed(engine, values) if each[0] != "updated"]
    assert told == expected_changes(values, 10, margin, needed)


RULES = (
    binding("limit", 1, 7, above=14, below=3, hysteresis=1, for_count=2),
    binding("zero", 2, 7, for_count=2),
    binding("constant", 3, 8, for_count=3),
    binding("rate", 4, 8, sigmas=3, window=6, floor=0.2),
    binding("expression", 5, 7, inputs=(("a", 7), ("b", 9)), expression="a > b + 3", align_s=120),
)
readings = st.lists(st.tuples(st.sampled_from([7, 8, 9]), st.integers(0, 17)), min_size=1, max_size=80)


@given(readings, st.lists(st.integers(1, 20), min_size=1))
def test_how_readings_are_cut_into_batches_makes_no_difference(rows, cuts):
    def run(sizes):
        engine, told, start = engine_with(*RULES), [], 0
        for size in sizes:
            part = list(enumerate(rows))[start : start + size]
            start += size
            if part:
                ids = np.array([series for _, (series, _) in part])
                at = np.array([T0 + 60.0 * place for place, _ in part])
                values = np.array([float(value) for _, (_, value) in part])
                told += engine.feed(ids, at, values, np.zeros(len(part), int), T0 + 60.0 * len(rows))
        return told

    assert run([*cuts, len(rows)]) == run([1] * len(rows))
