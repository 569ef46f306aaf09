"""Alarms in the database, for a process without Django: what the engine needs to know, and what it says.

    snapshot = await read_async(connection)          # at start, and after a NOTIFY on CHANNEL
    snapshot.into(engine)
    await write_async(connection, engine.feed(…))    # in the transaction that stores the readings, or after it

A transition is one statement: the alarm, its step and the live notice stand or fall together. Repeating it
changes nothing but the count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row

from district.kernel.alerts.binding import DeviceRow, RuleRow, SeriesRow, bindings
from district.kernel.alerts.engine import Engine, OpenAlarm, Window
from district.kernel.alerts.rules import Binding, Kind, Parameters
from district.kernel.alerts.transitions import Change, Transition
from district.kernel.clock import now
from district.kernel.wording import term

CHANNEL = "alerts_rules"
"""NOTIFY comes here when rules or suppressions change; devices and series have a channel of their own."""

OUTBOX_CHANNEL = "alerts_outbox"
"""NOTIFY comes here when an alarm waits to be announced as an event."""

QUERIES = {
    "rules": """
        SELECT id, system, kind, severity, parameters, device_kind, device_id, division_code, item, item_name, statistic,
               period, inputs
        FROM alerts_rule WHERE is_enabled""",
    "devices": "SELECT id, name, kind, system, division_code FROM devices_device WHERE status = 'active'",
    "series": """
        SELECT series.id, device_id, item, statistic, period, unit
        FROM devices_series series JOIN devices_device device ON device.id = device_id
        WHERE device.status = 'active'""",
    "windows": """
        SELECT device_id, extract(epoch FROM start_at)::float8 AS start, extract(epoch FROM end_at)::float8 AS end,
               rule_id
        FROM alerts_suppression WHERE end_at > now()""",
    "alarms": """
        SELECT key, extract(epoch FROM since_at)::float8 AS since, count, value, peak
        FROM alerts_alarm WHERE cleared_at IS NULL AND key LIKE 'rule:%'""",
    "latest": "SELECT series_id, extract(epoch FROM at)::float8 AS at FROM devices_latest",
}

RAISE = """
WITH told AS (
    INSERT INTO alerts_alarm (key, system, rule_id, kind, severity, state, subject, message, device_id, series_id, item,
        organisation_id, division_code, value, limit_value, peak, unit, count, roles, channels, since_at, raised_at,
        updated_at, is_announced, is_clear_announced)
    SELECT %(key)s, coalesce(rule.system, device.system, ''), rule.id, %(kind)s, %(severity)s, 'raised', %(subject)s,
        %(message)s, %(device_id)s, %(series_id)s, coalesce(series.item, ''), device.owner_id,
        coalesce(device.division_code, ''), %(value)s, %(limit)s, %(peak)s, %(unit)s, %(count)s,
        coalesce(rule.roles, '[]'), coalesce(rule.channels, '[]'), to_timestamp(%(since)s), to_timestamp(%(at)s),
        to_timestamp(%(at)s), false, false
    FROM (SELECT 1) AS one
    LEFT JOIN alerts_rule rule ON rule.id = %(rule_id)s
    LEFT JOIN devices_device device ON device.id = %(device_id)s
    LEFT JOIN devices_series series ON series.id = %(series_id)s
    ON CONFLICT (key) WHERE cleared_at IS NULL DO UPDATE SET
        count = greatest(alerts_alarm.count, excluded.count), value = excluded.value, peak = excluded.peak,
        limit_value = excluded.limit_value, message = excluded.message, severity = excluded.severity,
        updated_at = greatest(alerts_alarm.updated_at, excluded.updated_at)
    RETURNING id, xmax = 0 AS is_new, raised_at
), step AS (
    INSERT INTO alerts_alarmstep (alarm_id, state, at, note)
    SELECT id, 'raised', raised_at, left(%(message)s, 500) FROM told WHERE is_new
)
SELECT pg_notify('live', json_build_object('topic', 'alerts.alarms', 'data', json_build_object(
        'id', id, 'change', CASE WHEN is_new THEN 'raised' ELSE 'updated' END, 'severity', %(severity)s::int,
        'device', %(device_id)s::bigint, 'message', %(message)s::text))::text),
    CASE WHEN is_new THEN pg_notify('alerts_outbox', '') END
