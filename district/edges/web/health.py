"""`GET /health`: are web, database, worker and gateway all up?"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from district.edges.ports import gateway_http_port
from district.kernel import clock, registry
from district.kernel.people.access import allow

WORKER_SILENT_AFTER = timedelta(seconds=60)


@never_cache
@allow("public")
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 `{"status": "ok", …}` when all are up, else 503 with the reason for each that is not."""
    reasons = {name: check() for name, check in CHECKS.items()}
    broken = {name: reason for name, reason in reasons.items() if reason}
    body = {
        "status": "fail" if broken else "ok",
        "checks": {name: reason or "ok" for name, reason in reasons.items()},
        "at": clock.now().isoformat(timespec="seconds"),
    }
    return JsonResponse(body, status=503 if broken else 200)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        connection.close()
        return f"database does not answer: {str(error).splitlines()[0]}"
    return ""


def _worker() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(at) FROM jobs_heartbeat WHERE name = 'worker'")
            (beat,) = cursor.fetchone()
    except DatabaseError:
        connection.close()
        return "unknown: the database does not answer"
    if beat is None:
        return "the worker has not started yet"
    silent = clock.now() - beat
    return f"no sign of life for {silent.total_seconds():.0f} s" if silent > WORKER_SILENT_AFTER else ""


def _gateway() -> str:
    if not registry.listens():
        return ""
    url = f"http://127.0.0.1:{gateway_http_port()}/health"
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return "" if answer.status == 200 else f"answers {answer.status}"
    except urllib.error.HTTPError as error:
        return error.read(2000).decode(errors="replace") or f"answers {error.code}"
    except (urllib.error.URLError, OSError) as error:
        return f"does not answer: {error}"


CHECKS: dict[str, Callable[[], str]] = {"database": _database, "worker": _worker, "gateway": _gateway}
