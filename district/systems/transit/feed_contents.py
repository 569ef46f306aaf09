"""Which lines and stops a GTFS feed holds, by its own tables alone: for those who count without reading the timetable. Pure."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator


def contents(feed: bytes) -> tuple[list[str], list[str]]:
    """The lines that have trips, and the stops people board at, by id in order; both empty for what is no feed."""
    try:
        with zipfile.ZipFile(io.BytesIO(feed)) as archive:
            lines = {row.get("route_id", "") for row in _rows(archive, "trips.txt")}
            stops = {row.get("stop_id", "") for row in _rows(archive, "stops.txt")
                     if (row.get("location_type") or "0").strip() in ("", "0")}  # fmt: skip
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, csv.Error):
        return [], []
    return sorted(lines - {""}), sorted(stops - {""})


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    inside = next((each for each in archive.namelist() if each.rsplit("/", 1)[-1] == name), None)
    if inside is None:
        return
    with archive.open(inside) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as file:
        rows = csv.reader(file, skipinitialspace=True)
        names = [each.strip() for each in next(rows, [])]
        for row in rows:
            yield dict(zip(names, row, strict=False))