FROM told
"""

CLEAR = """
WITH told AS (
    UPDATE alerts_alarm SET state = 'cleared', cleared_at = to_timestamp(%(at)s), updated_at = to_timestamp(%(at)s),
        count = greatest(count, %(count)s), peak = coalesce(%(peak)s, peak)
    WHERE key = %(key)s AND cleared_at IS NULL
    RETURNING id, cleared_at
), step AS (
    INSERT INTO alerts_alarmstep (alarm_id, state, at, note) SELECT id, 'cleared', cleared_at, %(note)s FROM told
)
SELECT pg_notify('live', json_build_object('topic', 'alerts.alarms', 'data', json_build_object(
        'id', id, 'change', 'cleared', 'severity', %(severity)s::int, 'device', %(device_id)s::bigint))::text),
    pg_notify('alerts_outbox', '')
FROM told
"""

CLEARED_BY_ITSELF = term("恢复正常，自动解除")


@dataclass(frozen=True)
class Snapshot:
    """Everything the engine needs to know, read at one moment."""

    rules: list[dict[str, Any]]
    devices: list[dict[str, Any]]
    series: list[dict[str, Any]]
    windows: list[dict[str, Any]]
    alarms: list[dict[str, Any]]
    latest: list[dict[str, Any]]

    def into(self, engine: Engine) -> tuple[list[Transition], dict[int, str]]:
        """Loads rules and silences; the first time, takes up open alarms, later compares them.

        Returns what must be written so that engine and database agree, and rules that cannot work. After a write
        that failed, read and load again: nothing that the engine has said is lost.
        """
        rules = [RuleRow(**row) for row in self.rules]
        series = [SeriesRow(**row) for row in self.series]
        bound, refused = bindings(rules, [DeviceRow(**row) for row in self.devices], series)
        changes = engine.load(bound, {row.id: row.device_id for row in series})
        engine.suppress(Window(**row) for row in self.windows)
        for row in self.latest:
            engine.seen_before(row["series_id"], row["at"])
        ended = {change.key for change in changes}
        stored = [OpenAlarm(**row) for row in self.alarms if row["key"] not in ended]
        changes += [_orphan(alarm) for alarm in stored if not engine.watches(alarm.key)]
        if engine.is_fresh:
            engine.restore(stored)
        else:
            changes += engine.reconcile(stored)
        return changes, refused


def _orphan(alarm: OpenAlarm) -> Transition:
    """The clearing of an alarm left open by a rule that was taken away while nobody watched."""
    nobody = Binding(0, Kind.LIMIT, 1, Parameters(), 0)
    at, since = now().timestamp(), alarm.since
    return Transition(Change.CLEARED, alarm.key, nobody, at, since, alarm.value, None, alarm.peak, alarm.count, "")


def statement(transition: Transition) -> tuple[str, dict[str, Any]]:
    """One SQL statement and its parameters. An update of an alarm a person has cleared raises it anew."""
    binding = transition.binding
    parameters = {
        "key": transition.key, "at": transition.at, "since": transition.since, "value": transition.value,
        "limit": transition.limit, "peak": transition.peak, "count": transition.count, "kind": binding.kind.value,
        "severity": binding.severity, "subject": binding.subject[:200], "message": transition.message[:500],
        "device_id": binding.device_id, "series_id": binding.series_id, "unit": binding.unit[:16],
        "rule_id": binding.rule_id, "note": CLEARED_BY_ITSELF,
    }
    return (CLEAR if transition.change is Change.CLEARED else RAISE), parameters


def write(connection: psycopg.Connection[Any], transitions: Iterable[Transition]) -> None:
    """Writes transitions in order, in the current transaction."""
    for transition in transitions:
        connection.execute(*statement(transition))


async def write_async(connection: psycopg.AsyncConnection[Any], transitions: Iterable[Transition]) -> None:
    """As `write`."""
    for transition in transitions:
        await connection.execute(*statement(transition))


def read(connection: psycopg.Connection[Any]) -> Snapshot:
    """What the engine needs to know."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return Snapshot(**{name: cursor.execute(query).fetchall() for name, query in QUERIES.items()})


async def read_async(connection: psycopg.AsyncConnection[Any]) -> Snapshot:
    """As `read`."""
    found = {}
    async with connection.cursor(row_factory=dict_row) as cursor:
        for name, query in QUERIES.items():
            found[name] = await (await cursor.execute(query)).fetchall()
    return Snapshot(**found)
