"""What is true at a moment, and what the instruments make of it: columns of five-minute slots, day by day."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from district.systems.environment.simulator import air, outlets, rivers, sounds
from district.systems.environment.simulator.chance import Column
from district.systems.environment.simulator.faults import begun_at, is_active, touches
from district.systems.environment.simulator.fleet import (
    AIR,
    GAS,
    GAS_INLET,
    NOISE,
    RIVER,
    WATER,
    WATER_INLET,
    Fault,
    Fleet,
    SimulatedDevice,
)
from district.systems.environment.simulator.recorded import Recording

SEED = 370306
SLOTS_AN_HOUR = 12
SLOTS_A_DAY = 24 * SLOTS_AN_HOUR
SLOT_S = 3600 / SLOTS_AN_HOUR
STACK_DAYS_KEPT = 40
DAYS_KEPT = 160
"""Days of devices held in memory: today and yesterday of the whole fleet, with room for back-fill."""


@dataclass(frozen=True)
class Slots:
    """One day of one device: `values` item → SLOTS_A_DAY numbers (NaN: nothing was measured), `zs:` items converted;
    `marks` item → letters; `state` of the production facility."""

    hours: Column
    values: dict[str, Column]
    marks: dict[str, NDArray[np.str_]]
    state: NDArray[np.int64]


class World:
    """Answers for any device and day; the same seed gives the same answers in every process."""

    def __init__(self, fleet: Fleet, seed: int = SEED, recordings: Sequence[Recording] = ()) -> None:
        self.fleet = fleet
        self.seed = seed
        self._recordings = {
            device.code: recordings[place % len(recordings)]
            for place, device in enumerate(fleet.of_kind(AIR)) if recordings
        }
        self._before = {device.attributes["after"]: device for device in fleet.of_kind(GAS_INLET, WATER_INLET)}
        self._days: OrderedDict[tuple[str, int], Slots] = OrderedDict()
        self._stacks: OrderedDict[int, list[air.Stack]] = OrderedDict()

    def slots(self, device: SimulatedDevice, day: int) -> Slots:
        """The slots of a day, counted from 1970-01-01, Beijing time."""
        key = (device.code, day)
        if key not in self._days:
            self._days[key] = self._measured(device, day * 24 + np.arange(SLOTS_A_DAY) / SLOTS_AN_HOUR)
            if len(self._days) > DAYS_KEPT:
                self._days.popitem(last=False)
        self._days.move_to_end(key)
        return self._days[key]

    def emissions(self, device: SimulatedDevice, hours: Column) -> dict[str, Column]:
        """kg/h that an outlet really emits, faults of treatment included."""
        true = self.true_columns(device, hours)
        if device.kind == GAS:
            return {item: true[item] * true["a00000"] * 3.6e-3 for item in device.attributes["model"]["clean"]}
        return {item: true[item] * true["w00000"] * 3.6e-3 for item in device.attributes["model"]["clean"]}

    def true_columns(self, device: SimulatedDevice, hours: Column) -> dict[str, Column]:
        """What a perfect instrument would show; faults in the world are in it."""
        columns = self._modelled(device, hours)
        for fault in self.fleet.faults_of(device.code):
            if fault.kind == "over_limit":
                on = is_active(fault, hours)
                columns |= {item: np.where(on, values * fault.factor, values)
                            for item, values in columns.items() if touches(fault, item)}
        return columns

    def _modelled(self, device: SimulatedDevice, hours: Column) -> dict[str, Column]:
        own = device.attributes
        if device.kind == AIR:
            recording = self._recordings.get(device.code)
            if recording is not None:
                return recording.at(hours)
            place = device.lon, device.lat
            return air.station_columns(self.seed, device.code, place, own["urban"], hours, self._stacks_at(hours))
        if device.kind == RIVER:
            return rivers.section_columns(self.seed, device.code, own["load"], hours)
        if device.kind == NOISE:
            return {"LA": sounds.levels(self.seed, device.code, own["zone"], hours)}
        behind = self.fleet.device(own["after"]) if "after" in own else device
        outlet = self.fleet.outlet_of(behind)
        before = device is not behind
        model = behind.attributes["model"]
        if device.kind in (WATER, WATER_INLET):
            return outlets.drain_columns(self.seed, behind.code, model, before, hours)
        return outlets.stack_columns(
            self.seed, behind.code, model, before, hours, outlet["base_oxygen_percent"], outlet["diameter_m"])

    def _stacks_at(self, hours: Column) -> list[air.Stack]:
        """All chimneys at the asked hours; whole days are kept, for eleven stations ask for the same one."""
        whole_day = len(hours) == SLOTS_A_DAY and float(hours[0]) % 24 == 0
        day = int(hours[0] // 24)
        if whole_day and day in self._stacks:
            return self._stacks[day]
        found = []
        for device in self.fleet.of_kind(GAS):
            height = self.fleet.outlet_of(device)["height_m"]
            found.append(air.Stack(device.lon, device.lat, height, self.emissions(device, hours)))
        if whole_day:
            self._stacks[day] = found
            if len(self._stacks) > STACK_DAYS_KEPT:
                self._stacks.popitem(last=False)
        return found

    def _measured(self, device: SimulatedDevice, hours: Column) -> Slots:
        true = self.true_columns(device, hours)
        reported = {item.code for item in device.items}
        values = {item: column for item, column in true.items() if item.removeprefix("zs:") in reported}
        state = np.ones(len(hours), dtype=np.int64)
        usual: NDArray[np.str_] = np.full(len(hours), outlets.NORMAL)
        if device.is_outlet:
            behind = self.fleet.device(device.attributes.get("after", device.code))
            run = outlets.running(self.seed, behind.code, behind.attributes["model"]["stops"], hours)
            usual, state = run.marks, run.state
        marks = {item: usual.copy() for item in values}
        for fault in self.fleet.faults_of(device.code):
            self._distort(device, fault, hours, values, marks)
        return Slots(hours, values, marks, state)

    def _distort(
        self, device: SimulatedDevice, fault: Fault, hours: Column, values: dict[str, Column],
        marks: dict[str, NDArray[np.str_]],
    ) -> None:
        begun = begun_at(fault, hours)
        on = np.isfinite(begun)
        if not on.any():
            return
        wrong = self._wrong_values(device, fault, hours, begun)
        for item in [item for item in values if touches(fault, item)]:
            if fault.kind == "fault":
                marks[item] = np.where(on, fault.mark, marks[item])
            elif fault.kind == "spike":
                values[item] = np.where(on, values[item] * fault.factor, values[item])
            elif item in wrong:
                values[item] = np.where(on, wrong[item], values[item])

    def _wrong_values(
        self, device: SimulatedDevice, fault: Fault, hours: Column, begun: Column
    ) -> dict[str, Column | float]:
        """What is shown instead, per item; empty for faults that do not replace values."""
        items = {item for item in self._modelled(device, hours[:1]) if touches(fault, item)}
        plain = {"zero": 0.0, "missing": float("nan"), "absurd_value": fault.value}
        if fault.kind in plain:
            return dict.fromkeys(items, plain[fault.kind])
        if fault.kind == "constant":
            # Outside of the fault any time will do: those slots are not replaced.
            frozen = self.true_columns(device, np.where(np.isfinite(begun), begun, hours))
            return {item: frozen[item] for item in items}
        other = None
        if fault.kind == "illogical":
            other = self._before.get(device.code)
        elif fault.kind == "below_outlet":
            other = self.fleet.device(device.attributes["after"])
        if other is None:
            return {}
        across = self.true_columns(other, hours)
        return {item: across[item] * fault.factor for item in items if item in across}
