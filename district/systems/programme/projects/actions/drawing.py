"""A review is called and its experts are drawn: pool published, shares sealed, shares opened, lots drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused

from ...models import Draw, DrawShare, Expert, Project, Review
from ...numbers import next_number
from ..draw import FEWEST_WITNESSES, Candidate, DrawRefused, Interests, Pool, drawn, pool_of, sealed, seed_of
from ..opinions import table
from ..parties import group_of
from ..publishing import pool_of_draw
from ..rules import OPEN_HOURS
from .holding import given, held, in_state, note
from .inviting import invite

STAGES = {"scheme": ("review",), "change": ("delivery",), "acceptance": ("acceptance",)}


@transaction.atomic
def call_review(project: Project, account: Any, *, kind: str, wanted: Sequence[tuple[str, int]], begins_at: datetime,
                due_at: datetime, witnesses: Mapping[str, Account]) -> Review:  # fmt: skip
    """`witnesses`: the party's name → who seals for it. The pool is fixed and published at once."""
    project = held(project)
    if project.stage not in STAGES[kind]:
        raise Refused("stage", _("项目处于“%(stage)s”阶段，不能组织这种评审") % {"stage": project.get_stage_display()})
    if project.reviews.filter(kind=kind).exclude(state__in=("decided", "cancelled")).exists():
        raise Refused("running", _("同类评审正在进行"))
    if due_at <= begins_at or (due_at <= now() and not project.is_simulated):
        raise Refused("due", _("意见截止应晚于评审时间，且晚于现在"))
    review = Review.objects.create(
        number=next_number(Review, "PS", today()), project=project, kind=kind, wanted=[list(each) for each in wanted],
        criteria=table(kind), begins_at=begins_at, due_at=due_at, made_by=account, is_simulated=project.is_simulated,
    )  # fmt: skip
    _publish_pool(review, account, witnesses)
    return review


@transaction.atomic
def name_new_draw(review: Review, account: Any, witnesses: Mapping[str, Account]) -> Draw:
    """Another, after one that is void."""
    review = held(review)
    in_state(review, "drawing")
    if review.draws.exclude(state="void").exists():
        raise Refused("drawing", _("已有抽取正在进行"))
    return _publish_pool(review, account, witnesses)


def _publish_pool(review: Review, account: Any, witnesses: Mapping[str, Account]) -> Draw:
    persons = {each.pk for each in witnesses.values()}
    if len(witnesses) < FEWEST_WITNESSES or len(persons) < len(witnesses):
        raise Refused("witnesses", _("见证方至少 %(n)s 个，每方由不同的人密封") % {"n": FEWEST_WITNESSES})
    pool = _pool(review)
    draw = Draw.objects.create(
        number=next_number(Draw, "CQ", today()), review=review, made_by=account, pool_digest=pool.digest(), pool={
            "subject": pool.subject, "wanted": [list(each) for each in pool.wanted],
            "candidates": {key: list(known) for key, known in pool.candidates.items()}, "left_out": dict(pool.left_out)},
    )  # fmt: skip
    DrawShare.objects.bulk_create(DrawShare(draw=draw, witness=by, name=name) for name, by in witnesses.items())
    note(account, "pool_published", review.project, draw.number, pool.digest())
    return draw


def _pool(review: Review) -> Pool:
    interests = _interests(review)
    on = today()
    experts = [
        Candidate(each.number, frozenset(each.fields), frozenset({each.employer_uscc, *each.ties} - {""}),
                  is_available=each.appointed_on <= on <= each.until_on and each.left_on is None and each.account_id is not None)
        for each in Expert.objects.order_by("number")
    ]  # fmt: skip
    try:
        return pool_of(f"{review.number} {review.project.title}", [tuple(each) for each in review.wanted], experts, interests)
    except DrawRefused as refused:
        raise Refused(refused.code, str(refused)) from refused


def _interests(review: Review) -> Interests:
    """The owner's unit and those above it, firms with a part or an offer and their groups; persons who made or called it."""
    project = review.project
    units: set[str] = set()
    unit = project.owner
    while unit is not None:
        units.add(unit.code)
        unit = unit.parent if unit.parent and unit.parent.kind != "district" else None
    for part in project.parts.select_related("firm"):
        units |= _codes(part.firm)
    for purchase in project.procurements.prefetch_related("bids__firm"):
        for bid in purchase.bids.all():
            units |= _codes(bid.firm)
    own = (project.made_by_id, review.made_by_id)
    persons = set(Expert.objects.filter(account_id__in=[each for each in own if each]).values_list("number", flat=True))
    return Interests(frozenset(units), frozenset(persons))


