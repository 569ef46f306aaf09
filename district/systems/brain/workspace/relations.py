"""What somebody's grants let them see of the resources a question names, ready for the sandbox."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django.db import connection, transaction

from district.kernel.datasets.models import Resource
from district.kernel.datasets.version_files import TYPES
from district.kernel.grants import rules, uses
from district.kernel.grants.row_rules import Rule, quoted
from district.kernel.grants.subjects import subject_hash
from district.kernel.grants.viewers import Viewer
from district.kernel.people.refused import Refused

from .reading_sql import Question
from .sandbox import Loaded

MOST_ROWS = 2_000_000
CHUNK = 20_000
MOST_PERSONS = 20_000
"""A question over the rows of more persons than these is about all of them, not about anybody."""


@dataclass(frozen=True)
class Relation:
    """A resource a question may use, by which rule, and what is loaded of it."""

    resource: Resource
    rule: Rule
    loaded: Loaded


def relations(question: Question, viewer: Viewer) -> list[Relation]:
    """Raises Refused: `sql_table` for what the catalogue has not, `no_grant` for what the viewer may not see."""
    made = []
    for name, columns in question.tables.items():
        resource = Resource.objects.filter(name__iexact=name, shelf="published").select_related("provider").first()
        if resource is None:
            raise Refused("sql_table", f"目录中没有数据 {name}", field="sql", value=name)
        rule = rules.columns_and_rows(viewer, resource)
        if rule is None:
            raise Refused("no_grant", f"没有“{resource.title}”的有效授权", field="sql", value=name)
        made.append(Relation(resource, rule, _loaded(resource, rule, columns)))
    return made


def record(made: list[Relation], viewer: Viewer, sql: str, purpose: str = "") -> None:
    """Notes, before an answer is shown, whose data it was made from. Raises Refused when a grant has ended meanwhile."""
    if not rules.still_holds([each.rule for each in made]):
        raise Refused("no_grant", "查询期间授权已收回或变更", field="sql")
    for each in made:
        persons = _persons(each)
        uses.record(
            viewer, each.rule, channel="sql", rows=0 if persons is None else len(persons), subjects=persons or (),
            filter={"sql": sql[:2000]}, title=each.resource.title, purpose=purpose,
        )  # fmt: skip


def _loaded(resource: Resource, rule: Rule, columns: frozenset[str] | None) -> Loaded:
    dialect, source = rules.source_of(resource)
    sql, values = rules.relation_sql(rule, dialect, source)
    wanted = [each for each in rule.columns if columns is None or each.name.lower() in columns] or rule.columns[:1]
    shown = ", ".join(quoted(each.name) for each in wanted)
    if dialect == "duckdb":
        return Loaded(rule.resource, sql=f"SELECT {shown} FROM ({sql})", values=values)  # noqa: S608 - quoted names
    schema = pa.schema([pa.field(each.name, TYPES[each.shown_type]) for each in wanted])
    return Loaded(rule.resource, lambda: _batches(f"SELECT {shown} FROM ({sql}) AS own", values, schema), schema=schema)  # noqa: S608


def _batches(sql: str, values: dict[str, Any], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Rows of PostgreSQL through a cursor of the server, so that any number fits into memory."""
    count = 0
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(CHUNK):
            count += len(rows)
            if count > MOST_ROWS:
                raise Refused("sql_large", f"数据超过 {MOST_ROWS:,} 行，请先缩小授权范围或用发布的版本", field="sql")
            columns = zip(*rows, strict=True)
            yield pa.record_batch(
                [pa.array(column, field.type, from_pandas=True) for column, field in zip(columns, schema, strict=True)],
                schema=schema,
            )


def _persons(relation: Relation) -> list[uuid.UUID] | None:
    """Keyed hashes of the persons among the rows, None when they are too many to be about anybody."""
    if not relation.rule.subject_items:
        return []
    dialect, source = rules.source_of(relation.resource)
    sql, values = rules.relation_sql(relation.rule, dialect, source, with_subjects=True)
    asked = f'SELECT DISTINCT "_subject0" FROM ({sql}) AS own LIMIT {MOST_PERSONS + 1}'  # noqa: S608
    if dialect == "postgres":
        with connection.cursor() as cursor:
            cursor.execute(asked, values)
            found = cursor.fetchall()
    else:
        from district.kernel.datasets.duck import duck

        with duck() as engine:
            found = engine.execute(asked, values).fetchall()
    if len(found) > MOST_PERSONS:
        return None
    return sorted(subject_hash(row[0]) for row in found if row[0])
