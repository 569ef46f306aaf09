"""The simulated devices as the registry knows them, and their series with the units they report in."""

from __future__ import annotations

from collections.abc import Iterator

from district.kernel.devices.models import Device, Series

from ..intake import series_facts
from ..simulator.fleet import Fleet, Item, SimulatedDevice

INTERVAL_S = 60

MEANS = ("min", "avg", "max")
PERIODS = ("minute", "hour", "day")


def seed_devices(fleet: Fleet) -> dict[str, Device]:
    """Code → device, all of the fleet registered."""
    known = {device.code: device for device in Device.objects.filter(system="environment")}
    for one in fleet.devices:
        if one.code not in known:
            known[one.code] = _register(one)
    return known


def _register(one: SimulatedDevice) -> Device:
    device, is_new = Device.objects.get_or_create(
        code=one.code,
        defaults={
            "name": one.name,
            "kind": one.kind,
            "protocol": "hj212",
            "password": one.password,
            "system": "environment",
            "division_code": one.town_code,
            "lon": one.lon,
            "lat": one.lat,
            "is_simulated": True,
            "interval_s": INTERVAL_S,
            "attributes": {
                "version": one.version,
                "system_kind": one.system_kind,
                "items": [item.code for item in one.items],
            },
        },
    )
    if is_new:
        Series.objects.bulk_create(
            [
                _series(device, item, statistic, period)
                for item in one.items
                for statistic, period in _statistics(one, item)
            ],
            ignore_conflicts=True,
        )
    return device


def _statistics(one: SimulatedDevice, item: Item) -> Iterator[tuple[str, str]]:
    """What a device says about an item. Levels of noise are not means, so they have a statistic of their own."""
    yield "rtd", "realtime"
    if one.kind == "noise":
        yield from (("data", period) for period in PERIODS)
        return
    yield from ((statistic, period) for period in PERIODS for statistic in MEANS)
    if one.is_outlet and series_facts(item.code, "cou", "hour").unit:
        yield from (("cou", period) for period in PERIODS)


def _series(device: Device, item: Item, statistic: str, period: str) -> Series:
    facts = series_facts(item.code, statistic, period)
    unit, decimals = (facts.unit, facts.decimals) if statistic == "cou" else (item.unit, item.decimals)
    return Series(
        device=device,
        item=item.code,
        statistic=statistic,
        period=period,
        unit=unit,
        decimals=decimals,
        low=facts.low,
        high=facts.high,
    )
