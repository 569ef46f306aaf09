"""One purchase: its days, its offers, its award, doubts about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.cases.calendar import is_working_day
from district.kernel.clock import now, today
from district.kernel.people.refusals import refuse_role
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Procurement
from .. import actions, buying, forms
from ..actions.buying import offers
from ..queries import projects_visible_to
from .marks import STATE_BADGES, is_post, wan

Does = Callable[[Procurement, Any, dict[str, Any]], object]

FORMS: dict[str, tuple[type[forms.ActForm], tuple[str, ...], tuple[str, ...], Does]] = {
    "notice": (
        forms.NoticeForm,
        ("owner", "office"),
        ("approved",),
        lambda p, a, s: actions.give_notice(p, a, **s),
    ),
    "bid": (forms.BidForm, ("owner", "office"), ("opened",), lambda p, a, s: actions.register_bid(p, a, **s)),
    "objection": (
        forms.ObjectionForm,
        ("office",),
        ("opened", "awarded"),
        lambda p, a, s: actions.object_to(p, a, s["firm"], s["text"], uuid4().hex),
    ),
    "fail": (
        forms.ReasonForm,
        ("office",),
        ("noticed", "opened", "awarded"),
        lambda p, a, s: actions.fail_purchase(p, a, s["reason"]),
    ),
}
BUTTONS: dict[str, tuple[tuple[str, ...], tuple[str, ...], Does]] = {
    "approve": (("finance",), ("planned",), lambda p, a, s: actions.approve_purchase(p, a)),
    "open": (("owner", "office"), ("noticed",), lambda p, a, s: actions.open_bids(p, a)),
    "award": (("office",), ("opened",), lambda p, a, s: actions.award(p, a)),
    "settle": (("office",), ("awarded",), lambda p, a, s: actions.settle(p, a)),
}


@part(of="projects", path="projects/purchases/<str:number>/", methods=("GET", "POST"))
def purchase(request: HttpRequest, number: str) -> HttpResponseBase:
    seen = projects_visible_to(request.user)
    found = get_object_or_404(
        Procurement.objects.select_related("project", "winner", "asked_by", "approved_by").filter(
            project__in=seen
        ),
        number=number,
    )
    act = request.GET.get("do", "") or request.POST.get("act", "")
    posts, states, does = _asked(act)
    if act and not (is_post(request.user, *posts) and (request.method == "GET" or found.state in states)):
        return refuse_role(request)
    form = (
        FORMS[act][0](request.POST if request.method == "POST" else None, project=found.project)
        if act in FORMS
        else None
    )
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            does(found, request.user, form.said() if form is not None else {})
        except Refused as refused:
            if form is None:
                messages.error(request, str(refused))
            else:
                form.add_error(None, str(refused))
        else:
            messages.success(request, _("已办理"))
            return redirect("programme:purchase", number)
    table = _offers(found).bind(request)
    return table.respond(request) or page(
        request,
        "programme/projects/purchase.html",
        _shown(request, found, table, form),
        status=400 if request.method == "POST" else 200,
    )


def _asked(act: str) -> tuple[tuple[str, ...], tuple[str, ...], Does]:
    if act in FORMS:
        _form, posts, states, does = FORMS[act]
        return posts, states, does
    if act in BUTTONS:
        return BUTTONS[act]
    if act:
        raise Http404(act)
    return (), (), lambda p, a, s: None


def _offers(found: Procurement) -> Table:
    return Table(
        "bids",
        title=_("投标"),
        order="pk",
        empty=_("还没有登记投标"),
        source=found.bids.select_related("firm"),
        columns=[
            Column("firm.name", _("投标单位"), filter="text"),
            Column("firm.uscc", _("统一社会信用代码")),
            Column("amount_fen", _("报价"), format=wan, align="end"),
            Column("points", _("评审得分"), format=2),
            Column("received_at", _("收到时间"), format="moment"),
            Column("invalid_reason", _("无效原因")),
        ],
    )


def _shown(request: HttpRequest, found: Procurement, table: Table, form: Any) -> dict[str, Any]:
    account, offered = request.user, offers(found) if found.state == "opened" else []
    can = [
        key
        for key, (_form, posts, states, _does) in FORMS.items()
        if found.state in states and is_post(account, *posts)
    ]
    can += [
        key
        for key, (posts, states, _does) in BUTTONS.items()
        if found.state in states and is_post(account, *posts)
    ]
    words = {
        "notice": _("发布公告"),
        "bid": _("登记投标"),
        "objection": _("登记质疑"),
        "fail": _("流标"),
        "approve": _("批准采购"),
        "open": _("开标"),
        "award": _("按规则定标"),
        "settle": _("质疑期满，确认定标"),
    }
    return {
        "purchase": found,
        "table": table,
        "badge": STATE_BADGES[found.state],
        "wan": wan,
        "words": words,
        "form": PageForm(form, submit=_("提交"), columns=2) if form is not None else None,
        "can_forms": [key for key in can if key in FORMS],
        "can_buttons": [key for key in can if key in BUTTONS],
        "fault": buying.fault(found.method, found.ceiling_fen, offered) if found.state == "opened" else "",
        "earliest": buying.earliest_due(found.method, today(), is_working_day)
        if found.state == "approved"
        else None,
        "objections": found.objections.select_related("firm", "case"),
        "link": reverse("programme:project", args=[found.project.number]),
        "is_due": found.state == "noticed" and found.bids_due_at is not None and found.bids_due_at <= now(),
        "is_open": found.state == "awarded"
        and found.objections_until is not None
        and found.objections_until >= today(),
    }
