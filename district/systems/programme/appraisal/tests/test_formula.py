"""The formula of the appraisal: whoever has the rows comes to the same score."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.systems.programme.appraisal.formula import (
    PARTS,
    WEIGHTS,
    check,
    checked_weights,
    digest,
    reckon,
)

EVEN = dict.fromkeys(PARTS, 0) | {"tasks": 50, "letters": 50}
worths = st.lists(st.sampled_from([0.0, 0.25, 1.0]), max_size=6)
facts = st.dictionaries(st.sampled_from([part for part in PARTS if part != "letters"]), worths)


def counted(given_worths: dict[str, list[float]]) -> dict[str, dict]:
    return {
        part: {
            "reached": round(sum(rows), 4),
            "of": len(rows),
            "records": [{"worth": worth} for worth in rows],
        }
        for part, rows in given_worths.items()
    }


@given(facts)
def test_a_score_is_within_0_and_100_and_none_without_anything_to_count(found):
    result = reckon(counted(found), WEIGHTS)
    assert (result.score is None) == (not any(found.values()))
    assert result.score is None or 0 <= result.score <= 100
    assert all(0 <= points <= WEIGHTS[part] for part, points in result.points.items())


@given(facts)
def test_all_done_as_promised_is_a_hundred_whatever_was_asked(found):
    best = {part: [1.0] * len(rows) for part, rows in found.items()}
    assert reckon(counted(best), WEIGHTS).score in (100, None)


@given(facts, st.sampled_from([part for part in PARTS if part != "letters"]))
def test_one_more_thing_done_in_time_never_costs_points(found, part):
    before = reckon(counted(found), WEIGHTS).score
    if before is not None and found.get(part):
        after = reckon(counted(found | {part: [*found[part], 1.0]}), WEIGHTS).score
        assert after >= before


def test_each_letter_costs_and_a_late_answer_more():
    scores = [
        reckon(
            {"tasks": {"reached": 1, "of": 1}, "letters": {"sent": sent, "late": late, "of": 1}}, EVEN
        ).score
        for sent, late in ((0, 0), (1, 0), (1, 1), (2, 1), (9, 9))
    ]
    assert scores == [100, 90, 75, 65, 50]


def test_no_letter_is_no_merit_where_nothing_else_was_asked():
    assert reckon({"letters": {"sent": 0, "late": 0, "of": 1}}, WEIGHTS).score is None


@pytest.mark.parametrize(
    "wrong", [{}, WEIGHTS | {"tasks": 31}, WEIGHTS | {"tasks": 50, "reports": -10}, WEIGHTS | {"beauty": 0}]
)
def test_weights_are_of_the_known_parts_and_add_up(wrong):
    with pytest.raises(ValueError, match="weights"):
        checked_weights(wrong)


def export(found: dict[str, list[float]]) -> dict:
    told = counted(found) | {"letters": {"sent": 1, "late": 1, "of": 1, "records": [{"worth": 0.0}]}}
    rows = [{"unit": "transport", "facts": told, "score": reckon(told, WEIGHTS).score}]
    return {"year": 2025, "weights": WEIGHTS, "rows": rows, "digest": digest(2025, WEIGHTS, rows)}


@given(facts)
def test_an_export_proves_itself(found):
    said = json.loads(json.dumps(export(found)))
    assert check(said) == []


def test_whatever_is_changed_in_an_export_is_found(tmp_path):
    told = {"tasks": [1.0, 0.0], "reports": [1.0]}
    for change in (
        lambda rows: rows[0].update(score=99.0),
        lambda rows: rows[0]["facts"]["tasks"].update(reached=2),
        lambda rows: rows[0]["facts"]["tasks"]["records"].append({"worth": 1.0}),
        lambda rows: rows[0]["facts"]["letters"].update(late=0),
        lambda rows: rows.append(rows[0] | {"unit": "health"}),
    ):
        said = json.loads(json.dumps(export(told)))
        change(said["rows"])
        assert check(said) != []
    path = tmp_path / "year.json"
    path.write_text(json.dumps(export(told)), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "district.systems.programme.appraisal.formula", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "1 units, 0 differences\n")
