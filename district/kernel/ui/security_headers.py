"""What the browser is told it may do with our pages."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from district.kernel.people.single_sign_on import issuer
from district.kernel.ui.live import door_url

PERMISSIONS = "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), interest-cohort=()"
ADMIN_PREFIX = "/admin/"
TWO_YEARS = 63_072_000


class SecurityHeaders:
    """Middleware: a fresh nonce in `request.csp_nonce`, and headers an answer does not set itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce
        answer = self.get_response(request)
        answer.setdefault("Content-Security-Policy", _policy(request, nonce))
        answer.setdefault("Referrer-Policy", "same-origin")
        answer.setdefault("Permissions-Policy", PERMISSIONS)
        answer.setdefault("X-Content-Type-Options", "nosniff")
        answer.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if request.is_secure():
            answer.setdefault("Strict-Transport-Security", f"max-age={TWO_YEARS}; includeSubDomains")
        return answer


def _issuer_origin() -> str:
    """Where the form of single sign-on leads, if there is one: browsers count the redirect as part of the form."""
    found = issuer()
    return found.origin if found else ""


def _policy(request: HttpRequest, nonce: str) -> str:
    """Our own pages run no inline script and no inline style.

    The upkeep pages of the admin (operators only) are built on Alpine.js, which evaluates attributes: they alone
    get the looser rules that needs.
    """
    if request.path.startswith(ADMIN_PREFIX):
        scripts, styles = "'self' 'unsafe-inline' 'unsafe-eval'", "'self' 'unsafe-inline'"
    else:
        scripts, styles = f"'self' 'nonce-{nonce}'", "'self'"
    return "; ".join((
        "default-src 'self'",
        f"script-src {scripts}",
        f"style-src {styles}",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self' data:",
        f"connect-src 'self' {door_url(request)}",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        " ".join(filter(None, ("form-action 'self'", _issuer_origin()))),
        "frame-ancestors 'none'",
    ))
