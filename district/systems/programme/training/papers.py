"""Papers drawn from the bank by a published blueprint, and how they are marked. Pure.

A paper is [{question, topic, kind, text, choices, answer, explanation, points}]: choices are already shuffled, `answer` their
positions. The same blueprint, bank and seed give the same paper, so that a draw can be looked at again.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KINDS = ("single", "multiple", "judgement")


@dataclass(frozen=True)
class Item:
    """A question of the bank. `answer`: positions in `choices`."""

    key: int
    topic: str
    kind: str
    text: str
    choices: tuple[str, ...]
    answer: tuple[int, ...]
    explanation: str = ""


class NotEnough(ValueError):
    """The bank cannot fill a line of the blueprint: `topic`, `kind`, `wanted`, `found`."""

    def __init__(self, topic: str, kind: str, wanted: int, found: int) -> None:
        super().__init__(f"{topic} {kind}: {found} of {wanted}")
        self.topic, self.kind, self.wanted, self.found = topic, kind, wanted, found


def full_points(blueprint: Iterable[Mapping[str, Any]]) -> int:
    return sum(int(line["count"]) * int(line["points"]) for line in blueprint)


def draw_paper(
    blueprint: Sequence[Mapping[str, Any]], bank: Iterable[Item], seed: str
) -> list[dict[str, Any]]:
    """No question twice; each of those that fit is as likely as another. Raises NotEnough."""
    chance = random.Random(hashlib.sha256(seed.encode()).digest())  # lots of an exam, from a secret seed
    left = {item.key: item for item in sorted(bank, key=lambda item: item.key)}
    paper: list[dict[str, Any]] = []
    for line in blueprint:
        fitting = [
            item for item in left.values() if item.topic == line["topic"] and item.kind == line["kind"]
        ]
        count = int(line["count"])
        if len(fitting) < count:
            raise NotEnough(line["topic"], line["kind"], count, len(fitting))
        for item in chance.sample(fitting, count):
            del left[item.key]
            paper.append(_shuffled(item, int(line["points"]), chance))
    return paper


def _shuffled(item: Item, points: int, chance: random.Random) -> dict[str, Any]:
    """A judgement keeps right before wrong, as readers expect."""
    order = list(range(len(item.choices)))
    if item.kind != "judgement":
        chance.shuffle(order)
    return {
        "question": item.key, "topic": item.topic, "kind": item.kind, "text": item.text, "points": points,
        "choices": [item.choices[place] for place in order],
        "answer": sorted(order.index(place) for place in item.answer), "explanation": item.explanation,
    }  # fmt: skip


def marked(paper: Sequence[Mapping[str, Any]], answers: Mapping[str, Sequence[int]]) -> list[int]:
    """Points of each question, in order. A question counts whole or not at all: of several right answers all, and no other."""
    return [
        int(each["points"]) if sorted(set(answers.get(str(place), ()))) == list(each["answer"]) else 0
        for place, each in enumerate(paper)
    ]


def taken(paper: Sequence[Mapping[str, Any]], given: Mapping[str, Iterable[str]]) -> dict[str, list[int]]:
    """What came from a form, as positions; what is no choice of the question is left out, of a single one the first stands."""
    found: dict[str, list[int]] = {}
    for place, each in enumerate(paper):
        wanted = {
            int(text)
            for text in given.get(str(place), ())
            if text.isascii() and text.isdigit() and len(text) < 4
        }
        positions = sorted(position for position in wanted if position < len(each["choices"]))
        if positions:
            found[str(place)] = positions if each["kind"] == "multiple" else positions[:1]
    return found


def faults(item: Item) -> str:
    """Why a question cannot be used: a code, or nothing."""
    if item.kind not in KINDS:
        return "kind"
    if not item.text.strip() or any(not choice.strip() for choice in item.choices):
        return "empty"
    if len(set(item.choices)) != len(item.choices) or len(item.choices) < 2:
        return "choices"
    if not item.answer or any(not 0 <= place < len(item.choices) for place in item.answer):
        return "answer"
    if item.kind != "multiple" and len(item.answer) != 1:
        return "answer"
    return "multiple" if item.kind == "multiple" and len(set(item.answer)) < 2 else ""
