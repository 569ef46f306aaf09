"""Reminders of supervision cases whose answer is overdue."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from district.kernel.alerts.notices import notify
from district.kernel.alerts.queries import accounts_on_duty
from district.kernel.alerts.rules import Severity
from district.kernel.wording import Sentence

from ..models import CaseStep, SupervisionCase
from ..queries.supervision import overdue_cases
from .supervision import REMIND_EVERY

REMINDED = Sentence("第 %(n)s 次催办")


def remind_overdue(now: datetime) -> int:
    """Reminds those who owe an answer, at most once a day and case; gives how many cases were reminded of."""
    count = 0
    for case in overdue_cases(now):
        if case.reminded_at is None or now - case.reminded_at >= REMIND_EVERY:
            _remind(case, now)
            count += 1
    return count


@transaction.atomic
def _remind(case: SupervisionCase, now: datetime) -> None:
    case.reminded_at, case.reminders = now, case.reminders + 1
    case.save(update_fields=["reminded_at", "reminders"])
    CaseStep.objects.create(
        case=case, kind=CaseStep.Kind.REMINDED, at=now, note=REMINDED(n=case.reminders)
    )
    role = "environment.enterprise" if case.source_id else "environment.monitor"
    organisation_id = case.source.organisation_id if case.source else None
    division_code = "" if case.source else case.point.division_code if case.point else ""
    for account in accounts_on_duty([role], organisation_id, division_code):
        notify(
            account,
            title=f"{case.number} {REMINDED(n=case.reminders)}",
            severity=int(Severity.MAJOR),
            body=case.title,
            url=reverse("environment:case", args=[case.number]),
        )
