"""What detectors find in the evaluated hours, kept once a finding, and people's verdicts on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from district.kernel.alerts.actions import raise_alarm
from district.kernel.alerts.rules import Severity
from district.kernel.people.models import Account
from district.kernel.wording import Sentence

from ..items import zh_of
from ..models import Outlet, Permit, PermitLimit, QualityFinding
from ..quality_checks import (
    Finding,
    clipped_at_limit,
    constant_runs,
    illogical,
    mirrored,
    missing_runs,
    spikes,
    zero_runs,
)
from ..queries.readings import Choice, Column, hour_columns
from ..queries.series import EvaluatedSeries
from .alert_rules import WITH_ENTERPRISE
from .result_rows import upsert

HOUR = timedelta(hours=1)

WATCHED_ITEMS = frozenset({
    "a34004", "a34002", "a21026", "a21004", "a21005", "a05024", "a21002", "a34013", "a24088", "w01018", "w21003",
    "w21011", "w21001", "w01009", "w01019", "Leq",
})  # fmt: skip

CONSTANT_HOURS, ZERO_HOURS, MISSING_HOURS, ILLOGICAL_HOURS = 6, 4, 3, 3
CLIPPED_BAND = 0.03

GONE = Sentence("连续 %(n)s 小时没有数据")
STUCK = Sentence("连续 %(n)s 小时恒为 %(value)s")
ZERO = Sentence("连续 %(n)s 小时为零")
JUMPED = Sentence("偏离前 48 小时中位数 %(median)s 达 %(sigmas)s 倍稳健标准差")
REVERSED = Sentence("治理后均值 %(after)s 高于治理前 %(before)s")
CLIPPED = Sentence("%(share)s 的小时值贴近限值 %(limit)s 而从未超过")
MIRRORED = Sentence("与序列 %(series)s 连续 %(n)s 小时数值相同")

FIELDS = ("series_id", "kind", "from_at", "until_at", "value", "detail", "found_at", "verdict", "note")
KEPT = ("found_at", "verdict", "note")


@dataclass(frozen=True)
class Found:
    """A finding of a series with its words for people."""

    one: EvaluatedSeries
    finding: Finding
    detail: str


def detect(choices: Sequence[EvaluatedSeries], start: datetime, end: datetime, at: datetime) -> int:
    """Runs all detectors over the hours of a span; gives how many findings are new or longer than before.

    Findings are known by series, kind and beginning: the same span twice changes nothing. Verdicts stay.
    """
    watched = [one for one in choices if one.item in WATCHED_ITEMS and one.statistic in ("avg", "data")]
    columns = hour_columns([Choice(one, "", "", "", 0) for one in watched], start, end)
    found = [each for column in columns for each in _in_one(column)]
    found += _illogical(columns)
    found += _clipped(columns, start)
    found += _mirrored(columns)
    rows = [
        (
            each.one.id,
            each.finding.kind,
            start + each.finding.start * HOUR,
            start + each.finding.stop * HOUR,
            each.finding.value,
            each.detail[:200],
            at,
            "open",
            "",
        )
        for each in found
    ]
    return upsert(QualityFinding, rows, FIELDS, ("series_id", "kind", "from_at"), keep=KEPT)


def _in_one(column: Column) -> Iterator[Found]:
    one, values = column.choice.series, _as_reported(column)
    is_running = np.array([state != "stopped" for state in column.validity])
    running = np.where(is_running, values, np.nan)
    for finding in missing_runs(np.where(is_running, values, 0.0), MISSING_HOURS):
        if finding.stop < len(values) or all(column.validity[finding.start : finding.stop]):
            yield Found(one, finding, GONE(n=finding.length))
    for finding in constant_runs(running, CONSTANT_HOURS):
        yield Found(one, finding, STUCK(n=finding.length, value=f"{finding.value:g}"))
    for finding in zero_runs(running, ZERO_HOURS):
        yield Found(one, finding, ZERO(n=finding.length))
    for finding in spikes(running):
        yield Found(
            one,
            finding,
            JUMPED(median=f"{finding.evidence['median']:.3g}", sigmas=f"{finding.evidence['sigmas']:.1f}"),
        )


def _as_reported(column: Column) -> np.ndarray:
    """What the device said: substitutes are ours, and would look constant."""
    return np.where(np.isnan(column.raw), np.nan, column.raw)


def _illogical(columns: Sequence[Column]) -> Iterator[Found]:
    """Outlet series beside the series before the treatment of the same outlet and item."""
    inlets = {
        (column.choice.series.outlet_id, column.choice.series.item): column
        for column in columns
        if column.choice.series.is_inlet
    }
    for column in columns:
        one = column.choice.series
        before = inlets.get((one.outlet_id, one.item))
        if one.is_inlet or one.outlet_id is None or before is None or one.statistic != "avg":
            continue
        for finding in illogical(_measured(before), _measured(column), ILLOGICAL_HOURS):
            yield Found(
                one,
                finding,
                REVERSED(after=f"{finding.evidence['after_mean']:.3g}", before=f"{finding.evidence['before_mean']:.3g}"),
            )


def _measured(column: Column) -> np.ndarray:
    is_valid = np.array([state in ("valid", "corrected") for state in column.validity])
    return np.where(is_valid, column.values, np.nan)


def _clipped(columns: Sequence[Column], start: datetime) -> Iterator[Found]:
    """Readings that crowd just below the permitted hourly limit and never pass it."""
    on = start.date()
    limits = {
        (limit.outlet_id, limit.item): limit.limit
        for limit in PermitLimit.objects.filter(
            period="hour", permit__status=Permit.Status.IN_FORCE, valid_from_on__lte=on
        ).order_by("valid_from_on")
    }
    for column in columns:
        one = column.choice.series
        limit = limits.get((one.outlet_id or 0, one.item))
        if limit is None or one.is_inlet:
            continue
        for finding in clipped_at_limit(_measured(column), limit, band=CLIPPED_BAND):
            yield Found(one, finding, CLIPPED(share=f"{finding.value:.0%}", limit=f"{limit:g}"))


def _mirrored(columns: Sequence[Column]) -> Iterator[Found]:
    """Two outlet devices that report the same moving numbers."""
    outlets = [
        column for column in columns if column.choice.series.outlet_id and not column.choice.series.is_inlet
    ]
    for index, column in enumerate(outlets):
        for other in outlets[index + 1 :]:
            one, two = column.choice.series, other.choice.series
            if one.item != two.item or one.device_id == two.device_id:
                continue
            for finding in mirrored(_measured(column), _measured(other)):
                yield Found(one, finding, MIRRORED(series=two.id, n=finding.length))


def raise_illogical(at: datetime, within: timedelta = timedelta(hours=6)) -> int:
    """Alarms for fresh findings after > before; they need two devices, which rules of one device cannot see."""
    rows = QualityFinding.objects.filter(kind="illogical", until_at__gt=at - within, verdict="open")
    for row in rows.select_related("series__device"):
        device = row.series.device
        outlet = Outlet.objects.filter(device=device).select_related("source").first()
        raise_alarm(
            system="environment",
            kind="illogical",
            thing=f"series:{row.series_id}",
            subject=device.name,
            message=f"{device.name} {zh_of(row.series.item)} {row.detail}",
            severity=int(Severity.MINOR),
            since_at=row.from_at,
            value=row.value,
            unit=row.series.unit,
            device_id=device.pk,
            series_id=row.series_id,
            item=row.series.item,
            organisation_id=outlet.source.organisation_id if outlet else None,
            division_code=device.division_code,
            roles=WITH_ENTERPRISE,
        )
    return len(rows)


def judge_finding(
    finding: QualityFinding, verdict: str, *, account: Account, at: datetime, note: str = ""
) -> None:
    """A person's verdict: confirmed or dismissed."""
    finding.verdict, finding.note = QualityFinding.Verdict(verdict), note.strip()[:200]
    finding.verdict_by, finding.verdict_at = account, at
    finding.save(update_fields=["verdict", "note", "verdict_by", "verdict_at"])
