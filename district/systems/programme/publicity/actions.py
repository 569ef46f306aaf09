"""From draft to public and back: made by one, released by another, withdrawn at once. Every act is audited."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused

from ..models import Article, Life, PublicEvent, PublicityPlan, PublicityStep

Thing = Article | PublicEvent | PublicityPlan
T = TypeVar("T", Article, PublicEvent, PublicityPlan)


def edited(thing: T, by: Account) -> T:
    """Saves what was changed: a draft again, and its editor's own, whatever it was before."""
    with transaction.atomic():
        thing.state, thing.made_by, thing.made_at, thing.approved_by, thing.published_at = (
            Life.DRAFT,
            by,
            now(),
            None,
            None,
        )
        thing.save()
        _note(thing, by, "edit")
    return thing


def submit(thing: T, by: Account) -> T:
    return _moved(thing, by, "submit", {Life.DRAFT}, Life.SUBMITTED, reason="")


def approve(thing: T, by: Account) -> T:
    """Released by somebody else than who made it. Raises Refused: own, state."""
    if thing.made_by_id == by.pk:
        raise Refused("own", _("本人编辑的内容须由他人审核"))
    return _moved(
        thing, by, "approve", {Life.SUBMITTED}, Life.PUBLISHED, approved_by=by, published_at=now(), reason=""
    )


def send_back(thing: T, by: Account, reason: str) -> T:
    return _moved(thing, by, "send_back", {Life.SUBMITTED}, Life.DRAFT, reason=_said(reason))


def withdraw(thing: T, by: Account, reason: str) -> T:
    """Out of the public at once; it needs no second pair of eyes."""
    return _moved(
        thing, by, "withdraw", {Life.PUBLISHED, Life.SUBMITTED}, Life.WITHDRAWN, reason=_said(reason)
    )


def count_attended(event: PublicEvent, by: Account, attended: int) -> PublicEvent:
    """A number after the event. Raises Refused: early, negative."""
    if now() < event.starts_at:
        raise Refused("early", _("活动还没有开始"))
    if attended < 0:
        raise Refused("negative", _("人数不能为负"))
    with transaction.atomic():
        held = PublicEvent.objects.select_for_update().get(pk=event.pk)
        held.attended = attended
        held.save(update_fields=["attended"])
        _note(held, by, "count")
    return held


def stand_for(step: PublicityStep, by: Account, thing: Article | PublicEvent) -> PublicityStep:
    """Says which article or event a step of a plan comes to."""
    with transaction.atomic():
        held = PublicityStep.objects.select_for_update().get(pk=step.pk)
        held.article = thing if isinstance(thing, Article) else None
        held.event = thing if isinstance(thing, PublicEvent) else None
        held.save()
        record_act(by, "publicitystep_stand_for", subject_kind="programme.publicitystep", subject=held.pk,
                   purpose=str(thing)[:200])  # fmt: skip
    return held


def _moved(thing: T, by: Account, act: str, begins: set[Life], ends: Life, **fields: Any) -> T:
    with transaction.atomic():
        held: T = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
        if held.state not in begins:
            raise Refused(
                "state", _("当前状态为“%(state)s”，不能这样办理") % {"state": Life(held.state).label}
            )
        if act == "approve" and held.made_by_id == by.pk:
            raise Refused("own", _("本人编辑的内容须由他人审核"))
        held.state = ends
        for name, value in fields.items():
            setattr(held, name, value)
        held.save()
        _note(held, by, act)
    return held


def _note(thing: Thing, by: Account, act: str) -> None:
    kind = type(thing).__name__.lower()
    record_act(
        by, f"{kind}_{act}"[:40], subject_kind=f"programme.{kind}", subject=thing.pk, purpose=thing.reason
    )


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused("reason", _("请填写原因"), field="reason")
    return reason.strip()[:200]
