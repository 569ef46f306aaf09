"""A district-sized piece of the earth as a plane in metres. Good to a thousandth within a hundred kilometres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
METRES_OF_A_DEGREE = 111_194.93
"""Of latitude, on a sphere of 6,371,009 m."""


@dataclass(frozen=True)
class Plane:
    """Metres east and north of a place in WGS-84 degrees."""

    latitude: float
    longitude: float

    @classmethod
    def around(cls, latitudes: Floats, longitudes: Floats) -> Plane:
        return cls(float(np.median(latitudes)), float(np.median(longitudes)))

    def metres(self, latitudes: Floats, longitudes: Floats) -> Floats:
        """Shape (n, 2)."""
        narrow = np.cos(np.radians(self.latitude))
        return np.column_stack(
            ((longitudes - self.longitude) * METRES_OF_A_DEGREE * narrow, (latitudes - self.latitude) * METRES_OF_A_DEGREE)
        )

    def degrees(self, places: Floats) -> Floats:
        """Back again: latitudes and longitudes of places in metres, shape (n, 2)."""
        narrow = np.cos(np.radians(self.latitude))
        return np.column_stack((
            self.latitude + places[:, 1] / METRES_OF_A_DEGREE, self.longitude + places[:, 0] / (METRES_OF_A_DEGREE * narrow),
        ))  # fmt: skip


def lengths_along(line: Floats) -> Floats:
    """Metres from the beginning of a line (n, 2) to each of its corners."""
    return np.append(0.0, np.cumsum(np.hypot(*np.diff(line, axis=0).T)))


def projected(points: Floats, line: Floats, at: Floats) -> tuple[Floats, Floats]:
    """For each point (n) and piece of a line (m): the distance to it in metres, and the metres along the line. (n, m) each."""
    begin, step = line[:-1], np.diff(line, axis=0)
    length2 = np.maximum((step**2).sum(axis=1), 1e-9)
    offset = points[:, None, :] - begin[None, :, :]
    share = np.clip((offset * step[None]).sum(axis=2) / length2, 0.0, 1.0)
    apart = offset - share[:, :, None] * step[None]
    return np.hypot(apart[..., 0], apart[..., 1]), at[:-1][None] + share * np.sqrt(length2)[None]
