"""应急演练: planned by one, approved by another; begun, it is an incident marked as a drill, under the same clocks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.files.actions import attach, keep
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Organisation
from district.kernel.people.refused import Refused

from ...models import SecurityDrill
from ..controls.actions import SUBJECT_KIND
from ..refusing import check_another, check_keeper, check_waiting
from .actions import Seen, report_incident


@dataclass(frozen=True)
class DrillPlan:
    title: str
    kind: str
    scenario: str
    planned_on: date
    units: Collection[Organisation]


@transaction.atomic
def plan_drill(
    by: Account, plan: DrillPlan, upload: Any = None, *, is_simulated: bool = False
) -> SecurityDrill:
    check_keeper(by)
    if not plan.units:
        raise Refused("no_units", _("请选择参演单位"), field="units")
    drill = SecurityDrill.objects.create(
        title=plan.title,
        kind=plan.kind,
        scenario=plan.scenario,
        planned_on=plan.planned_on,
        made_by=by,
        plan=keep(upload, by, "drill_plan") if upload else None,
        is_simulated=is_simulated,
    )
    drill.units.set(plan.units)
    if drill.plan is not None:
        attach(drill.plan, SUBJECT_KIND, f"drill-{drill.pk}", by, is_personal=False)
    record_act(by, "drill_planned", subject_kind="security_drill", subject=drill.pk)
    return drill


@transaction.atomic
def approve_drill(by: Account, drill: SecurityDrill) -> None:
    check_keeper(by)
    locked = SecurityDrill.objects.select_for_update().get(pk=drill.pk)
    check_another(by, locked.made_by_id)
    check_waiting(is_waiting=locked.approved_at is None)
    locked.approved_by, locked.approved_at = by, clock.now()
    locked.save(update_fields=["approved_by", "approved_at"])
    record_act(by, "drill_approved", subject_kind="security_drill", subject=locked.pk)


@transaction.atomic
def begin_drill(by: Account, drill: SecurityDrill) -> SecurityDrill:
    """The scenario becomes an incident of the drill; who takes part meets the clocks of a real one."""
    check_keeper(by)
    locked = SecurityDrill.objects.select_for_update().get(pk=drill.pk)
    if locked.approved_at is None:
        raise Refused("not_approved", _("演练方案未经批准"), field="state")
    check_waiting(is_waiting=locked.held_at is None)
    seen = Seen(locked.title, "other", locked.scenario, clock.now())
    locked.incident = report_incident(
        by, seen, f"drill-{locked.pk}", is_drill=True, is_simulated=locked.is_simulated
    )
    locked.held_at = clock.now()
    locked.save(update_fields=["incident", "held_at"])
    record_act(by, "drill_begun", subject_kind="security_drill", subject=locked.pk)
    return locked


@transaction.atomic
def sum_up_drill(by: Account, drill: SecurityDrill, summary: str) -> None:
    check_keeper(by)
    locked = SecurityDrill.objects.select_for_update().get(pk=drill.pk)
    if locked.held_at is None or not summary.strip():
        raise Refused("not_held", _("演练后才能总结，总结不能为空"), field="summary")
    locked.summary = summary
    locked.save(update_fields=["summary"])
    record_act(by, "drill_summed_up", subject_kind="security_drill", subject=locked.pk)
