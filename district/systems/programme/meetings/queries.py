"""Decisions with how they stand: what the case says, read from it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, CharField, F, QuerySet, Value, When

from ..models import Decision, Meeting

NOT_SENT, OPEN, LATE, DONE, DONE_LATE, CANCELLED = (
    "not_sent",
    "open",
    "late",
    "done",
    "done_late",
    "cancelled",
)
RUNNING = ("open", "suspended")


def standing(at: datetime) -> Case:
    """Of something that has a case: one of the words above."""
    return Case(
        When(case__isnull=True, then=Value(NOT_SENT)),
        When(case__state__in=RUNNING, case__late_at__lte=at, then=Value(LATE)),
        When(case__state__in=RUNNING, then=Value(OPEN)),
        When(case__state="cancelled", then=Value(CANCELLED)),
        When(case__closed_at__gt=F("case__late_at"), then=Value(DONE_LATE)),
        default=Value(DONE), output_field=CharField(),
    )  # fmt: skip


def decisions(at: datetime) -> QuerySet[Decision]:
    """All, with `standing`: one of the words above."""
    rows = Decision.objects.select_related("meeting", "owner", "task", "case")
    return rows.annotate(standing=standing(at), closed_at=F("case__closed_at"))


def open_decisions() -> QuerySet[Decision]:
    return Decision.objects.filter(case__state__in=RUNNING).order_by("due_on", "pk")


def last_minuted(at: datetime) -> Meeting | None:
    """The last meeting whose minutes are out."""
    return Meeting.objects.filter(minuted_at__lte=at).order_by("-begins_at").first()
