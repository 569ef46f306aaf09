"""Kulldorff's space–time scan: round windows over the last days, more events than chance would bring, and how sure.

The statistic is the Poisson likelihood ratio (Kulldorff 1997, Commun. Stat. 26; 2005, PLoS Med. 2:e59). Chance is
drawn anew, with a fixed seed, in one of two ways:

- `base` given (population, addresses): the events fall on cells in proportion to it, evenly over the days;
- none given: every place is measured by its own history. Days are dealt out anew among the events, so that what is
  always busy, and what is busy everywhere (a season, a holiday), is no finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from .cells import Area

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

RINGS = (0, 1, 2, 3, 4)
LENGTHS = (1, 2, 3, 5, 7, 10, 14, 21, 28)
"""Days a window may last; all end on the last day, as what counts is what goes on now."""
REPLICATES = 999
SEED = 370306
BATCH = 111
LARGEST_SHARE = 0.5
"""A window over more than half of everything says where nothing happens, not where something does."""
LEAST_EVENTS = 3


@dataclass(frozen=True)
class Cluster:
    """A window with more than was to be expected. `p` is the Monte-Carlo rank of its likelihood ratio."""

    cells: tuple[str, ...]
    centre: str
    ring: int
    days: int
    observed: int
    expected: float
    relative_risk: float
    likelihood_ratio: float
    p: float


def scan(
    area: Area,
    places: Ints,
    days: Ints,
    *,
    first: int,
    last: int,
    base: npt.ArrayLike | None = None,
    rings: Sequence[int] = RINGS,
    lengths: Sequence[int] = LENGTHS,
    replicates: int = REPLICATES,
    seed: int = SEED,
    most: int = 10,
) -> list[Cluster]:
    """Clusters alive on day `last`, the most likely first; they do not overlap. All are told, with their `p`.

    `places`: each event's place in `area` (−1: outside, ignored); `days`: its day number; the study is `first`…`last`.
    """
    inside = (places >= 0) & (days >= first) & (days <= last)
    cell, age = places[inside], last - days[inside]
    if len(cell) < LEAST_EVENTS:
        return []
    study = _Study(area, cell, age, last - first + 1, base, rings, lengths)
    ratio = study.ratios(study.observed()[:, :, None])[:, :, 0]
    rng = np.random.default_rng(seed)
    # However the work is batched, a replicate's best window is all that is kept of it.
    chance = np.concatenate(
        [study.best(rng, min(BATCH, replicates - done)) for done in range(0, replicates, BATCH)]
    )
    return _apart(study, ratio, chance, most)


class _Study:
    """Events and windows as matrices; axes are windows × lengths × replicates."""

    def __init__(
        self, area: Area, cell: Ints, age: Ints, span: int, base: npt.ArrayLike | None,
        rings: Sequence[int], lengths: Sequence[int],
    ) -> None:  # fmt: skip
        self.area, self.cell, self.age, self.span = area, cell, age, span
        self.lengths = np.array([length for length in lengths if length < span] or [1])
        self.total = len(cell)
        self.windows, self.centres = area.windows(rings)
        self.base = None if base is None else np.asarray(base, dtype=float) / np.sum(base)
        share = np.bincount(cell, minlength=len(area)) / self.total if self.base is None else self.base
        recent = self.total * self.lengths / span if self.base is not None else self._recent(age)
        self.expected: Floats = np.outer(self.windows @ share, recent)
        self.allowed = self.expected <= LARGEST_SHARE * self.total

    def _recent(self, age: Ints) -> Floats:
        """Events of the last so many days, for each length."""
        return np.array([(age < length).sum() for length in self.lengths], dtype=float)

    def observed(self) -> Floats:
        return self._counted(self.cell, self.age, np.zeros_like(self.cell), 1)[:, :, 0]

    def _counted(self, cell: Ints, age: Ints, replicate: Ints, replicates: int) -> Floats:
        """Events per window, length and replicate, from flat columns of events."""
        slot = np.searchsorted(self.lengths, age, side="right")  # the first length that reaches so far back
        kept = slot < len(self.lengths)
        width = len(self.lengths) * replicates
        flat = (cell[kept] * len(self.lengths) + slot[kept]) * replicates + replicate[kept]
        counts = np.bincount(flat, minlength=len(self.area) * width).reshape(len(self.area), -1, replicates)
        reaching = np.cumsum(counts, axis=1, dtype=float).reshape(len(self.area), width)
        return np.asarray(self.windows @ reaching).reshape(self.windows.shape[0], -1, replicates)

    def ratios(self, observed: Floats) -> Floats:
        """Log likelihood ratios; 0 where there is no more than expected."""
        expected = np.maximum(self.expected, 1e-9)[:, :, None]
        rest, rest_expected = self.total - observed, np.maximum(self.total - expected, 1e-9)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = observed * np.log(observed / expected) + np.where(
                rest > 0, rest * np.log(np.maximum(rest, 1e-9) / rest_expected), 0.0
            )
        return np.where((observed > expected) & self.allowed[:, :, None], found, 0.0)

    def best(self, rng: np.random.Generator, replicates: int) -> Floats:
        """The largest ratio of each of so many replicates of chance."""
        number = np.repeat(np.arange(replicates), self.total)
        if self.base is not None:
            cell = rng.choice(len(self.area), size=self.total * replicates, p=self.base)
            age = rng.integers(0, self.span, size=self.total * replicates)
        else:
            cell = np.tile(self.cell, replicates)
            age = rng.permuted(np.tile(self.age, (replicates, 1)), axis=1).ravel()
        return self.ratios(self._counted(cell, age, number, replicates)).max(axis=(0, 1))


def _apart(study: _Study, ratio: Floats, chance: Floats, most: int) -> list[Cluster]:
    """The best window, then the best that shares no cell with it, and so on."""
    left = ratio.copy()
    observed = study.observed()
    windows: scipy.sparse.csr_matrix = study.windows
    found: list[Cluster] = []
    while len(found) < most:
        window, length = np.unravel_index(int(left.argmax()), left.shape)
        best = float(left[window, length])
        if best <= 0 or observed[window, length] < LEAST_EVENTS:
            break
        inside = windows[window].indices
        events, expected = int(observed[window, length]), float(study.expected[window, length])
        outside = (study.total - events) / max(study.total - expected, 1e-9)
        centre, ring = study.centres[window]
        found.append(
            Cluster(
                tuple(study.area.cells[place] for place in inside), study.area.cells[centre], ring,
                int(study.lengths[length]), events, expected, events / expected / max(outside, 1e-9), best,
                (1 + int((chance >= best).sum())) / (1 + len(chance)),
            )
        )  # fmt: skip
        touching = np.asarray(windows @ np.bincount(inside, minlength=len(study.area))).ravel() > 0
        left[touching] = 0.0
    return found
