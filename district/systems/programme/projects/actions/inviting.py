"""Experts are asked, answer, and are followed by the next of the reserve when they do not come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.refused import Refused

from ...models import Expert, Invitation, Opinion, Review
from ..draw import successor
from ..publishing import LEFT, outcome_of
from ..rules import ANSWER_HOURS
from .holding import given, held, in_state, note

State = Invitation.State


def invite(review: Review, number: str, speciality: str, stands_for: Invitation | None = None) -> Invitation:
    at = now()
    return Invitation.objects.create(
        review=review, expert=Expert.objects.get(number=number), speciality=speciality, stands_for=stands_for, invited_at=at,
        answer_by=at + timedelta(hours=ANSWER_HOURS),
    )  # fmt: skip


@transaction.atomic
def answer(invitation: Invitation, account: Any, said: str, reason: str = "", *, has_no_interest: bool = False) -> Invitation:
    """`said`: accepted (declaring that there is no interest), declined, or conflict, both with a reason."""
    review = held(invitation.review)
    invitation = held(invitation)
    in_state(invitation, "invited")
    in_state(review, "asking", "scoring")
    if invitation.expert.account_id != account.pk:
        raise Refused("not_expert", _("只能由受邀专家本人答复"))
    if said == State.ACCEPTED:
        if not has_no_interest:
            raise Refused("declaration", _("接受邀请须声明与项目各方无利害关系；有利害关系的请申报回避"))
        invitation.state, invitation.declared_at, invitation.answered_at = State.ACCEPTED, now(), now()
        invitation.save()
        Opinion.objects.create(invitation=invitation, said="")
    elif said in (State.DECLINED, State.CONFLICT):
        _leave(invitation, said, given(reason))
    else:
        raise Refused("answer", _("请选择接受、谢绝或申报回避"))
    note(account, f"invitation_{said}", review.project, f"{review.number} {invitation.expert.number}", reason)
    _go_on(review)
    return invitation


def _leave(invitation: Invitation, state: str, reason: str) -> None:
    review = invitation.review
    invitation.state, invitation.reason, invitation.answered_at = State(state), reason, now()
    invitation.save()
    draw = review.draws.get(state="drawn")
    asked = set(review.invitations.values_list("expert__number", flat=True))
    follows = successor(outcome_of(draw), invitation.speciality, asked)
    if follows:
        invite(review, follows, invitation.speciality, invitation)


def _go_on(review: Review) -> None:
    """When everybody who is left has said yes, the scoring is on; with a seat nobody can take, the review is cancelled."""
    seats = [each for each in review.invitations.all() if each.state not in LEFT]
    if len(seats) < sum(number for _name, number in review.wanted):
        review.state = Review.State.CANCELLED
    elif all(each.state == State.ACCEPTED for each in seats):
        review.state = Review.State.SCORING
    else:
        return
    review.save(update_fields=("state",))
    if review.state == Review.State.CANCELLED:
        note(None, "review_cancelled", review.project, review.number, "候补专家不足")


def end_invitations_left_open() -> int:
    """Who has not answered in time is followed by the next; how many."""
    ended = 0
    for invitation in Invitation.objects.filter(state="invited", answer_by__lt=now(), review__state__in=("asking", "scoring")):
        with transaction.atomic():
            review = held(invitation.review)
            invitation = held(invitation)
            if invitation.state != State.INVITED or review.state not in ("asking", "scoring"):
                continue
            invitation.review = review
            _leave(invitation, State.EXPIRED, "逾期未答复")
            note(None, "invitation_expired", review.project, f"{review.number} {invitation.expert.number}")
            _go_on(review)
            ended += 1
    return ended
