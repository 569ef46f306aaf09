"""Alarms that open cases: once for each thing that is wrong, repeats are counted.

A repeat is the same alarm key (what is wrong with what) of the same procedure, while the case it opened has not
ended. When it has, the next alarm of that key opens another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from district.kernel import registry
from district.kernel.cases.actions.opening import NewCase, open_cases
from district.kernel.cases.models import AlarmCase, Case
from district.kernel.clock import now
from district.kernel.people.models import Organisation

COUNT = """
    INSERT INTO cases_alarmcase AS known (system, procedure, alarm_key, alarm_id, is_running, count, first_at, last_at)
    SELECT system, procedure, key, min(alarm), true, count(*), %s, %s
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[]) AS told (system, procedure, key, alarm)
    GROUP BY system, procedure, key ORDER BY system, procedure, key
    ON CONFLICT (system, procedure, alarm_key) WHERE is_running
    DO UPDATE SET count = known.count + excluded.count, last_at = excluded.last_at
    RETURNING id, system, procedure, alarm_key, case_id
"""
"""In one order, so that two of these never wait for each other; the unique index decides who is first."""


@dataclass(frozen=True)
class Repeat:
    """One telling of an alarm. `key` says what is wrong with what; `alarm_id` is empty when it has none."""

    system: str
    kind: str
    key: str
    subject: str
    message: str
    alarm_id: int | None = None
    organisation_id: int | None = None
    division_code: str = ""
    lon: float | None = None
    lat: float | None = None


def procedures_for(system: str, kind: str) -> list[tuple[str, str]]:
    """(system, procedure) of the procedures that alarms of this kind open."""
    wanted = {f"{system}.{kind}", f"{system}.*"}
    return [(owner.name, each.key) for owner, each in registry.procedures() if wanted & set(each.alarms)]


@transaction.atomic
def take_alarms(told: Sequence[Repeat]) -> list[Case]:
    """Counts repeats and opens a case for each new thing, in one transaction; returns the cases opened.

    Told again after a crash, nothing is opened twice: a row and its case are written together.
    """
    rows = [(*procedure, each) for each in told for procedure in procedures_for(each.system, each.kind)]
    if not rows:
        return []
    at = now()
    columns = [[row[0] for row in rows], [row[1] for row in rows], [row[2].key[:160] for row in rows],
               [row[2].alarm_id for row in rows]]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [at, at, *columns])
        counted = cursor.fetchall()
    first = {(system, procedure, each.key[:160]): each for system, procedure, each in reversed(rows)}
    fresh = {row[0]: first[row[1:4]] for row in counted if row[4] is None}
    places = {row[0]: (row[1], row[2]) for row in counted}
    wanted = [_new_case(pk, *places[pk], each) for pk, each in fresh.items()]
    opened = open_cases(wanted)
    links = [AlarmCase(pk=pk, case=case) for pk, case in zip(fresh, opened, strict=True)]
    AlarmCase.objects.bulk_update(links, ["case"])
    return opened


def _new_case(pk: int, system: str, procedure: str, told: Repeat) -> NewCase:
    unit = Organisation.objects.filter(pk=told.organisation_id).first() if told.organisation_id else None
    place = {"lon": told.lon, "lat": told.lat, "division_code": told.division_code}
    form = {"alarm_kind": told.kind, "alarm_system": told.system, "alarm_id": told.alarm_id}
    title = f"{told.subject}：{told.message}" if told.subject else told.message
    return NewCase(
        system, procedure, f"alarm:{pk}", title[:200] or told.key, "alarm", told.message, kind=told.kind, place=place,
        form=form, organisation=unit,
    )  # fmt: skip
