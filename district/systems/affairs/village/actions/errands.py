"""代办: the village goes the way for a villager."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from district.kernel.cases.clocks import Kind, Limit, due_at
from district.kernel.clock import now
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused

from ...models import Errand, ErrandState, Guide
from ..posts import must_act_for

ENDS = (ErrandState.DONE, ErrandState.REFUSED, ErrandState.WITHDRAWN)
KEPT_FOR = timedelta(days=365)
"""Whose an errand was is kept so long after its end; that it was done stays counted."""


def take_errand(
    guide: Guide, organisation: Organisation, villager: str, account: Any, *, phone: str = "", note: str = "",
    is_simulated: bool = False,
) -> Errand:  # fmt: skip
    """Takes on what a villager needs, to be done within the days of the guide."""
    must_act_for(account, organisation)
    if not guide.is_done_for or not guide.is_in_use:
        raise Refused("not_done_for", _("这个事项不能代办"), field="guide")
    if not villager.strip():
        raise Refused("no_name", _("请填写村民姓名"), field="villager")
    at = now()
    due = due_at(at, Limit(Kind.WORKING_DAYS, guide.working_days))
    return Errand.objects.create(
        guide=guide, organisation=organisation, division_code=organisation.division_code, villager=villager.strip()[:40],
        phone=phone.strip()[:20], note=note[:200], taken_by=account, taken_at=at, due_at=due or at,
        is_simulated=is_simulated,
    )  # fmt: skip


def end_errand(errand: Errand, account: Any, state: str, outcome: str) -> Errand:
    """Done, not done, or given up by the villager; with what came of it."""
    must_act_for(account, errand.organisation)
    if errand.state != ErrandState.TAKEN:
        raise Refused("ended", _("已经办结"))
    if state not in ENDS or not outcome.strip():
        raise Refused("no_outcome", _("请写明办理结果"), field="outcome")
    errand.state, errand.outcome, errand.ended_at = ErrandState(state), outcome[:200], now()
    errand.save(update_fields=["state", "outcome", "ended_at"])
    return errand


def forget_names(at: datetime) -> int:
    """Takes name, phone and remark from errands that ended long ago; returns from how many."""
    old = Errand.objects.filter(ended_at__lt=at - KEPT_FOR).exclude(villager="")
    return old.update(villager="", phone="", note="")
