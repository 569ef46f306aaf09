"""访问控制 (8.1.4.2): whose accounts and duties there are."""

from __future__ import annotations

from django.db import connection
from django.db.models import Count, Q

from district.kernel.clock import now
from district.kernel.people.models import Account, AuditEntry, Duty, ScopeKind
from district.kernel.people.roles import SEPARATED
from district.kernel.people.upkeep import UNUSED_AFTER

from ...people.orphans import accesses_overdue, leavers_still_in
from ..door import Door
from ..probe import Found, judged, probe, unknown


@probe
def demo_accounts(_door: Door) -> Found:
    count = Account.objects.active().filter(is_demo=True).count()
    words = f"在用演示账号 {count} 个；正式运行须设 DISTRICT_DEMO=0" if count else "没有内置或演示账号"
    return judged(not count, words, active_demo=count)


@probe
def idle_accounts(_door: Door) -> Found:
    since = now() - UNUSED_AFTER
    idle = Account.objects.active().filter(
        Q(last_login__lt=since) | Q(last_login=None, created_at__lt=since), is_demo=False
    )
    count = idle.count()
    return judged(not count, f"90 天未使用仍在用的账号 {count} 个；每晚自动停用", idle=count)


@probe
def leavers(_door: Door) -> Found:
    found = leavers_still_in()
    words = f"已离职账号仍有会话、职责或令牌的 {len(found)} 个"
    return judged(not found, words, accounts=[each.username for each in found[:50]])


@probe
def expired_access(_door: Door) -> Found:
    count = accesses_overdue().count()
    return judged(not count, f"到期仍未结束的供应商访问 {count} 个", overdue=count)


@probe
def separation(_door: Door) -> Found:
    """No account holds two of the three administrators' duties, and the database would refuse it."""
    both = (
        Duty.objects.live()
        .filter(role__in=SEPARATED)
        .values("account")
        .annotate(n=Count("role", distinct=True))
        .filter(n__gt=1)
    ).count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = 'people_duty_separation'")
        is_guarded = cursor.fetchone()[0] == 1
    words = f"兼任两员的账号 {both} 个；数据库唯一约束{'有效' if is_guarded else '缺失'}"
    return judged(not both and is_guarded, words, both=both, guarded=is_guarded)


@probe
def granted_duties(_door: Door) -> Found:
    """Every duty in force was granted by somebody, or is the command line's or the demonstration's and says so."""
    live = Duty.objects.live()
    total = live.count()
    nobody = live.filter(granted_by=None, reason="").count()
    words = f"在用职责 {total} 项，无授予人且无事由的 {nobody} 项"
    return judged(not nobody, words, duties=total, without=nobody) if total else unknown("没有在用职责")


@probe
def scoped_duties(_door: Door) -> Found:
    live = Duty.objects.live()
    by_scope = {scope: live.filter(scope=scope).count() for scope in ScopeKind.values}
    total = sum(by_scope.values())
    if not total:
        return unknown("没有在用职责")
    words = f"在用职责 {total} 项，数据范围：本单位 {by_scope['own']}、含下级 {by_scope['subtree']}、全区 {by_scope['district']}"
    return judged(True, words, **by_scope)


@probe
def look_log(_door: Door) -> Found:
    """Looks at personal data say why."""
    looks = AuditEntry.objects.filter(action="look")
    without = looks.filter(purpose="").count()
    total = looks.count()
    if not total:
        return unknown("还没有查看个人信息的记录")
    return judged(
        not without, f"查看个人信息 {total} 次，未写目的 {without} 次", looks=total, without_purpose=without
    )
