"""What a reader sees of the life of villages, and what anybody may see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from district.kernel.people.access import scope_of

from ..models import (
    Announcement,
    Errand,
    Meeting,
    Member,
    Proposal,
    ProposalStep,
    Shift,
    Stage,
    Swap,
    SwapState,
)
from .posts import SYSTEM


def shifts_visible_to(account: Any) -> QuerySet[Shift]:
    rows = Shift.objects.filter(cancelled_at=None).select_related("account", "organisation")
    return _in_scope(rows, account)


def swaps_asked_of(account: Any) -> QuerySet[Swap]:
    """What the reader has to answer, and what he has asked."""
    open_swaps = Swap.objects.filter(Q(other=account) | Q(asked_by=account), state=SwapState.ASKED)
    return open_swaps.select_related("shift__organisation", "in_return", "other", "asked_by")


def on_duty(account: Any, at: datetime) -> QuerySet[Shift]:
    return shifts_visible_to(account).filter(starts_at__lte=at, ends_at__gt=at)


def announcements_visible_to(account: Any) -> QuerySet[Announcement]:
    """Those for the reader, and those of the units he has a post in, with how many have read and answered."""
    scope = scope_of(account, SYSTEM)
    rows = Announcement.objects.select_related("organisation").annotate(
        people=Count("receipts"),
        has_read=Count("receipts", filter=~Q(receipts__read_at=None)),
        has_answered=Count("receipts", filter=~Q(receipts__confirmed_at=None)),
    )
    if scope.is_whole:
        return rows
    mine = Announcement.objects.filter(
        Q(receipts__account=account) | Q(audience__in=scope.organisation_ids), recalled_at=None
    )
    return rows.filter(Q(organisation__in=scope.organisation_ids) | Q(pk__in=mine.values("pk")))


def meetings_visible_to(account: Any) -> QuerySet[Meeting]:
    rows = Meeting.objects.select_related("organisation").annotate(
        expected=Count("attendances", distinct=True),
        present=Count("attendances", filter=Q(attendances__presence="present"), distinct=True),
    )
    return _in_scope(rows, account)


def members_visible_to(account: Any) -> QuerySet[Member]:
    rows = Member.objects.filter(left_at=None).select_related("organisation")
    scope = scope_of(account, SYSTEM)
    return scope.filter(
        rows, division_field="organisation__division_code", organisation_field="organisation_id"
    )


def proposals_visible_to(account: Any) -> QuerySet[Proposal]:
    return _in_scope(Proposal.objects.select_related("organisation"), account)


def errands_visible_to(account: Any) -> QuerySet[Errand]:
    return _in_scope(Errand.objects.select_related("guide", "organisation", "taken_by"), account)


def published_steps(at: datetime) -> QuerySet[ProposalStep]:
    """两公开: decisions and results made public; they stay to be read after their days are over."""
    steps = ProposalStep.objects.filter(stage__in=(Stage.PUBLISH, Stage.SHOW_RESULT), at__lte=at)
    return steps.select_related("proposal__organisation").order_by("-pk")


def public_announcements() -> QuerySet[Announcement]:
    return Announcement.objects.filter(is_public=True, recalled_at=None).select_related("organisation")


def _in_scope(rows: QuerySet[Any], account: Any) -> QuerySet[Any]:
    scope = scope_of(account, SYSTEM)
    return scope.filter(rows, division_field="division_code", organisation_field="organisation_id")
