"""The network address a request comes from."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The peer's address, or with TRUSTED_PROXIES = n the one the outermost trusted proxy saw; None if unknown.

    The n-th entry from the right of X-Forwarded-For is taken: whatever stands left of it the client may have made up.
    """
    candidate = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        if len(seen) >= settings.TRUSTED_PROXIES:
            candidate = seen[-settings.TRUSTED_PROXIES]
    return _written(candidate)


@lru_cache(maxsize=1000)
def _written(address: str) -> str | None:
    """An address in its usual form."""
    try:
        return str(ip_address(address))
    except ValueError:
        return None
