"""From draft to public and back: whoever makes a thing submits it, somebody else releases it. Every act is audited."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account
from district.kernel.ui.live import tell

from ..models import Release, Weather
from ..models.information import Released
from .refused import Refused

TOPIC = "transit.information"
T = TypeVar("T", bound=Released)


def submit(thing: T, by: Account) -> T:
    """A draft is put before the others."""
    return _moved(thing, by, "submit", {Release.DRAFT}, Release.SUBMITTED)


def approve(thing: T, by: Account) -> T:
    """Released by somebody else than who made it. Raises Refused: own, state."""
    if thing.made_by_id == by.pk:
        raise Refused("own", _("本人编辑的内容须由他人审核"))
    return _moved(
        thing,
        by,
        "approve",
        {Release.SUBMITTED},
        Release.PUBLISHED,
        approved_by=by,
        published_at=now(),
        reason="",
    )


def send_back(thing: T, by: Account, reason: str) -> T:
    return _moved(thing, by, "send_back", {Release.SUBMITTED}, Release.DRAFT, reason=_reason(reason))


def withdraw(thing: T, by: Account, reason: str) -> T:
    """Out of the public at once; whoever may edit may do so, without a second pair of eyes."""
    return _moved(
        thing,
        by,
        "withdraw",
        {Release.PUBLISHED, Release.SUBMITTED},
        Release.WITHDRAWN,
        reason=_reason(reason),
    )


def edited(thing: T, by: Account) -> T:
    """Saves what was changed: a draft again, and its editor's own, whatever it was before."""
    with transaction.atomic():
        was_public = (
            thing.pk is not None
            and type(thing)._default_manager.filter(pk=thing.pk, state=Release.PUBLISHED).exists()
        )
        thing.state, thing.made_by, thing.made_at, thing.approved_by, thing.published_at = (
            Release.DRAFT,
            by,
            now(),
            None,
            None,
        )
        thing.save()
        _note(thing, by, "edit")
        if was_public:
            tell(TOPIC, {})
    return thing


def give_weather(by: Account | None, issued_at: datetime, days: list[dict[str, Any]], source: str, *, warning: str = "",
                 warning_until: datetime | None = None, is_simulated: bool = False) -> Weather:  # fmt: skip
    """A report of another office, passed on as it is: it needs no second pair of eyes, but says whose it is."""
    with transaction.atomic():
        made = Weather.objects.create(issued_at=issued_at, days=days, source=source, warning=warning,
                                      warning_until=warning_until, made_by=by, is_simulated=is_simulated)  # fmt: skip
        if by is not None:
            record_act(
                by, "weather_given", subject_kind="transit.weather", subject=str(made.pk), purpose=source
            )
        tell(TOPIC, {})
    return made


def _moved(thing: T, by: Account, act: str, begins: set[Release], ends: Release, **fields: Any) -> T:
    with transaction.atomic():
        held: T = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
        if held.state not in begins:
            raise Refused(
                "state", _("当前状态为“%(state)s”，不能这样办理") % {"state": Release(held.state).label}
            )
        held.state = ends
        for name, value in fields.items():
            setattr(held, name, value)
        held.save()
        _note(held, by, act)
        if Release.PUBLISHED in (ends, *begins):
            tell(TOPIC, {})
    return held


def _note(thing: Released, by: Account, act: str) -> None:
    kind = type(thing).__name__.lower()
    record_act(
        by, f"{kind}_{act}", subject_kind=f"transit.{kind}", subject=str(thing.pk), purpose=thing.reason
    )


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused("reason_missing", _("请填写原因"))
    return reason.strip()[:200]
