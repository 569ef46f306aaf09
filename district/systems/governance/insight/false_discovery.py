"""Benjamini–Hochberg: among what is called a finding, the share that is none stays below the level wanted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def q_values(p: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Adjusted p-values (J. R. Stat. Soc. B 57, 1995): call those ≤ 0.05 to keep the false discovery rate at 5 %."""
    given = np.asarray(p, dtype=float)
    order = np.argsort(given)
    scaled = given[order] * len(given) / np.arange(1, len(given) + 1)
    adjusted = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    result = np.empty_like(adjusted)
    result[order] = adjusted
    return result
