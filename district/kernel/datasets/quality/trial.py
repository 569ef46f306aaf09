"""Tries the checks of a resource on its rows: one pass for all conditions on rows, one each for keys and references."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import duckdb
import pyarrow as pa

from district.kernel.datasets.duck import literal, name
from district.kernel.datasets.quality.checks import (
    ROW_KINDS,
    Check,
    Items,
    duplicates_sql,
    failing,
    looked_at,
    strays_sql,
)
from district.kernel.datasets.version_files import RUN

Targets = Callable[[str, str], pa.Table | str | None]
"""(resource, item) → its values as a table of one column `value` or as SQL of DuckDB; None when there are none yet."""

RESTORED = "restored-v"
"""How a version is made by that takes the rows of an earlier one: no row is named after it, all are its delivery."""


@dataclass(frozen=True)
class Result:
    """How a check came out. `checked` rows were looked at, `failing` of them broke the rule."""

    key: str
    rule: int | None
    kind: str
    item: str
    dimension: str
    parameters: dict[str, Any]
    checked: float
    failing: float
    is_blocking: bool
    least_share: float
    problem: str = ""

    @property
    def share(self) -> float | None:
        return 1 - self.failing / self.checked if self.checked else None

    @property
    def is_broken(self) -> bool:
        """Whether fewer rows pass than the rule asks for."""
        return self.share is not None and self.share < self.least_share

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def result(check: Check, checked: float, failed: float, problem: str = "") -> Result:
    return Result(
        check.key, check.rule, check.kind, check.item, check.dimension, check.parameters, checked, failed,
        check.is_blocking, check.least_share, problem,
    )  # fmt: skip


def tried(
    engine: duckdb.DuckDBPyConnection,
    checks: Sequence[Check],
    items: Items,
    all_sql: str,
    delivery: str,
    targets: Targets,
) -> tuple[int, list[Result]]:
    """The number of delivered rows, and the results. Conditions are tried on the rows of the delivery, keys on all.

    A check that cannot be tried (its item is gone) says why and counts for nothing.
    """  # fmt: skip
    fit = [check for check in checks if check.kind != "freshness" and _is_fit(check, items)]
    rows, found = _conditions(
        engine, [check for check in fit if check.kind in ROW_KINDS], items, all_sql, delivery
    )
    for check in fit:
        if check.kind == "unique":
            found.append(_unique(engine, check, all_sql))
        elif check.kind == "reference":
            found.append(_reference(engine, check, delivered_sql(all_sql, delivery), targets))
    missing = [check for check in checks if check.kind != "freshness" and check not in fit]
    return rows, [*found, *(result(check, 0, 0, "信息项已不存在") for check in missing)]


def delivered_sql(all_sql: str, delivery: str) -> str:
    if delivery.startswith(RESTORED):
        return all_sql
    return f"SELECT * FROM ({all_sql}) WHERE {RUN} = {literal(delivery)}"  # noqa: S608 - quoted


def failing_sql(check: Check, items: Items, all_sql: str, delivery: str, targets: str = "targets") -> str:
    """SELECT of the rows that break a rule. For a reference `targets` is a table of the engine."""
    if check.kind == "unique":
        return _numbered(all_sql, duplicates_sql(check, all_sql))
    rows_sql = delivered_sql(all_sql, delivery)
    if check.kind == "reference":
        return _numbered(rows_sql, strays_sql(check, rows_sql, targets))
    return f"SELECT * FROM ({rows_sql}) WHERE {failing(check, items)}"  # noqa: S608 - made of quoted parts


def _numbered(rows_sql: str, numbers_sql: str) -> str:
    return f"SELECT * FROM ({rows_sql}) WHERE _row IN ({numbers_sql})"  # noqa: S608 - made of quoted parts


def _conditions(
    engine: duckdb.DuckDBPyConnection, checks: Sequence[Check], items: Items, all_sql: str, delivery: str
) -> tuple[int, list[Result]]:
    counted = ["count(*)"]
    for check in checks:
        counted.append(f"count(*) FILTER ({looked_at(check)})")
        counted.append(f"count(*) FILTER ({failing(check, items)})")
    values = _row(engine, f"SELECT {', '.join(counted)} FROM ({delivered_sql(all_sql, delivery)})")  # noqa: S608
    pairs = zip(values[1::2], values[2::2], strict=True)
    return values[0], [result(check, *pair) for check, pair in zip(checks, pairs, strict=True)]


def _unique(engine: duckdb.DuckDBPyConnection, check: Check, all_sql: str) -> Result:
    keys = ", ".join(map(name, check.parameters["items"]))
    has_key = " OR ".join(f"{name(key)} IS NOT NULL" for key in check.parameters["items"])
    sql = f"""
        SELECT coalesce(sum(times), 0), coalesce(sum(times) FILTER (times > 1), 0)
        FROM (SELECT count(*) AS times FROM ({all_sql}) WHERE {has_key} GROUP BY {keys})"""  # noqa: S608 - quoted
    checked, failed = _row(engine, sql)
    return result(check, int(checked), int(failed))


def _reference(engine: duckdb.DuckDBPyConnection, check: Check, rows_sql: str, targets: Targets) -> Result:
    if not register_targets(engine, check, targets):
        return result(check, 0, 0, "引用的资源还没有数据")
    checked = _row(engine, f"SELECT count({name(check.item)}) FROM ({rows_sql})")[0]  # noqa: S608 - quoted
    failed = _row(engine, f"SELECT count(*) FROM ({strays_sql(check, rows_sql, 'targets')})")[0]  # noqa: S608
    return result(check, checked, failed)


def register_targets(engine: duckdb.DuckDBPyConnection, check: Check, targets: Targets) -> bool:
    """Makes the table `targets` of what a reference may name."""
    found = targets(check.parameters["resource"], check.parameters["item"])
    if found is None:
        return False
    if isinstance(found, str):
        engine.execute(f"CREATE OR REPLACE TEMP TABLE targets AS {found}")
    else:
        engine.register("given_targets", found)
        engine.execute("CREATE OR REPLACE TEMP TABLE targets AS SELECT value FROM given_targets")
    return True


def _is_fit(check: Check, items: Items) -> bool:
    named = check.parameters.get("items") or ([check.item] if check.item else [])
    return all(each in items for each in named)


def _row(engine: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    found = engine.execute(sql).fetchone()
    assert found is not None
    return found
