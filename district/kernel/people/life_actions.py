"""The life of an account: join, move, suspend, resume, leave. Each step says who, when and why."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.people import passwords, session_records
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Duty, LifeStep, Organisation, SignIn, Status
from district.kernel.people.powers import check_administers, check_may_administer_in
from district.kernel.people.refused import Refused
from district.kernel.people.rights_ended import tell_rights_ended

Kind = LifeStep.Kind


@transaction.atomic
def join(
    by: Account | None, username: str, name: str, organisation: Organisation, reason: str, **fields: Any
) -> tuple[Account, str]:
    """Opens an account and returns it with the password for its first sign-in, which is told nowhere else.

    `by` is None for the command line. Raises Refused with the field at fault.
    """
    check_may_administer_in(by, organisation)
    _check_reason(reason)
    account = Account(username=username.strip(), name=name.strip(), organisation=organisation, **fields)
    if Account.objects.filter(username__iexact=account.username).exists():
        raise Refused("username_taken", _("工号 %(value)s 已有账号") % {"value": username}, field="username", value=username)
    account.set_unusable_password()
    try:
        account.full_clean(exclude=["password"])
    except ValidationError as error:
        field, texts = next(iter(error.message_dict.items()))
        raise Refused("invalid", texts[0], field=field, value=getattr(account, field, "")) from error
    account.save()
    password = passwords.handed_out()
    passwords.change(account, password, must_change=True)
    note_step(account, Kind.JOINED, by, reason)
    return account, password


@transaction.atomic
def move(by: Account | None, account: Account, organisation: Organisation, reason: str) -> None:
    """To another unit. The duties held in the old one end; those of the new one have to be granted."""
    check_administers(by, account)
    check_may_administer_in(by, organisation)
    _check_reason(reason)
    if organisation == account.organisation:
        raise Refused("same_organisation", _("账号已在该单位"), field="organisation", value=organisation.code)
    account.organisation = organisation
    account.save(update_fields=["organisation"])
    _end_duties(account, by, reason)
    session_records.end_all(account, SignIn.End.DUTIES, by=by)
    tell_rights_ended(account, is_for_good=True)
    note_step(account, Kind.MOVED, by, reason)


@transaction.atomic
def suspend(by: Account | None, account: Account, reason: str) -> None:
    """Stops an account for the time being: its sessions end, its duties stay for when it is resumed."""
    _change_status(by, account, reason, {Status.ACTIVE}, Status.SUSPENDED)
    session_records.end_all(account, SignIn.End.ADMINISTERED, by=by)
    tell_rights_ended(account, is_for_good=False)
    note_step(account, Kind.SUSPENDED, by, reason)


@transaction.atomic
def resume(by: Account | None, account: Account, reason: str) -> None:
    _change_status(by, account, reason, {Status.SUSPENDED}, Status.ACTIVE)
    note_step(account, Kind.RESUMED, by, reason)


@transaction.atomic
def leave(by: Account | None, account: Account, reason: str) -> None:
    """For good: sessions, tokens and duties end at once, the password is gone, the history stays."""
    _change_status(by, account, reason, {Status.ACTIVE, Status.SUSPENDED}, Status.LEFT)
    account.left_on = clock.today()
    account.set_unusable_password()
    account.save(update_fields=["left_on", "password"])
    session_records.end_all(account, SignIn.End.ADMINISTERED, by=by)
    _end_duties(account, by, reason)
    tell_rights_ended(account, is_for_good=True)
    note_step(account, Kind.LEFT, by, reason)


@transaction.atomic
def reset_password(by: Account | None, account: Account, reason: str) -> str:
    """A new password for one sign-in, returned once; sessions end."""
    check_administers(by, account)
    _check_reason(reason)
    if account.status == Status.LEFT:
        raise Refused("has_left", _("账号已离职"), field="status", value=account.status)
    password = passwords.handed_out()
    passwords.change(account, password, must_change=True)
    session_records.end_all(account, SignIn.End.PASSWORD, by=by)
    note_step(account, Kind.PASSWORD_RESET, by, reason)
    return password


@transaction.atomic
def reset_second_factor(by: Account | None, account: Account, reason: str) -> None:
    """Takes away a lost device, so that a new one can be set up; sessions end."""
    from allauth.mfa.models import Authenticator

    check_administers(by, account)
    _check_reason(reason)
    Authenticator.objects.filter(user=account).delete()
    session_records.end_all(account, SignIn.End.ADMINISTERED, by=by)
    note_step(account, Kind.SECOND_FACTOR_RESET, by, reason)


def note_step(account: Account, kind: Any, by: Account | None, reason: str, more: str = "") -> None:
    """Into the account's life and into the audit trail."""
    LifeStep.objects.create(account=account, kind=kind, by=by, reason=reason, organisation=account.organisation)
    record_act(by, str(kind), subject_kind="account", subject=account.username, purpose=reason,
               fields=[more] if more else [])


def _change_status(
    by: Account | None, account: Account, reason: str, before: set[Any], after: Any
) -> None:
    check_administers(by, account)
    _check_reason(reason)
    fresh = Account.objects.select_for_update().get(pk=account.pk)
    if fresh.status not in before:
        text = _("账号当前状态为“%(status)s”，不能这样做") % {"status": fresh.get_status_display()}
        raise Refused("wrong_status", text, field="status", value=fresh.status)
    account.status = after
    account.save(update_fields=["status"])


def _end_duties(account: Account, by: Account | None, reason: str) -> None:
    for duty in Duty.objects.filter(account=account, ended_at=None):
        duty.ended_at, duty.ended_by, duty.reason = clock.now(), by, reason
        duty.save(update_fields=["ended_at", "ended_by", "reason"])


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing", _("须填写事由"), field="reason")
