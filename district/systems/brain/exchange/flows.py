"""Every flow of data: from a source into a resource, its published version, and on to who holds a grant of it.

One statement. A resource without a source or without a receiver is a flow too: that is what is to be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from district.kernel import clock
from district.kernel.datasets.cycles import cycle_rules
from district.kernel.people.access import scope_of

FRESHNESS = ("live", "fresh", "late", "open_ended", "none")
FLOWS = """
    WITH given AS (
        SELECT %s::timestamptz AS now, %s::timestamptz AS since, %s::text[] AS cycles, %s::interval[] AS ages,
               %s::bigint[] AS units
    )
    SELECT resource.id::text || '-' || coalesce(source.id, 0) || '-' || coalesce(grant_.id, 0) AS id,
           resource.id AS resource_id, resource.title AS resource, resource.cycle, resource.share,
           provider.id AS provider_id, provider.name AS provider,
           source.name AS source, source.kind AS source_kind, last.id AS run_id, last.state AS run_state,
           last.problem, last.started_at AS run_at, version.number AS version, version.rows, version.bytes,
           done.at AS renewed_at, done.at + age.max_age AS late_at,
           CASE WHEN resource.table <> '' THEN 'live' WHEN done.at IS NULL THEN 'none'
                WHEN age.max_age IS NULL THEN 'open_ended' WHEN done.at + age.max_age < given.now THEN 'late'
                ELSE 'fresh' END AS freshness,
           grant_.number AS grant_number, receiver.id AS receiver_id, receiver.name AS receiver,
           used.at AS used_at, used.channel, coalesce(stuck.parked, 0) AS parked
    FROM given CROSS JOIN datasets_resource resource
    JOIN people_organisation provider ON provider.id = resource.provider_id
    LEFT JOIN LATERAL unnest(given.cycles, given.ages) AS age(cycle, max_age) ON age.cycle = resource.cycle
    LEFT JOIN datasets_version version ON version.resource_id = resource.id AND version.state = 'published'
    LEFT JOIN connectors_source source ON source.resource_id = resource.id
    LEFT JOIN LATERAL (
        SELECT run.id, run.state, run.problem, run.started_at FROM connectors_run run
        WHERE run.source_id = source.id ORDER BY run.started_at DESC LIMIT 1
    ) last ON true
    LEFT JOIN LATERAL (
        SELECT greatest(version.published_at, (
            SELECT max(run.ended_at) FROM connectors_run run
            WHERE run.source_id IN (SELECT id FROM connectors_source WHERE resource_id = resource.id)
                  AND run.state = 'done' AND run.started_at >= given.since
        )) AS at
    ) done ON true
    LEFT JOIN grants_grant grant_ ON grant_.resource_id = resource.id AND grant_.state = 'active'
        AND grant_.starts_at <= given.now AND grant_.ends_at > given.now
    LEFT JOIN people_organisation receiver ON receiver.id = grant_.grantee_id
    LEFT JOIN LATERAL (
        SELECT use.at, use.channel FROM grants_use use WHERE use.grant_id = grant_.id ORDER BY use.id DESC LIMIT 1
    ) used ON true
    LEFT JOIN LATERAL (
        SELECT count(*) AS parked FROM feeds_push push JOIN feeds_subscription sub ON sub.id = push.subscription_id
        WHERE sub.grant_id = grant_.id AND push.state = 'parked'
    ) stuck ON true
    WHERE (resource.shelf = 'published' OR source.id IS NOT NULL)
          AND (given.units IS NULL OR resource.provider_id = ANY(given.units) OR grant_.grantee_id = ANY(given.units))
"""
"""Parameters as `parameters` gives them. Finished deliveries without a new version count as a renewal for a year."""
DAYS = """
    SELECT (run.started_at AT TIME ZONE 'Asia/Shanghai')::date AS day, sum(run.rows_taken), sum(run.bytes),
           count(*), count(*) FILTER (WHERE run.state = 'failed'), sum(run.rows_refused)
    FROM connectors_run run JOIN connectors_source source ON source.id = run.source_id
    JOIN datasets_resource resource ON resource.id = source.resource_id
    WHERE run.started_at >= %(since)s
          AND (%(units)s::bigint[] IS NULL OR resource.provider_id = ANY(%(units)s)) GROUP BY 1
