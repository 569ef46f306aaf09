"""Two persons open a record of the gravest class: one asks and says why, another approves, for a while."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account

from ...models import CareUnlock
from ..duties import check_lead
from ..refused import Refused
from ..row_security import opened
from .records import in_sight

DEFAULT_MINUTES = 30
LONGEST_MINUTES = 120


def request_unlock(by: Account, number: str, reason: str) -> CareUnlock:
    """Asks to see one record."""
    if not reason.strip():
        raise Refused("reason_missing", _("须填写事由"), field="reason")
    with opened(by):
        record = in_sight(number)
        if not record.is_locked:
            raise Refused("not_locked", _("该记录无须解锁"), field="number", value=number)
        if CareUnlock.objects.filter(
            record=record, requested_by=by, approved_at=None, refused_at=None
        ).exists():
            raise Refused("asked_already", _("您已申请解锁该记录，请等待批准"), field="number", value=number)
        unlock = CareUnlock.objects.create(record=record, reason=reason, requested_by=by, requested_at=now())
        record_act(by, "care_unlock_asked", subject_kind="care_record", subject=number, purpose=reason)
    return unlock


def approve_unlock(by: Account, unlock_id: int, minutes: int = DEFAULT_MINUTES) -> CareUnlock:
    """Opens the record for the one who asked. Raises Refused for one's own request, and while another is open."""
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise Refused("too_long", _("解锁时限为 1 至 120 分钟"), field="minutes", value=minutes)
    with opened(by):
        unlock = _waiting(by, unlock_id)
        unlock.approved_by, unlock.approved_at = by, now()
        unlock.until_at = now() + timedelta(minutes=minutes)
        try:
            with transaction.atomic():
                unlock.save(update_fields=["approved_by", "approved_at", "until_at"])
        except IntegrityError as error:
            if "one_at_a_time" not in str(error):
                raise
            text = _("申请人已有一份记录处于解锁状态，一次只能解锁一份")
            raise Refused("one_at_a_time", text, field="unlock", value=unlock_id) from error
        record_act(by, "care_unlock_approved", subject_kind="care_record", subject=unlock.record.number,
                   purpose=unlock.reason, fields=[unlock.requested_by.username])  # fmt: skip
    return unlock


def refuse_unlock(by: Account, unlock_id: int) -> None:
    with opened(by):
        unlock = _waiting(by, unlock_id)
        unlock.refused_at = now()
        unlock.save(update_fields=["refused_at"])
        record_act(by, "care_unlock_refused", subject_kind="care_record", subject=unlock.record.number,
                   purpose=unlock.reason, fields=[unlock.requested_by.username])  # fmt: skip


def end_unlock(by: Account, number: str) -> None:
    """Locks again before the time is over."""
    with opened(by):
        CareUnlock.objects.filter(record__number=number, requested_by=by, until_at__gt=now()).update(
            until_at=now()
        )
        record_act(by, "care_locked", subject_kind="care_record", subject=number)


def _waiting(by: Account, unlock_id: int) -> CareUnlock:
    unlock = (
        CareUnlock.objects.select_for_update(of=("self",))
        .select_related("record__organisation", "requested_by")
        .filter(pk=unlock_id)
        .first()
    )
    if unlock is None:
        raise Refused("not_found", _("没有该编号的记录，或不在您的职责内"), field="unlock", value=unlock_id)
    if unlock.approved_at or unlock.refused_at:
        raise Refused("decided", _("该申请已办理"), field="unlock", value=unlock_id)
    if unlock.requested_by_id == by.pk:
        raise Refused("two_persons", _("不能批准本人的申请，须由另一人批准"), field="unlock", value=unlock_id)
    check_lead(by, unlock.record.kind, unlock.record.organisation)
    return unlock
