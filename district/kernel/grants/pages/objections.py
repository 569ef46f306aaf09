"""异议: raised by those who use data or whom they speak of, answered by the provider."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from district.kernel.datasets.models import Resource
from district.kernel.grants import actions, queries
from district.kernel.grants.models import Objection
from district.kernel.grants.pages.acting import put_to
from district.kernel.grants.pages.forms import AnswerForm, ObjectionForm
from district.kernel.grants.pages.words import OBJECTION_COLOURS, READERS
from district.kernel.grants.posts import acts_for
from district.kernel.people.access import allow
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table


@allow(*READERS)
@require_safe
def objections(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "objections",
        columns=[
            Column("number", _("异议编号"), filter="text", link=lambda row: reverse("grants:objection", args=[row.number])),
            Column("resource.title", _("资源"), filter="text"),
            Column("organisation.name", _("提出部门"), filter="text"),
            Column("by_citizen", _("本人提出"), sortable=False, value=lambda row: _("是") if row.by_citizen else _("否")),
            Column("state", _("状态"), filter="choice", choices=dict(Objection.State.choices), badge=OBJECTION_COLOURS),
            Column("at", _("提出时间"), format="moment", filter="date"),
            Column("due_at", _("答复期限"), format="moment"),
            Column("answered_at", _("答复时间"), format="moment"),
        ],
        source=queries.objections_seen_by(request.user),
        order="-at",
        title=_("异议"),
        empty=_("没有异议"),
    )  # fmt: skip
    return table.respond(request) or page(request, "grants/objections.html", {"table": table})


@allow(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, number: str) -> HttpResponseBase:
    """One objection and its answer."""
    account: Any = request.user
    found = get_object_or_404(queries.objections_seen_by(account), number=number)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.answer(found, account, is_upheld=said["is_upheld"] == "yes", text=said["text"])
        except Refused as refused:
            put_to(form, refused)
        else:
            return HttpResponseRedirect(reverse("grants:objection", args=[number]))
    may_answer = found.state == Objection.State.OPEN and acts_for(account, found.resource.provider)
    return page(
        request,
        "grants/objection.html",
        {
            "found": found,
            "colour": OBJECTION_COLOURS[found.state],
            "form": PageForm(form, submit=_("答复")) if may_answer else None,
        },
    )


@allow(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_objection(request: HttpRequest, name: str) -> HttpResponseBase:
    account: Any = request.user
    resource = get_object_or_404(Resource, name=name)
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.object_to(resource, account=account, **form.cleaned_data)
        except Refused as refused:
            put_to(form, refused)
        else:
            return HttpResponseRedirect(reverse("grants:objection", args=[made.number]))
    return page(
        request,
        "grants/new_objection.html",
        {"resource": resource, "form": PageForm(form, submit=_("提出异议"))},
    )
