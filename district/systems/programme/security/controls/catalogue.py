"""The controls of level 3 (GB/T 22239-2019 8.1.4, PIPL, cryptography), and which probes look at each."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("controls_l3.csv")


@dataclass(frozen=True)
class Control:
    """`left` is what no probe can see, so that a person has to show it; empty where probes see all of it."""

    key: str
    domain: str
    zh: str
    en: str
    probes: tuple[str, ...]
    left: str = ""


@cache
def controls() -> tuple[Control, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Control(
                row["key"], row["domain"], row["zh"], row["en"], tuple(row["probes"].split()), row["left"]
            )
            for row in csv.DictReader(file)
        )


def control(key: str) -> Control:
    """KeyError for a key there is none of."""
    for each in controls():
        if each.key == key:
            return each
    raise KeyError(key)
