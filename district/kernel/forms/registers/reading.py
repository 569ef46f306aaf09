"""Records in the clear: for those who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from district.kernel.forms.models import Entity, EntityWrite
from district.kernel.forms.registers import merging
from district.kernel.forms.registers.history import as_merged, writes_of
from district.kernel.forms.registers.sealing import opened, opened_all


def values_of(entity: Entity) -> dict[str, str]:
    """Item → text as shown, sensitive ones opened. Who hands it to a person masks it or notes the look."""
    return opened_all(entity.values)


def value_of(entity: Entity, item: str) -> str:
    """Empty for none."""
    return opened(entity.values.get(item, ""))


@dataclass(frozen=True)
class Standing:
    """A value nobody has replaced, and the writes that stand by it, the latest first."""

    value: str
    writes: tuple[EntityWrite, ...]


@dataclass(frozen=True)
class Change:
    """What a write changed: item → before and after."""

    write: EntityWrite
    items: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class History:
    """`standing`: item (or `label`) → its values, the one shown first. `changes`: the newest first."""

    standing: dict[str, tuple[Standing, ...]]
    changes: tuple[Change, ...]


def history_of(entity: Entity) -> History:
    """One statement."""
    return histories_of([entity])[entity.pk]


def histories_of(entities: Iterable[Entity]) -> dict[int, History]:
    """Of many records at once."""
    ids = [entity.pk for entity in entities]
    found = writes_of(ids, with_writers=True)
    return {pk: _history(found.get(pk, [])) for pk in ids}


def _history(rows: list[EntityWrite]) -> History:
    by_key = {row.key: row for row in rows}
    outcome = merging.outcome_of(as_merged(rows))
    standing = {
        item: tuple(
            Standing(claim.value, tuple(by_key[write.key] for write in claim.writes)) for claim in claims
        )
        for item, claims in outcome.state.items()
    }
    changes = tuple(Change(row, outcome.changes.get(row.key, {})) for row in reversed(rows))
    return History(standing, changes)
