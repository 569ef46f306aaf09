"""How each indicator stands at this moment, and by what way its figure came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from district.kernel import registry
from district.kernel.clock import now
from district.kernel.kpis.judging import Verdict, verdict
from district.kernel.kpis.measuring import UnknownKpi, kpi_named, measure
from district.kernel.kpis.queries import history
from district.kernel.kpis.recomputing import PublishedSql, published, read_only, recompute
from district.kernel.vocabulary import Fraction, Kpi
from district.kernel.wording import term

from ..models import IndicatorEntry
from .forecasting import Outlook, outlook
from .plan import Indicator, indicators
from .wider import NATIONAL, PLAN

COMPUTED, BY_SQL, ENTERED, NO_DATA, NOT_BUILT = "computed", "sql", "entered", "no_data", "not_built"
STALE_AFTER = timedelta(days=400)
"""An entered figure whose period ended longer ago says nothing of today."""


@dataclass(frozen=True)
class Figure:
    """A figure with all it rests on. `way`: computed (the system measures it), sql (counted by published SQL alone), entered
    (by people, confirmed by a second), no_data (`note` says why), not_built (its system does not exist yet)."""

    way: str
    value: float | None
    at: datetime
    note: str = ""
    parts: tuple[tuple[str, float | None], ...] = ()
    fractions: tuple[Fraction, ...] = ()
    evidence: tuple[dict[str, Any], ...] = ()
    sql: PublishedSql | None = None
    entry: IndicatorEntry | None = None


    @property
    def is_simulated(self) -> bool:
        """An invented entry; what the systems measure says so on their own pages."""
        return self.entry is not None and self.entry.is_simulated


@dataclass(frozen=True)
class Standing:
    """An indicator of the plan with its figure. `late_days`: since its day without the target met, 0 otherwise."""

    indicator: Indicator
    figure: Figure
    verdict: Verdict
    late_days: int
    days: tuple[tuple[date, float | None], ...]
    outlook: Outlook

    def change(self, days: int = 30) -> float | None:
        """From the first to the last value of the last days, None with fewer than two."""
        known = [(on, value) for on, value in self.days if value is not None]
        recent = [value for on, value in known if on > known[-1][0] - timedelta(days)]
        return round(recent[-1] - recent[0], 2) if len(recent) > 1 else None


def standings(at: datetime | None = None) -> list[Standing]:
    """Every indicator, measured now."""
    return [standing(each, at) for each in indicators()]


def standing(indicator: Indicator, at: datetime | None = None) -> Standing:
    moment = at or now()
    figure = figure_of(indicator.system, indicator.measure, moment, PLAN, indicator.key, indicator.item)
    days = _days(indicator, figure, moment)
    found = _judged(indicator, figure.value)
    due, today = indicator.due_on, moment.date()
    late = (today - due).days if due is not None and due < today and indicator.target and found is not Verdict.MET else 0
    known = [(on, value) for on, value in days if value is not None]
    return Standing(indicator, figure, found, late, days, outlook(known, indicator.target, due, today))


def _days(indicator: Indicator, figure: Figure, at: datetime) -> tuple[tuple[date, float | None], ...]:
    """The values that were kept of each day, and the present one as that of today."""
    rows = history(indicator.system, indicator.measure, until=at.date()) if indicator.measure else ()
    kept = {row.on: row.value for row in rows}
    if figure.way == COMPUTED:
        kept[at.date()] = figure.value
    return tuple(sorted(kept.items()))


def _judged(indicator: Indicator, value: float | None) -> Verdict:
    if indicator.target is None:
        return Verdict.UNKNOWN
    return verdict(Kpi(indicator.key, indicator.zh, indicator.en, indicator.target, indicator.unit, ""), value)


def figure_of(system: str, measure_key: str, at: datetime, item_set: str, item: str, also: str = "") -> Figure:
    """By the system's own measuring; else by published SQL; else what was entered for the item, or for the same item of the
    national set (`also`)."""
    if not _is_built(system) and system:
        return Figure(NOT_BUILT, None, at, term("系统未建成"))
    if measure_key:
        found = _computed(system, measure_key, at)
        if found is not None:
            return found
    entry = newest_entry(item_set, item) or (newest_entry(NATIONAL, also) if also else None)
    if entry is None:
        return Figure(NO_DATA, None, at, term("平台没有这项记录，尚无经确认的填报"))
    fractions = (Fraction("", entry.numerator, entry.denominator),)
    if at.date() - entry.last_on > STALE_AFTER:
        return Figure(NO_DATA, None, at, term("填报的统计期已过期"), entry=entry)
    return Figure(ENTERED, round(100 * entry.reached, 2), entry.decided_at or at, entry.source, fractions=fractions, entry=entry)


def _is_built(system: str) -> bool:
    return any(each.name == system for each in registry.systems())


def _computed(system: str, key: str, at: datetime) -> Figure | None:
    sql = published(system, key)
    try:
        owner, kpi = kpi_named(system, key)
    except UnknownKpi:
        return _by_sql(sql, at) if sql is not None else None
    measured = measure(owner, kpi, at).value
    return Figure(
        COMPUTED if measured.value is not None else NO_DATA, measured.value, measured.at, measured.note,
        tuple(measured.parts.items()), measured.fractions, measured.evidence, sql,
    )  # fmt: skip


def _by_sql(sql: PublishedSql, at: datetime) -> Figure:
    with read_only():
        found = recompute(sql, at)
    fractions = tuple(
        Fraction(part.key, part.numerator, part.denominator, weight=part.weight)
        for part in found.parts if part.numerator is not None and part.denominator is not None
    )  # fmt: skip
    if found.value is None:
        return Figure(NO_DATA, None, at, found.trouble or term("分母为零"), fractions=fractions, sql=sql)
    return Figure(BY_SQL, found.value, at, fractions=fractions, sql=sql)


def newest_entry(item_set: str, item: str) -> IndicatorEntry | None:
    """The confirmed one of the latest period."""
    confirmed = IndicatorEntry.objects.filter(item_set=item_set, item=item, state=IndicatorEntry.State.CONFIRMED)
    return confirmed.select_related("entered_by", "decided_by", "file").order_by("-last_on", "-decided_at").first()
