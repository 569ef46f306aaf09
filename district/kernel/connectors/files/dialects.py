"""Which sign separates the columns. Pure."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

from district.kernel.files.refusal import Refusal

SIGNS = {
    ",": "逗号",
    "\t": "制表符",
    ";": "分号",
    "|": "竖线",
    "^": "“^”",
    "\x01": "控制符 01",
    "，": "全角逗号",
    "；": "全角分号",
    "、": "顿号",
}
TAKEN = (",", "\t", ";", "|", "^", "\x01")
AGREED_FROM = 0.6
"""This share of lines must have the same number of columns."""
SAMPLE_LINES = 200


@dataclass(frozen=True)
class Fit:
    """How a sign divides the sample: usual number of columns, and the share of lines that have it."""

    sign: str
    width: int
    share: float


def sniff(sample: str, given: str = "", suffix: str = "") -> str:
    """The sign; for a table of one column a comma. Raises Refusal: wrong_delimiter, delimiter_unclear."""
    fits = [fit for sign in SIGNS if (fit := _fit(sample, sign)) is not None and fit.width > 1]
    best = max(
        fits,
        key=lambda fit: (fit.share >= AGREED_FROM, fit.sign in TAKEN, round(fit.share * fit.width, 1)),
        default=None,
    )
    if given:
        own = _fit(sample, given)
        if (
            (own is None or own.width < 2)
            and best is not None
            and best.share >= AGREED_FROM
            and best.sign != given
        ):
            raise Refusal(
                "wrong_delimiter",
                f"指定的分隔符是{SIGNS.get(given, given)}，但内容看起来用{SIGNS[best.sign]}分隔（每行 {best.width} 列）",
            )
        return given
    if best is None:
        return "\t" if suffix == ".tsv" else ","
    if best.share < AGREED_FROM:
        found = "；".join(
            f"{SIGNS[fit.sign]} {fit.width} 列（{fit.share:.0%} 的行）"
            for fit in sorted(fits, key=lambda fit: -fit.share)[:3]
        )
        if best.share < 0.3:
            raise Refusal(
                "delimiter_unclear", f"看不出用什么分隔列：{found}。请另存为逗号分隔的 CSV，或指定分隔符"
            )
    if best.sign not in TAKEN:
        raise Refusal(
            "wrong_delimiter", f"列之间用的是{SIGNS[best.sign]}，请改用半角逗号、制表符、分号或竖线"
        )
    return best.sign


def _fit(sample: str, sign: str) -> Fit | None:
    if sign not in sample:
        return None
    try:
        rows = [
            row
            for row in csv.reader(io.StringIO(sample, newline=""), delimiter=sign)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error:
        return None
    if not rows:
        return None
    counts = Counter(len(row) for row in rows)
    width, lines = max(counts.items(), key=lambda pair: (pair[1] * (pair[0] > 1), pair[0]))
    return Fit(sign, width, lines / len(rows))
