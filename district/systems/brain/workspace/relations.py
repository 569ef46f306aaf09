"""What somebody's grants let them see of the resources a question names, ready for the sandbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import pyarrow as pa

from district.kernel.datasets.models import Resource
from district.kernel.datasets.version_files import TYPES
from district.kernel.grants import fetching, rules, uses
from district.kernel.grants.fetching import Selection
from district.kernel.grants.row_rules import Condition, Rule, condition, quoted
from district.kernel.grants.subjects import count_of
from district.kernel.grants.viewers import Viewer
from district.kernel.people.refused import Refused

from .pushing_down import Pushed
from .reading_sql import Question
from .sandbox import Loaded

LITERALS: dict[str, tuple[type, ...]] = {
    "text": (str,), "integer": (int,), "number": (int, float), "date": (str,), "boolean": (bool,),
}  # fmt: skip
MOST_ROWS = 2_000_000
CHUNK = 20_000


@dataclass(frozen=True)
class Relation:
    """A resource a question may use, by which rule, what is asked of it for the question, and how it is loaded."""

    resource: Resource
    rule: Rule
    asked: Selection
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
        asked = fetching.selection(
            rule, resource, fields=_fields(rule, columns), filters=_filters(rule, question.pushed.get(name, ())),
            with_subjects=True,
        )  # fmt: skip
        made.append(Relation(resource, rule, asked, _loaded(asked)))
    return made


def record(made: list[Relation], viewer: Viewer, sql: str, purpose: str = "") -> None:
    """Notes, before an answer is shown, whose data it was made from. Raises Refused when a grant has ended meanwhile."""
    if not rules.still_holds([each.rule for each in made]):
        raise Refused("no_grant", "查询期间授权已收回或变更", field="sql")
    for each in made:
        persons = fetching.subjects_of(each.asked)
        uses.record(
            viewer, each.rule, channel="sql", rows=count_of(persons), subjects=persons,
            filter={"sql": sql[:2000]}, title=each.resource.title, purpose=purpose,
        )  # fmt: skip


def _fields(rule: Rule, columns: frozenset[str] | None) -> tuple[str, ...]:
    """Those of the rule's columns that are asked for; one at least, so that rows can be counted."""
    return tuple(name for name in rule.names if columns is None or name.lower() in columns) or rule.names[:1]


def _filters(rule: Rule, pushed: Iterable[Pushed]) -> list[Condition]:
    """Conditions that mean the same wherever they are asked: values of the very type of what is shown."""
    by_name = {column.name.lower(): column for column in rule.columns}
    made = []
    for each in pushed:
        column = by_name.get(each.column)
        if column is None or not _is_of(column.shown_type, each):
            continue
        with suppress(Refused):
            made.append(condition(column.name, column.shown_type, each.op, each.value))
    return made


def _is_of(type_: str, pushed: Pushed) -> bool:
    values = pushed.value if isinstance(pushed.value, list) else [pushed.value]
    # Which text comes first is a matter of the database's language; which are equal is not.
    is_same_everywhere = type_ != "text" or pushed.op in ("eq", "in", "prefix")
    return is_same_everywhere and all(type(value) in LITERALS.get(type_, ()) for value in values)


def _loaded(asked: Selection) -> Loaded:
    rule, shown = asked.rule, ", ".join(quoted(name) for name in asked.fields)
    if asked.dialect == "duckdb":
        return Loaded(rule.resource, sql=f"SELECT {shown} FROM ({asked.sql})", values=asked.values)  # noqa: S608 - quoted
    schema = pa.schema([pa.field(name, TYPES[rule.column(name).shown_type]) for name in asked.fields])
    return Loaded(rule.resource, lambda: _batches(asked, schema), schema=schema)


def _batches(asked: Selection, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Rows of PostgreSQL, any number in bounded memory. The full numbers of persons are left behind here."""
    count = 0
    for rows in fetching.batches(asked, CHUNK):
        count += len(rows)
        if count > MOST_ROWS:
            raise Refused("sql_large", f"数据超过 {MOST_ROWS:,} 行，请先缩小授权范围或用发布的版本", field="sql")
        columns = list(zip(*rows, strict=True))[: len(schema)]
        yield pa.record_batch(
            [pa.array(column, field.type, from_pandas=True) for column, field in zip(columns, schema, strict=True)],
            schema=schema,
        )
