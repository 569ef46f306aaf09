"""How well doubles over channels are found: reports planted with known doubles and hard negatives.

`python -m bench.dedupe`. A month of matters on the district's streets; a third of them told again in other words,
over other channels, from a somewhat other place. Among them, what must not be merged: another matter at the same
place, the same matter at another place of the street, and the same matter at the same place after it was settled.
Measured over pairs: `precision` and `recall` of reports put into one group.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from dataclasses import dataclass, replace

import numpy as np

from district.systems.governance.reading.classes import national_classes
from district.systems.governance.reading.classification import Classifier
from district.systems.governance.reading.duplicates import LONGEST_HOURS, METRES_PER_DEGREE, Reported, doubles
from district.systems.governance.reports.written import CHANNELS, MARKS, STREETS, phrasings, written

CENTRE = (117.87, 36.80)
EAST_M, NORTH_M = 6000.0, 4000.0
DAYS = 30
SHARE_DOUBLED = 0.35


@dataclass(frozen=True)
class Planted:
    matter: int
    code: str
    place: str
    channel: str
    text: str
    x_m: float
    y_m: float
    at_h: float
    closed_h: float


def plant(matters: int, seed: int, jitter_m: float = 25.0) -> list[Planted]:
    chance = random.Random(seed)
    found: list[Planted] = []
    for _ in range(matters):
        first = _first(chance, _next_matter(found))
        found.append(first)
        if chance.random() < SHARE_DOUBLED:
            found += [_told_again(chance, first, jitter_m) for _ in range(chance.choice((1, 1, 1, 2, 2, 3)))]
        for negative in (_other_matter_here, _same_matter_elsewhere, _again_after_closing):
            if chance.random() < 0.25:
                found.append(negative(chance, first, _next_matter(found)))
    return found


def _next_matter(found: list[Planted]) -> int:
    return max((one.matter for one in found), default=-1) + 1


def _first(chance: random.Random, matter: int) -> Planted:
    code, place = chance.choice(sorted(phrasings())), chance.choice(STREETS) + chance.choice(MARKS)
    channel = chance.choice(CHANNELS)
    at = chance.uniform(0, DAYS * 24)
    return Planted(matter, code, place, channel, written(chance, code, place, channel).text,
                   chance.uniform(0, EAST_M), chance.uniform(0, NORTH_M), at, at + chance.uniform(24, 120))


def _told_again(chance: random.Random, first: Planted, jitter_m: float) -> Planted:
    """Another channel, another wording, the place as another person names it."""
    channel = chance.choice([name for name in CHANNELS if name != first.channel])
    street = next(name for name in STREETS if first.place.startswith(name))
    place = chance.choices((first.place, street, street + chance.choice(MARKS)), (0.6, 0.25, 0.15))[0]
    text = written(chance, first.code, place, channel, besides=first.text).text
    gap = min(chance.expovariate(1 / 18), first.closed_h - first.at_h - 0.5)
    return replace(first, channel=channel, place=place, text=text, at_h=first.at_h + gap,
                   x_m=first.x_m + chance.gauss(0, jitter_m), y_m=first.y_m + chance.gauss(0, jitter_m))


def _other_matter_here(chance: random.Random, first: Planted, matter: int) -> Planted:
    code = chance.choice([code for code in sorted(phrasings()) if code != first.code])
    at = first.at_h + chance.uniform(0, 24)
    return replace(first, matter=matter, code=code, text=written(chance, code, first.place, first.channel).text, at_h=at,
                   closed_h=at + 60, x_m=first.x_m + chance.gauss(0, 25), y_m=first.y_m + chance.gauss(0, 25))


def _same_matter_elsewhere(chance: random.Random, first: Planted, matter: int) -> Planted:
    street = next(name for name in STREETS if first.place.startswith(name))
    place, turn, far = street + chance.choice(MARKS), chance.uniform(0, 2 * math.pi), chance.uniform(130, 400)
    at = first.at_h + chance.uniform(0, 24)
    return replace(first, matter=matter, place=place, text=written(chance, first.code, place, first.channel).text, at_h=at,
                   closed_h=at + 60, x_m=first.x_m + far * math.cos(turn), y_m=first.y_m + far * math.sin(turn))


def _again_after_closing(chance: random.Random, first: Planted, matter: int) -> Planted:
    at = first.closed_h + chance.uniform(6, 300)
    return replace(first, matter=matter, text=written(chance, first.code, first.place, first.channel).text, at_h=at,
                   closed_h=at + 60, x_m=first.x_m + chance.gauss(0, 15), y_m=first.y_m + chance.gauss(0, 15))


def as_reported(planted: list[Planted]) -> Reported:
    scale = math.cos(math.radians(CENTRE[1]))
    return Reported(
        ids=[str(place) for place in range(len(planted))], texts=[one.text for one in planted],
        lon=np.array([CENTRE[0] + one.x_m / METRES_PER_DEGREE / scale for one in planted]),
        lat=np.array([CENTRE[1] + one.y_m / METRES_PER_DEGREE for one in planted]),
        at_s=np.array([one.at_h * 3600 for one in planted]), closed_s=np.array([one.closed_h * 3600 for one in planted]),
    )


def pairs_of(groups: list[list[int]]) -> set[tuple[int, int]]:
    return {(min(a, b), max(a, b)) for group in groups for a in group for b in group if a != b}


def judge(planted: list[Planted], classifier: Classifier) -> dict[str, float]:
    began = time.perf_counter()
    found = doubles(as_reported(planted), classifier)
    seconds = time.perf_counter() - began
    by_matter: dict[int, list[int]] = {}
    for place, one in enumerate(planted):
        by_matter.setdefault(one.matter, []).append(place)
    right, given = pairs_of(list(by_matter.values())), pairs_of([[int(one) for one in group] for group in found.groups])
    wrong = [(planted[a], planted[b]) for a, b in given - right]
    return {
        "precision": len(right & given) / max(len(given), 1), "recall": len(right & given) / max(len(right), 1),
        "reports": len(planted), "doubles_planted": len(right), "reports_per_s": len(planted) / seconds,
        "merged_other_matter": sum(a.code != b.code for a, b in wrong),
        "merged_same_kind": sum(a.code == b.code for a, b in wrong),
    }


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.dedupe")
    parser.add_argument("--matters", type=int, default=1500)
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--jitter-m", type=float, default=25.0)
    given = parser.parse_args(arguments)
    classifier = Classifier(national_classes())
    rounds = [judge(plant(given.matters, seed, given.jitter_m), classifier) for seed in range(given.seeds)]
    means = {name: float(np.mean([one[name] for one in rounds])) for name in rounds[0]}
    print(f"SIMULATED reports, classified cold; candidates up to {LONGEST_HOURS:.0f} h apart; mean of {given.seeds} seeds")
    print("  ".join(f"{name} {value:.3f}" for name, value in means.items()))
    print(json.dumps({"bench": "dedupe", "ratios": {"precision": round(min(one["precision"] for one in rounds), 4),
                                                    "recall": round(min(one["recall"] for one in rounds), 4)},
                      "figures": {name: round(value, 3) for name, value in means.items()}}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
