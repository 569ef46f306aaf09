"""Frames in files: our own, constructed for every rule, and the shared samples where they are at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from district.protocols.hj212 import decode_line

OWN = Path(__file__).with_name("frames")
SAMPLES = Path(os.environ.get("DISTRICT_REFERENCE", "/nowhere")) / "standards" / "samples" / "hj212.jsonl"


def lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def name_of(line: dict[str, Any]) -> str:
    return line.get("note", "")


def check(line: dict[str, Any]) -> None:
    answer = decode_line({key: value for key, value in line.items() if key.startswith("frame")})
    if "expect" in line:
        assert answer["ok"], answer
        assert {key: answer.get(key) for key in line["expect"]} == line["expect"]
        reply = answer.get("reply", {})
        assert {key: reply.get(key) for key in line.get("expect_reply", {})} == line.get("expect_reply", {})
    else:
        assert (answer["ok"], answer["error"], answer["layer"]) == (False, line["expect_error"], line["layer"]), answer
        assert line.get("detail_has", "") in answer["detail"]
        assert answer["detail"]


@pytest.mark.parametrize("line", lines(OWN / "good.jsonl"), ids=name_of)
def test_a_good_frame_is_decoded_to_its_values(line: dict[str, Any]):
    check(line)


@pytest.mark.parametrize("line", lines(OWN / "bad.jsonl"), ids=name_of)
def test_a_bad_frame_is_refused_with_its_reason(line: dict[str, Any]):
    check(line)


@pytest.mark.skipif(not SAMPLES.exists(), reason="DISTRICT_REFERENCE is not set: the shared samples are not at hand")
def test_every_shared_sample_is_answered_as_it_says():
    wrong = []
    for number, line in enumerate(lines(SAMPLES), start=1):
        try:
            check(line)
        except AssertionError as error:
            wrong.append((number, str(error)))
    assert not wrong
