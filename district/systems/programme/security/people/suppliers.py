"""供应商访问: for a contract, for a time, approved by another; the account ends by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.people import life_actions
from district.kernel.people.access import may
from district.kernel.people.audit import record_act
from district.kernel.people.duty_actions import grant_duty
from district.kernel.people.models import Account, Organisation, Status
from district.kernel.people.refused import Refused
from district.kernel.people.roles import ADMIN, AUDITOR, is_known

from ...models import Contract, SupplierAccess
from ..refusing import KEEPERS, check_another, check_keeper, check_waiting

ASKERS = (*KEEPERS, "programme.owner", "programme.liaison")
LONGEST = timedelta(days=90)
NEVER = (
    ADMIN,
    AUDITOR,
    "programme.security",
    "programme.auditor",
    "programme.finance",
    "programme.treasurer",
)
"""Duties no supplier is given: those who watch over them."""
State = SupplierAccess.State


@dataclass(frozen=True)
class Wanted:
    contract: Contract
    person: str
    username: str
    role: str
    organisation: Organisation
    purpose: str
    from_at: datetime
    until_at: datetime


@transaction.atomic
def ask_access(by: Account, wanted: Wanted, *, is_simulated: bool = False) -> SupplierAccess:
    """Raises Refused: contract not in force over the whole time, firm barred, too long, a role no supplier may hold."""
    if not may(by, *ASKERS):
        raise Refused(
            "not_asker", _("只有责任单位、安全管理员或推进办可以申请"), field="account", value=by.username
        )
    _check(wanted)
    access = SupplierAccess.objects.create(
        contract=wanted.contract,
        person=wanted.person,
        username=wanted.username,
        role=wanted.role,
        organisation=wanted.organisation,
        purpose=wanted.purpose,
        from_at=wanted.from_at,
        until_at=wanted.until_at,
        asked_by=by,
        is_simulated=is_simulated,
    )
    record_act(
        by,
        "access_asked",
        subject_kind="supplier_access",
        subject=access.pk,
        purpose=wanted.purpose,
        fields=[wanted.role, wanted.username],
    )
    return access


def _check(wanted: Wanted) -> None:
    contract = wanted.contract
    if contract.state != Contract.State.APPROVED:
        raise Refused("contract", _("合同未经批准或已结束"), field="contract", value=contract.number)
    if wanted.until_at <= wanted.from_at or wanted.until_at <= clock.now():
        raise Refused("times", _("截止时间须晚于开始时间和现在"), field="until_at", value=wanted.until_at)
    if wanted.until_at - wanted.from_at > LONGEST:
        raise Refused("too_long", _("一次最长 90 天"), field="until_at", value=wanted.until_at)
    if wanted.until_at.date() > contract.ends_on or wanted.from_at.date() < contract.begins_on:
        raise Refused("outside_contract", _("访问时间须在合同期内"), field="until_at", value=contract.ends_on)
    barred = contract.firm.is_barred_until
    if barred is not None and barred >= clock.today():
        raise Refused("barred", _("该单位在禁入期内"), field="contract", value=contract.firm.name)
    if wanted.role in NEVER or not is_known(wanted.role) or "." not in wanted.role:
        raise Refused("role", _("供应商不能担任该角色"), field="role", value=wanted.role)


@transaction.atomic
def approve_access(by: Account, access: SupplierAccess) -> tuple[SupplierAccess, str]:
    """Opens the account and gives the duty; returns the password of the first sign-in, which is told nowhere else.

    Raises Refused: one's own request, decided already, the user name is taken, or time or contract are over meanwhile.
    """
    check_keeper(by)
    locked = (
        SupplierAccess.objects.select_for_update(of=("self",))
        .select_related("contract__firm")
        .get(pk=access.pk)
    )
    check_another(by, locked.asked_by_id)
    check_waiting(is_waiting=locked.state == State.ASKED)
    _check(
        Wanted(
            locked.contract,
            locked.person,
            locked.username,
            locked.role,
            locked.organisation,
            locked.purpose,
            locked.from_at,
            locked.until_at,
        )
    )
    reason = _("供应商访问：合同 %(n)s") % {"n": locked.contract.number}
    account, password = life_actions.join(
        None, locked.username, locked.person, locked.organisation, reason, until_at=locked.until_at
    )
    day = max(locked.from_at.date(), clock.today())
    grant_duty(
        None,
        account,
        locked.role,
        locked.organisation,
        "own",
        reason,
        from_on=day,
        until_on=max(locked.until_at.date(), day),
    )
    locked.state, locked.account, locked.decided_by, locked.decided_at = State.OPEN, account, by, clock.now()
    locked.save(update_fields=["state", "account", "decided_by", "decided_at"])
    record_act(by, "access_opened", subject_kind="supplier_access", subject=locked.pk, fields=[locked.role])
    return locked, password


@transaction.atomic
def refuse_access(by: Account, access: SupplierAccess, words: str) -> None:
    check_keeper(by)
    locked = SupplierAccess.objects.select_for_update().get(pk=access.pk)
    check_another(by, locked.asked_by_id)
    check_waiting(is_waiting=locked.state == State.ASKED)
    locked.state, locked.decided_by, locked.decided_at, locked.words = (
        State.REFUSED,
        by,
        clock.now(),
        words[:200],
    )
    locked.save(update_fields=["state", "decided_by", "decided_at", "words"])
    record_act(by, "access_refused", subject_kind="supplier_access", subject=locked.pk, purpose=words)


@transaction.atomic
def end_access(by: Account | None, access: SupplierAccess, words: str) -> None:
    """Ends it before or at its time: the account leaves, with sessions, duties and tokens. Twice changes nothing."""
    if by is not None:
        check_keeper(by)
    locked = SupplierAccess.objects.select_for_update().get(pk=access.pk)
    if locked.state != State.OPEN or locked.account is None:
        return
    account = Account.objects.get(pk=locked.account_id)
    if account.status != Status.LEFT:
        life_actions.leave(None, account, words or _("供应商访问到期"))
    locked.state, locked.ended_at, locked.ended_by, locked.words = State.ENDED, clock.now(), by, words[:200]
    locked.save(update_fields=["state", "ended_at", "ended_by", "words"])
    record_act(by, "access_ended", subject_kind="supplier_access", subject=locked.pk, purpose=words)


def end_due() -> int:
    """Those whose time or contract is over; how many ended now."""
    over = SupplierAccess.objects.filter(state=State.OPEN).select_related("contract")
    ended = 0
    for access in over:
        if access.until_at <= clock.now():
            end_access(None, access, _("到期自动结束"))
        elif access.contract.state != Contract.State.APPROVED:
            end_access(None, access, _("合同已结束或解除"))
        else:
            continue
        ended += 1
    return ended
