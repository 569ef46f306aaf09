"""Per device: when it was last heard and how much it sent, gathered here and written to the database now and then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import psycopg

from district.kernel.devices.binary import Int8s, understand_arrays

if TYPE_CHECKING:
    from district.edges.gateway.directory import Known

SEEN = """
    WITH heard AS (
        SELECT d.id FROM devices_device d JOIN unnest(%(ids)s::bigint[]) AS n (id) ON n.id = d.id
        ORDER BY d.id FOR NO KEY UPDATE OF d
    )
    UPDATE devices_device d SET last_seen_at = greatest(d.last_seen_at, %(at)s), is_online = true
    FROM heard WHERE d.id = heard.id
"""
COUNTED = """
    INSERT INTO devices_devicelink AS kept
        (device_id, is_connected, remote, port, frames, observations, resends, refusals, updated_at)
    SELECT n.id, true, '', 0, n.frames, n.observations, n.resends, n.refusals, %(at)s
    FROM unnest(%(ids)s::bigint[], %(frames)s::bigint[], %(observations)s::bigint[], %(resends)s::bigint[],
        %(refusals)s::bigint[]) AS n (id, frames, observations, resends, refusals)
    JOIN devices_device d ON d.id = n.id ORDER BY n.id
    ON CONFLICT (device_id) DO UPDATE SET
        frames = kept.frames + excluded.frames, observations = kept.observations + excluded.observations,
        resends = kept.resends + excluded.resends, refusals = kept.refusals + excluded.refusals, updated_at = excluded.updated_at
"""
CONNECTED = """
    INSERT INTO devices_devicelink AS kept
        (device_id, is_connected, remote, port, connected_at, frames, observations, resends, refusals, updated_at)
    SELECT d.id, true, %(remote)s, %(port)s, %(at)s, 0, 0, 0, 0, %(at)s FROM devices_device d WHERE d.id = %(id)s
    ON CONFLICT (device_id) DO UPDATE SET is_connected = true, remote = excluded.remote, port = excluded.port,
        connected_at = excluded.connected_at, updated_at = excluded.updated_at
"""
DISCONNECTED = """
    UPDATE devices_devicelink SET is_connected = false, disconnected_at = %(at)s, updated_at = %(at)s
    WHERE device_id = %(id)s AND is_connected
"""
ALL_DISCONNECTED = """
    UPDATE devices_devicelink SET is_connected = false, disconnected_at = now(), updated_at = now() WHERE is_connected
"""


class Place(Protocol):
    """Where a device is connected from, and the port of ours it came to."""

    @property
    def remote(self) -> str: ...

    @property
    def port(self) -> int: ...


@dataclass(slots=True)
class Portion:
    """What has gathered since the last one."""

    at: datetime
    heard: set[int] = field(default_factory=set)
    frames: Counter[int] = field(default_factory=Counter)
    observations: Counter[int] = field(default_factory=Counter)
    resends: Counter[int] = field(default_factory=Counter)
    refusals: Counter[int] = field(default_factory=Counter)
    links: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.heard or self.links or self.observations or self.resends or self.refusals)


class Tallies:
    """Filled by the loop, taken away by `portion`."""

    def __init__(self, now: datetime) -> None:
        self._portion = Portion(now)

    def frames(self, known: Known, count: int) -> None:
        self._portion.heard.add(known.id)
        self._portion.frames[known.id] += count

    def observations(self, counts: Iterable[tuple[int, int]]) -> None:
        for device, count in counts:
            self._portion.observations[device] += count

    def resent(self, counts: Iterable[tuple[int, int]]) -> None:
        for device, count in counts:
            self._portion.resends[device] += count

    def refused(self, known: Known) -> None:
        self._portion.refusals[known.id] += 1

    def connected(self, known: Known, link: Place, at: datetime) -> None:
        self._portion.links.append(
            {"id": known.id, "remote": link.remote, "port": link.port, "at": at, "is_connected": True}
        )

    def disconnected(self, known: Known, at: datetime) -> None:
        self._portion.links.append({"id": known.id, "at": at, "is_connected": False})

    def portion(self, now: datetime) -> Portion:
        taken, self._portion = self._portion, Portion(now)
        taken.at = now
        return taken


def write_portion(connection: psycopg.Connection[Any], portion: Portion) -> None:
    """In one transaction, rows in the order of their ids so that two writers cannot wait for each other in a ring."""
    with connection.transaction(), connection.cursor() as cursor:
        understand_arrays(cursor)
        links = sorted(portion.links, key=lambda link: link["id"])
        for is_connected, run in groupby(links, key=lambda link: link["is_connected"]):
            cursor.executemany(CONNECTED if is_connected else DISCONNECTED, list(run))
        ids = sorted({*portion.heard, *portion.observations, *portion.resends, *portion.refusals})
        if not ids:
            return
        numbers = np.array(ids, dtype=np.int64)
        cursor.execute(SEEN, {"ids": Int8s(np.array(sorted(portion.heard), dtype=np.int64)), "at": portion.at})
        columns = {
            name: Int8s(np.array([getattr(portion, name)[id] for id in ids], dtype=np.int64))
            for name in ("frames", "observations", "resends", "refusals")
        }
        cursor.execute(COUNTED, {"ids": Int8s(numbers), "at": portion.at, **columns})



