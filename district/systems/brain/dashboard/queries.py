"""Boards as an account may see them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from district.kernel.people.access import may, roles_of

from ..models import Board

SHARERS = ("brain.leader", "brain.steward")
"""Who may show a board to others."""


def boards_of(account: Any) -> QuerySet[Board]:
    """The account's own boards, and those shared with one of its roles."""
    shared = Q(pk__in=())
    for role in roles_of(account):
        shared |= Q(roles__contains=[role])
    return Board.objects.filter(Q(owner_id=account.pk) | shared).select_related("owner")


def board_for(account: Any, number: int | None) -> Board | None:
    """The board asked for; without a number the first of one's own, then one shared with one's role.

    `Board.DoesNotExist` when that number is none of theirs. None: the board the role starts with.
    """
    found = boards_of(account)
    if number is not None:
        return found.get(pk=number)
    return (
        found.filter(owner_id=account.pk, is_first=True).first()
        or found.exclude(owner_id=account.pk).filter(owner__status="active").order_by("-changed_at").first()
    )


def may_share(account: Any) -> bool:
    return may(account, *SHARERS)
