"""A gateway without sockets and database: decoding alone."""

from __future__ import annotations

from datetime import datetime
from types import ModuleType, SimpleNamespace
from typing import Any

from district.edges.gateway.directory import Directory, Known, SeriesRows, Snapshot
from district.edges.gateway.group import Group
from district.edges.gateway.hj212 import Hj212
from district.edges.gateway.limits import Limits
from district.edges.gateway.tallies import Tallies
from district.kernel.clock import CHINA
from district.protocols.hj212.scanner import Scanner
from district.systems.environment import intake

NOW = datetime(2026, 3, 10, 12, tzinfo=CHINA)
PASSWORD = "123456"


def intake_of(system: str) -> ModuleType | None:
    return intake if system == "environment" else None


def known(id: int, code: str, **changes: Any) -> Known:
    given = {
        "name": code, "kind": "air", "protocol": "hj212", "password": PASSWORD.encode(), "cipher_key": None,
        "system": "environment", "status": "active", "interval_s": 60, "units": {},
    } | changes  # fmt: skip
    return Known(id=id, code=code, **given)


class FakeGateway:
    """What a link and a dialect ask of the gateway."""

    def __init__(self, devices: list[Known], engine: str | None = None) -> None:
        self.directory = Directory()
        self.directory.apply(Snapshot(devices, SeriesRows.of([])))
        self.tallies = Tallies(NOW)
        self.dialect = Hj212(self.directory, Limits(), intake_of)
        self.dialect.scanner = Scanner(engine)

    def meets(self, link: Any, device: Known) -> None:
        link.devices[device.id] = device

    def keeps(self, refusal: Any, link: Any) -> bool:
        return True

    def link(self) -> Any:
        return SimpleNamespace(
            gateway=self, devices={}, has_spoken=False, wrong_passwords=0, port=9212, remote="10.0.0.1:1"
        )

    def read(self, *chunks: bytes) -> Group:
        """One turn over as many links."""
        group = Group(1, "hj212", NOW)
        self.dialect.read(group, [self.link() for _ in chunks], list(chunks))
        return group

    def told(self, group: Group) -> dict[str, Any]:
        """What a group says, without the numbers of this process."""
        readings, keys = group.readings, self.directory.series.keys
        return {
            "readings": sorted(
                (keys[int(readings.series[row])], int(readings.at_us[row]), float(readings.value[row]), int(readings.mark[row]))
                for row in range(len(readings))
            ),
            "refusals": sorted((each.reason, each.device_code, each.raw) for each in group.refusals),
            "replies": [data for _, data in group.replies],
            "notes": [(each.item, each.name, each.text) for each in group.notes],
        }
