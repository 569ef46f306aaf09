"""安全审计 (8.1.4.3): whether the trail is whole, kept, and cannot be changed."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import Min

from district.kernel.clock import now
from district.kernel.people.audit_anchors import noted_anchors
from district.kernel.people.models import AuditCheck, AuditEntry

from ..door import Door
from ..probe import Found, judged, probe, unknown

KEPT_FOR = timedelta(days=183)
CHECKED_WITHIN = timedelta(hours=25)
EXPECTED = {"sign_in": "登录", "session_ended": "会话结束"}


@probe
def audit_chain(_door: Door) -> Found:
    """The newest walk along the whole chain."""
    check = AuditCheck.objects.filter(since=0).first()
    if check is None:
        return unknown("审计链还没有完整核验过")
    age = now() - check.at
    facts = {
        "rows": check.rows,
        "head": check.head,
        "at": check.at.isoformat(),
        "anchors": len(noted_anchors()),
    }
    if check.problem:
        return judged(False, f"审计链在第 {check.broken_at} 条断开（{check.problem}）", **facts)
    if age > CHECKED_WITHIN:
        return unknown(f"最近一次完整核验在 {age.total_seconds() / 3600:.0f} 小时前", **facts)
    return judged(True, f"审计链完整，共 {check.rows} 条，锚点 {facts['anchors']} 个", **facts)


@probe
def audit_append_only(_door: Door) -> Found:
    """A change and a deletion are tried in a transaction that is taken back; both must be refused."""
    if not AuditEntry.objects.exists():
        return unknown("还没有审计记录")
    tried = {
        "修改": "UPDATE people_auditentry SET result = result WHERE seq = 1",
        "删除": "DELETE FROM people_auditentry WHERE seq = 1",
    }
    let_through = [what for what, statement in tried.items() if not _is_refused(statement)]
    words = (
        "试改试删审计记录，均被数据库拒绝" if not let_through else f"数据库未拒绝：{'、'.join(let_through)}"
    )
    return judged(not let_through, words, let_through=let_through)


class _TakenBack(Exception):
    """Takes a trial back that should never have gone through."""


def _is_refused(statement: str) -> bool:
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)
            raise _TakenBack
    except DatabaseError:
        return True
    except _TakenBack:
        return False


@probe
def audit_kept(_door: Door) -> Found:
    first = AuditEntry.objects.aggregate(at=Min("at"))["at"]
    if first is None:
        return unknown("还没有审计记录")
    days = (now() - first).days
    begins = AuditEntry.objects.filter(seq=1).exists()
    words = f"审计记录自 {first:%Y-%m-%d} 起保存 {days} 天，从第 1 条起没有清除"
    return judged(begins, words if begins else "最早的审计记录已不在", days=days, asked_days=KEPT_FOR.days)


@probe
def audit_coverage(_door: Door) -> Found:
    since = now() - timedelta(days=30)
    kinds = set(AuditEntry.objects.filter(at__gte=since).values_list("action", flat=True).distinct())
    missing = [words for key, words in EXPECTED.items() if key not in kinds]
    if not kinds:
        return unknown("近 30 天没有审计记录")
    return judged(
        not missing,
        f"近 30 天有 {len(kinds)} 类行为的记录" + (f"，缺 {'、'.join(missing)}" if missing else ""),
        kinds=sorted(kinds),
    )


@probe
def audit_fields(_door: Door) -> Found:
    """Of the newest 10,000 rows: each has a time, an act and a result; who did it is empty only for the platform itself."""
    newest = AuditEntry.objects.order_by("-seq")[:10_000]
    rows = list(newest.values_list("action", "result", "username"))
    if not rows:
        return unknown("还没有审计记录")
    bare = sum(1 for action, result, _who in rows if not action or not result)
    nameless = sum(1 for _action, _result, who in rows if not who)
    words = f"最近 {len(rows)} 条记录字段齐全；平台自动行为 {nameless} 条"
    return judged(
        not bare, words if not bare else f"{bare} 条记录缺字段", rows=len(rows), bare=bare, platform=nameless
    )