"""
RATES = """
    SELECT count(*) FILTER (WHERE shelf = 'published') AS published,
           count(*) FILTER (WHERE shelf = 'published' AND share <> 'closed') AS shared,
           count(*) FILTER (WHERE shelf = 'published' AND (resource.table <> '' OR EXISTS (
               SELECT FROM datasets_version version WHERE version.resource_id = resource.id AND version.state = 'published'
           ))) AS connected
    FROM datasets_resource resource WHERE %(units)s::bigint[] IS NULL OR provider_id = ANY(%(units)s)
"""
RENEWED = f"""
    SELECT DISTINCT resource_id AS id, resource, provider, cycle, freshness, renewed_at, late_at FROM ({FLOWS}) AS flow
    WHERE freshness IN ('fresh', 'late')
"""  # noqa: S608 - a statement of ours
"""Resources whose cycle promises an age, once each; parameters as those of FLOWS."""
ANSWERS = """
    SELECT count(*) FILTER (WHERE decided_at IS NOT NULL AND due_at IS NOT NULL) AS decided,
           count(*) FILTER (WHERE decided_at <= due_at) AS in_time
    FROM grants_request request JOIN datasets_resource resource ON resource.id = request.resource_id
    WHERE %(units)s::bigint[] IS NULL OR resource.provider_id = ANY(%(units)s)
"""


@dataclass(frozen=True)
class Rates:
    """Counts behind the rates of the exchange; a rate is None where there is nothing to divide by."""

    published: int
    shared: int
    connected: int
    promised: int
    in_time: int
    decided: int
    answered_in_time: int

    @staticmethod
    def of(part: int, whole: int) -> float | None:
        """Percent."""
        return 100 * part / whole if whole else None


@dataclass(frozen=True)
class Day:
    """What came in on a day."""

    on: date
    rows: int
    bytes: int
    runs: int
    failed: int
    refused: int


def parameters(account: Any, unit: int | None = None) -> list[Any]:
    """What FLOWS needs: now, since, the promised ages by cycle, the units in the reader's scope (see `units_of`)."""
    promised = [rule for rule in cycle_rules().values() if rule.max_age is not None]
    now = clock.now()
    return [now, now - timedelta(days=366), [rule.key for rule in promised], [rule.max_age for rule in promised],
            units_of(account, unit)]  # fmt: skip


def units_of(account: Any, unit: int | None = None) -> list[int] | None:
    """Ids of the units whose flows the reader sees, None for all of them."""
    scope = scope_of(account, "brain")
    if unit is not None:
        return [unit] if scope.covers(unit) else []
    return None if scope.is_whole else sorted(scope.organisation_ids)


def rates(account: Any, unit: int | None = None) -> Rates:
    """What is shared, connected, renewed in time and answered in time."""
    units = {"units": units_of(account, unit)}
    freshness = f"SELECT count(*), count(*) FILTER (WHERE freshness = 'fresh') FROM ({RENEWED}) AS renewed"  # noqa: S608
    with connection.cursor() as cursor:
        found: list[int] = []
        for statement, given in ((RATES, units), (freshness, parameters(account, unit)), (ANSWERS, units)):
            cursor.execute(statement, given)
            found.extend(cursor.fetchone())
    return Rates(*found)


def days(account: Any, unit: int | None = None, count: int = 30) -> list[Day]:
    """The last days, those without deliveries included, oldest first."""
    first = clock.today() - timedelta(days=count - 1)
    with connection.cursor() as cursor:
        cursor.execute(DAYS, {"units": units_of(account, unit), "since": clock.day_bounds(first)[0]})
        found = {row[0]: Day(row[0], *(int(value or 0) for value in row[1:])) for row in cursor.fetchall()}
    return [found.get(day, Day(day, 0, 0, 0, 0, 0)) for day in (first + timedelta(days=n) for n in range(count))]


def late(account: Any, unit: int | None = None) -> list[dict[str, Any]]:
    """Resources that are older than their cycle promises, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT ON (resource_id) resource_id, resource, provider, late_at, run_id, problem"  # noqa: S608
            f" FROM ({FLOWS}) AS flow WHERE freshness = 'late' ORDER BY resource_id, run_at DESC NULLS LAST",
            parameters(account, unit),
        )
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return sorted(rows, key=lambda row: row["late_at"])
