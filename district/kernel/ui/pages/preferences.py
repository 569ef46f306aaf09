"""Language and theme, remembered in cookies. The scripts of the page do the same without a round trip."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from district.kernel.people.access import allow
from district.kernel.ui.shell import THEMES

YEAR_SECONDS = 31_536_000


@allow("public")
@require_POST
def preferences(request: HttpRequest) -> HttpResponseBase:
    """Takes `language` and `theme`, whichever is there, and goes back to `next`."""
    answer = HttpResponseRedirect(next_url(request))
    chosen = {settings.LANGUAGE_COOKIE_NAME: (request.POST.get("language", ""), dict(settings.LANGUAGES)),
              "theme": (request.POST.get("theme", ""), THEMES)}
    for cookie, (value, known) in chosen.items():
        if value in known:
            answer.set_cookie(cookie, value, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure())
    return answer


def next_url(request: HttpRequest) -> str:
    """Where the form came from, if that is on this site; the start page otherwise."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else "/"
