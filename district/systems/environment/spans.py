"""Runs of true values in a series, as half-open index spans."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def runs(is_true: NDArray[np.bool_], at_least: int = 1) -> list[tuple[int, int]]:
    """(start, stop) of every run of True with `at_least` members, in order."""
    padded = np.concatenate([[False], np.asarray(is_true, dtype=bool), [False]]).astype(np.int8)
    edges = np.diff(padded)
    starts, stops = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return [(int(start), int(stop)) for start, stop in zip(starts, stops, strict=True) if stop - start >= at_least]
