"""From rules as people write them to bindings the engine runs. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from district.kernel.alerts.rules import Binding, Kind, RuleError, checked


@dataclass(frozen=True)
class RuleRow:
    """The columns of a rule that the engine needs."""

    id: int
    system: str
    kind: str
    severity: int
    parameters: dict[str, Any]
    device_kind: str = ""
    device_id: int | None = None
    division_code: str = ""
    item: str = ""
    item_name: str = ""
    statistic: str = ""
    period: str = ""
    inputs: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class DeviceRow:
    """A device in use."""

    id: int
    name: str
    kind: str
    system: str
    division_code: str


@dataclass(frozen=True)
class SeriesRow:
    """A series of a device."""

    id: int
    device_id: int
    item: str
    statistic: str
    period: str
    unit: str


def bindings(
    rules: Iterable[RuleRow], devices: Iterable[DeviceRow], series: Iterable[SeriesRow]
) -> tuple[list[Binding], dict[int, str]]:
    """Every rule bound to everything its selection fits, and the rules that cannot work: id → reason."""
    of_device: defaultdict[int, list[SeriesRow]] = defaultdict(list)
    for row in series:
        of_device[row.device_id].append(row)
    known = list(devices)
    found: list[Binding] = []
    refused: dict[int, str] = {}
    for rule in rules:
        try:
            checked(rule.kind, rule.parameters)
        except RuleError as error:
            refused[rule.id] = str(error)
            continue
        for device in known:
            if _fits_device(rule, device):
                found += _bound(rule, device, of_device[device.id])
    return found, refused


def _fits_device(rule: RuleRow, device: DeviceRow) -> bool:
    return (
        rule.system == device.system
        and rule.device_kind in ("", device.kind)
        and rule.device_id in (None, device.id)
        and device.division_code.startswith(rule.division_code)
    )


def _fits_series(rule: RuleRow, series: SeriesRow) -> bool:
    return (
        rule.item in ("", series.item)
        and rule.statistic in ("", series.statistic)
        and rule.period in ("", series.period)
    )


def _bound(rule: RuleRow, device: DeviceRow, series: list[SeriesRow]) -> list[Binding]:
    kind, parameters = Kind(rule.kind), checked(rule.kind, rule.parameters)

    def bind(one: SeriesRow | None, inputs: tuple[tuple[str, int], ...] = ()) -> Binding:
        subject = device.name if one is None else f"{device.name} {rule.item_name or one.item}"
        return Binding(
            rule.id, kind, rule.severity, parameters, device.id, one.id if one else None, inputs, subject,
            one.unit if one else "",
        )

    if kind is Kind.OFFLINE:
        return [bind(None)]
    if kind is not Kind.EXPRESSION:
        return [bind(each) for each in series if _fits_series(rule, each)]
    by_name = {
        name: next((each for each in series if _is_input(each, wanted)), None) for name, wanted in rule.inputs.items()
    }
    inputs = tuple((name, one.id) for name, one in sorted(by_name.items()) if one is not None)
    if not inputs or len(inputs) < len(by_name):
        return []
    return [bind(next(iter(by_name.values())), inputs)]


def _is_input(series: SeriesRow, wanted: dict[str, str]) -> bool:
    return (series.item, series.statistic, series.period) == (
        wanted.get("item"), wanted.get("statistic"), wanted.get("period")
    )
