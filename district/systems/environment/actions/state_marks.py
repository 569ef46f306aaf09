"""Marks of production and device states that an enterprise declares."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from district.kernel.people.models import Account

from ..models import Outlet, StateMark
from .due_days import days_of, mark_days

MAX_LENGTH = timedelta(days=31)
"""A longer stop is declared month by month, so that nobody hides behind one forgotten mark."""


class RefusedMark(ValueError):
    """A mark that was not taken; `code` is stable."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def mark_state(
    outlet: Outlet,
    state: str,
    from_at: datetime,
    until_at: datetime,
    *,
    account: Account | None,
    declared_at: datetime,
    note: str = "",
) -> StateMark:
    """Declares a state. Raises RefusedMark: unknown_state, bad_period, too_long, too_late.

    A mark for the past is taken up to the end of the following day (24 h after the state ended).
    """
    if state not in StateMark.State.values:
        raise RefusedMark("unknown_state", _("状态“%(state)s”不在允许之列") % {"state": state})
    if until_at <= from_at:
        raise RefusedMark("bad_period", _("结束时间应晚于开始时间"))
    if until_at - from_at > MAX_LENGTH:
        raise RefusedMark("too_long", _("一次标记不超过 31 天"))
    if declared_at - until_at > timedelta(hours=24):
        raise RefusedMark("too_late", _("状态结束 24 小时后不能再补标"))
    if from_at < declared_at:
        mark_days(days_of(from_at, min(until_at, declared_at)), "state_mark")
    return StateMark.objects.create(
        outlet=outlet,
        state=state,
        from_at=from_at,
        until_at=until_at,
        note=note[:200],
        declared_by=account,
        declared_at=declared_at,
    )
