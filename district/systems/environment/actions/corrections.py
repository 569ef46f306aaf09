"""Corrections of hour values: one person asks with a reason, another decides. Observations never change."""

from __future__ import annotations

import math
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA
from district.kernel.devices.models import Series
from district.kernel.people.models import Account

from ..models import Correction, HourlyValue
from .due_days import mark_days


class RefusedCorrection(ValueError):
    """A correction that was not taken; `code` is stable, the text is for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@transaction.atomic
def request_correction(
    series: Series,
    at: datetime,
    new_value: float | None,
    reason: str,
    *,
    account: Account,
    requested_at: datetime,
) -> Correction:
    """Asks to replace the value of an hour, or, with None, to judge it invalid.

    Raises RefusedCorrection: required, bad_number, not_an_hour, no_such_hour, already_open.
    """
    if not reason.strip():
        raise RefusedCorrection("required", _("必须写明修正原因"))
    if new_value is not None and not math.isfinite(new_value):
        raise RefusedCorrection("bad_number", _("修正值 %(value)s 应为有限的数字") % {"value": new_value})
    if at.minute or at.second or at.microsecond:
        raise RefusedCorrection("not_an_hour", _("%(at)s 不是整点") % {"at": f"{at:%Y-%m-%d %H:%M}"})
    hour = HourlyValue.objects.filter(series=series, at=at).first()
    if hour is None:
        raise RefusedCorrection("no_such_hour", _("%(at)s 时还没有评价值") % {"at": f"{at.astimezone(CHINA):%Y-%m-%d %H}"})
    if Correction.objects.filter(series=series, at=at, state=Correction.State.REQUESTED).exists():
        raise RefusedCorrection("already_open", _("该小时已有一条修正等待复核"))
    return Correction.objects.create(
        series=series,
        at=at,
        old_value=hour.value,
        new_value=new_value,
        reason=reason.strip()[:300],
        requested_by=account,
        requested_at=requested_at,
    )


@transaction.atomic
def decide_correction(
    correction: Correction, *, is_confirmed: bool, account: Account, decided_at: datetime, note: str = ""
) -> Correction:
    """Confirms or refuses. Raises RefusedCorrection: already_decided, same_person, required (a refusal says why)."""
    locked = Correction.objects.select_for_update().get(pk=correction.pk)
    if locked.state != Correction.State.REQUESTED:
        raise RefusedCorrection("already_decided", _("这条修正已经处理过"))
    if locked.requested_by_id == account.pk:
        raise RefusedCorrection("same_person", _("须由申请人以外的人复核"))
    if not is_confirmed and not note.strip():
        raise RefusedCorrection("required", _("退回时必须写明意见"))
    locked.state = Correction.State.CONFIRMED if is_confirmed else Correction.State.REFUSED
    locked.decided_by, locked.decided_at, locked.decision_note = account, decided_at, note.strip()[:200]
    locked.save()
    if is_confirmed:
        mark_days([locked.at.astimezone(CHINA).date()], "correction")
    return locked
