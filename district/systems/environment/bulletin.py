"""The bulletin of a day or a month: its figures, and sentences that say only what the figures say.

Pure. Concentrations are in the units of the daily report: µg/m³, CO mg/m³.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

POLLUTANTS = {"PM2.5": "PM₂.₅", "PM10": "PM₁₀", "SO2": "SO₂", "NO2": "NO₂", "CO": "CO", "O3": "O₃"}
"""Pollutant, as in `air_quality`, → how a bulletin prints it; O₃ is the daily maximum of 8 hours."""

CATEGORIES = ("优", "良", "轻度污染", "中度污染", "重度污染", "严重污染")


@dataclass(frozen=True)
class AirDayLine:
    """AQI of one station on one day; `aqi` None when the day is not valid."""

    on: date
    aqi: int | None
    category: str
    primary: tuple[str, ...]
    concentrations: dict[str, float | None]


@dataclass(frozen=True)
class AirStation:
    name: str
    days: tuple[AirDayLine, ...]

    @property
    def valid_days(self) -> tuple[AirDayLine, ...]:
        return tuple(day for day in self.days if day.aqi is not None)

    @property
    def good_days(self) -> int:
        """优良天数: AQI of 100 or less (HJ 633)."""
        return sum(day.aqi is not None and day.aqi <= 100 for day in self.days)

    @property
    def worst(self) -> AirDayLine | None:
        return max(self.valid_days, key=lambda day: day.aqi or 0, default=None)

    def mean(self, pollutant: str) -> float | None:
        """Arithmetic mean of the daily values of a pollutant."""
        values = [v for day in self.valid_days if (v := day.concentrations.get(pollutant)) is not None]
        return sum(values) / len(values) if values else None

    def primary_days(self) -> Counter[str]:
        return Counter(name for day in self.valid_days for name in day.primary)

    def category_days(self) -> Counter[str]:
        return Counter(day.category for day in self.valid_days)


@dataclass(frozen=True)
class WaterSection:
    """A section over the period: days by class, the class of the worst day, the items that decided."""

    name: str
    target: str
    classes: dict[str, int]
    worst_class: str
    deciding: tuple[str, ...]
    days_meeting: int
    days: int


@dataclass(frozen=True)
class NoisePoint:
    """Energy means of the period in dB(A), with the days above the limits of the zone."""

    name: str
    zone: str
    day_level: float | None
    night_level: float | None
    days: int
    days_over: int
    nights_over: int


@dataclass(frozen=True)
class Emission:
    """Mass of one item of one source, the limits broken, the share of the year's quantity used."""

    source: str
    item: str
    mass_kg: float | None
    exceeding_hours: int
    exceeding_days: int
    used_share: float | None


@dataclass(frozen=True)
class Bulletin:
    """All of one bulletin. `cases` maps the Chinese name of a kind of case to (opened, closed)."""

    period: Literal["day", "month"]
    from_on: date
    until_on: date
    air: tuple[AirStation, ...] = ()
    water: tuple[WaterSection, ...] = ()
    noise: tuple[NoisePoint, ...] = ()
    emissions: tuple[Emission, ...] = ()
    cases: dict[str, tuple[int, int]] = field(default_factory=dict)
    capture_percent: float | None = None

    @property
    def title(self) -> str:
        if self.period == "day":
            return f"周村区环境质量日报（{day_text(self.from_on)}）"
        return f"周村区环境质量月报（{self.from_on.year} 年 {self.from_on.month} 月）"

    def sentences(self) -> list[str]:
        """The text of the bulletin, one paragraph an element; an element without data says so."""
        air = air_of_day(self.air) if self.period == "day" else air_of_month(self.air)
        return [
            air,
            water_sentence(self.water, self.period),
            noise_sentence(self.noise),
            emission_sentence(self.emissions),
            case_sentence(self.cases, self.capture_percent),
        ]


