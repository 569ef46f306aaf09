"""Writes are recorded and records made anew from them: many at once, in a few statements whatever their number."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from django.db import connection

from district.kernel import clock
from district.kernel.forms.models import Entity, EntityWrite, SubmissionVersion
from district.kernel.forms.registers import merging
from district.kernel.forms.registers.history import as_merged, writes_of
from district.kernel.forms.registers.layout import GEOMETRY, Layout
from district.kernel.forms.registers.merging import LABEL
from district.kernel.forms.registers.sealing import key_of, opened, sealed

RENEW = """
    UPDATE forms_entity AS e SET label = x.label, division_code = x.division_code, lon = x.lon, lat = x.lat,
        key = x.key, values = x.values, conflicts = x.conflicts, version = x.version, updated_at = x.updated_at
    FROM jsonb_to_recordset(%s::jsonb) AS x(id bigint, label text, division_code text, lon float8, lat float8,
        key text, values jsonb, conflicts jsonb, version int, updated_at timestamptz)
    WHERE e.id = x.id
"""


@dataclass(frozen=True)
class Entry:
    """A write that has come. `creates`: it makes the record when there is none; `division_code` then places it."""

    uuid: uuids.UUID
    key: str
    kind: str
    values: Mapping[str, str]
    at: datetime
    label: str = ""
    creates: bool = False
    base_version: int | None = None
    trunk_version: int | None = None
    branch: str = ""
    account: Any = None
    organisation: Any = None
    device: str = ""
    source: str = ""
    reason: str = ""
    submission: SubmissionVersion | None = None
    division_code: str = ""
    is_simulated: bool = False


@dataclass(frozen=True)
class Taken:
    """What became of a write. `changed`: item → the text on the writer's screen and the one he gave instead.

    `conflicts`: items of the record that have several values now. `is_repeated`: it had been taken before.
    """

    entity: Entity
    key: str
    changed: dict[str, tuple[str, str]] = field(default_factory=dict)
    conflicts: tuple[str, ...] = ()
    is_new: bool = False
    is_repeated: bool = False


def locked(layout: Layout, names: Sequence[uuids.UUID]) -> dict[uuids.UUID, Entity]:
    """The records of these names, kept from other writers until the transaction ends; always in the same order."""
    rows = Entity.objects.select_for_update(of=("self",)).filter(
        register=layout.register, uuid__in=set(names)
    )
    return {row.uuid: row for row in rows.order_by("pk")}


def record(
    layout: Layout,
    entries: Sequence[Entry],
    held: Mapping[uuids.UUID, Entity] | None = None,
    before: dict[int, list[EntityWrite]] | None = None,
) -> list[Taken]:
    """Takes the writes in their order; call inside a transaction. `held`: records already locked, `before`: their writes.

    A write without a record that does not create one is left out: look for it before.
    """
    entities = dict(held) if held is not None else locked(layout, [entry.uuid for entry in entries])
    made = _made(layout, [entry for entry in entries if entry.creates and entry.uuid not in entities])
    entities |= made
    if before is None:
        before = writes_of(entity.pk for entity in entities.values())
    else:
        before |= writes_of(entity.pk for entity in made.values())
    rows: list[EntityWrite] = []
    kept: list[tuple[Entry, Entity, bool]] = []
    for entry in entries:
        entity = entities.get(entry.uuid)
        if entity is None:
            continue
        known = before.setdefault(entity.pk, [])
        is_repeated = any(row.key == entry.key for row in known)
        if not is_repeated:
            row = _row(layout, entity, entry, len(known) + 1)
            known.append(row)
            rows.append(row)
        kept.append((entry, entity, is_repeated))
    EntityWrite.objects.bulk_create(rows, batch_size=2000)
    changed = {row.entity_id for row in rows}
    changes = _renew(layout, [entity for entity in entities.values() if entity.pk in changed], before)
    return [
        Taken(
            entity, entry.key, changes.get(entity.pk, {}).get(entry.key, {}), tuple(entity.conflicts),
            entity.uuid in made and not is_repeated and before[entity.pk][0].key == entry.key, is_repeated,
        )
        for entry, entity, is_repeated in kept
    ]  # fmt: skip


def _made(layout: Layout, entries: Sequence[Entry]) -> dict[uuids.UUID, Entity]:
    """New records, or those that another writer made at this moment."""
    if not entries:
        return {}
    first = {entry.uuid: entry for entry in reversed(entries)}
    Entity.objects.bulk_create(
        [
            Entity(
                register=layout.register, uuid=name, label=entry.label[:120] or str(name),
                division_code=entry.division_code, is_simulated=entry.is_simulated,
                created_by=entry.account if getattr(entry.account, "pk", None) else None,
            )
            for name, entry in sorted(first.items())
        ],
        ignore_conflicts=True, batch_size=2000,
    )  # fmt: skip
    return locked(layout, list(first))


def _row(layout: Layout, entity: Entity, entry: Entry, number: int) -> EntityWrite:
    return EntityWrite(
        entity=entity, key=entry.key, version=number, base_version=entry.base_version,
        trunk_version=entry.trunk_version, branch=entry.branch, kind=entry.kind,
        values=sealed(layout.canonical(entry.values), layout.grades), label=entry.label.strip()[:120], at=entry.at,
        account=entry.account if getattr(entry.account, "pk", None) else None, organisation=entry.organisation,
        device=entry.device[:80], source=entry.source[:120], reason=entry.reason[:200], submission=entry.submission,
    )  # fmt: skip


def _renew(
    layout: Layout, entities: Sequence[Entity], writes: Mapping[int, Sequence[EntityWrite]]
) -> dict[int, dict[str, dict[str, tuple[str, str]]]]:
    """Makes the records what their writes come to. Entity → write → what it changed."""
    if not entities:
        return {}
    changes = {}
    moment = clock.now()
    rows = []
    for entity in entities:
        outcome = merging.outcome_of(as_merged(writes[entity.pk]))
        changes[entity.pk] = outcome.changes
        _describe(layout, entity, outcome.state)
        entity.version, entity.updated_at = len(writes[entity.pk]), moment
        rows.append(
            {
                "id": entity.pk, "label": entity.label, "division_code": entity.division_code, "lon": entity.lon,
                "lat": entity.lat, "key": entity.key, "values": entity.values, "conflicts": entity.conflicts,
                "version": entity.version, "updated_at": moment,
            }
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(RENEW, [orjson.dumps(rows).decode()])
    return changes


def _describe(layout: Layout, entity: Entity, state: merging.State) -> None:
    values = merging.shown(state)
    entity.label = values.pop(LABEL, "") or values.get(layout.key, "")[:120] or entity.label
    values = {item: value for item, value in values.items() if value}
    entity.key = key_of(values.get(layout.key, ""))
    if layout.division and values.get(layout.division, "").isdigit():
        entity.division_code = values[layout.division][:12]
    entity.lon, entity.lat = _place(values.get(GEOMETRY, "")) or (entity.lon, entity.lat)
    as_before = {item: stored for item, stored in entity.values.items() if values.get(item) == opened(stored)}
    fresh = {item: value for item, value in values.items() if item not in as_before}
    entity.values = as_before | sealed(fresh, layout.grades)
    entity.conflicts = {
        item: [claim.writes[0].key for claim in claims] for item, claims in merging.conflicts(state).items()
    }


def _place(text: str) -> tuple[float, float] | None:
    """Longitude and latitude of ODK's `lat lon altitude accuracy`."""
    parts = text.split()
    try:
        lat, lon = float(parts[0]), float(parts[1])
    except (IndexError, ValueError):
        return None
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None
