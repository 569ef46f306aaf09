"""需求满足率, 按时响应率, 异议处理及时率: shares of the past `days`, with the records behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from district.kernel.grants.models import Need, Objection, Request, RequestState
from district.kernel.grants.models.requests import GRANTED_STATES

DAYS = 365


@dataclass(frozen=True)
class Indicator:
    """`share` is None when there was nothing to count."""

    key: str
    title: str
    good: int
    all: int

    @property
    def share(self) -> float | None:
        return self.good / self.all if self.all else None


def indicators(at: datetime, days: int = DAYS) -> list[Indicator]:
    """Valid requests are those accepted for decision and answered; met needs count as satisfied ones."""
    since = at - timedelta(days=days)
    late = Q(decided_at__gt=F("due_at")) | Q(decided_at=None, due_at__lt=at)
    asked = Request.objects.filter(submitted_at__gte=since).exclude(state=RequestState.CANCELLED).aggregate(
        valid=Count("pk", filter=Q(decided_at__isnull=False, accepted_at__isnull=False)),
        met=Count("pk", filter=Q(state__in=GRANTED_STATES)),
        due=Count("pk", filter=Q(decided_at__isnull=False) | Q(due_at__lt=at)),
        late=Count("pk", filter=late),
    )  # fmt: skip
    wanted = Need.objects.filter(at__gte=since).aggregate(
        all=Count("pk"), met=Count("pk", filter=Q(met_at__isnull=False))
    )
    objected = Objection.objects.filter(at__gte=since).aggregate(
        due=Count("pk", filter=Q(answered_at__isnull=False) | Q(due_at__lt=at)),
        timely=Count("pk", filter=Q(answered_at__lte=F("due_at"))),
    )
    return [
        Indicator("needs_met", _("需求满足率"), asked["met"] + wanted["met"], asked["valid"] + wanted["all"]),
        Indicator("answered_in_time", _("按时响应率"), asked["due"] - asked["late"], asked["due"]),
        Indicator("objections_in_time", _("异议处理及时率"), objected["timely"], objected["due"]),
    ]
