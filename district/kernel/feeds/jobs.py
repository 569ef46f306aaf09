"""Timers of pushing."""

from __future__ import annotations

from district.kernel.datasets.models import Resource
from district.kernel.feeds.changes import forget_old_changes, wake
from district.kernel.feeds.differences import note_changes_of_table
from district.kernel.feeds.models import PushState, Subscription, SubscriptionState
from district.kernel.jobs.work import every


@every("* * * * *")
def look_for_changes() -> int:
    """Compares the tables of resources that somebody follows, and has what waits sent."""
    followed = Subscription.objects.exclude(state=SubscriptionState.ENDED).values("grant__resource")
    told = sum(note_changes_of_table(each) for each in Resource.objects.filter(pk__in=followed).exclude(table=""))
    if Subscription.objects.filter(state=SubscriptionState.ACTIVE, pushes__state=PushState.WAITING).exists():
        wake()
    return told


@every("40 3 * * *")
def forget_changes() -> int:
    return forget_old_changes()
