"""分类与派遣纠正: how often the reading was wrong, by class; what the tables might say instead; setting one right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.cases.actions import merge
from district.kernel.cases.models import Case
from district.kernel.cases.queries import cases_visible_to
from district.kernel.cases.refused import Refused
from district.kernel.people.models import Organisation
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Reading
from ...reading.classes import class_of_code, national_classes
from ..correcting import misread_by_class, proposed_rules, set_right
from ..doubles import likely_doubles
from ..routing import SYSTEM

SHOWN = 15


def corrections(request: HttpRequest) -> HttpResponseBase:
    rows = misread_by_class()
    table = Table(
        "misread",
        columns=[
            Column("code", _("分类编码"), filter="text"),
            Column("name", _("分类"), filter="text"),
            Column("decided", _("已核定"), format=0),
            Column("wrong_class", _("分类更正率"), format="percent", value=lambda row: 100 * row["wrong_class"]),
            Column("wrong_unit", _("改派率"), format="percent", value=lambda row: 100 * row["wrong_unit"]),
        ],
        source=[vars(row) for row in rows], order="-decided", title=_("各分类的更正率和改派率"),
    )  # fmt: skip
    chart = Bar(
        title=_("改派率"), x=[row.name for row in rows[:SHOWN]], unit="%", decimals=0,
        traces=[Trace(_("改派率"), [100 * row.wrong_unit for row in rows[:SHOWN]]),
                Trace(_("分类更正率"), [100 * row.wrong_class for row in rows[:SHOWN]])],
    )  # fmt: skip
    context = {"table": table, "chart": chart if rows else None, "rules": proposed_rules(),
               "decided": Reading.objects.filter(decided_at__isnull=False).count()}  # fmt: skip
    return table.respond(request) or page(request, "governance/reports/corrections.html", context)


class RightForm(forms.Form):
    code = forms.ChoiceField(label=gettext_lazy("分类"))
    unit = forms.ModelChoiceField(
        Organisation.objects.all(), to_field_name="code", label=gettext_lazy("责任单位"), required=False
    )
    note = forms.CharField(label=gettext_lazy("说明"), max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(one.code, f"{one.code} {one.name}") for one in national_classes()]
        self.fields["code"].choices = choices


@part(
    of="reports",
    path="reports/<str:number>/right",
    methods=("GET", "POST"),
    roles=("officer", "clerk", "dispatcher"),
)
def right_report(request: HttpRequest, number: str) -> HttpResponseBase:
    """Sets class and unit of one report right."""
    case = _visible(request, number)
    unit = case.organisation.code if case.organisation else None
    form = RightForm(request.POST or None, initial={"code": case.classification, "unit": unit})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            set_right(
                case, request.user, given["code"], given["unit"].code if given["unit"] else "", given["note"]
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已更正，自动分类将据此学习"))
            return redirect("cases:case", case.number)
    reading = Reading.objects.filter(case=case).first()
    known = class_of_code().get(reading.code) if reading else None
    context = {
        "case": case, "form": PageForm(form, submit=_("更正"), cancel=reverse("cases:case", args=[case.number])),
        "name": known.name if known else "", "percent": round(100 * reading.confidence) if reading else 0,
        "doubles": likely_doubles(case.text, case.lon, case.lat, case.opened_at, but=case.pk) if case.is_running else [],
    }  # fmt: skip
    return page(request, "governance/reports/right.html", context)


@part(of="reports", path="reports/_merge", methods=("POST",), roles=("officer", "clerk", "dispatcher"))
def merge_report(request: HttpRequest) -> HttpResponseBase:
    """Merges a report into the one it doubles; it is taken out again on its own page, in one click."""
    duplicate, into = (
        _visible(request, request.POST.get("number", "")),
        _visible(request, request.POST.get("into", "")),
    )
    try:
        merge(duplicate, into, request.user, request.POST.get("reason", "") or _("同一事项"))
        messages.success(
            request, _("%(number)s 已并入 %(into)s") % {"number": duplicate.number, "into": into.number}
        )
    except Refused as error:
        messages.error(request, str(error))
    return redirect("cases:case", duplicate.number)


def _visible(request: HttpRequest, number: str) -> Case:
    case = cases_visible_to(request.user, SYSTEM).select_related("organisation").filter(number=number).first()
    if case is None:
        raise Http404(_("没有这个编号"))
    return case
