"""From published rows to parties: what a resource says of whom is taken from its versions, never from a system's tables.

A resource gives parties when an item of it `holds` a person_id or an entity_code. Versions in the lake are read file by
file, and files of versions already taken are left out; a dataset that a system lends as a view is read whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from django.db import connection, transaction

from district.kernel.clock import now
from district.kernel.datasets.duck import duck, name
from district.kernel.datasets.lake_rows import parts_of, published
from district.kernel.datasets.merging import files_sql
from district.kernel.datasets.models import Item, Resource, Shelf, Version
from district.kernel.parties.attributes import key_of
from district.kernel.parties.delivery import Delivery, Receipt, Related
from district.kernel.parties.models import RelationKind, Source, Taken
from district.kernel.parties.noting import note_many
from district.kernel.parties.numbers import Kind
from district.kernel.parties.refused import Refused

HELD = {"person_id": ("person", Kind.CITIZEN), "entity_code": ("entity", Kind.CREDIT)}
BATCH = 100_000
LEADS = re.compile("法定代表人|负责人")
KEEPS = re.compile("经营者|业主")
EMPLOYS = re.compile("用人单位|工作单位|参保单位|就业单位")


@dataclass(frozen=True)
class Plan:
    """Which column is what: `number` of whom the rows are, `facts` key → column, `related` relation → column."""

    of: str
    number_kind: Kind
    number: str
    facts: dict[str, str] = field(default_factory=dict)
    related: dict[str, tuple[Kind, str, str | None]] = field(default_factory=dict)
    local_key: str | None = None

    @property
    def columns(self) -> list[str]:
        others = [
            column for _kind, number, who in self.related.values() for column in (number, who) if column
        ]
        wanted = [self.number, *self.facts.values(), *others, *([self.local_key] if self.local_key else [])]
        return list(dict.fromkeys(wanted))


def plan_of(items: Sequence[Item]) -> Plan | None:
    """What the items of a resource give; None when none of them holds the number of anybody.

    Where both a person and an entity stand in a row, the entity's relation to the person is read off the titles; a
    person's employer makes the row the person's, anything else the entity's.
    """
    held = {item.holds: item for item in reversed(items) if item.holds in HELD}
    if not held:
        return None
    entity, person = held.get("entity_code"), held.get("person_id")
    main = entity or person
    assert main is not None
    if entity and person and EMPLOYS.search(entity.title):
        main = person
    of, kind = HELD[main.holds]
    facts: dict[str, str] = {}
    for item in items:
        key = None if item.holds in HELD else key_of(of, item.title, item.name)
        if key:
            facts.setdefault(key, item.name)
    related: dict[str, tuple[Kind, str, str | None]] = {}
    if entity and person and main is entity and (LEADS.search(person.title) or KEEPS.search(person.title)):
        relation = RelationKind.LEGAL_REPRESENTATIVE if LEADS.search(person.title) else RelationKind.OPERATOR
        related[str(relation)] = (Kind.CITIZEN, person.name, facts.get("representative"))
    elif entity and person and main is person:
        related[str(RelationKind.EMPLOYER)] = (Kind.CREDIT, entity.name, None)
    keys = [item.name for item in items if item.is_key]
    local = keys[0] if len(keys) == 1 and keys[0] != main.name else None
    return Plan(of, kind, main.name, facts, related, local)


def resources_with_parties() -> list[Resource]:
    """Published resources that say something of parties."""
    held = Item.objects.filter(holds__in=HELD).values("resource_id")
    return list(Resource.objects.filter(pk__in=held, shelf=Shelf.PUBLISHED).order_by("pk"))


def take(resource: Resource) -> Receipt | None:
    """Notes what the resource's published rows say that was not noted yet; None when there is nothing new.

    Each batch is one transaction: a job that is killed goes on at the next run, and what it repeats changes nothing.
    Raises Refused `no_ground` for a resource of persons whose source names no legal ground.
    """
    plan = plan_of(list(resource.items.order_by("position")))
    version = None if resource.table else published(resource)
    if plan is None or (version is None and not resource.table):
        return None
    if version and Taken.objects.filter(resource=resource, version=version.number).exists():
        return None
    source = source_of(resource)
    if (plan.of == "person" or plan.related) and not (source.legal_ground and source.purpose):
        raise Refused("no_ground", f"资源“{resource.title}”没有写明依据，不能归集自然人信息")
    at = (version.published_at if version else None) or now()
    receipt = Receipt()
    for batch in _lake_batches(version, plan) if version else _table_batches(resource.table, plan):
        receipt.add(note_many(_delivery(batch, plan, at, resource.is_simulated), source))
    if version:
        Taken.objects.update_or_create(
            resource=resource, version=version.number,
            defaults={"files": version.files, "rows": receipt.rows, "refused": receipt.refused, "taken_at": now()},
        )  # fmt: skip
    return receipt


def source_of(resource: Resource) -> Source:
    """The source a resource is; its legal ground follows the catalogue's until somebody changes it here."""
    ground = resource.legal_ground or resource.share_condition
    made, _is_new = Source.objects.get_or_create(
        key=resource.name,
        defaults={
            "title": f"{resource.provider.name}：{resource.title}"[:160], "resource": resource,
            "legal_ground": ground[:300], "purpose": "归集同一主体的基本信息" if ground else "",
        },
    )  # fmt: skip
    return made


def _delivery(batch: dict[str, list[Any]], plan: Plan, at: Any, is_simulated: bool) -> Delivery:
    def texts(column: str) -> list[str | None]:
        return [None if value is None else str(value) for value in batch[column]]

    related = [
        Related(kind, number_kind, texts(number), texts(who) if who else [None] * len(batch[number]))
        for kind, (number_kind, number, who) in plan.related.items()
    ]
    return Delivery(
        number_kind=plan.number_kind, numbers=texts(plan.number),
        facts={key: texts(column) for key, column in plan.facts.items()}, at=at,
        local_keys=texts(plan.local_key) if plan.local_key else None, related=related, is_simulated=is_simulated,
    )  # fmt: skip


def _lake_batches(version: Version, plan: Plan) -> Iterator[dict[str, list[Any]]]:
    before = {path for taken in Taken.objects.filter(resource=version.resource) for path in taken.files}
    parts = [part for part in parts_of(version) if part.path not in before]
    if not parts:
        return
    schema = [(column["name"], column["type"]) for column in version.schema]
    columns = ", ".join(f"CAST({name(column)} AS VARCHAR) AS {name(column)}" for column in plan.columns)
    with duck() as engine:
        rows = engine.execute(f"SELECT DISTINCT {columns} FROM ({files_sql(parts, schema)})")  # noqa: S608
        for batch in rows.to_arrow_reader(BATCH):
            yield pa.Table.from_batches([batch]).to_pydict()


def _table_batches(table: str, plan: Plan) -> Iterator[dict[str, list[Any]]]:
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(column)}::text" for column in plan.columns)
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {columns} FROM {quote(table)}")  # noqa: S608 - quoted names from the catalogue
        while rows := cursor.fetchmany(BATCH):
            yield dict(zip(plan.columns, map(list, zip(*rows, strict=True)), strict=True))
