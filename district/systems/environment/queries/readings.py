"""Evaluated readings as a person asks for them: which series, which span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from district.kernel.devices.models import Series
from district.kernel.people.models import Account

from ..items import item as item_of
from ..items import printed_unit, unit_in
from ..models import HourlyValue, MonitoringPoint, Outlet
from .evaluated_hours import evaluated_hours, rows_of
from .instants import AT_S
from .series import EvaluatedSeries, evaluated_series
from .sources import sources_visible_to

HOUR = timedelta(hours=1)

STATISTIC_NAMES = {"avg": "", "zs_avg": "（折算）", "cou": "（累计）", "data": ""}

LONGEST_DAYS = 400
MOST_SERIES = 8


@dataclass(frozen=True)
class Choice:
    """A series a person may choose: where it stands, what it measures, in which unit."""

    series: EvaluatedSeries
    place: str
    title: str
    unit: str
    decimals: int

    @property
    def label(self) -> str:
        return f"{self.place} {self.title}"


def choices_for(account: Account) -> list[Choice]:
    """All evaluated series of what the account may see, by place."""
    visible = set(sources_visible_to(account).values_list("pk", flat=True))
    points = {point.pk: point.name for point in MonitoringPoint.objects.all()}
    outlets = {outlet.pk: outlet for outlet in Outlet.objects.select_related("source")}
    found = []
    for one in evaluated_series():
        if one.point_id is not None:
            place = points[one.point_id]
        else:
            outlet = outlets[one.outlet_id or 0]
            if outlet.source_id not in visible:
                continue
            place = f"{outlet.source.name} {outlet.code}{'（治理前）' if one.is_inlet else ''}"
        found.append(_choice(one, place))
    return sorted(found, key=lambda choice: (choice.place, choice.title))


def _choice(one: EvaluatedSeries, place: str) -> Choice:
    known = item_of(one.item)
    unit = "m³" if one.statistic == "cou" else printed_unit(unit_in(one.item, one.element))
    return Choice(one, place, known.zh + STATISTIC_NAMES[one.statistic], unit, known.decimals)


@dataclass(frozen=True)
class Column:
    """Hours of one series without holes: values (NaN where nothing counts) and validity codes as text."""

    choice: Choice
    values: NDArray[np.float64]
    raw: NDArray[np.float64]
    validity: tuple[str, ...]
    reason: tuple[str, ...]


def hour_columns(choices: Sequence[Choice], start: datetime, end: datetime) -> list[Column]:
    """The evaluated hours from `start` to `end`, one column a series, in the order given. One query."""
    length = max(0, int((end - start) / HOUR))
    place = {choice.series.id: index for index, choice in enumerate(choices)}
    values = np.full((len(choices), length), np.nan)
    raw = np.full((len(choices), length), np.nan)
    validity = [[""] * length for _ in choices]
    reason = [[""] * length for _ in choices]
    rows = HourlyValue.objects.filter(series_id__in=place, at__gte=start, at__lt=end)
    origin = int(start.timestamp())
    for series_id, at, value, reported, state, why in rows.values_list(
        "series_id", AT_S, "value", "raw", "validity", "reason"
    ).iterator(20_000):
        row, hour = place[series_id], (at - origin) // 3600
        values[row, hour] = np.nan if value is None else value
        raw[row, hour] = np.nan if reported is None else reported
        validity[row][hour], reason[row][hour] = state, why
    return [
        Column(choice, values[index], raw[index], tuple(validity[index]), tuple(reason[index]))
        for index, choice in enumerate(choices)
    ]


def hour_values(choices: Sequence[Choice], start: datetime, end: datetime) -> NDArray[np.float64]:
    """What counts of the hours from `start` to `end`, shape (choices, hours), NaN where nothing does. One query."""
    values = np.full((len(choices), max(0, int((end - start) / HOUR))), np.nan)
    ids = [choice.series.id for choice in choices]
    hours = evaluated_hours(ids, start, end)
    values[rows_of(ids, hours), hours.hour_from(start)] = hours.value
    return values


REASONS = {
    "": "",
    "missing": _("没有数据"),
    "negative": _("负值"),
    "stopped": _("停运"),
    "manual": _("手工数据"),
    "corrected": _("人工修正"),
    "not_valid": _("无效"),
    "max_of_180": _("前 180 个有效小时最大值"),
    "max_of_720": _("前 720 个有效小时最大值"),
    "max_of_2160": _("前 2160 个有效小时最大值"),
    "manual_data_required": _("有效捕集率低于 75%，须手工监测"),
    "no_valid_history": _("没有可参照的有效数据"),
    "mean_of_before": _("前一同长时段均值"),
    "too_few_hours": _("有效小时不足"),
    "mark_M": _("维护"),
    "mark_D": _("故障"),
    "mark_C": _("校准"),
    "mark_F": _("停运"),
    "mark_T": _("超测量上限"),
    "mark_B": _("通信异常"),
    "mark_suspect": _("可疑数据"),
}
"""Reason of an evaluated value → words for people."""


def reason_text(code: str) -> str:
    return str(REASONS.get(code, code))


def series_of(choice: Choice) -> Series:
    return Series.objects.select_related("device").get(pk=choice.series.id)
