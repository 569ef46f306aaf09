"""督办函: what was asked of whom, and whether it was answered in time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.access import may, scope_of
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..meetings.actions import OFFICE
from ..meetings.checking_pages import to_check
from ..meetings.pages import COLOURS, DOCX, STANDINGS, standing_words
from ..meetings.queries import standing
from ..models import SupervisionLetter
from . import actions, documents
from .forms import LetterForm
from .matters import late_matters


def visible(account: Any) -> QuerySet[SupervisionLetter]:
    """All of them to the office, the leaders and the auditor; to a liaison those to the own units."""
    rows = SupervisionLetter.objects.select_related("unit", "task", "case").annotate(standing=standing(now()))
    if may(account, OFFICE, "programme.leader", "programme.auditor"):
        return rows
    return scope_of(account, "programme").filter(rows, organisation_field="unit_id")


def _chart(account: Any) -> Bar:
    """How many each unit got, and how they stand."""
    words = {key: text for key, text in standing_words().items() if key != "not_sent"}
    counts: dict[str, dict[str, int]] = {}
    for each in visible(account):
        of = counts.setdefault(each.unit.label, dict.fromkeys(words, 0))
        of[each.standing] += 1
    return Bar(title=_("各单位督办函"), unit=_("件"), decimals=0, stacked=True, x=list(counts), traces=[
        Trace(text, [float(counts[unit][key]) for unit in counts], colour=COLOURS[key]) for key, text in words.items()
    ])  # fmt: skip


def letters(request: HttpRequest) -> HttpResponseBase:
    is_office = may(request.user, OFFICE)
    table = Table(
        "letters",
        columns=[
            Column(
                "number",
                _("文号"),
                filter="text",
                link=lambda row: reverse("programme:letter_file", args=[row.pk]),
            ),
            Column("unit.name", _("主送单位"), filter="text"),
            Column("reason", _("督办事由"), filter="text"),
            Column("task.zh", _("重点工作"), filter="text"),
            Column("issued_at", _("签发时间"), format="moment", filter="date"),
            Column("due_on", _("反馈时限"), format="day"),
            Column("case.stage", _("环节")),
            Column("standing", _("状态"), filter="choice", choices=standing_words(), badge=STANDINGS),
            Column("case.closed_at", _("销号时间"), format="moment"),
            Column(
                "case.number", _("督办件"), link=lambda row: reverse("cases:case", args=[row.case.number])
            ),
            Column("is_simulated", _("模拟"), choices={True: _("模拟"), False: "—"}),
        ],
        source=visible(request.user),
        order="-issued_at",
        title=_("督办函"),
        empty=_("还没有督办函"),
    )
    return table.respond(request) or page(
        request,
        "programme/supervision/letters.html",
        {
            "table": table,
            "may_issue": is_office,
            "chart": _chart(request.user),
            "matters": late_matters(now()) if is_office else [],
            "to_check": to_check(actions.PROCEDURE) if is_office else [],
        },
    )


@part(of="letters", path="letters/new", methods=("GET", "POST"), roles=("office",))
def new_letter(request: HttpRequest) -> HttpResponseBase:
    """`?task=`, `?decision=`, `?report=`, `?unit=`, `?reason=` fill in what it is about."""
    known = {
        name: request.GET[name]
        for name in ("task", "decision", "report", "unit")
        if request.GET.get(name, "").isdigit()
    }
    known["reason"] = request.GET.get("reason", "")[:300]
    form = LetterForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.issue_letter(account=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("督办函 %(n)s 已签发，转责任单位办理") % {"n": made.number})
            return redirect("programme:letters")
    return page(
        request,
        "programme/meetings/form.html",
        {
            "title": _("签发督办函"),
            "form": PageForm(form, submit=_("签发"), columns=2),
            "back": reverse("programme:letters"),
        },
    )


@part(of="letters", path="letters/<int:pk>.docx")
def letter_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(visible(request.user).select_related("decision", "report__task"), pk=pk)
    answer = HttpResponse(documents.letter_docx(found), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{found.number}.docx"'
    return answer
