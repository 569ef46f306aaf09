"""Chance that is the same whenever it is asked: every number follows from seed, name and time alone.

A value of last March can be computed without the months since, so that back-fill and live reports agree.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]


@lru_cache(maxsize=4096)
def _root(seed: int, name: str) -> np.uint64:
    return np.uint64(int.from_bytes(blake2b(f"{seed}:{name}".encode(), digest_size=8).digest(), "big"))


def _mixed(root: np.uint64, places: NDArray[np.int64]) -> NDArray[np.uint64]:
    """SplitMix64 of the places; its multiplications are meant to overflow."""
    with np.errstate(over="ignore"):
        state = places.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + root
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return state ^ (state >> np.uint64(31))


def uniform(seed: int, name: str, places: NDArray[np.int64] | int) -> Column:
    """Evenly between 0 and 1, one independent number for each whole number."""
    mixed = _mixed(_root(seed, name), np.atleast_1d(np.asarray(places, dtype=np.int64)))
    return (mixed >> np.uint64(11)).astype(np.float64) / float(1 << 53)


def _normal(seed: int, name: str, places: NDArray[np.int64]) -> Column:
    # Twelve thousandths of the tail is cut: no weather of a thousand years is wanted.
    first = np.clip(uniform(seed, name, places), 1e-4, 1)
    return np.sqrt(-2 * np.log(first)) * np.cos(2 * np.pi * uniform(seed, name + "'", places))


def wave(seed: int, name: str, hours: Column, period: float) -> Column:
    """A smooth random line with mean 0 and variance 1 that forgets itself after about `period` hours."""
    place = np.asarray(hours, dtype=float) / period
    first = np.floor(place).astype(np.int64)
    part = place - first
    part = part * part * (3 - 2 * part)
    low, high = _normal(seed, name, first), _normal(seed, name, first + 1)
    return (low * (1 - part) + high * part) / np.sqrt((1 - part) ** 2 + part**2)
