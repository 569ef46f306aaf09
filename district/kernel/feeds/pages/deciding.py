"""The buttons of a subscription. Only the receiving department has them; the steward may stop one too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from district.kernel.feeds import actions, queries
from district.kernel.feeds.models import Push, Subscription, SubscriptionState
from district.kernel.feeds.pages.secrets import secret_page
from district.kernel.grants.pages.acting import acted
from district.kernel.grants.pages.words import ACTORS
from district.kernel.people.access import allow


@allow(*ACTORS)
@require_POST
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    found = get_object_or_404(queries.subscriptions_seen_by(request.user), pk=pk)
    account: Any = request.user
    may = queries.may_stop if act == "stop" else queries.may_act
    if not may(account, found):
        raise PermissionDenied
    back = reverse("feeds:subscription", args=[pk])
    if act == "secret":
        if found.state == SubscriptionState.ENDED:
            return HttpResponseRedirect(back)
        return secret_page(request, found, actions.new_secret(found, account))
    do, words = _acts(request, found, account, act)
    return acted(request, do, words, back)


def _acts(request: HttpRequest, found: Subscription, account: Any, act: str) -> tuple[Callable[[], Any], str]:
    reason = request.POST.get("reason", "").strip()
    if act == "skip":
        number = request.POST.get("push", "")
        push = get_object_or_404(Push, subscription=found, pk=int(number) if number.isdecimal() else 0)
        return lambda: actions.skip(push, account, reason), _("已放弃这条推送，其后的变更继续推送")
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "pause": (lambda: actions.pause(found, account), _("已暂停；其间的变更保留，恢复后推送")),
        "go-on": (lambda: actions.go_on(found, account), _("已恢复推送")),
        "again": (lambda: actions.send_again(found, account), _("已重新推送")),
        "stop": (lambda: actions.stop(found, account, reason), _("已停止推送")),
    }
    if act not in acts:
        raise Http404
    return acts[act]
