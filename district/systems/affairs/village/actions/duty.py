"""值班: rosters are dealt out, shifts given to others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.alerts.notices import notify
from district.kernel.cases.calendar import is_working_day
from district.kernel.clock import CHINA, now
from district.kernel.people.models import Account, Organisation
from district.kernel.people.refused import Refused

from ...models import Shift, Swap, SwapState
from ..posts import must_act_for, staff_of
from ..rostering import fair_turns

FROM = time(8, 30)
MOST_DAYS = 62


@transaction.atomic
def deal_out(
    organisation: Organisation, people: Sequence[Account], first: date, last: date, account: Any, *, is_simulated: bool = False
) -> list[Shift]:  # fmt: skip
    """A shift of a day each from `first` to `last`, fair with what each has had; days that have one are left as they are."""
    must_act_for(account, organisation)
    if not 0 <= (last - first).days < MOST_DAYS:
        raise Refused("bad_days", _("排班应在 1 至 %(n)s 天之内") % {"n": MOST_DAYS}, field="last")
    known = set(staff_of([organisation]).values_list("pk", flat=True))
    strange = [person.name for person in people if person.pk not in known]
    if not people or strange:
        raise Refused(
            "no_staff", _("只能给本单位人员排班：%(names)s") % {"names": "、".join(strange)}, field="people"
        )
    live = Shift.objects.filter(organisation=organisation, cancelled_at=None)
    taken = {shift.starts_at.astimezone(CHINA).date(): shift.account_id for shift in live}
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    free = [day for day in days if day not in taken]
    before = {person.pk: (0, 0) for person in people}
    for day, person_id in taken.items():
        if person_id in before and day < first:
            had, off = before[person_id]
            before[person_id] = (had + 1, off + (not is_working_day(day)))
    turns = fair_turns(
        [person.pk for person in people], free, is_working_day, before, taken.get(first - timedelta(days=1))
    )
    made = [
        Shift(
            organisation=organisation, division_code=organisation.division_code, account_id=person_id,
            starts_at=datetime.combine(day, FROM, CHINA), ends_at=datetime.combine(day + timedelta(days=1), FROM, CHINA),
            made_by=account, is_simulated=is_simulated,
        )
        for day, person_id in zip(free, turns, strict=True)
    ]  # fmt: skip
    try:
        with transaction.atomic():
            return Shift.objects.bulk_create(made)
    except IntegrityError as error:
        raise Refused("double_booking", _("有人在这段时间已在别处值班"), field="people") from error


def cancel(shift: Shift, account: Any) -> None:
    must_act_for(account, shift.organisation)
    if shift.cancelled_at is None:
        shift.cancelled_at = now()
        shift.save(update_fields=["cancelled_at"])


def write_log(shift: Shift, account: Any, text: str) -> None:
    """What happened; who was on duty writes it, once the shift has begun."""
    if account.pk != shift.account_id:
        raise Refused("not_yours", _("值班记录由值班人填写"))
    if shift.starts_at > now():
        raise Refused("not_yet", _("还没有开始值班"))
    shift.log = text
    shift.save(update_fields=["log"])


@transaction.atomic
def ask_swap(shift: Shift, other: Account, account: Any, reason: str, in_return: Shift | None = None) -> Swap:
    """Asks another to take a shift, perhaps for one of his own. He decides."""
    if account.pk != shift.account_id:
        raise Refused("not_yours", _("只能换自己的班"))
    if shift.starts_at <= now() or shift.cancelled_at is not None:
        raise Refused("too_late", _("已经开始或取消的班次不能换"))
    if other.pk == account.pk or not staff_of([shift.organisation]).filter(pk=other.pk).exists():
        raise Refused("no_staff", _("只能换给本单位的其他人"), field="other")
    if in_return is not None and (in_return.account_id != other.pk or in_return.starts_at <= now()):
        raise Refused("not_his", _("换回的班次应是对方还没开始的班"), field="in_return")
    if not reason.strip():
        raise Refused("no_reason", _("换班要写明事由"), field="reason")
    try:
        with transaction.atomic():
            swap = Swap.objects.create(
                shift=shift, other=other, in_return=in_return, asked_by=account, reason=reason[:120]
            )
    except IntegrityError as error:
        raise Refused("asked_already", _("这个班次已在换班中")) from error
    notify(other, title=_("%(name)s 请您换班") % {"name": account.name}, severity=1, body=reason,
           url=reverse("affairs:duty"))  # fmt: skip
    return swap


@transaction.atomic
def answer_swap(swap: Swap, account: Any, is_agreed: bool) -> Swap:
    """The other agrees, and the shifts change hands at once; or does not."""
    swap = Swap.objects.select_for_update().get(pk=swap.pk)
    if account.pk != swap.other_id:
        raise Refused("not_yours", _("由对方答复"))
    if swap.state != SwapState.ASKED:
        raise Refused("decided", _("已经答复过了"))
    if is_agreed:
        _change_hands(swap)
    swap.state = SwapState.AGREED if is_agreed else SwapState.DECLINED
    swap.decided_at = now()
    swap.save(update_fields=["state", "decided_at"])
    words = _("%(name)s 同意换班") if is_agreed else _("%(name)s 没有同意换班")
    notify(swap.asked_by, title=words % {"name": account.name}, severity=1, url=reverse("affairs:duty"))
    return swap


def withdraw_swap(swap: Swap, account: Any) -> None:
    if account.pk != swap.asked_by_id:
        raise Refused("not_yours", _("只能撤回自己的申请"))
    Swap.objects.filter(pk=swap.pk, state=SwapState.ASKED).update(state=SwapState.WITHDRAWN, decided_at=now())


def _change_hands(swap: Swap) -> None:
    shifts = {
        shift.pk: shift
        for shift in Shift.objects.select_for_update().filter(pk__in=[swap.shift_id, swap.in_return_id or 0])
    }
    given, back = shifts[swap.shift_id], shifts.get(swap.in_return_id or 0)
    is_as_asked = given.account_id == swap.asked_by_id and given.cancelled_at is None
    if not is_as_asked or (back is not None and (back.account_id != swap.other_id or back.cancelled_at)):
        raise Refused("changed", _("班次已经变动，请重新申请"))
    if given.starts_at <= now():
        raise Refused("too_late", _("已经开始的班次不能换"))
    try:
        with transaction.atomic():
            Shift.objects.filter(pk=given.pk).update(account=swap.other_id)
            if back is not None:
                Shift.objects.filter(pk=back.pk).update(account=swap.asked_by_id)
    except IntegrityError as error:
        raise Refused("double_booking", _("对方在这段时间已有班次")) from error
