"""Changes around a permit: proof that a duty was done, and a changed limit."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.people.models import Account

from ..models import DutyFulfilment, PermitDuty, PermitLimit
from ..permit_duties import period_ends
from .due_days import mark_days


class RefusedDuty(ValueError):
    """A proof that was not taken; `code` is stable."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def fulfil_duty(
    duty: PermitDuty,
    period_ends_on: date,
    done_on: date,
    *,
    account: Account | None,
    today: date,
    number: str = "",
    note: str = "",
) -> DutyFulfilment:
    """Records that a duty was done for a period; doing it again replaces number and note, not the first day.

    Raises RefusedDuty: no_such_period, in_future, before_period.
    """
    permit = duty.permit
    if period_ends_on not in set(period_ends(duty.every, permit.valid_from_on, permit.valid_until_on)):
        raise RefusedDuty("no_such_period", _("%(on)s 不是该义务的期末") % {"on": period_ends_on})
    if done_on > today:
        raise RefusedDuty("in_future", _("完成日期 %(on)s 晚于今天") % {"on": done_on})
    if done_on < period_ends_on - timedelta(days=366):
        raise RefusedDuty("before_period", _("完成日期 %(on)s 早于所属期") % {"on": done_on})
    fulfilment, _is_new = DutyFulfilment.objects.update_or_create(
        duty=duty,
        period_ends_on=period_ends_on,
        defaults={"number": number, "note": note, "recorded_by": account},
        create_defaults={"done_on": done_on, "number": number, "note": note, "recorded_by": account},
    )
    return fulfilment


@transaction.atomic
def change_limit(limit: PermitLimit, value: float, from_on: date, *, today: date) -> PermitLimit:
    """Ends a limit the day before `from_on` and begins the new one; the old one stays for the days it ruled.

    Raises ValueError when `from_on` is not after the old limit began or `value` is not positive.
    """
    if value <= 0:
        raise ValueError(_("限值 %(value)s 应大于 0") % {"value": value})
    if from_on <= limit.valid_from_on:
        raise ValueError(_("生效日期 %(on)s 应晚于原限值的生效日期 %(before)s") % {"on": from_on, "before": limit.valid_from_on})
    until = limit.valid_until_on
    limit.valid_until_on = from_on - timedelta(days=1)
    limit.save(update_fields=["valid_until_on"])
    limit.pk = None
    limit._state.adding = True
    limit.limit, limit.valid_from_on, limit.valid_until_on = value, from_on, until
    limit.save()
    if from_on <= today:
        mark_days((from_on + timedelta(days=number) for number in range((today - from_on).days + 1)), "limit")
    return limit
