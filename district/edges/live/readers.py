"""Who is at the door: the account of a session cookie, and the topics it may hear. Uses Django, in one thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections, connection
from django.http import HttpRequest

from district.kernel import clock
from district.kernel.people.session_records import overdue
from district.kernel.ui.live import hears

T = TypeVar("T")

# One thread, so one database connection, however many pages are open.
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="django")


async def in_django(call: Callable[..., T], *arguments: Any) -> T:
    """Runs what uses the database in the thread that has the connection."""
    return await asyncio.get_running_loop().run_in_executor(_thread, call, *arguments)


async def topics_heard(session_key: str, topics: Iterable[str]) -> frozenset[str]:
    """Those of the topics the session's account may hear today; public ones need no session."""
    return await in_django(_topics_heard, session_key, tuple(topics))


def _topics_heard(session_key: str, topics: tuple[str, ...]) -> frozenset[str]:
    if not connection.in_atomic_block:  # a test holds its own connection
        close_old_connections()
    account = account_of(session_key)
    return frozenset(topic for topic in topics if hears(account, topic))


def account_of(session_key: str) -> Any:
    """The account of a live session, or the anonymous one."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key or None)
    if session_key and overdue(request.session, clock.now()) is not None:
        request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    return get_user(request)
