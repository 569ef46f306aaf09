"""Towns and kinds that add up: series of every town × kind, of towns, of kinds, and of all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .happenings import Happenings

ALL = ""
"""The key of a sum over all towns or all kinds."""

Key = tuple[str, str]


@dataclass(frozen=True)
class Hierarchy:
    """`keys` of the series, leaves first; `sums`: series × leaves, 0/1."""

    keys: tuple[Key, ...]
    sums: npt.NDArray[np.float64]

    @property
    def leaves(self) -> int:
        return self.sums.shape[1]

    @classmethod
    def of(cls, towns: list[str], kinds: list[str]) -> Hierarchy:
        leaves: list[Key] = [(town, kind) for town in towns for kind in kinds]
        keys: list[Key] = [*leaves]
        keys += [(town, ALL) for town in towns] if len(kinds) > 1 else []
        keys += [(ALL, kind) for kind in kinds] if len(towns) > 1 else []
        keys += [(ALL, ALL)] if len(leaves) > 1 else []
        rows = [[key[0] in (ALL, leaf[0]) and key[1] in (ALL, leaf[1]) for leaf in leaves] for key in keys]
        return cls(tuple(keys), np.array(rows, dtype=float))

    def reconciled(
        self, forecasts: npt.NDArray[np.float64], variances: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float64]:
        """Forecasts that add up and stay nearest to those given (weighted least squares over the leaves).

        `forecasts`: series × times; `variances`: of their errors, per series. See Wickramasuriya 2019, J. Am. Stat.
        Assoc. 114, with a diagonal error matrix.
        """
        weighed = self.sums / np.maximum(variances, 1e-9)[:, None]
        leaves = np.linalg.solve(weighed.T @ self.sums, weighed.T @ forecasts)
        return self.sums @ np.maximum(leaves, 0.0)


def daily_counts(happenings: Happenings, first: int, last: int) -> tuple[Hierarchy, npt.NDArray[np.float64]]:
    """The hierarchy of what there is, and counts, series × days `first`…`last`."""
    towns, kinds = sorted(set(happenings.town.tolist())), sorted(set(happenings.kind.tolist()))
    hierarchy = Hierarchy.of(towns, kinds)
    chosen = happenings.between(first, last)
    leaf = np.searchsorted(towns, chosen.town) * len(kinds) + np.searchsorted(kinds, chosen.kind)
    days = last - first + 1
    flat = np.bincount(leaf * days + (chosen.day - first), minlength=hierarchy.leaves * days)
    return hierarchy, hierarchy.sums @ flat.reshape(hierarchy.leaves, days).astype(float)
