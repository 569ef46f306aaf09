"""A draw as it is published: what anybody needs to check it, and no names."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from ..models import Draw, Invitation
from .draw import Drawn, Pool, Substitution, record

LEFT = ("declined", "conflict", "expired")
REASONS = {
    "not_available": gettext_lazy("不在聘期或已退出"), "unit_takes_part": gettext_lazy("所在或关联单位参与项目"),
    "related_to_party": gettext_lazy("与经办人有利害关系"),
    "declined": gettext_lazy("谢绝"), "conflict": gettext_lazy("申报回避"), "expired": gettext_lazy("逾期未答复"),
}  # fmt: skip


def pool_of_draw(draw: Draw) -> Pool:
    kept = draw.pool
    return Pool(
        kept["subject"], tuple((name, number) for name, number in kept["wanted"]),
        {key: tuple(known) for key, known in kept["candidates"].items()}, kept["left_out"],
    )  # fmt: skip


def substitutions_of(draw: Draw) -> list[Substitution]:
    """Who left, in the order of leaving."""
    gone = Invitation.objects.filter(review_id=draw.review_id, state__in=LEFT).select_related("expert")
    found = []
    for each in gone.select_related("successor__expert").order_by("answered_at", "pk"):
        follows = getattr(each, "successor", None)
        found.append(Substitution(each.speciality, each.expert.number, each.state, follows.expert.number if follows else ""))
    return found


def outcome_of(draw: Draw) -> Drawn:
    return Drawn(draw.seed, tuple((name, key) for name, key in draw.chosen), {k: tuple(v) for k, v in draw.reserve.items()}, {})


def publication(draw: Draw) -> dict[str, Any]:
    """As far as the draw has come: secrets and outcome only when all are open."""
    shares = list(draw.shares.all())
    pool = pool_of_draw(draw)
    is_drawn = draw.state == Draw.State.DRAWN
    made = record(
        pool, {each.name: each.seal for each in shares if each.seal},
        {each.name: each.secret for each in shares if each.secret} if is_drawn else {}, outcome_of(draw),
        substitutions_of(draw) if is_drawn else (),
    )  # fmt: skip
    return {"draw": draw.number, "state": draw.state, "pool_published_at": draw.made_at.isoformat(),
            "sealed_at": draw.sealed_at.isoformat() if draw.sealed_at else None,
            "drawn_at": draw.drawn_at.isoformat() if draw.drawn_at else None, **made}  # fmt: skip
