"""Once a minute the platform is looked at through its own web door, as a reader would: is it well, how long does a page take.

What is kept is one row a minute. That the worker itself was down shows as minutes without a row, which count as not available.
"""

from __future__ import annotations

import http.client
import json
import os
import time
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from district.kernel import home
from district.kernel.clock import now
from district.kernel.devices.models import Device, DeviceStatus

from ..models import ServiceMinute

PAGE = "/programme/news/"
"""A page anybody may read, with rows from the database: what a reader waits for."""
PATIENCE_S = 10
"""Slower than that is not available."""


@dataclass(frozen=True)
class Answer:
    status: int
    took_ms: int
    text: str = ""


def door() -> tuple[str, int]:
    """Host and port of the web door as the worker reaches it; DISTRICT_WEB_ADDRESS where web runs on another machine."""
    host, _colon, port = os.environ.get("DISTRICT_WEB_ADDRESS", "").partition(":")
    return host or "127.0.0.1", int(port or home.port())


def ask(path: str) -> Answer:
    """One request, without following redirects; status 0 when nobody answers in time."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection(*door(), timeout=PATIENCE_S)
    try:
        connection.request("GET", path, headers={"User-Agent": "district-monitor", "Accept": "text/html"})
        answer = connection.getresponse()
        text = answer.read(20_000).decode(errors="replace")
        return Answer(answer.status, round((time.perf_counter() - began) * 1000), text)
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, round((time.perf_counter() - began) * 1000), str(error)[:200])
    finally:
        connection.close()


def look(at: datetime | None = None) -> ServiceMinute:
    """The row of this minute; a second look in it changes nothing."""
    minute = (at or now()).replace(second=0, microsecond=0)
    health, shown = ask("/health"), ask(PAGE)
    devices = Device.objects.filter(status=DeviceStatus.ACTIVE).aggregate(
        all=Count("pk"), online=Count("pk", Q(is_online=True))
    )
    is_up = health.status == 200 and shown.status == 200
    row, _made = ServiceMinute.objects.get_or_create(
        at=minute,
        defaults={
            "is_up": is_up, "health_ms": health.took_ms if health.status else None,
            "page_ms": shown.took_ms if shown.status == 200 else None,
            "devices": devices["all"], "devices_online": devices["online"], "note": "" if is_up else _why(health, shown),
        },
    )  # fmt: skip
    return row


def _why(health: Answer, shown: Answer) -> str:
    """In few words what was wrong, as /health says it."""
    if health.status == 503:
        try:
            checks = json.loads(health.text)["checks"]
            return "; ".join(f"{name}: {said}" for name, said in checks.items() if said != "ok")[:200]
        except (ValueError, KeyError):
            return "health 503"
    return f"health {health.status or health.text}, page {shown.status or shown.text}"[:200]