def _codes(firm: Any) -> set[str]:
    return set(type(firm).objects.filter(pk__in=group_of(firm)).values_list("uscc", flat=True))


@transaction.atomic
def seal_share(share: DrawShare, account: Any, seal: str) -> Draw:
    """A witness hands in the digest of his secret; with the last the opening begins."""
    draw = held(share.draw)
    share = held(share)
    in_state(draw, "sealing")
    _own(share, account)
    if share.seal:
        raise Refused("sealed", _("密封值已经提交，不能更改"))
    if len(seal) != 64 or set(seal) - set("0123456789abcdef"):
        raise Refused("seal", _("密封值应为 64 位小写十六进制数"))
    if draw.shares.filter(seal=seal).exists():
        raise Refused("same_share", _("这个密封值别的见证方已经交过"))
    share.seal, share.sealed_at = seal, now()
    share.save(update_fields=("seal", "sealed_at"))
    if not draw.shares.filter(seal="").exists():
        draw.state, draw.sealed_at, draw.open_by = Draw.State.OPENING, now(), now() + timedelta(hours=OPEN_HOURS)
        draw.save(update_fields=("state", "sealed_at", "open_by"))
    note(account, "share_sealed", draw.review.project, draw.number, seal)
    return draw


@transaction.atomic
def open_share(share: DrawShare, account: Any, secret: str) -> Draw:
    """The secret must be what was sealed; with the last the lots are drawn and the experts asked."""
    draw = held(share.draw)
    share = held(share)
    in_state(draw, "opening")
    _own(share, account)
    secret = secret.strip().lower()
    try:
        is_right = sealed(share.name, secret) == share.seal
    except DrawRefused as refused:
        raise Refused(refused.code, str(refused)) from refused
    if not is_right:
        raise Refused("wrong_secret", _("与密封时的值不符"))
    share.secret, share.opened_at = secret, now()
    share.save(update_fields=("secret", "opened_at"))
    note(account, "share_opened", draw.review.project, draw.number)
    if not draw.shares.filter(secret="").exists():
        _draw_lots(draw)
    return draw


def _own(share: DrawShare, account: Any) -> None:
    if share.witness_id != account.pk:
        raise Refused("not_witness", _("只能由见证人本人办理"))


def _draw_lots(draw: Draw) -> None:
    shares = list(draw.shares.all())
    seed = seed_of(draw.pool_digest, {each.name: each.seal for each in shares}, {each.name: each.secret for each in shares})
    try:
        outcome = drawn(pool_of_draw(draw), seed)
    except DrawRefused as refused:
        _void(draw, None, str(refused))
        return
    draw.state, draw.drawn_at, draw.seed = Draw.State.DRAWN, now(), seed
    draw.chosen = [list(each) for each in outcome.chosen]
    draw.reserve = {name: list(keys) for name, keys in outcome.reserve.items()}
    draw.save()
    review = held(draw.review)
    review.state = Review.State.ASKING
    review.save(update_fields=("state",))
    for speciality, number in outcome.chosen:
        invite(review, number, speciality)
    note(None, "lots_drawn", review.project, draw.number, seed)


@transaction.atomic
def void_draw(draw: Draw, account: Any, reason: str) -> Draw:
    """Before the lots are drawn; it stays published with the reason."""
    draw = held(draw)
    in_state(draw, "sealing", "opening")
    return _void(draw, account, given(reason))


def _void(draw: Draw, account: Any, reason: str) -> Draw:
    draw.state, draw.void_reason = Draw.State.VOID, reason[:200]
    draw.save(update_fields=("state", "void_reason"))
    note(account, "draw_void", draw.review.project, draw.number, reason)
    return draw


def end_draws_left_open() -> int:
    """A share not opened in time makes the draw void; how many."""
    ended = 0
    for draw in Draw.objects.filter(state="opening", open_by__lt=now()):
        with transaction.atomic():
            draw = held(draw)
            if draw.state != Draw.State.OPENING:
                continue
            late = "、".join(draw.shares.filter(secret="").values_list("name", flat=True))
            _void(draw, None, f"见证方 {late} 逾期没有开启密封值")
            ended += 1
    return ended
