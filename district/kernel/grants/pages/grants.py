"""Grants given and received; one of them with its uses, what is left of it, and the buttons that end it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from district.kernel import clock
from district.kernel.datasets.posts import is_steward
from district.kernel.grants import actions, queries, rules
from district.kernel.grants.models import Grant, GrantState, Spent, Use
from district.kernel.grants.pages.acting import acted, put_to
from district.kernel.grants.pages.forms import ChangeForm
from district.kernel.grants.pages.words import GRANT_COLOURS, MASK_WORDS, READERS
from district.kernel.grants.posts import acts_for
from district.kernel.people.access import allow
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

CHART_DAYS = 30


@allow(*READERS)
@require_safe
def grants(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "grants",
        columns=[
            Column(
                "number",
                _("授权编号"),
                filter="text",
                link=lambda row: reverse("grants:grant", args=[row.number]),
            ),
            Column("resource.title", _("资源"), filter="text"),
            Column("resource.provider.name", _("提供部门"), filter="text"),
            Column("grantee.name", _("使用部门"), filter="text"),
            Column("client.name", _("应用"), filter="text"),
            Column("purpose", _("使用目的"), sortable=False),
            Column(
                "state", _("状态"), filter="choice", choices=dict(GrantState.choices), badge=GRANT_COLOURS
            ),
            Column("starts_at", _("生效时间"), format="moment", shown=False),
            Column("ends_at", _("到期时间"), format="moment", filter="date"),
        ],
        source=queries.grants_seen_by(request.user),
        order="-granted_at",
        title=_("共享授权"),
        empty=_("还没有授权"),
    )
    return table.respond(request) or page(request, "grants/grants.html", {"table": table})


@allow(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest, number: str) -> HttpResponseBase:
    held = get_object_or_404(queries.grants_seen_by(request.user), number=number)
    account: Any = request.user
    is_providers = acts_for(account, held.resource.provider)
    form = ChangeForm(held, request.POST if request.POST.get("act") == "change" else None)
    if request.method == "POST":
        answer = _act(request, held, form, account)
        if answer is not None:
            return answer
    rule = rules.rule_of(held, held.resource, list(held.resource.items.all()))
    is_open = held.state in (GrantState.ACTIVE, GrantState.SUSPENDED)
    return page(
        request,
        "grants/grant.html",
        {
            "held": held,
            "colour": GRANT_COLOURS[held.state],
            "columns": [(column, MASK_WORDS.get(column.mask, column.mask)) for column in rule.columns],
            "chart": _chart(held),
            "spent": Spent.objects.filter(grant=held, day=clock.today()).first(),
            "may_change": is_providers and is_open,
            "may_withdraw": is_open
            and (is_providers or is_steward(account) or acts_for(account, held.grantee)),
            "may_use": held.state == GrantState.ACTIVE and account.organisation_id == held.grantee_id,
            "form": PageForm(form, columns=2),
            "history": _history(held),
        },
    )


def _chart(held: Grant) -> Bar:
    """Requests and rows of the past days."""
    first = clock.today() - timedelta(days=CHART_DAYS - 1)
    found = {
        row["day"]: row
        for row in Use.objects.filter(grant_id=held.pk, at__gte=clock.day_bounds(first)[0])
        .annotate(day=TruncDate("at", tzinfo=clock.CHINA))
        .values("day")
        .annotate(count=Count("pk"), sum=Sum("rows"))
        .order_by("day")
    }
    days = [first + timedelta(days=n) for n in range(CHART_DAYS)]
    counts = [found[day]["count"] if day in found else 0 for day in days]
    return Bar(
        title=_("近三十日使用"),
        x=[f"{day:%m-%d}" for day in days],
        traces=[Trace(_("次数"), counts)],
        decimals=0,
    )


def _history(held: Grant) -> list[Any]:
    events = Grant.pgh_event_model.objects.filter(pgh_obj_id=held.pk).order_by("-pgh_id")[:20]
    return list(events)


def _act(request: HttpRequest, held: Grant, form: ChangeForm, account: Any) -> HttpResponseBase | None:
    act, reason = request.POST.get("act", ""), request.POST.get("reason", "")
    back = reverse("grants:grant", args=[held.number])
    if act == "change":
        return _change(held, form, account, back)
    acts = {
        "withdraw": (lambda: actions.withdraw(held, account, reason), _("已收回，立即生效")),
        "suspend": (lambda: actions.suspend(held, account, reason), _("已暂停，立即生效")),
        "resume": (lambda: actions.resume(held, account), _("已恢复")),
    }
    if act not in acts:
        return HttpResponseRedirect(back)
    do, said = acts[act]
    return acted(request, do, said, back)


def _change(held: Grant, form: ChangeForm, account: Any, back: str) -> HttpResponseBase | None:
    if not form.is_valid():
        return None
    try:
        actions.change(held, form.terms(held), account)
    except Refused as refused:
        put_to(form, refused)
        return None
    return HttpResponseRedirect(back)
