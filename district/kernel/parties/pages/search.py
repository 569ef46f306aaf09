"""Parties by name, and one by its number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from district.kernel.parties import numbers
from district.kernel.parties.models import Candidate, CandidateState, PartyKind
from district.kernel.parties.pages.words import shown_name
from district.kernel.parties.queries import find, named, parties_seen_by
from district.kernel.people.access import allow, may
from district.kernel.people.audit import record_look
from district.kernel.people.request_address import client_address
from district.kernel.people.roles import PARTY_REGISTRAR, PARTY_REVIEWER
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table


class NameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("姓名或名称（前几个字，含曾用名）"), max_length=60, required=False
    )


class NumberForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("公民身份号码、统一社会信用代码、组织机构代码或居住证号码"), max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    purpose = forms.CharField(label=gettext_lazy("查询事由"), max_length=120)


@allow(PARTY_REGISTRAR, PARTY_REVIEWER)
@require_safe
def parties(request: HttpRequest) -> HttpResponseBase:
    return _shown(request, NumberForm())


@allow(PARTY_REGISTRAR, PARTY_REVIEWER)
@require_POST
def by_number(request: HttpRequest) -> HttpResponseBase:
    """The number comes in the body of the request, so that no log of addresses holds it."""
    form = NumberForm(request.POST)
    if not form.is_valid():
        return _shown(request, form, status=422)
    typed = form.cleaned_data["number"]
    kind = numbers.guessed(typed)
    if kind is None:
        form.add_error("number", _("不是有效的号码，请核对位数和校验码"))
        return _shown(request, form, status=422)
    found = find(kind, typed)
    seen = found and parties_seen_by(request.user).filter(pk=found.pk).first()
    record_look(request.user, "party", found.pk if found else "-", form.cleaned_data["purpose"], ["number"],
                address=client_address(request) or "")  # fmt: skip
    if seen is None:
        messages.info(request, _("没有找到，或不在您的数据范围内"))
        return redirect("parties:parties")
    return redirect("parties:party", seen.pk)


def _shown(request: HttpRequest, number_form: Any, status: int = 200) -> HttpResponseBase:
    found = parties_seen_by(request.user)
    name = request.GET.get("name", "").strip()
    if name:
        found = named(found, name)
    table = Table(
        "parties",
        columns=[
            Column("name", _("姓名（名称）"), value=shown_name, sortable=False,
                   link=lambda row: reverse("parties:party", args=[row.pk])),
            Column("kind", _("类别"), filter="choice", choices=dict(PartyKind.choices)),
            Column("division_code", _("区划代码"), filter="text"),
            Column("created_at", _("登记时间"), format="moment", filter="date"),
            Column("is_simulated", _("模拟数据"), shown=False),
        ],
        source=found, order="-created_at", title=_("主体"), empty=_("没有找到"), exports=False,
    )  # fmt: skip
    is_reviewer = may(request.user, PARTY_REVIEWER)
    waiting = Candidate.objects.filter(state=CandidateState.WAITING).count() if is_reviewer else 0
    context = {
        "number_form": number_form,
        "name_form": NameForm(request.GET),
        "is_reviewer": is_reviewer,
        "waiting": waiting,
    }
    table_answer = table.respond(request) if request.method == "GET" else table.bind(request) and None
    return table_answer or page(request, "parties/parties.html", {"table": table, **context}, status=status)
