"""Our feeds under the rules for GTFS-Realtime: the official validator's, and those of the specification."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from gtfs_rt_validator import api


def broken(folder: Path, timetable: bytes, feeds: dict[str, bytes], at: float) -> dict[str, list[str]]:
    """Rule id → what is said, for each rule that the three feeds break together with the timetable, at an instant."""
    zipped = folder / "gtfs.zip"
    zipped.write_bytes(timetable)
    targets = {}
    for role, kind in zip(role_order(), ("trip-updates", "vehicle-positions", "alerts"), strict=False):
        path = folder / f"{kind}.pb"
        path.write_bytes(feeds[kind])
        targets[role] = str(path)
    request = api.Request(api.Mode.MODERN, zipped, api.resolve_roles(targets), at=datetime.fromtimestamp(at, UTC))
    found: dict[str, list[str]] = {}
    for occurrence in api.validate(request).run.notices.in_order():
        found.setdefault(occurrence.rule_id, []).append(str(occurrence))
    return found


def role_order() -> tuple[str, ...]:
    """The validator's names for trip updates, vehicle positions and alerts."""
    from gtfs_rt_validator.runner.context import ROLE_ORDER

    return tuple(ROLE_ORDER)
