"""身份鉴别 (GB/T 22239-2019 8.1.4.1): the rules in force are tried, not read out."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from axes.utils import reset
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.urls import reverse

from district.kernel.clock import now
from district.kernel.people.models import Account, SignIn
from district.kernel.people.roles import SEPARATED

from ..door import Door
from ..probe import Found, judged, probe, unknown

WEAK = {"过短": "Aa1!bcd", "类别不足": "abcdefghijkl", "含工号": "Probe-0007-Xy", "常见": "password123!"}
GOOD = "Qn7-tide%Lamp"
LONGEST_AGE = timedelta(days=90)
LONGEST_IDLE = timedelta(minutes=30)
LONGEST_IDLE_ADMIN = timedelta(minutes=15)
MOST_FAILURES = 5


@probe
def passwords(_door: Door) -> Found:
    """Weak passwords are handed to the validators in force."""
    somebody = Account(username="Probe-0007")
    taken = [why for why, password in WEAK.items() if not _is_refused(password, somebody) and why != "常见"]
    is_good_taken = not _is_refused(GOOD, somebody)
    rules = {
        each["NAME"].rsplit(".", 1)[-1]: each.get("OPTIONS", {}) for each in settings.AUTH_PASSWORD_VALIDATORS
    }
    remembered = rules.get("NotUsedBefore", {}).get("last", 0)
    is_right = not taken and is_good_taken and "NotCommon" in rules and remembered >= 5
    words = f"试用弱口令，均被拒绝；至少 {rules.get('LongEnough', {}).get('characters')} 位，最近 {remembered} 次不得重复"
    return judged(
        is_right,
        words if is_right else f"被接受的弱口令：{'、'.join(taken) or '规则不全'}",
        rules=rules,
        taken=taken,
    )


def _is_refused(password: str, account: Account) -> bool:
    try:
        validate_password(password, account)
    except ValidationError:
        return True
    return False


@probe
def password_age(_door: Door) -> Found:
    age: timedelta = settings.PASSWORD_MAX_AGE
    old = Account.objects.active().filter(
        Q(password_changed_at__lt=now() - LONGEST_AGE), is_demo=False, must_change_password=False
    )
    count = sum(1 for account in old.only("password") if account.has_usable_password())
    words = f"口令最长使用 {age.days} 天；超过 90 天未改的在用账号 {count} 个（下次登录须先改密码）"
    return judged(age <= LONGEST_AGE, words, max_age_days=age.days, overdue=count)


@probe
def usernames(_door: Door) -> Found:
    """No two accounts share a name, in whatever case it is written."""
    doubles = Account.objects.values(low=Lower("username")).annotate(n=Count("pk")).filter(n__gt=1).count()
    return judged(not doubles, f"账号 {Account.objects.count()} 个，重名 {doubles} 个", doubles=doubles)


@probe
def lockout(door: Door) -> Found:
    """Six wrong passwords for a name nobody has, at the real sign-in page; the sixth must be locked out."""
    name = f"security-probe-{secrets.token_hex(4)}"
    address = reverse("account_login")
    statuses = []
    for _try in range(MOST_FAILURES + 1):
        token = _csrf(door.get(address).body)
        answer = door.post(
            address, {"csrfmiddlewaretoken": token, "login": name, "password": secrets.token_urlsafe(12)}
        )
        statuses.append(answer.status)
    reset(username=name)
    is_right = statuses[-1] == 429 and all(status == 200 for status in statuses[: MOST_FAILURES - 1])
    minutes = settings.AXES_COOLOFF_TIME.total_seconds() / 60
    return judged(
        is_right,
        f"连续输错 {MOST_FAILURES} 次后锁定 {minutes:.0f} 分钟；实测应答 {statuses}",
        statuses=statuses,
    )


def _csrf(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return found[1] if found else ""


@probe
def sessions(_door: Door) -> Found:
    idle, admin, longest = settings.SESSION_IDLE, settings.SESSION_IDLE_PRIVILEGED, settings.SESSION_LONGEST
    at = now()
    open_rows = SignIn.objects.filter(ended_at=None)
    over = open_rows.filter(started_at__lt=at - longest - timedelta(hours=24)).count()
    is_right = idle <= LONGEST_IDLE and admin <= LONGEST_IDLE_ADMIN and longest <= timedelta(hours=12)
    words = (
        f"闲置 {idle.total_seconds() / 60:.0f} 分钟（管理员 {admin.total_seconds() / 60:.0f} 分钟）退出，"
        f"最长 {longest.total_seconds() / 3600:.0f} 小时，同时最多 {settings.SESSIONS_AT_ONCE} 个"
    )
    return judged(is_right, words, open=open_rows.count(), not_swept=over, at_once=settings.SESSIONS_AT_ONCE)


@probe
def second_factor(_door: Door) -> Found:
    """The share of administrators, auditors and operators who have a second factor; demonstration accounts are counted."""
    from allauth.mfa.models import Authenticator

    held = Account.objects.active().filter(duties__in=_live(SEPARATED)).distinct()
    total = held.count()
    secured = Authenticator.objects.filter(user__in=held).values("user").distinct().count()
    required = set(settings.SECOND_FACTOR_REQUIRED_ROLES)
    facts = {"administrators": total, "with_second_factor": secured, "required_roles": sorted(required)}
    if not total:
        return unknown("没有管理员、审计员、运维账号", **facts)
    is_forced = set(SEPARATED) <= required
    words = f"管理员、审计员、运维账号 {total} 个，已启用两步验证 {secured} 个；{'强制启用' if is_forced else '未强制启用'}"
    return judged(secured == total or is_forced, words, **facts)


def _live(roles: tuple[str, ...]) -> object:
    from district.kernel.people.models import Duty

    return Duty.objects.live().filter(role__in=roles)
