"""Rivers as a whole and lakes' trophic state (地表水环境质量评价办法, 环办〔2011〕22号)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from district.systems.environment.quantities import BadQuantity, Number, exact, exact_mean, is_absent
from district.systems.environment.standards import table
from district.systems.environment.surface_water import (
    MAIN_POLLUTANTS,
    WORST,
    WaterQuality,
    assess_section,
    water_grades,
)

FEW_SECTIONS = 5


@dataclass(frozen=True)
class RiverQuality:
    """Quality of a river: shares of sections in percent, and main pollutants with the share exceeding III."""

    sections: int
    quality_zh: str
    good_percent: float
    worst_percent: float
    main_pollutants: tuple[tuple[str, float], ...]


def assess_river(sections: Sequence[Mapping[str, Number | None]]) -> RiverQuality | None:
    """Quality of a river from the values of its sections; None of none.

    Below five sections the mean of each item is judged like a section, else the shares of classes decide.
    """
    judged = [quality for values in sections if (quality := assess_section(values)).water_class is not None]
    if not judged:
        return None
    classes = [quality.water_class or WORST for quality in judged]
    good = 100 * sum(one <= 3 for one in classes) / len(classes)
    worst = 100 * sum(one == WORST for one in classes) / len(classes)
    if len(judged) < FEW_SECTIONS:
        name = water_grades()[assess_section(_means(sections)).water_class or WORST].quality_zh
    else:
        name = _quality_of_shares(good, worst)
    return RiverQuality(len(judged), name, good, worst, _exceeding_shares(judged))


def _means(sections: Sequence[Mapping[str, Number | None]]) -> dict[str, Number | None]:
    keys = dict.fromkeys(key for values in sections for key in values)
    present = {
        key: [value for values in sections if (value := values.get(key)) is not None and not is_absent(value)]
        for key in keys
    }
    return {key: exact_mean(values) for key, values in present.items()}


def _quality_of_shares(good: float, worst: float) -> str:
    if good >= 90:
        return "优"
    if good >= 75:
        return "良好"
    if worst < 20:
        return "轻度污染"
    if worst < 40 or good >= 60:
        return "中度污染"
    return "重度污染"


def _exceeding_shares(judged: Sequence[WaterQuality]) -> tuple[tuple[str, float], ...]:
    counts = Counter(key for quality in judged for key in quality.exceeding)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MAIN_POLLUTANTS]
    return tuple((key, 100 * count / len(judged)) for key, count in ranked)


@dataclass(frozen=True)
class TrophicState:
    """综合营养状态指数 TLI(Σ), its level, and the index of each item."""

    tli: float
    level_zh: str
    level_en: str
    parts: dict[str, float]


@cache
def trophic_weights() -> dict[str, float]:
    """Weights r²/Σr² from the correlations with chlorophyll a."""
    squares = {row["key"]: exact(row["correlation"]) ** 2 for row in table("trophic_items")}
    return {key: float(square / sum(squares.values())) for key, square in squares.items()}


def trophic_state(values: Mapping[str, Number]) -> TrophicState:
    """TLI of a lake from chl-a (mg/m3), TP, TN, CODMn (mg/L), SD (m).

    BadQuantity `missing` when one of the five is absent, `not_positive` for zero or less (no logarithm).
    """
    parts: dict[str, float] = {}
    for row in table("trophic_items"):
        if row["key"] not in values:
            raise BadQuantity("missing", f"缺少{row['zh']}", row["key"])
        number = float(exact(values[row["key"]], row["key"]))
        if number <= 0:
            raise BadQuantity("not_positive", f"{row['zh']}必须大于 0", row["key"])
        parts[row["key"]] = 10 * (float(row["constant"]) + float(row["log_factor"]) * math.log(number))
    tli = sum(trophic_weights()[key] * part for key, part in parts.items())
    level = next(
        row for row in reversed(table("trophic_levels"))
        if tli > float(row["tli_above"]) or (row["includes_lower"] == "1" and tli >= float(row["tli_above"]))
        or row["tli_above"] == "0"
    )
    return TrophicState(tli, level["level_zh"], level["level_en"], parts)
