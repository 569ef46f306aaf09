"""The buttons of a thing's release, the same for announcements, shops and playlists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page

from ..models import Release
from ..models.information import Released
from . import actions
from .refused import Refused

BADGES = {"draft": "secondary", "submitted": "yellow", "published": "green", "withdrawn": "red"}


def form_page(request: HttpRequest, title: str, form: PageForm, back: str) -> HttpResponse:
    """A page with nothing but a form and the way back."""
    return page(request, "transit/notices/form.html", {"title": title, "form": form, "back": back})


def acts_for(account: Any, thing: Released) -> list[tuple[str, str, bool]]:
    """(act, words, whether a reason is asked) that the account may do now."""
    if thing.state == Release.DRAFT:
        return [("submit", _("提交审核"), False)]
    if thing.state == Release.SUBMITTED:
        own = [] if thing.made_by_id == account.pk else [("approve", _("审核发布"), False)]
        return [*own, ("send_back", _("退回修改"), True)]
    return [("withdraw", _("撤回"), True)] if thing.state == Release.PUBLISHED else []


def act_on(request: HttpRequest, thing: Released, act: str) -> None:
    """Does it and says so, or says why not."""
    reason = request.POST.get("reason", "")
    done: dict[str, Callable[[], Released]] = {
        "submit": lambda: actions.submit(thing, request.user), "approve": lambda: actions.approve(thing, request.user),
        "send_back": lambda: actions.send_back(thing, request.user, reason),
        "withdraw": lambda: actions.withdraw(thing, request.user, reason),
    }  # fmt: skip
    if act not in done:
        raise Http404(act)
    try:
        moved = done[act]()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已办理，当前状态：%(state)s") % {"state": Release(moved.state).label})
