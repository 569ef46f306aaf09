"""What of the operating company wants a leader's eye."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.cases.models import Task

from ..models import ServiceMinute, Statement
from ..today.lines import Kind, Line
from .measuring import HANDLING, TICKETS

DOWN_FOR = 5
"""Minutes in a row after which an outage is a leader's matter."""


def lines(at: datetime) -> list[Line]:
    """An outage that lasts, tickets over their time, a statement contested or waiting beyond its days."""
    found: list[Line] = []
    last = list(
        ServiceMinute.objects.filter(at__gt=at - timedelta(minutes=DOWN_FOR + 2), at__lte=at).order_by("-at")[
            :DOWN_FOR
        ]
    )
    if len(last) == DOWN_FOR and not any(row.is_up for row in last):
        found.append(
            Line(
                Kind.INCIDENT,
                _("平台不可用：%(why)s") % {"why": last[0].note},
                reverse("programme:operation"),
                last[-1].at,
            )
        )
    over = Task.objects.filter(
        case__system="programme", case__procedure=TICKETS, key=HANDLING, done_at__isnull=True, due_at__lt=at
    )
    over = over.exclude(state="cancelled")
    if count := over.count():
        since = over.aggregate(first=Min("due_at"))["first"]
        simulated = not over.filter(case__is_simulated=False).exists()
        words = _("运维工单逾期 %(n)s 件") % {"n": count}
        found.append(Line(Kind.LATE, words, reverse("programme:operation"), since, is_simulated=simulated))
    for each in Statement.objects.filter(state=Statement.State.DISPUTED).select_related("contract"):
        words = _("%(month)s 运营结算有异议") % {"month": f"{each.month:%Y-%m}"}
        found.append(
            Line(
                Kind.MONEY,
                words,
                reverse("programme:statement", args=[each.pk]),
                each.made_at,
                is_simulated=each.is_simulated,
            )
        )
    return found
