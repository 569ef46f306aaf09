"""Rights that nobody should have any more: the page of orphans shows them, and it should be empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.forms.models import ApiSession, AppUser
from district.kernel.grants.models import Client
from district.kernel.people.models import Account, Duty, SignIn, Status
from district.kernel.people.roles import is_known
from district.kernel.people.upkeep import UNUSED_AFTER

from ...models import StaffNotice, SupplierAccess


@dataclass(frozen=True)
class Orphan:
    """`kind` is a stable word, `what` names the thing, `since` from when on it should have been gone."""

    kind: str
    username: str
    name: str
    what: str
    since: datetime | None


def gone_accounts() -> QuerySet[Account]:
    """Those who have left, and guests whose time is over."""
    return Account.objects.filter(Q(status=Status.LEFT) | Q(until_at__lte=clock.now()))


def leavers_still_in() -> list[Account]:
    """Accounts that are gone and yet have a session, a duty in force, a token or a phone."""
    mine = {"account": OuterRef("pk")}
    return list(
        gone_accounts().filter(
            Exists(SignIn.objects.filter(**mine, ended_at=None))
            | Exists(Duty.objects.live().filter(**mine))
            | Exists(ApiSession.objects.filter(**mine, expires_at__gt=clock.now()))
            | Exists(AppUser.objects.filter(**mine, revoked_at=None))
        )
    )


def accesses_overdue() -> QuerySet[SupplierAccess]:
    return SupplierAccess.objects.filter(state=SupplierAccess.State.OPEN, until_at__lte=clock.now())


def notices_late() -> QuerySet[StaffNotice]:
    """Notices that should have been carried out and are not."""
    return StaffNotice.objects.filter(state=StaffNotice.State.WAITING, due_at__lt=clock.now())


def orphans() -> list[Orphan]:
    """All there are, the gravest kinds first."""
    return [*_leavers(), *_notices(), *_accesses(), *_duties(), *_idle(), *_programs()]


def _leavers() -> list[Orphan]:
    words = _("已离职或到期，仍有会话、职责或令牌")
    return [Orphan("leaver", each.username, each.name, words, each.until_at) for each in leavers_still_in()]


def _notices() -> list[Orphan]:
    return [
        Orphan(
            "notice",
            each.username,
            each.account.name if each.account else "",
            _("人事通知超过 1 小时未执行"),
            each.due_at,
        )
        for each in notices_late().select_related("account")
    ]


def _accesses() -> list[Orphan]:
    return [
        Orphan("access", each.username, each.person, _("供应商访问到期未结束"), each.until_at)
        for each in accesses_overdue()
    ]


def _duties() -> list[Orphan]:
    """Duties whose role no manifest names any more, or that are past their day and stand open, or of a suspended account
    outside the unit the account belongs to."""
    found = []
    for duty in Duty.objects.filter(ended_at=None).select_related("account", "organisation"):
        if not is_known(duty.role):
            found.append(Orphan("role", duty.account.username, duty.account.name, duty.role, duty.granted_at))
        elif duty.account.organisation_id is None:
            found.append(
                Orphan(
                    "unit", duty.account.username, duty.account.name, _("账号没有所属单位"), duty.granted_at
                )
            )
    for duty in Duty.objects.filter(ended_at=None, until_on__lt=clock.today()).select_related("account"):
        found.append(Orphan("expired", duty.account.username, duty.account.name, duty.role, duty.granted_at))
    return found


def _idle() -> list[Orphan]:
    since = clock.now() - UNUSED_AFTER
    idle = Account.objects.active().filter(
        Q(last_login__lt=since) | Q(last_login=None, created_at__lt=since), is_demo=False
    )
    words = _("90 天未使用")
    return [
        Orphan("idle", each.username, each.name, words, each.last_login or each.created_at) for each in idle
    ]


def _programs() -> list[Orphan]:
    """Programs whose secret was made when somebody who has left since knew it: the secret is to be changed."""
    knew = Client.objects.filter(
        is_active=True, created_by__status=Status.LEFT, secret_at__date__lte=F("created_by__left_on")
    )
    return [
        Orphan(
            "secret",
            each.created_by.username,
            each.created_by.name,
            _("应用“%(n)s”的密钥须更换") % {"n": each.name},
            each.secret_at,
        )
        for each in knew.select_related("created_by")
        if each.created_by
    ]
