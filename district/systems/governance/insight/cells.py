"""Places as H3 cells: which cell an event lies in, which cells lie around, and the windows a scan looks through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import h3
import numpy as np
import numpy.typing as npt
import scipy

RESOLUTION = 8
"""Cells of about 0.7 km²: some 420 for the district."""


def cells_of(lon: Sequence[float], lat: Sequence[float], resolution: int = RESOLUTION) -> list[str]:
    return [h3.latlng_to_cell(y, x, resolution) for x, y in zip(lon, lat, strict=True)]


@dataclass(frozen=True)
class Area:
    """The cells of a study in a fixed order."""

    cells: tuple[str, ...]

    @classmethod
    def around(cls, cells: Iterable[str], ring: int = 1) -> Area:
        """The given cells and those within `ring` steps, so that quiet places beside busy ones count too."""
        return cls(tuple(sorted({near for cell in set(cells) for near in h3.grid_disk(cell, ring)})))

    def __len__(self) -> int:
        return len(self.cells)

    @property
    def index(self) -> dict[str, int]:
        return {cell: place for place, cell in enumerate(self.cells)}

    def places(self, cells: Iterable[str]) -> npt.NDArray[np.int64]:
        """The place of each cell in this area, -1 for one outside."""
        index = self.index
        return np.array([index.get(cell, -1) for cell in cells], dtype=np.int64)

    def counts(self, cells: Iterable[str]) -> npt.NDArray[np.int64]:
        """Events per cell of the area."""
        places = self.places(cells)
        return np.bincount(places[places >= 0], minlength=len(self))

    def neighbours(self, ring: int) -> scipy.sparse.csr_matrix:
        """0/1 matrix, cells × cells: within `ring` steps, the cell itself included."""
        return _membership([h3.grid_disk(cell, ring) for cell in self.cells], self.index)

    def windows(self, rings: Sequence[int]) -> tuple[scipy.sparse.csr_matrix, list[tuple[int, int]]]:
        """Round windows as a 0/1 matrix, windows × cells, and each window's (centre, ring)."""
        disks = [h3.grid_disk(cell, ring) for ring in rings for cell in self.cells]
        centres = [(place, ring) for ring in rings for place in range(len(self))]
        return _membership(disks, self.index), centres


def _membership(groups: Sequence[Iterable[str]], index: dict[str, int]) -> scipy.sparse.csr_matrix:
    rows, columns = [], []
    for row, group in enumerate(groups):
        inside = [index[cell] for cell in group if cell in index]
        rows += [row] * len(inside)
        columns += inside
    return scipy.sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(groups), len(index)))


def outline(cell: str) -> list[list[float]]:
    """The border of a cell as a closed GeoJSON ring."""
    ring = [[round(lon, 6), round(lat, 6)] for lat, lon in h3.cell_to_boundary(cell)]
    return [*ring, ring[0]]


def centre(cell: str) -> tuple[float, float]:
    """(lon, lat) of a cell's middle."""
    lat, lon = h3.cell_to_latlng(cell)
    return lon, lat
