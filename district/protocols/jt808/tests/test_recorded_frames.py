"""Frames in files: our own, made by hand for every rule, and the shared samples where they are at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from district.protocols.jt808 import decode_line

OWN = Path(__file__).with_name("frames")
SAMPLES = Path(os.environ.get("DISTRICT_REFERENCE", "/nowhere")) / "standards" / "samples" / "jt808.jsonl"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def name_of(line: dict[str, Any]) -> str:
    return line.get("note", "")


def differences(wanted: Any, found: Any, where: str = "") -> list[str]:
    """Where an answer lacks something that was expected; more than was expected is welcome."""
    if isinstance(wanted, dict):
        if not isinstance(found, dict):
            return [f"{where}: {found!r}"]
        return [each for key, value in wanted.items() for each in differences(value, found.get(key, "nothing"), f"{where}.{key}")]
    if isinstance(wanted, list):
        if not isinstance(found, list) or len(found) != len(wanted):
            return [f"{where}: {found!r}"]
        return [each for at, pair in enumerate(zip(wanted, found, strict=True)) for each in differences(*pair, f"{where}[{at}]")]
    return [] if wanted == found else [f"{where}: {found!r} instead of {wanted!r}"]


def check(line: dict[str, Any]) -> None:
    answer = decode_line({key: value for key, value in line.items() if key.startswith("frame") or key == "kind"})
    if "expect_error" in line:
        assert (answer["ok"], answer["error"], answer["layer"]) == (False, line["expect_error"], line["layer"]), answer
        assert answer["detail"]
    else:
        assert answer["ok"], answer
        assert differences(line["expect"], answer) == []


@pytest.mark.parametrize("line", lines(OWN / "good.jsonl"), ids=name_of)
def test_a_good_frame_says_what_is_in_it(line: dict[str, Any]):
    check(line)


@pytest.mark.parametrize("line", lines(OWN / "bad.jsonl"), ids=name_of)
def test_a_bad_frame_is_refused_with_its_reason(line: dict[str, Any]):
    check(line)


@pytest.mark.skipif(not SAMPLES.exists(), reason="DISTRICT_REFERENCE is not set: the shared samples are not at hand")
def test_the_shared_samples_are_read_as_they_say():
    wrong = []
    for number, line in enumerate(lines(SAMPLES), 1):
        try:
            check(line)
        except AssertionError as error:
            wrong.append(f"line {number}: {str(error)[:300]}")
    assert wrong == []


def test_a_line_that_is_no_frame_is_an_answer_too():
    assert decode_line({"frame_hex": "zz"})["error"] == "bad_input"
    assert decode_line({})["error"] == "bad_input"
