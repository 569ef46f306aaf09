"""An expert writes and signs; with the last signature the review has its result."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.refused import Refused

from ...models import Opinion, Review
from ..opinions import OpinionRefused, Said, checked, read, result, written
from .holding import held, in_state, note


@transaction.atomic
def save_opinion(opinion: Opinion, account: Any, said: Said) -> Opinion:
    """A draft: it need not be whole yet."""
    opinion = _own(opinion, account)
    opinion.said, opinion.saved_at = written(said), now()
    opinion.save(update_fields=("said", "saved_at"))
    return opinion


@transaction.atomic
def sign_opinion(opinion: Opinion, account: Any, said: Said) -> Opinion:
    """Raises Refused when it is not whole: `field` says where."""
    review = held(opinion.invitation.review)
    in_state(review, "asking", "scoring")
    opinion = _own(opinion, account)
    try:
        text = written(checked(review.criteria, said))
    except OpinionRefused as refused:
        raise Refused("opinion", str(refused), field=refused.field) from refused
    opinion.said, opinion.saved_at, opinion.signed_at, opinion.signed_by = text, now(), now(), account
    opinion.digest = digest_of(review.number, opinion.invitation.expert.number, text)
    opinion.save()
    note(account, "opinion_signed", review.project, f"{review.number} {opinion.invitation.expert.number}", opinion.digest)
    _conclude(review)
    return opinion


def digest_of(review: str, expert: str, text: str) -> str:
    """SM3 over review, expert and what was said."""
    digest = Hash(SM3())
    digest.update("\0".join((review, expert, text)).encode())
    return digest.finalize().hex()


def _own(opinion: Opinion, account: Any) -> Opinion:
    opinion = held(opinion)
    if opinion.invitation.expert.account_id != account.pk:
        raise Refused("not_expert", _("只能由专家本人填写"))
    if opinion.signed_at is not None:
        raise Refused("signed", _("意见已经签署，不能再改"))
    return opinion


def _conclude(review: Review) -> None:
    if review.state != Review.State.SCORING:
        return
    opinions = list(Opinion.objects.filter(invitation__review=review, invitation__state="accepted"))
    if any(each.signed_at is None for each in opinions):
        return
    found = result([read(each.said) for each in opinions])
    review.outcome, review.points, review.decided_at = Review.Outcome(found.outcome), found.points, now()
    review.state = Review.State.DECIDED
    review.save()
    note(None, "review_decided", review.project, review.number, f"{found.outcome} {found.points}")
