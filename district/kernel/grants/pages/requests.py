"""Asking for data, and answering."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from district.kernel import clock
from district.kernel.datasets.models import Resource, Share, Shelf
from district.kernel.datasets.posts import is_steward
from district.kernel.grants import actions, queries
from district.kernel.grants.indicators import indicators
from district.kernel.grants.models import Need, Request, RequestState
from district.kernel.grants.pages.acting import acted, put_to
from district.kernel.grants.pages.forms import AgreeForm, AskForm, NeedForm
from district.kernel.grants.pages.words import ACTORS, READERS, REQUEST_COLOURS
from district.kernel.grants.posts import acts_for
from district.kernel.people.access import allow
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table


@allow(*READERS)
@require_safe
def requests(request: HttpRequest) -> HttpResponseBase:
    """What waits for the reader, then everything it may see."""
    table = Table(
        "requests", columns=_columns(), source=queries.requests_seen_by(request.user), order="-created_at",
        title=_("共享申请"), empty=_("还没有申请：在数据目录中打开一条资源，点“申请使用”"),
    )  # fmt: skip
    return table.respond(request) or page(
        request,
        "grants/requests.html",
        {
            "table": table,
            "waiting": list(queries.requests_to_decide(request.user)[:50]),
            "indicators": indicators(clock.now()),
        },
    )


def _columns() -> list[Column]:
    return [
        Column(
            "number",
            _("申请单号"),
            filter="text",
            link=lambda row: reverse("grants:request", args=[row.number]),
        ),
        Column("resource.title", _("资源"), filter="text"),
        Column("organisation.name", _("申请部门"), filter="text"),
        Column("resource.provider.name", _("提供部门"), filter="text"),
        Column("purpose", _("使用目的"), sortable=False),
        Column(
            "state", _("状态"), filter="choice", choices=dict(RequestState.choices), badge=REQUEST_COLOURS
        ),
        Column("submitted_at", _("提交时间"), format="moment", filter="date"),
        Column("due_at", _("答复期限"), format="moment"),
        Column("decided_at", _("答复时间"), format="moment", shown=False),
    ]


@allow(*ACTORS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, name: str) -> HttpResponseBase:
    """The form by which a department asks for a resource."""
    account: Any = request.user
    resource = get_object_or_404(Resource, name=name, shelf=Shelf.PUBLISHED, is_secret=False)
    form = AskForm(resource, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.submit(
                actions.draft(resource, account.organisation, account, **form.said()), account
            )
        except Refused as refused:
            put_to(form, refused)
        else:
            return HttpResponseRedirect(reverse("grants:request", args=[made.number]))
    words = {
        Share.OPEN: _("无条件共享：提交后自动授权，用途记入日志。"),
        Share.CONDITIONAL: _(
            "有条件共享：先由数据管理部门审查（2 个工作日），再由提供部门答复（10 个工作日）。"
        ),
        Share.CLOSED: _("不予共享：提交后按依据直接答复。"),
    }
    return page(
        request,
        "grants/ask.html",
        {
            "resource": resource,
            "form": PageForm(form, submit=_("提交申请"), columns=2),
            "words": words[Share(resource.share)],
        },
    )


@allow(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def request_detail(request: HttpRequest, number: str) -> HttpResponseBase:
    """One request: what was asked, how it stands, and what the reader may do."""
    asked = get_object_or_404(queries.requests_seen_by(request.user), number=number)
    account: Any = request.user
    may_decide = asked.state == RequestState.ACCEPTED and acts_for(account, asked.resource.provider)
    form = AgreeForm(asked, request.POST if request.POST.get("act") == "agree" else None)
    if request.method == "POST":
        answer = _act(request, asked, form, account)
        if answer is not None:
            return answer
    titles = dict(asked.resource.items.values_list("name", "title"))
    return page(
        request,
        "grants/request.html",
        {
            "asked": asked,
            "titles": [titles.get(name, name) for name in asked.items],
            "colour": REQUEST_COLOURS[asked.state],
            "grants": asked.grants.select_related("grantee"),
            "is_own": asked.account_id == account.pk,
            "may_review": asked.state == RequestState.SUBMITTED and is_steward(account),
            "may_decide": may_decide,
            "may_cancel": asked.state in ("draft", "returned", "submitted", "accepted")
            and acts_for(account, asked.organisation),
            "may_submit": asked.state in ("draft", "returned") and acts_for(account, asked.organisation),
            "form": PageForm(form, columns=2),
            "is_late": asked.decided_at is None and asked.due_at is not None and asked.due_at < clock.now(),
        },
    )


def _act(request: HttpRequest, asked: Request, form: AgreeForm, account: Any) -> HttpResponseBase | None:
    act, reason = request.POST.get("act", ""), request.POST.get("reason", "")
    back = reverse("grants:request", args=[asked.number])
    if act == "agree":
        return _agree(request, asked, form, account, back)
    acts = {
        "accepted": (lambda: actions.review(asked, account, "accepted", reason), _("审查通过，已转提供部门")),
        "returned": (lambda: actions.review(asked, account, "returned", reason), _("已退回补正")),
        "declined": (lambda: actions.review(asked, account, "declined", reason), _("已作不予受理")),
        "refuse": (lambda: actions.refuse(asked, account, reason), _("已拒绝")),
        "cancel": (lambda: actions.cancel(asked, account), _("已撤回")),
        "submit": (lambda: _send_again(asked, account, reason), _("已提交")),
    }
    if act not in acts:
        return HttpResponseRedirect(back)
    do, said = acts[act]
    return acted(request, do, said, back)


def _send_again(asked: Request, account: Any, scene: str) -> None:
    if scene.strip():
        actions.amend(asked, account, scene=f"{asked.scene}\n{scene.strip()}".strip())
    actions.submit(asked, account)


def _agree(
    request: HttpRequest, asked: Request, form: AgreeForm, account: Any, back: str
) -> HttpResponseBase | None:
    if not form.is_valid():
        return None
    reason = form.cleaned_data["reason"]
    try:
        terms = form.terms()
        is_less = set(terms.items) != set(asked.items) or list(terms.divisions) != list(asked.divisions)
        actions.agree(
            asked, account, terms, reason=reason or (_("按批准范围提供") if is_less else ""),
            is_conditional=bool(reason) or is_less, client=form.cleaned_data["client"],
        )  # fmt: skip
    except Refused as refused:
        if refused.field in form.fields:
            put_to(form, refused)
            return None
        messages.error(request, str(refused))
    return HttpResponseRedirect(back)


@allow(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: HttpRequest) -> HttpResponseBase:
    """需求清单."""
    account: Any = request.user
    form = NeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_need(
                form.cleaned_data["title"], account.organisation, account, text=form.cleaned_data["text"]
            )
        except Refused as refused:
            put_to(form, refused)
        else:
            return HttpResponseRedirect(reverse("grants:needs"))
    table = Table(
        "needs",
        columns=[
            Column("title", _("需要什么数据"), filter="text"),
            Column("organisation.name", _("需求部门"), filter="text"),
            Column("text", _("用途与信息项"), sortable=False),
            Column("resource.title", _("对应资源"), filter="text", link=_resource_of),
            Column("at", _("提出时间"), format="moment", filter="date"),
            Column("met_at", _("满足时间"), format="moment"),
        ],
        source=queries.needs(),
        order="-at",
        title=_("需求清单"),
        empty=_("没有登记的需求"),
    ).bind(request)
    return table.respond(request) or page(
        request, "grants/needs.html", {"table": table, "form": PageForm(form, submit=_("登记需求"))}
    )


def _resource_of(row: Need) -> str | None:
    return reverse("datasets:resource", args=[row.resource.name]) if row.resource else None
