"""个人信息处理活动: the register of what is done with personal data, by what right and until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel import registry
from district.kernel.clock import today
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.languages import pick
from district.kernel.ui.overview import Figure
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import ProcessingActivity
from ..acting import acted, form_of, is_keeper, papers_of, pressed, shown, simulated, status_of
from ..fields import UnitField, day_field, paper_field
from ..people.processing import confirm_processing, register_processing


class ProcessingForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("处理活动"), max_length=120)
    system = forms.ChoiceField(label=gettext_lazy("系统"))
    holder = UnitField(label=gettext_lazy("处理者"))
    basis = forms.ChoiceField(label=gettext_lazy("合法性基础"), choices=ProcessingActivity.Basis.choices)
    ground = forms.CharField(label=gettext_lazy("依据条文"), max_length=200)
    purpose = forms.CharField(label=gettext_lazy("目的"), max_length=200)
    subjects = forms.CharField(label=gettext_lazy("个人类别"), max_length=120)
    kinds = forms.CharField(label=gettext_lazy("信息种类"), max_length=200)
    kept = forms.CharField(label=gettext_lazy("保存期限"), max_length=80)
    receivers = forms.CharField(label=gettext_lazy("接收方"), max_length=200, required=False)
    until_on = day_field(gettext_lazy("有效期至"))
    assessed_on = day_field(gettext_lazy("影响评估日期"), required=False)
    is_sensitive = forms.BooleanField(label=gettext_lazy("敏感个人信息"), required=False)
    file = paper_field()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["system"]
        field.choices = [("platform", _("平台")), *((each.name, pick(each)) for each in registry.systems())]


def _systems() -> dict[str, Any]:
    return {"platform": _("平台"), **{each.name: pick(each) for each in registry.systems()}}


def personal_data(request: HttpRequest) -> HttpResponseBase:
    form = form_of(request, "add", ProcessingForm)

    def add(said: dict[str, Any]) -> None:
        upload = said.pop("file")
        register_processing(request.user, said, upload)

    done = acted(request, form, "add", add, reverse("programme:personal_data"), _("已登记，由另一人确认"))
    rows = ProcessingActivity.objects.select_related("holder", "made_by", "confirmed_by")
    table = Table(
        "processing",
        title=_("处理活动登记簿"),
        source=rows,
        order="system",
        per_page=30,
        empty=_("还没有登记"),
        columns=[
            Column(
                "name",
                _("处理活动"),
                filter="text",
                link=lambda row: reverse("programme:processing_activity", args=[row.pk]),
            ),
            Column("system", _("系统"), filter="choice", choices=_systems()),
            Column("holder.name", _("处理者"), filter="text"),
            Column("purpose", _("目的")),
            Column("basis", _("合法性基础"), filter="choice", choices=dict(ProcessingActivity.Basis.choices)),
            Column("is_sensitive", _("敏感"), filter="choice", choices={True: _("是"), False: _("否")}),
            Column("kept", _("保存期限")),
            Column("until_on", _("有效期至"), format="day", filter="date"),
            Column("confirmed_by.name", _("确认人")),
            simulated(),
        ],
    )
    answer = done or table.respond(request)
    if answer is not None:
        return answer
    late = rows.filter(until_on__lt=today()).count()
    by_basis = {each: rows.filter(basis=each).count() for each in ProcessingActivity.Basis.values}
    chart = Bar(
        title=_("按合法性基础"),
        unit=_("项"),
        decimals=0,
        horizontal=True,
        x=[str(label) for _key, label in ProcessingActivity.Basis.choices],
        traces=[Trace(_("处理活动"), list(by_basis.values()))],
    )
    return page(
        request,
        "programme/security/desk.html",
        {
            "title": _("个人信息处理活动"),
            "tables": [table],
            "charts": [chart],
            "lead": _("每项处理活动写明目的、合法性基础、保存期限和有效期；一人登记、另一人确认。"),
            "figures": [
                Figure(_("有效"), rows.filter(confirmed_at__isnull=False, until_on__gte=today()).count()),
                Figure(_("到期"), late, colour="d-bad" if late else "d-good"),
                Figure(_("待确认"), rows.filter(confirmed_at=None).count()),
                Figure(_("敏感个人信息"), rows.filter(is_sensitive=True).count()),
            ],
            "forms": [shown(_("登记处理活动"), form, "add", _("登记"))] if is_keeper(request) else [],
        },
        status=status_of(request),
    )


@part(of="personal_data", path="personal-data/<int:pk>/", methods=("GET", "POST"))
def processing_activity(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(
        ProcessingActivity.objects.select_related("holder", "made_by", "confirmed_by"), pk=pk
    )
    back = reverse("programme:processing_activity", args=[pk])
    done = pressed(request, {"confirm": lambda: confirm_processing(request.user, found)}, back)
    if done is not None:
        return done
    is_waiting = found.confirmed_at is None
    may_confirm = is_waiting and is_keeper(request) and found.made_by_id != request.user.pk
    return page(
        request,
        "programme/security/record.html",
        {
            "title": found.name,
            "lead": found.purpose,
            "links": [(_("登记簿"), reverse("programme:personal_data"))],
            "badges": [("yellow", _("待确认")) if is_waiting else ("green", _("已确认"))]
            + ([("red", _("敏感个人信息"))] if found.is_sensitive else [])
            + ([("secondary", _("模拟"))] if found.is_simulated else []),
            "papers": papers_of(f"processing-{found.pk}"),
            "facts": [
                (_("处理者"), found.holder.name),
                (_("合法性基础"), found.get_basis_display()),
                (_("依据条文"), found.ground),
                (_("个人类别"), found.subjects),
                (_("信息种类"), found.kinds),
                (_("保存期限"), found.kept),
                (_("接收方"), found.receivers),
                (_("影响评估日期"), found.assessed_on),
                (_("有效期至"), found.until_on),
                (_("登记人"), found.made_by.name),
                (_("确认人"), found.confirmed_by.name if found.confirmed_by else _("待确认（须另一人）")),
            ],
            "buttons": [(_("确认"), "confirm", "", "primary")] if may_confirm else [],
        },
    )
