"""The tables of a bulletin, made once and printed by page, workbook and PDF alike."""

from __future__ import annotations

from dataclasses import dataclass

from .bulletin import CATEGORIES, POLLUTANTS, Bulletin, printed

Row = tuple[str | int | float | None, ...]


@dataclass(frozen=True)
class BulletinTable:
    """A table as text and numbers: `rows` have as many cells as `header`; None prints as –."""

    title: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def tables(bulletin: Bulletin) -> tuple[BulletinTable, ...]:
    """The tables of a bulletin that have rows, in printing order."""
    air = _air_day(bulletin) if bulletin.period == "day" else _air_month(bulletin)
    return tuple(
        table
        for table in (air, _water(bulletin), _noise(bulletin), _emissions(bulletin), _cases(bulletin))
        if table.rows
    )


def _air_day(bulletin: Bulletin) -> BulletinTable:
    rows: list[Row] = []
    for station in bulletin.air:
        for day in station.days:
            primary = "、".join(POLLUTANTS.get(p, p) for p in day.primary) or None
            rows.append(
                (
                    station.name,
                    day.aqi,
                    day.category or None,
                    primary,
                    *(printed(key, day.concentrations.get(key)) for key in POLLUTANTS),
                )
            )
    return BulletinTable("环境空气", ("站点", "AQI", "级别", "首要污染物", *POLLUTANTS.values()), tuple(rows))


def _air_month(bulletin: Bulletin) -> BulletinTable:
    rows: list[Row] = []
    for station in bulletin.air:
        days = station.category_days()
        rows.append(
            (
                station.name,
                len(station.valid_days),
                station.good_days,
                *(days.get(category, 0) for category in CATEGORIES),
                *(printed(key, station.mean(key)) for key in POLLUTANTS),
            )
        )
    header = ("站点", "有效天数", "优良天数", *CATEGORIES, *POLLUTANTS.values())
    return BulletinTable("环境空气", header, tuple(rows))


def _water(bulletin: Bulletin) -> BulletinTable:
    rows = tuple(
        (s.name, s.target, s.worst_class or None, "、".join(s.deciding) or None, s.days_meeting, s.days)
        for s in bulletin.water
    )
    return BulletinTable("地表水", ("断面", "目标", "最差类别", "决定项目", "达标天数", "评价天数"), rows)


def _noise(bulletin: Bulletin) -> BulletinTable:
    rows = tuple(
        (p.name, p.zone, _level(p.day_level), _level(p.night_level), p.days_over, p.nights_over, p.days)
        for p in bulletin.noise
    )
    header = ("点位", "功能区", "昼间 dB(A)", "夜间 dB(A)", "昼间超标天数", "夜间超标天数", "评价天数")
    return BulletinTable("声环境", header, rows)


def _level(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _emissions(bulletin: Bulletin) -> BulletinTable:
    rows = tuple(
        (
            e.source,
            e.item,
            None if e.mass_kg is None else round(e.mass_kg, 2),
            e.exceeding_hours,
            e.exceeding_days,
            None if e.used_share is None else f"{e.used_share:.1%}",
        )
        for e in bulletin.emissions
    )
    header = ("企业", "污染物", "排放量 kg", "小时超标次数", "日均超标天数", "年许可量已用")
    return BulletinTable("污染源排放", header, rows)


def _cases(bulletin: Bulletin) -> BulletinTable:
    rows = tuple((kind, opened, closed) for kind, (opened, closed) in bulletin.cases.items())
    return BulletinTable("告警督办", ("类型", "新立", "办结"), rows)
