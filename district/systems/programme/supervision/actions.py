"""A letter about what is late: numbered, with a day, answered as a case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.cases.actions import open_case
from district.kernel.cases.clocks import limit_until
from district.kernel.clock import now, today
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused

from ..meetings.actions import check_office
from ..meetings.notices import tell
from ..models import Decision, MonthlyReport, PlanTask, SupervisionLetter
from ..numbers import next_number

SYSTEM, PROCEDURE = "programme", "supervision_letter"


@transaction.atomic
def issue_letter(
    *,
    unit: Organisation,
    task: PlanTask | None,
    decision: Decision | None,
    reason: str,
    asks: str,
    due_on: date,
    account: Any,
    report: MonthlyReport | None = None,
    is_simulated: bool = False,
) -> SupervisionLetter:
    """Opens the case of the unit that has to answer until `due_on`. Raises Refused: not_office, matter, due_on, text."""
    check_office(account)
    if task is None and decision is None and report is None:
        raise Refused("matter", _("请选择督办的重点工作、议定事项或月报"), field="task")
    if due_on <= today():
        raise Refused("due_on", _("反馈时限须在今天之后"), field="due_on", value=due_on.isoformat())
    if not reason.strip() or not asks.strip():
        raise Refused("text", _("请写明督办事由和办理要求"), field="reason")
    number, at = next_number(SupervisionLetter, "DB", today()), now()
    case = open_case(
        system=SYSTEM,
        procedure=PROCEDURE,
        idempotency_key=f"letter:{number}",
        title=reason.strip()[:200],
        channel="letter",
        text=asks.strip(),
        organisation=unit,
        account=account,
        is_simulated=is_simulated,
        form={"letter": number, "due_on": due_on.isoformat()},
        limit=limit_until(at, due_on),
    )
    tell(
        [unit],
        _("督办函 %(n)s：%(reason)s") % {"n": number, "reason": reason.strip()[:120]},
        _("反馈时限 %(day)s") % {"day": due_on.isoformat()},
        reverse("cases:case", args=[case.number]),
    )
    return SupervisionLetter.objects.create(
        number=number,
        unit=unit,
        task=task,
        decision=decision,
        report=report,
        reason=reason.strip()[:300],
        asks=asks.strip(),
        due_on=due_on,
        case=case,
        issued_by=account,
        issued_at=at,
        is_simulated=is_simulated,
    )
