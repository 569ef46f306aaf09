"""年度考核: the points of a unit from counts, by weights that were published before. Pure; anybody can run it.

    python -m district.systems.programme.appraisal.formula FILE.json

reads an export of a year, reckons every score anew and says whether it is the one that was published.

Each part is a ratio from 0 to 1 times its weight. A part that has nothing to count (no decision was due, no indicator is
the unit's) is left out, and the weights of the others stand for the whole. A unit with no part but that of the letters has no
score: never to have been written to says nothing of what was not asked.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

PARTS = ("tasks", "reports", "decisions", "letters", "indicators", "sharing")
"""Milestones done in time; monthly reports in time; decisions done in time; letters that had to be sent; indicators of the
systems it leads against their targets; resources it provides that are renewed as promised."""
WEIGHTS = {"tasks": 30, "reports": 10, "decisions": 20, "letters": 10, "indicators": 20, "sharing": 10}
LETTER, LATE_ANSWER = Decimal("0.2"), Decimal("0.3")
"""Off the ratio of letters: for each that had to be sent, and for each answered late besides."""
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Result:
    """`points` of each part that counts; `score` of 100, None where none does."""

    points: dict[str, float]
    score: float | None


def checked_weights(weights: Mapping[str, Any]) -> dict[str, int]:
    """Raises ValueError: a part unknown or missing, a weight below 0, a sum other than 100."""
    if set(weights) != set(PARTS):
        raise ValueError(f"weights: parts must be {', '.join(PARTS)}")
    found = {part: int(weights[part]) for part in PARTS}
    if any(value < 0 for value in found.values()) or sum(found.values()) != 100:
        raise ValueError("weights: must be 0 or more and add up to 100")
    return found


def ratio(part: str, counts: Mapping[str, Any]) -> Decimal | None:
    """`{"reached": x, "of": n}` → x / n; letters `{"sent": n, "late": m, "of": matters}`. None where `of` is 0."""
    of = Decimal(str(counts.get("of", 0)))
    if of <= 0:
        return None
    if part == "letters":
        off = LETTER * int(counts["sent"]) + LATE_ANSWER * int(counts["late"])
        return max(Decimal(0), 1 - off)
    return min(Decimal(1), max(Decimal(0), Decimal(str(counts["reached"])) / of))


def reckon(facts: Mapping[str, Mapping[str, Any]], weights: Mapping[str, Any]) -> Result:
    known = {
        part: found
        for part in PARTS
        if weights[part] and (found := ratio(part, facts.get(part, {}))) is not None
    }
    whole = sum(weights[part] for part in known)
    if not set(known) - {"letters"}:
        return Result({}, None)
    points = {part: float(_round(weights[part] * value)) for part, value in known.items()}
    score = 100 * sum((weights[part] * value for part, value in known.items()), Decimal(0)) / whole
    return Result(points, float(_round(score)))


def _round(value: Decimal) -> Decimal:
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def digest(year: int, weights: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 over the year, its weights and the rows (`unit`, `facts`, `score`) in order of the unit's code."""
    said = {"year": year, "weights": dict(weights), "rows": sorted(
        ({"unit": row["unit"], "facts": row["facts"], "score": row["score"]} for row in rows), key=lambda row: str(row["unit"])
    )}  # fmt: skip
    return hashlib.sha256(
        json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()


def check(export: Mapping[str, Any]) -> list[str]:
    """What does not fit in an export of a year; empty when all of it does."""
    wrong = [
        f"{row['unit']}: {row['score']} ≠ {again}"
        for row in export["rows"]
        if (again := reckon(row["facts"], export["weights"]).score) != row["score"]
    ]
    for row in export["rows"]:
        wrong += [
            f"{row['unit']}: {part}" for part, counts in row["facts"].items() if not _adds_up(part, counts)
        ]
    if export.get("digest") and digest(export["year"], export["weights"], export["rows"]) != export["digest"]:
        wrong.append("digest")
    return wrong


def _adds_up(part: str, counts: Mapping[str, Any]) -> bool:
    """Whether the counts are those of the records beside them."""
    worth = [Decimal(str(record["worth"])) for record in counts["records"]]
    if part == "letters":
        return (counts["sent"], counts["late"]) == (len(worth), sum(not each for each in worth))
    return (
        counts["of"] == len(worth)
        and abs(Decimal(str(counts["reached"])) - sum(worth, Decimal(0))) < HUNDREDTH / 100
    )


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: formula FILE.json", file=sys.stderr)
        return 2
    export = json.loads(Path(arguments[0]).read_text("utf-8"))
    wrong = check(export)
    for line in wrong:
        print(line)
    print(f"{len(export['rows'])} units, {len(wrong)} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
