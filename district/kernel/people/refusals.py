"""How a request is turned away: a page for people, JSON for programs, a header for htmx."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asked rather than a person with a browser."""
    accepts = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("application/json" in accepts and "text/html" not in accepts)


def refuse_anonymous(request: HttpRequest) -> HttpResponseBase:
    """401 for programs and htmx (which then goes to the sign-in page), a redirect to sign-in otherwise."""
    is_htmx = request.headers.get("HX-Request") == "true"
    if not (is_htmx or wants_json(request)):
        return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    answer = JsonResponse({"error": "not_signed_in", "detail": _("请先登录")}, status=401)
    if is_htmx:
        answer["HX-Redirect"] = resolve_url(settings.LOGIN_URL)
    return answer


def note_refusal(request: HttpRequest) -> str:
    """Marks the request as turned away for want of a duty, apart from a 403 for other reasons; returns the text."""
    request.is_refused_by_role = True
    return _("您现有的职责不能使用此功能")


def refuse_role(request: HttpRequest) -> HttpResponseBase:
    """403 as JSON for programs; for people raises PermissionDenied, which shows the 403 page."""
    text = note_refusal(request)
    if wants_json(request):
        return JsonResponse({"error": "not_allowed", "detail": text}, status=403)
    raise PermissionDenied(text)
