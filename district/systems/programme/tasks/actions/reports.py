"""Monthly reports: asked for by the platform, written by the lead's liaison, accepted or sent back by the office."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.alerts.notices import notify
from district.kernel.cases.actions import claim, complete, open_case
from district.kernel.cases.clocks import limit_until
from district.kernel.cases.models import OPEN_TASKS, TaskState
from district.kernel.clock import CHINA, now, today
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Duty

from ...models import MonthlyReport, PlanTask
from ..months import ASKED_ON, month_of, report_due_on
from ..powers import LEADER, OFFICE, check_another, check_office, check_speaks_for, checked_words
from ..queries import figures_of, task_state
from ..refused import Refused

SYSTEM, PROCEDURE = "programme", "monthly_report"
State = MonthlyReport.State


def ask_for_reports(on: date | None = None, *, is_simulated: bool = False) -> list[MonthlyReport]:
    """From the 25th on, a report of the month for each task that is not done; those asked for already stay as they are."""
    day = on or today()
    if day.day < ASKED_ON:
        return []
    known = set(MonthlyReport.objects.filter(month=month_of(day)).values_list("task_id", flat=True))
    tasks = PlanTask.objects.filter(done_on=None).select_related("lead")
    return [ask_for_report(task, day, is_simulated=is_simulated) for task in tasks if task.pk not in known]


@transaction.atomic
def ask_for_report(task: PlanTask, day: date, *, is_simulated: bool = False) -> MonthlyReport:
    """The report of one task for the month of a day, with its case; once, whatever is asked twice."""
    month = month_of(day)
    made, is_new = MonthlyReport.objects.get_or_create(
        task=task, month=month, defaults={"due_on": report_due_on(day), "is_simulated": is_simulated}
    )
    if is_new:
        opened_at = min(datetime.combine(day, time(8, 30), CHINA), now())
        made.case = open_case(
            system=SYSTEM, procedure=PROCEDURE, idempotency_key=f"report:{task.system}:{month:%Y-%m}", channel="platform",
            title=f"{month:%Y-%m} {task.zh}", organisation=task.lead, is_simulated=is_simulated,
            opened_at=opened_at, limit=limit_until(opened_at, made.due_on), form={"task": task.system},
        )  # fmt: skip
        made.save(update_fields=["case"])
    return made


@transaction.atomic
def report(found: MonthlyReport, by: Any, done: str, problems: str = "", plans: str = "") -> MonthlyReport:
    """By the liaison of the lead. Raises Refused: not_unit, state, empty; and what the case says."""
    held = MonthlyReport.objects.select_for_update().select_related("task__lead").get(pk=found.pk)
    check_speaks_for(by, held.task.lead)
    if held.state not in (State.ASKED, State.RETURNED):
        raise Refused("state", _("月报已提交，不能重复提交"))
    held.done, held.problems, held.plans = checked_words(done, "done", 4000), problems.strip()[:4000], plans.strip()[:4000]
    held.state, held.reported_by, held.reported_at = State.REPORTED, by, now()
    held.first_reported_at = held.first_reported_at or held.reported_at
    held.decided_by = held.decided_at = None
    held.save()
    _complete(held, "report", by, {})
    record_act(by, "monthly_report_sent", subject_kind="programme.monthly_report", subject=held.pk)
    return held


@transaction.atomic
def decide_report(found: MonthlyReport, by: Any, is_accepted: bool, reason: str = "") -> MonthlyReport:
    """By the office, not by who wrote it. Accepted, the platform's figures of today are frozen beside the words. Raises
    Refused: not_office, own, state, empty."""
    check_office(by)
    held = MonthlyReport.objects.select_for_update().select_related("task").get(pk=found.pk)
    check_another(by, held.reported_by_id)
    if held.state != State.REPORTED:
        raise Refused("state", _("月报不在待审核状态"))
    if is_accepted:
        held.state, held.figures = State.ACCEPTED, figures_of(task_state(held.task))
    else:
        held.state, held.reason, held.returns = State.RETURNED, checked_words(reason, "reason"), held.returns + 1
    held.decided_by, held.decided_at = by, now()
    held.save()
    _complete(held, "check", by, {"accepted": is_accepted, "reason": held.reason})
    record_act(by, "monthly_report_accepted" if is_accepted else "monthly_report_returned",
               subject_kind="programme.monthly_report", subject=held.pk, purpose=held.reason)  # fmt: skip
    return held


@transaction.atomic
def escalate_late_reports(on: date | None = None) -> int:
    """Tells the office and the leaders, once, of each report whose day is past; how many."""
    day = on or today()
    late = MonthlyReport.objects.select_for_update(of=("self",)).select_related("task__lead").filter(
        state__in=(State.ASKED, State.RETURNED), due_on__lt=day, escalated_at=None
    )  # fmt: skip
    rows = list(late)
    if not rows:
        return 0
    told = Account.objects.active().filter(pk__in=Duty.objects.live().filter(role__in=(OFFICE, LEADER)).values("account_id"))
    units = "、".join(sorted({row.task.lead.name for row in rows}))
    for account in told:
        notify(account, title=_("%(n)s 份月报逾期未报") % {"n": len(rows)}, severity=2, body=units,
               url=reverse("programme:reports"))  # fmt: skip
    MonthlyReport.objects.filter(pk__in=[row.pk for row in rows]).update(escalated_at=now())
    return len(rows)


def _complete(held: MonthlyReport, step: str, by: Any, form: dict[str, Any]) -> None:
    if held.case is None:
        return
    task = held.case.tasks.filter(key=step, state__in=OPEN_TASKS).first()
    if task is None:
        raise Refused("case", _("办件不在这一环节"), field="case", value=held.case.number)
    if task.state == TaskState.READY:
        task = claim(task, by)
    complete(task, by, form, at_page=True)
