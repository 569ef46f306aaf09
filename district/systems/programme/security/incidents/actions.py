"""Incidents begin here; what is done about them is done in the steps of their case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.alerts.actions import clear_alarm, raise_alarm
from district.kernel.cases.actions import open_case
from district.kernel.cases.clocks import Kind as LimitKind
from district.kernel.cases.clocks import Limit
from district.kernel.cases.models import Case, Task
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Organisation
from district.kernel.people.refused import Refused

from ...models import DrillFinding, SecurityAsset, SecurityDrill, SecurityIncident
from ..refusing import check_keeper
from .reporting import GRADES, report_due_at, report_light

SYSTEM, PROCEDURE, CORRECTION = "programme", "security_incident", "security_correction"
ALARM = "incident_report"
TOLD = ("programme.security", "programme.office", "programme.leader")


@dataclass(frozen=True)
class Seen:
    """What somebody found."""

    title: str
    kind: str
    text: str
    found_at: datetime
    asset: SecurityAsset | None = None


@transaction.atomic
def report_incident(
    by: Account | None, seen: Seen, key: str, *, is_drill: bool = False, is_simulated: bool = False
) -> SecurityIncident:
    """Anybody of the staff tells of an incident; the same key gives the same. Raises Refused for a time to come."""
    if seen.found_at > clock.now():
        raise Refused("future", _("发现时间不能在将来"), field="found_at", value=seen.found_at)
    if seen.kind not in SecurityIncident.Kind.values:
        raise Refused("kind", _("没有这个类别"), field="kind", value=seen.kind)
    title = _("【演练】%(t)s") % {"t": seen.title} if is_drill else seen.title
    case = open_case(
        system=SYSTEM,
        procedure=PROCEDURE,
        idempotency_key=f"incident:{key}"[:120],
        title=title[:120],
        channel="staff",
        text=seen.text,
        kind=seen.kind,
        account=by,
        is_confidential=False,
        is_simulated=is_simulated,
    )
    made, is_new = SecurityIncident.objects.get_or_create(
        case=case,
        defaults={
            "title": title[:120],
            "kind": seen.kind,
            "asset": seen.asset,
            "found_at": seen.found_at,
            "found_by": by,
            "is_drill": is_drill,
            "is_simulated": is_simulated,
        },
    )
    if is_new:
        record_act(by, "incident_reported", subject_kind="security_incident", subject=case.number)
    return made


@transaction.atomic
def take_from_case(incident: SecurityIncident) -> SecurityIncident:
    """What the steps of the case have said: the grade, and when each step was first done by the platform's clock."""
    case = Case.objects.get(pk=incident.case_id)
    done: dict[str, datetime] = {}
    for key, at in (
        Task.objects.filter(case=case, state="done").order_by("done_at").values_list("key", "done_at")
    ):
        done.setdefault(key, at)
    said = case.form
    incident.grade = GRADES.get(said.get("regrade") or said.get("grade") or "", "")
    incident.touches_persons = said.get("touches_persons") is True
    incident.graded_at = done.get("assess")
    incident.reported_at = done.get("report") or done.get("late_report")
    incident.contained_at, incident.recovered_at = done.get("contain"), done.get("recover")
    incident.reviewed_at, incident.closed_at = done.get("review"), case.closed_at
    incident.report_due_at = report_due_at(incident.grade, incident.found_at)
    incident.save()
    _tell(incident)
    return incident


def _tell(incident: SecurityIncident) -> None:
    """An alarm while a report is due soon or late, gone when it is made or need not be."""
    light = report_light(incident.grade, incident.found_at, incident.reported_at, clock.now())
    thing = incident.case.number
    if incident.reported_at is not None or light in ("none", "green") or incident.closed_at:
        clear_alarm(system=SYSTEM, kind=ALARM, thing=thing)
        return
    words = _("已超过 1 小时未报告") if light == "red" else _("30 分钟内须定级并报告")
    raise_alarm(
        system=SYSTEM,
        kind=ALARM,
        thing=thing,
        subject=incident.title,
        message=words,
        severity=4 if light == "red" else 3,
        roles=TOLD,
        since_at=incident.found_at,
    )


def watch_clocks() -> int:
    """Every minute: open incidents are read anew and their alarms raised; how many are open."""
    open_ones = list(SecurityIncident.objects.filter(closed_at=None).select_related("case"))
    for incident in open_ones:
        take_from_case(incident)
    return len(open_ones)


@transaction.atomic
def note_finding(
    by: Account,
    text: str,
    owner: Organisation,
    due_on: date,
    *,
    drill: SecurityDrill | None = None,
    incident: SecurityIncident | None = None,
    is_simulated: bool = False,
) -> DrillFinding:
    """What was wrong becomes a case of the unit that puts it right."""
    check_keeper(by)
    if not text.strip():
        raise Refused("empty", _("请写明问题"), field="text")
    number = DrillFinding.objects.filter(drill=drill, incident=incident).count() + 1
    about = f"drill-{drill.pk}" if drill else f"incident-{incident.pk}" if incident else "none"
    case = open_correction(by, f"{about}-{number}", text, owner, due_on, is_simulated=is_simulated)
    return DrillFinding.objects.create(
        drill=drill, incident=incident, text=text, owner=owner, due_on=due_on, case=case
    )


def open_correction(
    by: Any, key: str, text: str, owner: Organisation, due_on: date | None, *, is_simulated: bool = False
) -> Case:
    """整改: by the unit, looked at by the security officer."""
    return open_case(
        system=SYSTEM,
        procedure=CORRECTION,
        idempotency_key=f"correction:{key}"[:120],
        title=text[:120],
        channel="staff",
        account=by,
        organisation=owner,
        form={"due_on": due_on.isoformat() if due_on else ""},
        is_simulated=is_simulated,
        limit=_until(due_on) if due_on else None,
    )


def _until(day: date) -> Limit:
    """To the end of that day; the case is late by itself after it. A day that is past leaves an hour."""
    end = datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())
    return Limit(LimitKind.NATURAL_HOURS, max(1.0, round((end - clock.now()).total_seconds() / 3600, 2)))
