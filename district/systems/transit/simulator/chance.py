"""Chance that is the same whenever it is asked: each generator follows from seed and names alone."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np


def chance(seed: int, *names: object) -> np.random.Generator:
    """One stream of numbers for these names; asked again it begins anew."""
    text = ":".join(str(each) for each in (seed, *names))
    return np.random.default_rng(int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big"))
