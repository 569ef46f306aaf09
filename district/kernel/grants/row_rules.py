"""Row and column rules as values, and the SELECT they make. Pure: no database, no clock.

`relation_sql` is the only way anybody's rows leave. Masks, hidden items and row conditions are inside the SELECT, so
whatever is asked of it from outside (a filter, an order, a join, a count) sees what the viewer may see and no more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from district.kernel.grants import masks
from district.kernel.grants.masks import Dialect
from district.kernel.grants.refused import Refused

KEY = "_key"
"""The name of the column that orders pages, when one was asked for."""
COMPARISONS = {"eq": "=", "ne": "<>", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
OPERATIONS = (*COMPARISONS, "in", "prefix", "is_set")
TYPES: dict[str, dict[Dialect, str]] = {
    "text": {"postgres": "text", "duckdb": "VARCHAR"},
    "integer": {"postgres": "bigint", "duckdb": "BIGINT"},
    "number": {"postgres": "double precision", "duckdb": "DOUBLE"},
    "boolean": {"postgres": "boolean", "duckdb": "BOOLEAN"},
    "date": {"postgres": "date", "duckdb": "DATE"},
    "datetime": {"postgres": "timestamptz", "duckdb": "TIMESTAMPTZ"},
}
GUARD = (
    "EXISTS (SELECT 1 FROM grants_grant AS held LEFT JOIN grants_client AS program ON program.id = held.client_id"
    " WHERE held.id = {id} AND held.revision = {revision} AND held.state = 'active'"
    " AND held.starts_at <= {now} AND held.ends_at > {now} AND coalesce(program.is_active, true))"
)


@dataclass(frozen=True)
class RuleColumn:
    """A column somebody may have: its name, title, type of item, and how it is shown (`""`: as it is)."""

    name: str
    title: str
    type: str
    mask: str = ""
    grade: int = 1
    holds: str = ""

    @property
    def shown_type(self) -> str:
        """The type of what comes out: masked values are texts."""
        return self.type if self.mask in ("", masks.HIDDEN, masks.COORDINATE) else "text"


@dataclass(frozen=True)
class Condition:
    """`item` is a column of the source, `value` of the item's type, a tuple for `in`."""

    item: str
    type: str
    op: str
    value: Any = None


@dataclass(frozen=True)
class Rule:
    """What a viewer may have of a resource. `grant_id` None: the viewer's own or open data, or nobody's grant."""

    resource_id: int
    resource: str
    columns: tuple[RuleColumn, ...]
    conditions: tuple[Condition, ...] = ()
    division_item: str = ""
    divisions: tuple[str, ...] = ()
    grant_id: int | None = None
    revision: int = 0
    number: str = ""
    purpose: str = ""
    is_own: bool = False
    subject_items: tuple[str, ...] = field(default=())

    def column(self, name: str) -> RuleColumn:
        """Raises Refused `item_not_granted`."""
        for column in self.columns:
            if column.name == name:
                return column
        raise Refused(
            "item_not_granted", f"信息项 {name} 不在授权范围内", field="items", value=name, status=403
        )

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def relation_sql(
    rule: Rule,
    dialect: Dialect,
    source_sql: str,
    *,
    now: datetime,
    keys: tuple[str, ...] = (),
    with_subjects: bool = False,
) -> tuple[str, dict[str, Any]]:
    """A SELECT over `source_sql` (a SELECT or the quoted name of a table), and its named parameters.

    Parameters are written `%(name)s` for PostgreSQL and `$name` for DuckDB, and begin with `r<resource id>_`, so that
    several relations can stand in one statement. `keys` are columns of the source that come out as `_key0`, `_key1`…
    for paging, `with_subjects` adds the full numbers of persons as `_subject0`…: both are for the platform, never to
    be handed out. In PostgreSQL the SELECT itself is empty once the grant is withdrawn, changed or over; for DuckDB
    ask `rules.still_holds` after reading and before handing out.
    """  # fmt: skip
    names = _names(rule)
    values = parameters(rule, dialect, now)
    return relation_text(rule, dialect, source_sql, keys, with_subjects), {
        name: values[name] for name in names if name in values
    }


