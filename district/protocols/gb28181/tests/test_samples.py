"""The shared samples, where they are at hand, and lines of our own for each refusal."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from district.protocols.gb28181 import decode_line

OWN = Path(__file__).with_name("frames") / "lines.jsonl"
SAMPLES = Path(os.environ.get("DISTRICT_REFERENCE", "/nowhere")) / "standards" / "samples" / "gb28181.jsonl"
VERDICT = ("expect", "expect_error", "layer", "note")


def lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def check(line: dict[str, Any]) -> None:
    answer = decode_line({key: value for key, value in line.items() if key not in VERDICT})
    if "expect" in line:
        assert answer["ok"], answer
        assert {key: answer.get(key) for key in line["expect"]} == line["expect"]
    else:
        assert (answer["ok"], answer.get("error"), answer.get("layer")) == (
            False,
            line["expect_error"],
            line["layer"],
        ), answer
        assert answer["detail"]


@pytest.mark.parametrize("line", lines(OWN), ids=lambda line: line["note"])
def test_a_line_is_answered_as_it_says(line: dict[str, Any]):
    check(line)


@pytest.mark.skipif(
    not SAMPLES.exists(), reason="DISTRICT_REFERENCE is not set: the shared samples are not at hand"
)
def test_every_shared_sample_is_answered_as_it_says():
    wrong = []
    for number, line in enumerate(lines(SAMPLES), start=1):
        try:
            check(line)
        except AssertionError as error:
            wrong.append((number, str(error)))
    assert not wrong
