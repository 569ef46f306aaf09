"""Conditions of a question that can be asked where the rows lie, before they are copied. Pure.

A condition is only asked twice: it stays in the question too. So it may be pushed down whenever a row that fails it can
be in no answer, which holds for the conditions of WHERE that are never true of nothing (comparisons with a value), of
a resource the question names once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

COMPARISONS: dict[type[exp.Expr], str] = {exp.EQ: "eq", exp.LT: "lt", exp.LTE: "le", exp.GT: "gt", exp.GTE: "ge"}
MIRRORED = {"eq": "eq", "lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
PLAIN_JOINS = ("", "INNER", "CROSS", "OUTER")


@dataclass(frozen=True)
class Pushed:
    """`column` in lower case; `op` and `value` as those of `grants.row_rules.condition`."""

    column: str
    op: str
    value: Any = None


def pushed_down(tree: exp.Expr) -> dict[str, tuple[Pushed, ...]]:
    """By name of the resource; those without any are left out."""
    tables = [each for each in tree.find_all(exp.Table) if isinstance(each.this, exp.Identifier) and each.db]
    names = [_name(each) for each in tables]
    found = {}
    for table, name in zip(tables, names, strict=True):
        if names.count(name) == 1 and (conditions := tuple(_of_table(table))):
            found[f"{table.db}.{table.name}"] = conditions
    return found


def _name(table: exp.Table) -> str:
    return f"{table.db}.{table.name}".lower()


def _of_table(table: exp.Table) -> Iterator[Pushed]:
    select = _plain_select(table)
    where = select.args.get("where") if select else None
    if select is None or where is None:
        return
    sources = [each.alias_or_name.lower() for each in _sources(select)]
    own = table.alias_or_name.lower()
    if sources.count(own) != 1:
        return
    parts = where.this.flatten() if isinstance(where.this, exp.And) else [where.this]
    for part in parts:
        for each, column in _conditions(part.unnest()):
            is_own = column.table.lower() == own if column.table else len(sources) == 1
            if is_own and not column.args.get("db"):
                yield each


def _plain_select(table: exp.Table) -> exp.Select | None:
    """The SELECT a table stands in, when each row of the table has no bearing on what becomes of the others."""
    if any(table.args.get(each) for each in ("sample", "pivots", "laterals", "joins", "when", "ordinality")):
        return None
    holder: Any = table.parent
    if not isinstance(holder, exp.From | exp.Join) or not isinstance(holder.parent, exp.Select):
        return None
    select: exp.Select = holder.parent
    joins = select.args.get("joins") or []
    is_plain = all(each.kind in PLAIN_JOINS and not each.method for each in joins)
    is_lateral = bool(select.args.get("laterals") or select.args.get("sample"))
    return select if is_plain and not is_lateral else None


def _sources(select: exp.Select) -> list[Any]:
    start = select.args.get("from_") or select.args.get("from")
    return [*([start.this] if start else []), *(each.this for each in select.args.get("joins") or [])]


def _conditions(part: exp.Expr) -> Iterator[tuple[Pushed, exp.Column]]:
    """What one part of a WHERE says of a column alone; nothing for what is said in another way."""
    op = COMPARISONS.get(type(part))
    if op is not None:
        for column, other, way in ((part.this, part.expression, op), (part.expression, part.this, MIRRORED[op])):
            if isinstance(column, exp.Column) and (value := _value(other)) is not None:
                yield Pushed(column.name.lower(), way, value), column
    elif isinstance(part, exp.Between) and isinstance(part.this, exp.Column) and not part.args.get("symmetric"):
        for way, bound in (("ge", part.args["low"]), ("le", part.args["high"])):
            if (value := _value(bound)) is not None:
                yield Pushed(part.this.name.lower(), way, value), part.this
    elif isinstance(part, exp.In) and isinstance(part.this, exp.Column) and not _is_of_rows(part):
        values = [_value(each) for each in part.expressions]
        if values and None not in values:
            yield Pushed(part.this.name.lower(), "in", values), part.this
    elif isinstance(part, exp.Like) and isinstance(part.this, exp.Column):
        value = _value(part.expression)
        if isinstance(value, str) and value.endswith("%") and not set(value[:-1]) & set("%_"):
            yield Pushed(part.this.name.lower(), "prefix", value[:-1]), part.this


def _is_of_rows(part: exp.In) -> bool:
    """Whether the values are those of another SELECT or of a list."""
    return any(part.args.get(each) for each in ("query", "unnest", "field"))


def _value(node: exp.Expr) -> Any:
    """A literal as a value, None for anything else."""
    node = node.unnest()
    if isinstance(node, exp.Neg) and isinstance(node.this, exp.Literal) and node.this.is_number:
        number = _value(node.this)
        return None if number is None else -number
    if isinstance(node, exp.Cast) and node.to.this == exp.DataType.Type.DATE and isinstance(node.this, exp.Literal):
        return node.this.this if node.this.is_string else None
    if isinstance(node, exp.Boolean):
        return bool(node.this)
    if not isinstance(node, exp.Literal):
        return None
    if node.is_string:
        return node.this
    try:
        return int(node.this) if node.is_int else float(node.this)
    except ValueError:
        return None
