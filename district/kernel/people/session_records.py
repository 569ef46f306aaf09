"""Sessions as rows: begun at sign-in, ended for a reason (`SignIn.End`). Ending one removes the session at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from district.kernel import clock
from district.kernel.people.access import roles_of
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, SignIn
from district.kernel.people.request_address import client_address
from district.kernel.people.roles import SEPARATED

SIGN_IN = "sign_in"
STARTED = "signed_in_at"
SEEN = "seen_at"
IDLE_S = "idle_s"


@transaction.atomic
def begin(request: HttpRequest, account: Account) -> SignIn:
    """Notes a new session, and ends the oldest of the account's when there are more than allowed."""
    Account.objects.select_for_update().get(pk=account.pk)  # two sign-ins at once count each other
    now = clock.now()
    sign_in = SignIn.objects.create(
        account=account, session_key=request.session.session_key or "", started_at=now, seen_at=now,
        address=client_address(request), browser=request.headers.get("User-Agent", "")[:200],
    )
    is_privileged = not roles_of(account).isdisjoint(SEPARATED)
    idle: timedelta = settings.SESSION_IDLE_PRIVILEGED if is_privileged else settings.SESSION_IDLE
    request.session[SIGN_IN] = sign_in.pk
    request.session[STARTED] = request.session[SEEN] = now.timestamp()
    request.session[IDLE_S] = idle.total_seconds()
    allowed = settings.SESSIONS_AT_ONCE_DEMO if account.is_demo else settings.SESSIONS_AT_ONCE
    for oldest in open_sign_ins(account)[allowed:]:
        end(oldest, SignIn.End.OVER_LIMIT)
    return sign_in


def overdue(session: SessionBase, now: datetime) -> Any:
    """Why a session may not go on, or None. A session without our marks is too old."""
    started, seen = session.get(STARTED), session.get(SEEN)
    if started is None or seen is None:
        return SignIn.End.TOO_OLD
    if now.timestamp() - started >= settings.SESSION_LONGEST.total_seconds():
        return SignIn.End.TOO_OLD
    if now.timestamp() - seen >= session.get(IDLE_S, settings.SESSION_IDLE.total_seconds()):
        return SignIn.End.IDLE
    return None


def open_sign_ins(account: Account) -> list[SignIn]:
    """The account's sessions that have not ended, newest first. Those that ran out meanwhile are ended here."""
    now = clock.now()
    found = []
    for sign_in in SignIn.objects.filter(account=account, ended_at=None).order_by("-started_at", "-id"):
        if now - sign_in.started_at >= settings.SESSION_LONGEST:
            end(sign_in, SignIn.End.TOO_OLD)
        elif now - sign_in.seen_at >= settings.SESSION_IDLE + timedelta(minutes=2):
            end(sign_in, SignIn.End.IDLE)
        else:
            found.append(sign_in)
    return found


@transaction.atomic
def end(sign_in: SignIn, why: Any, *, by: Account | None = None) -> None:
    """Ends a session; whoever uses it is signed out with the next request. Ending it twice changes nothing."""
    key = sign_in.session_key
    if not SignIn.objects.filter(pk=sign_in.pk, ended_at=None).update(ended_at=clock.now(), end=why, session_key=""):
        return
    if key:
        Session.objects.filter(session_key=key).delete()
    record_act(by or sign_in.account, "session_ended", subject_kind="account", subject=sign_in.account.username,
               purpose=str(why), address=sign_in.address)


def end_all(account: Account, why: Any, *, by: Account | None = None, but: str = "") -> int:
    """Ends every session of an account, except the one of key `but`; returns how many."""
    ended = [each for each in SignIn.objects.filter(account=account, ended_at=None) if each.session_key != (but or None)]
    for sign_in in ended:
        end(sign_in, why, by=by)
    return len(ended)