def day_text(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def printed(pollutant: str, value: float | None) -> str:
    """A concentration as a bulletin prints it: CO with one decimal, the others whole; – when there is none."""
    if value is None:
        return "–"
    return f"{value:.1f}" if pollutant == "CO" else f"{value:.0f}"


def air_of_day(stations: Iterable[AirStation]) -> str:
    lines = [station for station in stations if station.valid_days]
    if not lines:
        return "环境空气：当日没有有效的日评价数据。"
    parts = []
    for station in lines:
        day = station.valid_days[0]
        primary = (
            f"，首要污染物为{'、'.join(POLLUTANTS.get(p, p) for p in day.primary)}" if day.primary else ""
        )
        parts.append(f"{station.name} AQI 为 {day.aqi}，{day.category}{primary}")
    return "环境空气：" + "；".join(parts) + "。"


def air_of_month(stations: Iterable[AirStation]) -> str:
    parts = []
    for station in stations:
        total, worst = len(station.valid_days), station.worst
        if worst is None:
            continue
        share = f"{station.good_days / total:.1%}"
        text = f"{station.name}有效评价 {total} 天，优良 {station.good_days} 天（{share}）"
        pm25 = station.mean("PM2.5")
        if pm25 is not None:
            text += f"，PM₂.₅ 平均 {pm25:.0f} µg/m³"
        text += f"，AQI 最高 {worst.aqi}（{worst.on.month} 月 {worst.on.day} 日，{worst.category}）"
        common = station.primary_days().most_common(1)
        if common:
            text += f"，首要污染物最多为{POLLUTANTS.get(common[0][0], common[0][0])}（{common[0][1]} 天）"
        parts.append(text)
    if not parts:
        return "环境空气：本月没有有效的日评价数据。"
    return "环境空气：" + "；".join(parts) + "。"


def water_sentence(sections: Iterable[WaterSection], period: str) -> str:
    parts = []
    for section in sections:
        if not section.days:
            continue
        deciding = f"，决定项目为{'、'.join(section.deciding)}" if section.deciding else ""
        if period == "day":
            met = "达到" if section.days_meeting == section.days else "未达到"
            parts.append(
                f"{section.name}水质为 {section.worst_class} 类{deciding}，{met}目标（{section.target} 类）"
            )
        else:
            parts.append(
                f"{section.name} {section.days} 天中 {section.days_meeting} 天达到目标（{section.target} 类），"
                f"最差为 {section.worst_class} 类{deciding}"
            )
    return "地表水：" + ("；".join(parts) if parts else "没有有效的评价数据") + "。"


def noise_sentence(points: Iterable[NoisePoint]) -> str:
    lines = [point for point in points if point.days]
    if not lines:
        return "声环境：没有有效的评价数据。"
    over = [point for point in lines if point.days_over or point.nights_over]
    text = f"声环境：{len(lines)} 个点位有有效数据"
    if not over:
        return text + "，昼间和夜间均未超过所在功能区限值。"
    named = "；".join(
        f"{p.name}（{p.zone} 类区）昼间超标 {p.days_over} 天、夜间超标 {p.nights_over} 天" for p in over
    )
    return f"{text}，{len(over)} 个点位有超标：{named}。"


def emission_sentence(emissions: Iterable[Emission]) -> str:
    lines = list(emissions)
    if not lines:
        return "污染源：没有可统计的自动监测数据。"
    over = [line for line in lines if line.exceeding_hours or line.exceeding_days]
    sources = len({line.source for line in lines})
    text = f"污染源：{sources} 家企业有自动监测数据"
    if not over:
        text += "，小时均值和日均值均未超过许可限值"
    else:
        named = "；".join(
            f"{e.source} {e.item} 小时超标 {e.exceeding_hours} 次、日均超标 {e.exceeding_days} 天"
            for e in over
        )
        text += f"，{named}"
    heavy = [line for line in lines if line.used_share is not None and line.used_share >= 0.8]
    if heavy:
        text += "；许可排放量已使用 80% 以上的有" + "、".join(
            f"{e.source} {e.item}（{e.used_share:.0%}）" for e in heavy
        )
    return text + "。"


def case_sentence(cases: dict[str, tuple[int, int]], capture_percent: float | None) -> str:
    opened = sum(count for count, _ in cases.values())
    closed = sum(count for _, count in cases.values())
    text = f"督办：新立 {opened} 件，办结 {closed} 件"
    if opened:
        text += "，其中" + "、".join(f"{kind} {count} 件" for kind, (count, _) in cases.items() if count)
    if capture_percent is not None:
        text += f"；自动监测设备有效传输率 {capture_percent:.1f}%"
    return text + "。"
