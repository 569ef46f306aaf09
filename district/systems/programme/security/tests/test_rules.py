"""What needs no database: when a control holds, how grave a risk is, by when an incident is reported, which ports listen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..controls.catalogue import controls
from ..controls.judging import judged_state
from ..controls.ports import is_loopback, read_table
from ..controls.probe import PROBES
from ..controls.running import probes
from ..incidents.reporting import REPORTED_GRADES, report_due_at, report_light
from ..risks.matrix import LEVELS, level, may_be_accepted, score

OUTCOMES = st.lists(st.sampled_from(["passed", "failed", "unknown"]), max_size=4)
PAPERS = st.sampled_from(["", "passed", "failed", "unknown"])
FOUND = datetime(2026, 11, 27, 8, tzinfo=UTC)


def test_every_probe_a_control_names_is_there_and_every_probe_is_asked_for():
    assert probes.__all__
    named = {name for control in controls() for name in control.probes}
    assert named == set(PROBES)


def test_the_controls_are_those_of_the_standard_and_what_no_probe_sees_is_left_to_a_person():
    keys = [control.key for control in controls()]
    assert len(keys) == len(set(keys)) == 45
    assert all(control.probes or control.left for control in controls())


@given(OUTCOMES, PAPERS, st.booleans())
def test_unknown_is_never_taken_for_met(outcomes: list[str], paper: str, is_left: bool):
    state = judged_state(outcomes, paper, is_left=is_left)
    if state == "passed":
        assert "failed" not in outcomes
        assert paper == "passed" or (set(outcomes) == {"passed"} and not is_left)
    assert (state == "failed") == ("failed" in outcomes or paper == "failed")


@given(OUTCOMES, PAPERS, st.booleans())
def test_one_more_failure_never_makes_it_better(outcomes: list[str], paper: str, is_left: bool):
    assert judged_state([*outcomes, "failed"], paper, is_left=is_left) == "failed"


@given(st.integers(1, 5), st.integers(1, 5))
def test_a_risk_grows_with_likelihood_and_impact(likelihood: int, impact: int):
    rank = LEVELS.index(level(likelihood, impact))
    assert score(likelihood, impact) == score(impact, likelihood)
    if likelihood < 5:
        assert LEVELS.index(level(likelihood + 1, impact)) >= rank
    assert may_be_accepted(likelihood, impact) == (rank < 3)


@pytest.mark.parametrize("off", [(0, 1), (1, 6), (-1, 3)])
def test_off_the_matrix_there_is_no_risk(off: tuple[int, int]):
    with pytest.raises(ValueError, match="off the matrix"):
        score(*off)


@given(
    st.sampled_from(["", "general", "larger", "major", "grave"]),
    st.integers(0, 7200),
    st.none() | st.integers(0, 7200),
)
def test_the_hour_runs_from_the_finding_and_a_late_report_stays_late(
    grade: str, seconds: int, reported: int | None
):
    at = FOUND + timedelta(seconds=seconds)
    reported_at = None if reported is None else FOUND + timedelta(seconds=reported)
    light = report_light(grade, FOUND, reported_at, at)
    due = report_due_at(grade, FOUND)
    assert (due is not None) == (grade in REPORTED_GRADES)
    if reported_at is not None:
        assert (light == "red") == (reported > 3600)
    elif grade == "general":
        assert light == "none"
    else:
        assert (light == "red") == (seconds > 3600), (
            "an incident that is not graded may be one to be reported"
        )


def test_ports_are_read_as_the_kernel_writes_them():
    table = (
        "  sl  local_address rem_address   st\n"
        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000\n"
        "   1: 00000000:2710 00000000:0000 0A 00000000:00000000\n"
        "   2: 0100007F:1F91 0100007F:C350 01 00000000:00000000\n"
    )
    assert read_table(table) == [(8080, True), (10000, False)]
    assert is_loopback("00000000000000000000000001000000")
    assert is_loopback("0000000000000000FFFF00000100007F")
    assert not is_loopback("00000000000000000000000000000000")
