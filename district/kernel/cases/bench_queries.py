"""What waits on an account's work bench, by kind. Everything here is narrowed by the account's own posts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from district.kernel.cases.models import OPEN_TASKS, CaseLink, LinkKind, Task
from district.kernel.cases.queries import department_tasks, my_tasks

TABS = ("mine", "department", "soon", "asked", "waiting")
COUNTED = 999


def bench(account: Any, tab: str, now: datetime) -> QuerySet[Task]:
    """The tasks of a tab. KeyError for a tab there is not.

    mine: claimed, or free to claim. department: all of the posts. soon: warned of or late. asked: of cases that
    another department has asked for. waiting: those that wait for an answer or for helpers.
    """
    if tab == "mine":
        return my_tasks(account)
    tasks = department_tasks(account)
    asked = CaseLink.objects.filter(target=OuterRef("case"), kind=LinkKind.ASKED)
    helped = Task.objects.filter(parent=OuterRef("pk"), state__in=OPEN_TASKS)
    return {
        "department": tasks,
        "soon": tasks.filter(warn_at__lte=now),
        "asked": tasks.filter(Exists(asked)),
        "waiting": tasks.filter(Q(state="waiting") | Exists(helped)),
    }[tab]


def bench_counts(account: Any, now: datetime) -> dict[str, int]:
    """How many tasks each tab holds, counted to COUNTED."""
    return {tab: bench(account, tab, now).order_by()[: COUNTED + 1].count() for tab in TABS}
