"""Driven trips of a day as bytes and back, to be learnt from for weeks without reading the positions again. Pure."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np

from ..passages import Run
from ..schedule import Schedule

LEAST_APART_S = 15.0


def packed(runs: Sequence[Run]) -> bytes:
    """Positions thinned; passages whole."""
    at, along = [], []
    for run in runs:
        rows = _thinned(run.at)
        at.append(run.at[rows])
        along.append(run.along[rows])
    made = io.BytesIO()
    np.savez_compressed(
        made, vehicle=np.array([run.vehicle for run in runs], dtype=np.str_), midnight=np.array([run.midnight for run in runs]),
        trip=np.array([run.trip.trip_id for run in runs], dtype=np.str_), sizes=np.array([len(each) for each in at], dtype=int),
        stops=np.array([len(run.passed_at) for run in runs], dtype=int), at=_joined(at), along=_joined(along).astype(np.float32),
        passed=_joined([run.passed_at for run in runs]), known=_joined([run.known_at for run in runs]),
        gap=_joined([run.gap_s for run in runs]).astype(np.float32),
    )  # fmt: skip
    return made.getvalue()


def unpacked(data: bytes, schedule: Schedule) -> list[Run]:
    """Those whose trip the timetable still has with as many stops."""
    found = []
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        columns = {name: archive[name] for name in archive.files}
    places, stops = np.cumsum(columns["sizes"])[:-1], np.cumsum(columns["stops"])[:-1]
    parts = zip(
        columns["vehicle"], columns["trip"], columns["midnight"], np.split(columns["at"], places),
        np.split(columns["along"].astype(np.float64), places), np.split(columns["passed"], stops),
        np.split(columns["known"], stops), np.split(columns["gap"].astype(np.float64), stops), strict=True,
    )  # fmt: skip
    for vehicle, trip_id, midnight, at, along, passed, known, gap in parts:
        trip = schedule.trips.get(str(trip_id))
        if trip is not None and len(trip.arrivals) == len(passed) and len(at):
            found.append(Run(str(vehicle), trip, float(midnight), at, along, passed, known, gap))
    return found


def _thinned(at: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    kept, last = [], -np.inf
    for number, when in enumerate(at.tolist()):
        if when - last >= LEAST_APART_S or number == len(at) - 1:
            kept.append(number)
            last = when
    return np.array(kept, dtype=np.int64)


def _joined(parts: list[np.ndarray[tuple[int], np.dtype[np.float64]]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.concatenate(parts) if parts else np.empty(0)
