import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from district.systems.environment.hour_evaluation import Hours, evaluate_hours, fill_water_gaps
from district.systems.environment.validity import Verdict

NAN = float("nan")


def hours(raw: list[float], flags: str = "", states: dict[int, str] | None = None, corrections=None) -> Hours:
    return Hours(
        np.array(raw, dtype=float),
        list(flags.ljust(len(raw), "N")),
        [(states or {}).get(index, "") for index in range(len(raw))],
        corrections or {},
    )


def test_a_maintenance_mark_of_the_enterprise_makes_the_hour_invalid_and_it_is_substituted():
    found = evaluate_hours(hours([10, 30, 20, 99], states={3: "device_maintenance"}), "water")
    assert found.validity == ("valid", "valid", "valid", "substituted")
    assert (found.value[3], found.reason[3]) == (20.0, "mean_of_before")


def test_gas_takes_the_largest_of_the_valid_hours_before():
    found = evaluate_hours(hours([10.0] * 30 + [50.0] + [10.0] * 60 + [NAN]), "gas")
    assert (found.value[-1], found.validity[-1], found.reason[-1]) == (50.0, "substituted", "max_of_180")


def test_below_three_quarters_captured_nothing_is_substituted():
    found = evaluate_hours(hours([10.0] * 5 + [NAN] * 5), "gas")
    assert np.isnan(found.value[5:]).all()
    assert set(found.reason[5:]) == {"manual_data_required"}


def test_ambient_hours_are_never_substituted():
    found = evaluate_hours(hours([10, NAN, 20], "NNC"), "ambient")
    assert found.validity == ("valid", "missing", "invalid")
    assert found.reason == ("", "missing", "mark_C")


def test_a_correction_counts_instead_of_the_observation():
    found = evaluate_hours(hours([10, 20, 30], corrections={1: 21.5, 2: None}), "ambient")
    assert found.value[1] == 21.5
    assert np.isnan(found.value[2])
    assert found.validity == ("valid", "corrected", "invalid")


def test_frost_is_not_a_negative_concentration():
    assert evaluate_hours(hours([-5.0]), "ambient", may_be_negative=True).value[0] == -5.0
    assert evaluate_hours(hours([-5.0]), "ambient").reason == ("negative",)


def test_a_stopped_plant_owes_nothing():
    found = evaluate_hours(hours([10, NAN, NAN], states={1: "stopped", 2: "stopped"}), "gas")
    assert found.validity[1:] == ("stopped", "stopped")
    assert np.isnan(found.value[1:]).all()


@given(st.lists(st.one_of(st.just(NAN), st.floats(0, 1e3)), min_size=1, max_size=80))
def test_filling_changes_only_gaps_and_stays_within_what_was_measured(raw: list[float]):
    value = np.array(raw)
    worth = np.where(np.isnan(value), Verdict.MISSING, Verdict.VALID).astype(np.int8)
    filled, names = fill_water_gaps(value, worth)
    known = np.isfinite(value)
    assert (filled[known] == value[known]).all()
    assert all(bool(name) == missing for name, missing in zip(names, ~known, strict=True))
    if np.isfinite(filled[~known]).any():
        assert np.nanmax(filled) <= np.nanmax(value) + 1e-9