def parameters(rule: Rule, dialect: Dialect, now: datetime) -> dict[str, Any]:
    """The values `relation_sql` needs, by name."""
    prefix = f"r{rule.resource_id}_"
    made: dict[str, Any] = {}
    for index, condition in enumerate(rule.conditions):
        if condition.op == "in":
            made |= {f"{prefix}c{index}_{n}": value for n, value in enumerate(condition.value)}
        elif condition.op != "is_set":
            made[f"{prefix}c{index}"] = condition.value
    made |= {f"{prefix}d{index}": code for index, code in enumerate(rule.divisions)}
    if rule.grant_id is not None and dialect == "postgres":
        made |= {f"{prefix}grant": rule.grant_id, f"{prefix}revision": rule.revision, f"{prefix}now": now}
    return made


def _names(rule: Rule) -> tuple[str, ...]:
    return tuple(parameters(rule, "postgres", datetime.min))  # noqa: DTZ901 - only the names are wanted


@lru_cache(maxsize=2000)
def relation_text(
    rule: Rule, dialect: Dialect, source_sql: str, keys: tuple[str, ...], with_subjects: bool
) -> str:  # fmt: skip
    """The SELECT of `relation_sql`, whose values are `parameters`. Remembered by all that goes into it: a changed rule
    is another rule."""
    if not rule.columns:
        raise Refused("nothing_granted", "没有可用的信息项", status=403)
    shown = [f"{_shown(column, dialect)} AS {quoted(column.name)}" for column in rule.columns]
    shown += [f"source.{quoted(key)} AS {quoted(f'{KEY}{index}')}" for index, key in enumerate(keys)]
    if with_subjects:
        kind = TYPES["text"][dialect]
        shown += [
            f"CAST(source.{quoted(item)} AS {kind}) AS {quoted(f'_subject{index}')}"
            for index, item in enumerate(rule.subject_items)
        ]
    source = f"({source_sql})" if source_sql.lstrip().upper().startswith(("SELECT", "WITH")) else source_sql
    where = " AND ".join(_where(rule, dialect)) or "TRUE"
    return f"SELECT {', '.join(shown)} FROM {source} AS source WHERE {where}"  # noqa: S608 - names are quoted


def _shown(column: RuleColumn, dialect: Dialect) -> str:
    if column.mask == masks.HIDDEN or (column.mask and column.mask not in masks.NAMES):
        return f"CAST(NULL AS {TYPES[column.shown_type][dialect]})"
    raw = f"source.{quoted(column.name)}"
    if not column.mask and column.type in ("text", "number"):
        # Texts may be kept in other types, and decimals would come out in another form.
        raw = f"CAST({raw} AS {TYPES[column.type][dialect]})"
    return masks.expression(column.mask, raw, dialect)


def _where(rule: Rule, dialect: Dialect) -> list[str]:
    prefix = f"r{rule.resource_id}_"
    made = [
        condition_sql(
            each, f"source.{quoted(each.item)}", dialect, f"{prefix}c{index}",
        )
        for index, each in enumerate(rule.conditions)
    ]  # fmt: skip
    if rule.divisions:
        made.append(_divisions(rule, dialect, prefix))
    if rule.grant_id is not None and dialect == "postgres":
        made.append(
            GUARD.format(**{name: place(f"{prefix}{key}", dialect) for name, key in
                            (("id", "grant"), ("revision", "revision"), ("now", "now"))})
        )  # fmt: skip
    return made


