"""Granting and ending duties, with the separation of the three administrators 三员分立."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.people import session_records
from district.kernel.people.life_actions import note_step
from district.kernel.people.models import Account, Duty, LifeStep, Organisation, ScopeKind, SignIn, Status
from district.kernel.people.powers import administered_scope, check_administers, check_may_administer_in
from district.kernel.people.refused import Refused
from district.kernel.people.roles import SELF, SEPARATED, is_known
from district.kernel.vocabulary import PUBLIC, STAFF


@transaction.atomic
def grant_duty(
    by: Account | None,
    account: Account,
    role: str,
    organisation: Organisation,
    scope: str,
    reason: str,
    *,
    from_on: date | None = None,
    until_on: date | None = None,
) -> Duty:
    """Gives an account a role in a unit over a range of data. Its sessions end: rights are those of a new sign-in.

    Raises Refused: unknown role, outside the granter's scope, more than the granter's own scope, a second of the
    three administrators' roles, the same duty twice, days the wrong way round.
    """
    check_administers(by, account)
    check_may_administer_in(by, organisation)
    Account.objects.select_for_update().get(pk=account.pk)
    _check_duty(by, account, role, scope, reason)
    _end_expired(account)
    _check_free(account, role, organisation)
    start = from_on or clock.today()
    if until_on is not None and until_on < start:
        raise Refused("days_reversed", _("截止日期早于开始日期"), field="until_on", value=until_on)
    duty = Duty.objects.create(
        account=account, role=role, organisation=organisation, scope=scope, from_on=start, until_on=until_on,
        granted_by=by, reason=reason,
    )
    session_records.end_all(account, SignIn.End.DUTIES, by=by)
    note_step(account, LifeStep.Kind.DUTY_GRANTED, by, reason, f"{role} {organisation.code} {scope}")
    return duty


@transaction.atomic
def end_duty(by: Account | None, duty: Duty, reason: str) -> None:
    """Ends a duty at once, and with it the sessions that used it."""
    check_administers(by, duty.account)
    check_may_administer_in(by, duty.organisation)
    if not reason.strip():
        raise Refused("reason_missing", _("须填写事由"), field="reason")
    if not Duty.objects.filter(pk=duty.pk, ended_at=None).exists():
        raise Refused("already_ended", _("该职责已终止"), field="duty", value=duty.pk)
    duty.ended_at, duty.ended_by, duty.reason = clock.now(), by, reason
    duty.save(update_fields=["ended_at", "ended_by", "reason"])
    session_records.end_all(duty.account, SignIn.End.DUTIES, by=by)
    note_step(duty.account, LifeStep.Kind.DUTY_ENDED, by, reason, f"{duty.role} {duty.organisation.code}")


def _check_duty(by: Account | None, account: Account, role: str, scope: str, reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing", _("须填写事由"), field="reason")
    if account.status == Status.LEFT:
        raise Refused("has_left", _("账号已离职"), field="account", value=account.username)
    if role in (PUBLIC, STAFF, SELF) or not is_known(role):
        raise Refused("unknown_role", _("没有角色“%(role)s”") % {"role": role}, field="role", value=role)
    if scope not in ScopeKind.values:
        raise Refused("unknown_scope", _("没有数据范围“%(scope)s”") % {"scope": scope}, field="scope", value=scope)
    is_whole = administered_scope(by).is_whole
    if not is_whole and (scope == ScopeKind.DISTRICT or role in SEPARATED):
        raise Refused("beyond_own_scope", _("不能授予超出您管理范围的职责"), field="scope", value=scope)


def _end_expired(account: Account) -> None:
    """Duties past their last day are closed, so that they do not stand in the way of new ones."""
    expired = Duty.objects.filter(account=account, ended_at=None, until_on__lt=clock.today())
    for duty in expired:
        duty.ended_at = clock.now()
        duty.save(update_fields=["ended_at"])


def _check_free(account: Account, role: str, organisation: Organisation) -> None:
    held = Duty.objects.filter(account=account, ended_at=None)
    if role in SEPARATED and held.filter(role__in=SEPARATED).exists():
        raise Refused(
            "separation", _("账号管理员、审计员、运维三员分立，一个账号只能任其一"), field="role", value=role
        )
    if held.filter(role=role, organisation=organisation).exists():
        raise Refused("held_already", _("该账号在该单位已有此职责"), field="role", value=role)
