"""The simulated devices, enterprises and faults of `fleet.json`: what the simulator plays and the demo data registers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

AIR, RIVER, NOISE = "air", "surface_water", "noise"
GAS, GAS_INLET, WATER, WATER_INLET = "gas_outlet", "gas_inlet", "water_outlet", "water_inlet"


@dataclass(frozen=True)
class Item:
    """An item of a device: code of 2017, the unit it is reported in, digits behind the point."""

    code: str
    unit: str
    decimals: int


@dataclass(frozen=True)
class SimulatedDevice:
    """`code` and `password` are what it signs in with, `version` the year of the standard it speaks.

    `attributes`: what belongs to its kind only — point, urban, river, target_class, load, zone, enterprise, outlet,
    model (an outlet's usual values), after (an inlet: code of the device behind the treatment).
    """

    code: str
    password: str
    version: int
    system_kind: str
    kind: str
    name: str
    lon: float
    lat: float
    town_code: str
    items: tuple[Item, ...]
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_outlet(self) -> bool:
        return self.kind in (GAS, GAS_INLET, WATER, WATER_INLET)


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong with a device, again and again: on days (counted from 1970) whose remainder by
    `every_days` is `on_day`, from `from_hour` for `hours`. See faults.py for the kinds."""

    device: str
    kind: str
    zh: str
    every_days: int
    on_day: int
    from_hour: float
    hours: float
    items: tuple[str, ...] = ()
    factor: float = 1.0
    value: float = 0.0
    mark: str = ""
    share: float = 1.0


@dataclass(frozen=True)
class Stranger:
    """Somebody who should not be let in: `why` is unknown_device or wrong_password."""

    code: str
    password: str
    version: int
    system_kind: str
    why: str
    zh: str


@dataclass(frozen=True)
class Fleet:
    """`enterprises` are plain records for the demo data: see fleet.json."""

    devices: tuple[SimulatedDevice, ...]
    enterprises: tuple[Mapping[str, Any], ...]
    faults: tuple[Fault, ...]
    strangers: tuple[Stranger, ...]

    def device(self, code: str) -> SimulatedDevice:
        return next(one for one in self.devices if one.code == code)

    def of_kind(self, *kinds: str) -> tuple[SimulatedDevice, ...]:
        return tuple(one for one in self.devices if one.kind in kinds)

    def outlet_of(self, device: SimulatedDevice) -> Mapping[str, Any]:
        """The permit record of the outlet a device measures; LookupError when it measures none."""
        for enterprise in self.enterprises:
            for outlet in enterprise["outlets"]:
                if device.code in (outlet["device"], outlet["inlet_device"]):
                    return outlet
        raise LookupError(device.code)

    def faults_of(self, code: str) -> tuple[Fault, ...]:
        return tuple(one for one in self.faults if one.device == code)


@cache
def fleet() -> Fleet:
    """The fleet of the demo."""
    raw = json.loads(files(__package__).joinpath("fleet.json").read_text("utf-8"))
    sets = {name: tuple(Item(**item) for item in items) for name, items in raw["item_sets"].items()}
    return Fleet(
        tuple(_device(record, sets) for record in raw["devices"]),
        tuple(raw["enterprises"]),
        tuple(Fault(**{**record, "items": tuple(record.get("items", ()))}) for record in raw["faults"]),
        tuple(
            Stranger(**{name: record[name] for name in ("code", "password", "version", "system_kind", "why", "zh")})
            for record in raw["strangers"]
        ),
    )


def _device(record: Mapping[str, Any], sets: Mapping[str, tuple[Item, ...]]) -> SimulatedDevice:
    own = ("code", "password", "version", "system_kind", "kind", "name", "lon", "lat", "town_code")
    rest = {name: value for name, value in record.items() if name not in (*own, "items")}
    return SimulatedDevice(**{name: record[name] for name in own}, items=sets[record["items"]], attributes=rest)
