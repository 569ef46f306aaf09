"""人事通知: what the personnel office says of somebody is done to the account by the platform, within the hour."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.cases.actions import open_case
from district.kernel.forms.models import ApiSession, AppUser
from district.kernel.people import life_actions
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Duty, Organisation, SignIn, Status
from district.kernel.people.refused import Refused

from ...models import StaffNotice
from ..refusing import check_keeper

WITHIN = timedelta(hours=1)
Kind, State = StaffNotice.Kind, StaffNotice.State
WORDS = {"入职": "joined", "调动": "moved", "离职": "left", **{each: each for each in Kind.values}}
COLUMNS = ("工号", "事项", "生效时间", "到任单位", "依据")


@dataclass(frozen=True)
class Notice:
    """What is said: `organisation` is where somebody moves or joins; `key` is the sender's own number of it."""

    kind: str
    username: str
    effective_at: datetime
    reason: str
    organisation: Organisation | None = None
    key: str = ""


@transaction.atomic
def give_notice(by: Account, said: Notice, *, is_simulated: bool = False) -> StaffNotice:
    """Takes a notice, and does what it says when it is due already. The same key gives the same notice.

    Raises Refused: not a keeper, about oneself, nothing said, moved to nowhere, two notices of the same kind waiting.
    """
    check_keeper(by)
    known = StaffNotice.objects.filter(key=said.key).first() if said.key else None
    if known is not None:
        return known
    _check(by, said)
    account = Account.objects.filter(username__iexact=said.username.strip()).first()
    if account is not None and account.pk == by.pk:
        raise Refused("own_account", _("不能办理本人的人事通知"), field="username", value=said.username)
    at = clock.now()
    notice = StaffNotice.objects.create(
        **({"key": said.key} if said.key else {}),
        kind=said.kind,
        username=said.username.strip(),
        account=account,
        organisation=said.organisation,
        effective_at=said.effective_at,
        reason=said.reason,
        given_by=by,
        given_at=at,
        due_at=max(at, said.effective_at) + WITHIN,
        is_simulated=is_simulated,
    )
    record_act(
        by,
        "staff_notice",
        subject_kind="account",
        subject=notice.username,
        purpose=said.reason,
        fields=[said.kind],
    )
    return carry_out(notice) if notice.effective_at <= at else notice


def _check(by: Account, said: Notice) -> None:
    if said.kind not in Kind.values:
        raise Refused("kind", _("事项须为入职、调动或离职"), field="kind", value=said.kind)
    if not said.username.strip() or not said.reason.strip():
        raise Refused("empty", _("须填写工号和依据"), field="username", value=said.username)
    if said.kind != Kind.LEFT and said.organisation is None:
        raise Refused("no_unit", _("入职、调动须写明到任单位"), field="organisation")
    waiting = StaffNotice.objects.filter(
        username__iexact=said.username.strip(), kind=said.kind, state=State.WAITING
    )
    if waiting.exists():
        raise Refused("waiting", _("该工号已有同类通知待生效"), field="username", value=said.username)


@transaction.atomic
def carry_out(notice: StaffNotice) -> StaffNotice:
    """Does what the notice says, once. What cannot be done is noted with the reason, and stands on the page."""
    locked = StaffNotice.objects.select_for_update().get(pk=notice.pk)
    if locked.state != State.WAITING or locked.effective_at > clock.now():
        return locked
    account = Account.objects.filter(username__iexact=locked.username).first()
    locked.account = account if account is None or account.pk != locked.given_by_id else None
    if account is None and locked.kind == Kind.JOINED:
        return locked  # stays until an account administrator has opened the account
    if account is None or account.status == Status.LEFT:
        return _settled(locked, State.NOTHING, _("没有在用账号"))
    before = rights_of(account)
    try:
        with transaction.atomic():
            _done_to(account, locked)
    except Refused as refusal:
        return _settled(locked, State.REFUSED, str(refusal))
    locked.ended = {name: before[name] - left for name, left in rights_of(account).items()}
    if locked.kind == Kind.LEFT:
        locked.case = _handed_over(account, locked)
    return _settled(locked, State.DONE, "")


