"""The datasets that systems lend, as their contracts name them (政务信息资源目录)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from district.kernel import registry
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


def _named() -> list[tuple[System, str]]:
    return [(system, name) for system in registry.systems() for name in system.shares]


@cache
def _dataset(system: System, name: str) -> Dataset | None:
    found = getattr(registry.role_file(system, "contract"), name, None)
    return found if isinstance(found, Dataset) else None
