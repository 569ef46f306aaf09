"""应急演练: plans, what was held, what it showed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import now
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import SecurityDrill
from ..acting import READERS, acted, form_of, is_keeper, papers_of, pressed, shown, simulated, status_of
from ..fields import day_field, paper_field, units, words_field
from ..incidents.actions import note_finding
from ..incidents.drills import DrillPlan, approve_drill, begin_drill, plan_drill, sum_up_drill
from .incidents import FindingForm, findings_table

SHORT_READERS = tuple(role.removeprefix("programme.") for role in READERS)


class DrillForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("演练名称"), max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("形式"), choices=SecurityDrill.Kind.choices)
    planned_on = day_field(gettext_lazy("计划日期"))
    units = forms.ModelMultipleChoiceField(label=gettext_lazy("参演单位"), queryset=None)
    scenario = words_field(gettext_lazy("场景"))
    file = paper_field()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["units"]
        field.queryset = units()


class SummaryForm(forms.Form):
    summary = words_field(gettext_lazy("总结"))


@part(of="security_incidents", path="security-drills/", methods=("GET", "POST"), roles=SHORT_READERS)
def security_drills(request: HttpRequest) -> HttpResponseBase:
    form = form_of(request, "plan", DrillForm)

    def plan(said: dict[str, Any]) -> None:
        told = DrillPlan(
            said["title"], said["kind"], said["scenario"], said["planned_on"], list(said["units"])
        )
        plan_drill(request.user, told, said["file"])

    done = acted(request, form, "plan", plan, reverse("programme:security_drills"), _("已提交，由另一人批准"))
    table = Table(
        "drills",
        title=_("应急演练"),
        source=SecurityDrill.objects.select_related("made_by", "approved_by"),
        order="-planned_on",
        per_page=20,
        empty=_("还没有演练"),
        columns=[
            Column(
                "title",
                _("演练名称"),
                filter="text",
                link=lambda row: reverse("programme:security_drill", args=[row.pk]),
            ),
            Column("kind", _("形式"), filter="choice", choices=dict(SecurityDrill.Kind.choices)),
            Column("planned_on", _("计划日期"), format="day", filter="date"),
            Column("approved_by.name", _("批准人")),
            Column("held_at", _("演练时间"), format="moment"),
            simulated(),
        ],
    )
    answer = done or table.respond(request)
    if answer is not None:
        return answer
    last = SecurityDrill.objects.exclude(held_at=None).order_by("-held_at").first()
    is_late = last is None or last.held_at is None or last.held_at < now() - timedelta(days=365)
    return page(
        request,
        "programme/security/desk.html",
        {
            "title": _("应急演练"),
            "tables": [table],
            "lead": _("每年至少演练一次；演练按真实事件的时限走，记为演练。"),
            "notes": [("warning", _("一年内没有演练"))] if is_late else [],
            "links": [(_("安全事件"), reverse("programme:security_incidents"))],
            "forms": [shown(_("拟定演练"), form, "plan", _("提交"))] if is_keeper(request) else [],
        },
        status=status_of(request),
    )


@part(of="security_incidents", path="security-drills/<int:pk>/", methods=("GET", "POST"), roles=SHORT_READERS)
def security_drill(request: HttpRequest, pk: int) -> HttpResponseBase:
    drill = get_object_or_404(
        SecurityDrill.objects.select_related("incident__case", "made_by", "approved_by"), pk=pk
    )
    back = reverse("programme:security_drill", args=[pk])
    finding, summary = (
        form_of(request, "finding", FindingForm),
        form_of(request, "sum", SummaryForm, initial={"summary": drill.summary}),
    )
    done = (
        acted(
            request,
            finding,
            "finding",
            lambda said: note_finding(request.user, said["text"], said["owner"], said["due_on"], drill=drill),
            back,
        )
        or acted(
            request, summary, "sum", lambda said: sum_up_drill(request.user, drill, said["summary"]), back
        )
        or pressed(
            request,
            {
                "approve": lambda: approve_drill(request.user, drill),
                "begin": lambda: begin_drill(request.user, drill),
            },
            back,
        )
    )
    if done is not None:
        return done
    keeper, buttons, forms_shown = is_keeper(request), [], []
    if keeper and drill.approved_at is None and drill.made_by_id != request.user.pk:
        buttons.append((_("批准"), "approve", "", "primary"))
    if keeper and drill.approved_at and drill.held_at is None:
        buttons.append((_("开始演练"), "begin", _("开始后按真实事件计时，确定？"), "primary"))
    if keeper and drill.held_at:
        forms_shown = [
            shown(_("提出整改"), finding, "finding", _("提出")),
            shown(_("演练总结"), summary, "sum", columns=1),
        ]
    incident = drill.incident
    return page(
        request,
        "programme/security/record.html",
        {
            "title": drill.title,
            "lead": drill.scenario,
            "buttons": buttons,
            "forms": forms_shown,
            "badges": [("azure", drill.get_kind_display())]
            + ([("secondary", _("模拟"))] if drill.is_simulated else []),
            "links": [(_("演练事件"), reverse("programme:security_incident", args=[incident.pk]))]
            if incident
            else [],
            "papers": papers_of(f"drill-{drill.pk}"),
            "tables": [findings_table(drill.findings)],
            "facts": [
                (_("计划日期"), drill.planned_on),
                (_("拟定人"), drill.made_by.name),
                (_("批准人"), drill.approved_by.name if drill.approved_by else _("待批准（须另一人）")),
                (_("演练时间"), f"{drill.held_at.astimezone():%Y-%m-%d %H:%M}" if drill.held_at else ""),
                (_("参演单位"), "、".join(drill.units.values_list("name", flat=True))),
                (_("总结"), drill.summary),
            ],
        },
        status=status_of(request),
    )