def _divisions(rule: Rule, dialect: Dialect, prefix: str) -> str:
    """Rows of the divisions; none when the resource has no item that says where a row belongs."""
    if not rule.division_item:
        return "FALSE"
    column = f"CAST(source.{quoted(rule.division_item)} AS {TYPES['text'][dialect]})"
    parts = [starts_with(column, place(f"{prefix}d{index}", dialect)) for index in range(len(rule.divisions))]
    return f"({' OR '.join(parts)})"


def place(name: str, dialect: Dialect) -> str:
    return f"%({name})s" if dialect == "postgres" else f"${name}"


def starts_with(column: str, value: str) -> str:
    return f"starts_with({column}, {value})"


def condition_sql(condition: Condition, column: str, dialect: Dialect, name: str) -> str:
    """One condition on an SQL expression; its value is the parameter `name` (`name_0`… for `in`)."""
    kind = TYPES[condition.type][dialect]
    if condition.op == "is_set":
        return f"{column} IS NOT NULL"
    if condition.op == "in":
        if not condition.value:
            return "FALSE"
        values = ", ".join(
            f"CAST({place(f'{name}_{index}', dialect)} AS {kind})" for index in range(len(condition.value))
        )
        return f"CAST({column} AS {kind}) IN ({values})"
    value = f"CAST({place(name, dialect)} AS {kind})"
    if condition.op == "prefix":
        return starts_with(f"CAST({column} AS {TYPES['text'][dialect]})", value)
    return f"CAST({column} AS {kind}) {COMPARISONS[condition.op]} {value}"


def condition(item: str, type_: str, op: str, value: Any) -> Condition:
    """A condition with its value brought into the item's type. Raises Refused `bad_condition`."""
    if op not in OPERATIONS:
        raise Refused("bad_condition", f"{item}：不支持的比较方式 {op}", field=item, value=op)
    if op == "prefix" and type_ != "text":
        raise Refused("bad_condition", f"{item}：前缀条件只能用于文本", field=item, value=op)
    if op == "is_set":
        return Condition(item, type_, op)
    if op == "in":
        values = value.split(",") if isinstance(value, str) else list(value)
        if len(values) > MOST_VALUES:
            raise Refused(
                "bad_condition", f"{item}：最多 {MOST_VALUES} 个取值", field=item, value=len(values)
            )
        return Condition(item, type_, op, tuple(typed(item, type_, each) for each in values))
    return Condition(item, type_, op, typed(item, type_, value))


MOST_VALUES = 200


def typed(item: str, type_: str, value: Any) -> Any:
    """`value`, often a text, as the item's type. Raises Refused `bad_value` naming item, value and type."""
    try:
        return _READERS[type_](value)
    except (TypeError, ValueError, OverflowError) as error:
        raise Refused(
            "bad_value", f"{item}：“{value}”不是{_KINDS[type_]}", field=item, value=value
        ) from error


def _text_of(value: Any) -> str:
    text = str(value)
    if "\0" in text:
        raise ValueError("NUL in a text")
    return text


def _integer(value: Any) -> int:
    number = int(value)
    if abs(number) >= 2**63:
        raise ValueError("out of range")
    return number


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    return {"true": True, "1": True, "是": True, "false": False, "0": False, "否": False}[str(value).lower()]


def _boolean_or_error(value: Any) -> bool:
    try:
        return _boolean(value)
    except KeyError as error:
        raise ValueError(value) from error


def _date(value: Any) -> date:
    return (
        value
        if isinstance(value, date) and not isinstance(value, datetime)
        else date.fromisoformat(str(value))
    )


def _moment(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise ValueError("an instant needs its offset")
    return moment


_READERS: dict[str, Any] = {
    "text": _text_of, "integer": _integer, "number": float, "boolean": _boolean_or_error, "date": _date,
    "datetime": _moment,
}  # fmt: skip
_KINDS = {
    "text": "文本", "integer": "整数", "number": "数值", "boolean": "是否", "date": "日期（如 2026-05-01）",
    "datetime": "带时区的时间（如 2026-05-01T08:00:00+08:00）",
}  # fmt: skip
