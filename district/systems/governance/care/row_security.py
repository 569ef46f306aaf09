"""The one way to personal records: a transaction in which PostgreSQL knows who is looking.

    with opened(request.user):
        CareRecord.objects.filter(…)          # only rows this account's duties reach

The policies (migration `care_row_security`) work out from people_duty what the account may see; the application only
says which account it is. A superuser, as the embedded server's owner is one, passes by every policy: so inside the
block statements run under a role of their own that is none. Outside of it any statement of ours that names one of the
guarded tables runs under that role too, with nobody named, and sees no row.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.backends.signals import connection_created
from psycopg.pq import TransactionStatus

from district.kernel.clock import now, today

log = logging.getLogger(__name__)

GUARDED = ("governance_care", "governance_dispute")
"""Tables of personal records begin with one of these."""

UNGUARDED_VERBS = (
    "create",
    "alter",
    "drop",
    "truncate",
    "comment",
    "grant",
    "revoke",
    "do",
    "set",
    "reset",
    "lock",
)
"""Statements that bring no row to anybody: of migrations, and of the runner of tests."""

EXPIRY = "expiry"
FIGURES = "figures"
WORKS = ("", EXPIRY, FIGURES)
"""What the platform itself does without a person: ending records, and counting heads of records."""


class CareClosed(RuntimeError):
    """The guard cannot be put up here; the text says why, and what the keeper of the database has to do."""


@dataclass(frozen=True)
class _Opening:
    account_id: int | None
    work: str


@contextmanager
def opened(account: Any = None, *, work: str = "") -> Iterator[None]:
    """Opens the guarded tables for an account, or for a work of the platform, until the end of the block.

    One transaction; blocks may be nested, the inner one counts. Raises CareClosed when the database user passes by
    row-level security and there is no role to take its place.
    """
    if work not in WORKS:
        raise ValueError(f"no work {work!r}")
    before: _Opening | None = getattr(connection, "care_opening", None)
    with transaction.atomic():
        _enter(_Opening(getattr(account, "pk", None), work))
        try:
            yield
        except BaseException:
            # The block's savepoint is rolled back, and the settings with it.
            connection.care_opening = before
            raise
        _enter(before)


def is_opened() -> bool:
    return getattr(connection, "care_opening", None) is not None


def _enter(opening: _Opening | None) -> None:
    connection.ensure_connection()
    role = care_role(connection)
    connection.care_opening = opening
    if connection.needs_rollback:
        return
    values = {
        "district.care_account": str(opening.account_id or "") if opening else "",
        "district.care_work": opening.work if opening else "",
        "district.care_now": now().isoformat() if opening else "",
        "district.care_today": today().isoformat() if opening else "",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join("set_config(%s, %s, true)" for _each in values),
            [part for pair in values.items() for part in pair],
        )
        if role:
            cursor.execute(f'SET LOCAL ROLE "{role}"' if opening else "SET LOCAL ROLE NONE")


def care_role(of: Any) -> str:
    """The role that stands in for a database user whom policies do not bind; empty for one whom they do."""
    found: str | None = getattr(of, "care_role", None)
    if found is None:
        found = of.care_role = _role_needed(of)
    return found


ASK_ROLE = """
    SELECT session_user::text, user_.rolsuper, user_.rolbypassrls,
           (SELECT pg_has_role(session_user, role.oid, 'MEMBER') FROM pg_roles role
            WHERE role.rolname = left(session_user::text, 58) || '_care'
            AND NOT role.rolsuper AND NOT role.rolbypassrls)
    FROM pg_roles user_ WHERE user_.rolname = session_user
"""


def _role_needed(of: Any) -> str:
    """Asked of the driver itself: our own guard must not be asked again here."""
    user, is_superuser, passes_by, is_member = of.connection.execute(ASK_ROLE).fetchone()
    if not (is_superuser or passes_by):
        return ""
    role = f"{user[:58]}_care"
    if not is_member:
        raise CareClosed(
            f"数据库用户 {user} 不受行级安全约束，且缺少角色 {role}；请改用普通用户（ALTER ROLE … NOSUPERUSER "
            f"NOBYPASSRLS），或以超级用户重新运行迁移 (user {user} bypasses row-level security, role {role} is missing)"
        )
    return role


def make_role(sender: object, **_more: Any) -> None:
    """After every migration: the stand-in role, where the user needs one and may make it.

    The role may do what the owner of the tables may, except for passing by the policies.
    """
    connection.ensure_connection()
    raw = connection.connection
    user, is_superuser, passes_by, is_member = raw.execute(ASK_ROLE).fetchone()
    if is_member or not (is_superuser or passes_by):
        return
    role = f"{user[:58]}_care"
    if not is_superuser:
        log.warning(
            "数据库用户 %s 有 BYPASSRLS 权限，帮扶记录将拒绝打开 · user bypasses row-level security", user
        )
        return
    if raw.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is None:
        raw.execute(f'CREATE ROLE "{role}" NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS')
    raw.execute(f'GRANT "{user}" TO "{role}"')


def guard(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """An execute wrapper: outside of `opened`, statements on guarded tables are those of nobody."""
    of = context["connection"]
    if not _is_guarded(sql) or getattr(of, "care_opening", None) is not None:
        return execute(sql, params, many, context)
    role = care_role(of)
    if not role:
        return execute(sql, params, many, context)
    raw = of.connection
    raw.execute(f'SET ROLE "{role}"')
    try:
        return execute(sql, params, many, context)
    finally:
        # In a failed transaction the rollback takes the role back by itself.
        if raw.info.transaction_status != TransactionStatus.INERROR:
            raw.execute("RESET ROLE")


def _is_guarded(sql: Any) -> bool:
    text = sql if isinstance(sql, str) else str(sql)
    if not any(name in text for name in GUARDED):
        return False
    return text.lstrip(" (\n\t").split(None, 1)[0].lower() not in UNGUARDED_VERBS


def stand_guard() -> None:
    """Puts the guard on every connection Django opens from now on."""
    connection_created.connect(_guard_connection, dispatch_uid="governance.care.row_security")


def _guard_connection(sender: object, connection: Any, **_more: Any) -> None:
    connection.care_opening = None
    connection.care_role = None
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, guard)
