"""What an account may see of subscriptions, and the sums their pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from district.kernel import clock
from district.kernel.datasets.posts import is_steward
from district.kernel.feeds.models import Push, PushState, Subscription
from district.kernel.grants.models import Grant, GrantState
from district.kernel.grants.posts import acts_for
from district.kernel.grants.queries import grants_seen_by, own_units

CHART_DAYS = 14
"""As long as changes are kept, see `changes.KEEP_DAYS`."""


@dataclass(frozen=True)
class Day:
    """Pushes that ended on a day; `failed` are those parked or given up."""

    on: date
    delivered: int
    failed: int


def subscriptions_seen_by(account: Any) -> QuerySet[Subscription]:
    """Those on grants one's department has or has given; the steward and the auditor see all."""
    found = Subscription.objects.select_related(
        "grant__resource__provider", "grant__grantee", "grant__client", "created_by"
    )
    return found.filter(grant__in=grants_seen_by(account).order_by().values("pk"))


def with_counts(found: QuerySet[Subscription], account: Any) -> QuerySet[Subscription]:
    """Adds `side` (received, given or other, seen from the account), `waiting`, `today`, `parked` and `last_error`."""
    units = own_units(account)
    troubled = Push.objects.filter(
        subscription=OuterRef("pk"), state__in=(PushState.WAITING, PushState.PARKED)
    ).exclude(error="")
    return found.annotate(
        side=Case(
            When(grant__grantee__in=units, then=Value("received")),
            When(grant__resource__provider__in=units, then=Value("given")),
            default=Value("other"), output_field=CharField(),
        ),
        waiting=_counted(state=PushState.WAITING), parked=_counted(state=PushState.PARKED),
        today=_counted(state=PushState.DELIVERED, done_at__gte=clock.day_bounds(clock.today())[0]),
        last_error=Coalesce(Subquery(troubled.order_by("-change").values("error")[:1]), Value("")),
    )  # fmt: skip


def _counted(**conditions: Any) -> Coalesce:
    own = Push.objects.filter(subscription=OuterRef("pk"), **conditions).order_by().values("subscription")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def grants_to_follow(account: Any) -> QuerySet[Grant]:
    """Grants of one's department that count now."""
    now = clock.now()
    return grants_seen_by(account).filter(
        grantee__in=own_units(account), state=GrantState.ACTIVE, starts_at__lte=now, ends_at__gt=now
    )


def may_act(account: Any, subscription: Subscription) -> bool:
    """Only who receives decides on what is sent."""
    return acts_for(account, subscription.grant.grantee)


def may_stop(account: Any, subscription: Subscription) -> bool:
    return is_steward(account) or may_act(account, subscription)


def days_of(subscription: Subscription) -> list[Day]:
    """The last CHART_DAYS days, the oldest first. A push that is parked has failed on the day of its last try."""
    first = clock.today() - timedelta(days=CHART_DAYS - 1)
    since = clock.day_bounds(first)[0]
    pushes = Push.objects.filter(subscription=subscription).order_by()
    delivered = _by_day(pushes.filter(state=PushState.DELIVERED, done_at__gte=since), "done_at")
    parked = _by_day(pushes.filter(state=PushState.PARKED, next_at__gte=since), "next_at")
    dropped = _by_day(pushes.filter(state=PushState.DROPPED, done_at__gte=since), "done_at")
    days = [first + timedelta(days=n) for n in range(CHART_DAYS)]
    return [Day(day, delivered.get(day, 0), parked.get(day, 0) + dropped.get(day, 0)) for day in days]


def _by_day(pushes: QuerySet[Push], moment: str) -> dict[date, int]:
    counted = pushes.annotate(day=TruncDate(moment, tzinfo=clock.CHINA)).values("day").annotate(n=Count("pk"))
    return {row["day"]: row["n"] for row in counted}


def totals_of(subscription: Subscription) -> dict[str, int]:
    """How many pushes are in each state."""
    return Push.objects.filter(subscription=subscription).aggregate(
        **{state: Count("pk", filter=Q(state=state)) for state in PushState.values}
    )