def _done_to(account: Account, notice: StaffNotice) -> None:
    """Raises Refused of the kernel, with its words."""
    reason = _("人事通知：%(why)s") % {"why": notice.reason}
    if notice.kind == Kind.LEFT:
        life_actions.leave(None, account, reason)
    elif notice.kind == Kind.MOVED and notice.organisation is not None:
        life_actions.move(None, account, notice.organisation, reason)


def rights_of(account: Account) -> dict[str, int]:
    """How many sessions, duties in force, tokens and phones an account has."""
    return {
        "sessions": SignIn.objects.filter(account=account, ended_at=None).count(),
        "duties": Duty.objects.live().filter(account=account).count(),
        "tokens": ApiSession.objects.filter(account=account, expires_at__gt=clock.now()).count(),
        "phones": AppUser.objects.filter(account=account, revoked_at=None).count(),
    }


def _settled(notice: StaffNotice, state: Any, problem: str) -> StaffNotice:
    notice.state, notice.problem, notice.done_at = state, problem[:200], clock.now()
    notice.save()
    return notice


def _handed_over(account: Account, notice: StaffNotice) -> Any:
    """The rest of leaving is people's work: tasks, things, keys. A case of the unit, by its limits."""
    return open_case(
        system="programme",
        procedure="account_leaving",
        idempotency_key=f"leaving:{notice.key}"[:120],
        title=_("%(name)s 离职交接") % {"name": account.name},
        channel="platform",
        organisation=account.organisation,
        form={"username": account.username, "ended": notice.ended},
        is_simulated=notice.is_simulated,
    )


@transaction.atomic
def withdraw_notice(by: Account, notice: StaffNotice) -> None:
    """A notice that has not taken effect is taken back."""
    check_keeper(by)
    locked = StaffNotice.objects.select_for_update().get(pk=notice.pk)
    if locked.state != State.WAITING:
        raise Refused("decided", _("通知已执行，不能撤回"), field="state", value=locked.state)
    _settled(locked, State.WITHDRAWN, "")
    record_act(by, "staff_notice_withdrawn", subject_kind="account", subject=locked.username)


def carry_out_due() -> int:
    """All that have come due; how many were settled. One that fails does not hold up the others."""
    due = StaffNotice.objects.filter(state=State.WAITING, effective_at__lte=clock.now()).order_by(
        "effective_at"
    )
    return sum(1 for notice in due if carry_out(notice).state != State.WAITING)


def read_list(text: str) -> Iterator[tuple[int, Notice | Refused]]:
    """A list of the personnel office as CSV with the header of COLUMNS: the number of each line, and what it says or why
    it cannot be taken."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]
    if missing:
        yield 1, Refused("header", _("缺少列：%(n)s") % {"n": "、".join(missing)}, field="header")
        return
    for row in reader:
        try:
            yield reader.line_num, _read(row)
        except Refused as refusal:
            yield reader.line_num, refusal


def _read(row: dict[str, Any]) -> Notice:
    told = {name: str(row.get(name) or "").strip() for name in COLUMNS}
    kind = WORDS.get(told["事项"])
    if kind is None:
        raise Refused("kind", _("事项须为入职、调动或离职"), field="事项", value=told["事项"])
    at = _moment(told["生效时间"])
    unit = None
    if told["到任单位"]:
        unit = Organisation.objects.filter(code=told["到任单位"]).first()
        unit = unit or Organisation.objects.filter(name=told["到任单位"]).first()
        if unit is None:
            raise Refused("no_unit", _("没有这个单位"), field="到任单位", value=told["到任单位"])
    return Notice(kind, told["工号"], at, told["依据"] or _("人事名单"), unit)


def _moment(text: str) -> datetime:
    """`2026-11-27 18:00` or `2026-11-27` (midnight), China Standard Time."""
    try:
        found = parse_datetime(text if len(text) > 10 else f"{text} 00:00")
    except ValueError:
        found = None
    if found is None:
        raise Refused("moment", _("生效时间写作 2026-01-31 18:00"), field="生效时间", value=text)
    return found if timezone.is_aware(found) else timezone.make_aware(found)
