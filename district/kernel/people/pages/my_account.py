"""One's own account: profile, language and look, duties, sessions."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from district.kernel.people import session_records
from district.kernel.people.access import SELF, allow, live_duties
from district.kernel.people.account_forms import PreferencesForm, ProfileForm
from district.kernel.people.models import SignIn
from district.kernel.people.roles import role_label
from district.kernel.people.sessions import READING
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page

YEAR_S = 365 * 24 * 3600


@allow(SELF)
@require_safe
def my_account(request: HttpRequest) -> HttpResponseBase:
    return _shown(request)


@allow(SELF)
@require_POST
def save_profile(request: HttpRequest) -> HttpResponseBase:
    form = _profile(request)
    if not form.is_valid():
        request.user.refresh_from_db()
        return _shown(request, profile=form)
    form.form.save()
    messages.success(request, _("已保存"))
    return redirect("people:my_account")


@allow(SELF)
@require_POST
def save_preferences(request: HttpRequest) -> HttpResponseBase:
    form = _preferences(request)
    if not form.is_valid():
        return _shown(request, preferences=form)
    account = form.form.save()
    answer = redirect("people:my_account")
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, account.language, max_age=YEAR_S, samesite="Lax")
    answer.set_cookie("theme", account.theme, max_age=YEAR_S, samesite="Lax")
    return answer


@allow(SELF)
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ends one of one's own sessions; somebody else's is not found."""
    sign_in = get_object_or_404(SignIn, pk=pk, account=request.user)
    is_own = sign_in.session_key == request.session.session_key
    session_records.end(sign_in, SignIn.End.ENDED)
    if is_own:
        request.session.flush()
        return redirect(settings.LOGIN_URL)
    messages.success(request, _("会话已结束"))
    return redirect("people:my_account")


@allow(SELF)
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponseBase:
    account: Any = request.user
    count = session_records.end_all(account, SignIn.End.ENDED, but=request.session.session_key or "")
    messages.success(request, _("已结束 %(count)s 个其他会话") % {"count": count})
    return redirect("people:my_account")


def _shown(request: HttpRequest, **forms: PageForm) -> HttpResponseBase:
    account: Any = request.user
    shown = {
        "profile": forms.get("profile") or _profile(request),
        "preferences": forms.get("preferences") or _preferences(request),
        "duties": [(role_label(duty.role), duty) for duty in live_duties(account)],
        "sessions": session_records.open_sign_ins(account),
        "own_key": request.session.session_key,
        "has_second_factor": is_mfa_enabled(account),
        "password_days": settings.PASSWORD_MAX_AGE.days,
    }
    return page(request, "people/my_account.html", shown, status=200 if request.method in READING else 422)


def _profile(request: HttpRequest) -> PageForm:
    data = request.POST if request.method == "POST" and "name" in request.POST else None

    return PageForm(ProfileForm(data, instance=request.user), action=reverse("people:save_profile"), submit=_("保存资料"))


def _preferences(request: HttpRequest) -> PageForm:

    data = request.POST if request.method == "POST" and "theme" in request.POST else None
    account: Any = request.user
    initial = {"language": account.language or settings.LANGUAGE_CODE, "theme": account.theme or "light"}
    form = PreferencesForm(data, instance=account, initial=initial)
    return PageForm(form, action=reverse("people:save_preferences"), submit=_("保存设置"))


