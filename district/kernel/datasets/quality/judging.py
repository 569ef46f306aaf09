"""The checks of a resource, tried on a version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb
import pyarrow as pa
from django.db import connection

from district.kernel.datasets.cycles import cycle_rules
from district.kernel.datasets.duck import CHECKING_MB, duck, name
from district.kernel.datasets.lake_rows import lake_sql, published
from district.kernel.datasets.models import Item, QualityRule, QualityScore, Resource, Version
from district.kernel.datasets.quality.checks import Check, Items, dimension_of
from district.kernel.datasets.quality.codes import codes_of
from district.kernel.datasets.quality.patterns import HELD
from district.kernel.datasets.quality.score import shares_of, timeliness, total_of
from district.kernel.datasets.quality.trial import Result, result, tried


@dataclass(frozen=True)
class Judgement:
    """What the checks say about a delivery. `broken` are the blocking rules it does not keep to."""

    rows: int
    results: tuple[Result, ...]

    @property
    def shares(self) -> dict[str, float]:
        return shares_of(self.results)

    @property
    def total(self) -> float:
        return total_of(self.shares)

    @property
    def broken(self) -> list[Result]:
        return [each for each in self.results if each.is_blocking and each.is_broken]


def checks_of(resource: Resource) -> list[Check]:
    """Those that follow from the items, and the active rules."""
    rules = QualityRule.objects.filter(resource=resource, is_active=True).order_by("pk")
    return [*_from_items(list(resource.items.all())), *map(check_of, rules)]


def check_of(rule: QualityRule) -> Check:
    return Check(
        rule.kind, rule.item, rule.dimension, rule.parameters, rule.is_blocking, rule.least_share, rule.pk
    )


def items_of(version: Version) -> Items:
    """Name → (title, type), as they were when the version was made."""
    return {column["name"]: (column["title"], column["type"]) for column in version.schema}


def judged(version: Version, before: Version | None, at: datetime) -> Judgement:
    """Tries the checks on the rows of a delivery; keys on all rows of the version."""
    checks = checks_of(version.resource)
    with duck(CHECKING_MB) as engine:
        rows, results = tried(
            engine, checks, items_of(version), lake_sql(version), version.made_by, targets_of
        )
        fresh = [_fresh(engine, check, version, at) for check in checks if check.kind == "freshness"]
    return Judgement(rows, (*results, *fresh, *_on_time(version.resource, before, at)))


def targets_of(resource_name: str, item: str) -> pa.Table | str | None:
    """The values a reference may name: from the lake, or from the table of a system."""
    resource = Resource.objects.filter(name=resource_name, items__name=item).first()
    if resource is None:
        return None
    version = published(resource)
    if version is not None:
        return f"SELECT DISTINCT CAST({name(item)} AS VARCHAR) AS value FROM ({lake_sql(version)})"  # noqa: S608
    if not resource.table:
        return None
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {quote(item)}::text FROM {quote(resource.table)}")  # noqa: S608 - quoted
        return pa.table({"value": pa.array([row[0] for row in cursor], pa.string())})


def most_age(resource: Resource) -> timedelta | None:
    rule = cycle_rules().get(resource.cycle)
    return rule.max_age if rule else None


def last_score(resource: Resource) -> QualityScore | None:
    return QualityScore.objects.filter(resource=resource).first()


def _on_time(resource: Resource, before: Version | None, at: datetime) -> list[Result]:
    """Whether the delivery came within the cycle after the one before."""
    allowed = most_age(resource)
    if allowed is None or before is None or before.published_at is None:
        return []
    share = timeliness(at - before.published_at, allowed)
    check = Check("freshness", "", "timeliness", {"max_hours": allowed.total_seconds() / 3600})
    return [result(check, 1, 1 - share)]


def _fresh(engine: duckdb.DuckDBPyConnection, check: Check, version: Version, at: datetime) -> Result:
    """Whether the newest value of an item is young enough."""
    if check.item not in items_of(version):
        return result(check, 0, 0, "信息项已不存在")
    sql = f"SELECT epoch(max(CAST({name(check.item)} AS TIMESTAMPTZ))) FROM ({lake_sql(version)})"  # noqa: S608
    found = engine.execute(sql).fetchone()
    newest = found[0] if found else None
    if newest is None:
        return result(check, 0, 0, "没有可用的时间值")
    age = timedelta(seconds=max(0.0, at.timestamp() - newest))
    return result(check, 1, 1 - timeliness(age, timedelta(hours=check.parameters["max_hours"])))


def _from_items(items: list[Item]) -> list[Check]:
    found = []
    for item in items:
        given: dict[str, dict[str, object]] = {}
        if item.is_required or item.is_key:
            given["required"] = {}
        if item.holds in HELD:
            given["pattern"] = {"name": HELD[item.holds]}
        if item.code_table and codes_of(item.code_table):
            given["code"] = {"table": item.code_table}
        if item.length and item.type == "text":
            given["range"] = {"longest": item.length}
        found += [Check(kind, item.name, dimension_of(kind, each), each) for kind, each in given.items()]
    keys = [item.name for item in items if item.is_key]
    if keys:
        found.append(Check("unique", "", "uniqueness", {"items": keys}))
    return found
