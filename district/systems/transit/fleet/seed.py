"""The demonstration's buses, each with a terminal of its own."""

from __future__ import annotations

import secrets

from district.kernel.devices.models import Device

from ..models import Bus

BUSES = {"L1": 16, "L2": 14, "L3": 10, "L5": 6, "L8": 6, "L9": 8}
"""Line number → buses; the keys are `演示N路` by route id."""


def phone_of(number: int) -> str:
    """The terminal number of a demonstration bus: 12 digits of no real network."""
    return f"0199{number:08d}"


def seed_fleet() -> None:
    """Sixty buses with terminals of both versions of the protocol."""
    if Bus.objects.filter(is_simulated=True).exists():
        return
    number = 0
    for route, count in zip(("L1", "L2", "L3", "L4", "L5", "L6"), BUSES.values(), strict=True):
        for _each in range(count):
            number += 1
            device = Device.objects.create(
                code=phone_of(number), name=f"演示公交 {number:03d} 车载终端", kind="bus", protocol="jt808", system="transit",
                password=secrets.token_hex(16), is_simulated=True, interval_s=10,
                attributes={"plate": f"演示D{number:04d}", "version": 2019 if number % 3 == 0 else 2013},
            )  # fmt: skip
            Bus.objects.create(
                number=f"D{number:03d}", plate=f"演示D{number:04d}", device=device, lines=[route], seats=30, capacity=75,
                is_accessible=number % 2 == 1, is_simulated=True,
            )  # fmt: skip
