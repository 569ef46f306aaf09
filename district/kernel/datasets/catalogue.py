"""The datasets that systems lend, as their contracts name them (政务信息资源目录)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from district.kernel import registry
from district.kernel.datasets import classes, cycles
from district.kernel.vocabulary import Dataset, System


class UnknownDataset(LookupError):
    """No system lends a dataset of this name."""


@dataclass(frozen=True)
class Entry:
    """A lent dataset and who lends it."""

    system: System
    dataset: Dataset


def entries() -> list[Entry]:
    """Every lent dataset, in the order of the plan. Names in `shares` without a Dataset are in `missing`."""
    return [
        Entry(system, found) for system, name in _named() if (found := _dataset(system, name)) is not None
    ]


def entry(system: str, key: str) -> Entry:
    """Raises UnknownDataset."""
    for each in entries():
        if (each.system.name, each.dataset.key) == (system, key):
            return each
    raise UnknownDataset(f"{system}.{key}")


def missing() -> list[str]:
    """What manifests promise and contracts do not hold, as `system.name`."""
    return [f"{system.name}.{name}" for system, name in _named() if _dataset(system, name) is None]


def faults() -> list[str]:
    """What contracts say that the catalogue cannot take, as `system.name: what`."""
    found = []
    for entry in entries():
        lent, name = entry.dataset, f"{entry.system.name}.{entry.dataset.key}"
        if lent.updates not in cycles.cycle_rules():
            found.append(f"{name}: no such cycle {lent.updates!r}")
        if lent.library and lent.library not in classes.libraries():
            found.append(f"{name}: no such base library {lent.library!r}")
        if lent.theme and lent.theme not in classes.themes():
            found.append(f"{name}: no such theme {lent.theme!r}")
        if lent.share == "closed" and not lent.legal_ground:
            found.append(f"{name}: closed without a legal ground")
    return found


def _named() -> list[tuple[System, str]]:
    return [(system, name) for system in registry.systems() for name in system.shares]


@cache
def _dataset(system: System, name: str) -> Dataset | None:
    found = getattr(registry.role_file(system, "contract"), name, None)
    return found if isinstance(found, Dataset) else None
