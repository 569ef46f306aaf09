"""安全事件: told by anybody of the staff, graded, reported by the clock, put right, summed up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import now
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.overview import Figure
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import SecurityAsset, SecurityDrill, SecurityIncident
from ..acting import acted, form_of, is_keeper, is_reader, shown, simulated, status_of
from ..fields import MomentField, UnitField, day_field, words_field
from ..incidents.actions import Seen, note_finding, report_incident
from ..incidents.reporting import report_light

LIGHTS = {
    "none": gettext_lazy("无须报告"),
    "green": gettext_lazy("正常"),
    "yellow": gettext_lazy("即将到时"),
    "red": gettext_lazy("超时"),
}
LIGHT_COLOURS = {"none": "secondary", "green": "green", "yellow": "yellow", "red": "red"}
GRADE_COLOURS = {"": "secondary", "general": "azure", "larger": "yellow", "major": "orange", "grave": "red"}


class IncidentForm(forms.Form):
    key = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=lambda: uuid4().hex)
    title = forms.CharField(label=gettext_lazy("事件"), max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=SecurityIncident.Kind.choices)
    found_at = MomentField(label=gettext_lazy("发现时间"), initial=now)
    asset = forms.ModelChoiceField(
        label=gettext_lazy("受影响资产"), queryset=SecurityAsset.objects.filter(gone_at=None), required=False
    )
    text = words_field(gettext_lazy("情况"))


class FindingForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("问题"), max_length=200)
    owner = UnitField(label=gettext_lazy("整改单位"))
    due_on = day_field(gettext_lazy("整改期限"))


def seen_by(request: HttpRequest) -> QuerySet[SecurityIncident]:
    """Readers see all; others what they told of themselves."""
    rows = SecurityIncident.objects.select_related("case", "asset", "found_by")
    return rows if is_reader(request) else rows.filter(found_by=request.user)


def light_of(incident: SecurityIncident) -> str:
    return report_light(incident.grade, incident.found_at, incident.reported_at, now())


def security_incidents(request: HttpRequest) -> HttpResponseBase:
    form = form_of(request, "report", IncidentForm)

    def report(said: dict[str, Any]) -> None:
        seen = Seen(said["title"], said["kind"], said["text"], said["found_at"], said["asset"])
        report_incident(request.user, seen, f"{request.user.pk}-{said['key']}")

    done = acted(
        request,
        form,
        "report",
        report,
        reverse("programme:security_incidents"),
        _("已报告，安全管理员会立即研判"),
    )
    rows = seen_by(request)
    table = Table(
        "incidents",
        title=_("安全事件"),
        source=rows,
        order="-found_at",
        per_page=20,
        empty=_("没有安全事件"),
        columns=[
            Column(
                "title",
                _("事件"),
                filter="text",
                link=lambda row: reverse("programme:security_incident", args=[row.pk]),
            ),
            Column("kind", _("类别"), filter="choice", choices=dict(SecurityIncident.Kind.choices)),
            Column(
                "grade",
                _("级别"),
                filter="choice",
                choices=dict(SecurityIncident.Grade.choices),
                badge=GRADE_COLOURS,
            ),
            Column("found_at", _("发现时间"), format="moment", filter="date"),
            Column("report_due_at", _("报告时限"), format="moment"),
            Column("reported_at", _("报告时间"), format="moment"),
            Column("light", _("报告"), sortable=False, value=light_of, choices=LIGHTS, badge=LIGHT_COLOURS),
            Column("case.stage", _("环节")),
            Column("closed_at", _("办结时间"), format="moment"),
            Column("is_drill", _("性质"), filter="choice", choices={True: _("演练"), False: _("实际")}),
            simulated(),
        ],
    )
    answer = done or table.respond(request)
    if answer is not None:
        return answer
    real = rows.filter(is_drill=False)
    late = sum(1 for each in rows.filter(closed_at=None) if light_of(each) == "red")
    return page(
        request,
        "programme/security/desk.html",
        {
            "title": _("安全事件"),
            "tables": [table],
            "charts": [_monthly(real)] if is_reader(request) else [],
            "lead": _("较大及以上事件须在发现后 1 小时内报告主管部门；时限从发现起算。"),
            "notes": [("danger", _("有 %(n)s 起事件超过 1 小时未报告或未定级") % {"n": late})]
            if late
            else [],
            "figures": [
                Figure(_("未办结"), rows.filter(closed_at=None).count()),
                Figure(_("超时未报"), late, colour="d-bad" if late else "d-good"),
                Figure(
                    _("一年内较大及以上"),
                    real.filter(
                        grade__in=("larger", "major", "grave"), found_at__gte=now() - timedelta(days=365)
                    ).count(),
                ),
                Figure(
                    _("一年内演练"),
                    SecurityDrill.objects.filter(held_at__gte=now() - timedelta(days=365)).count(),
                    url=reverse("programme:security_drills") if is_reader(request) else "",
                ),
            ],
            "forms": [shown(_("报告安全事件"), form, "report", _("报告"))],
            "links": [(_("应急演练"), reverse("programme:security_drills"))] if is_reader(request) else [],
        },
        status=status_of(request),
    )


def _monthly(rows: QuerySet[SecurityIncident]) -> Bar:
    months: dict[str, dict[str, int]] = {}
    for found_at, grade in rows.order_by("found_at").values_list("found_at", "grade"):
        month = months.setdefault(f"{found_at.astimezone():%Y-%m}", {})
        month[grade] = month.get(grade, 0) + 1
    names = {"": _("未定级"), **dict(SecurityIncident.Grade.choices)}
    traces = [Trace(names[grade], [month.get(grade, 0) for month in months.values()]) for grade in names]
    return Bar(
        title=_("每月安全事件（不含演练）"),
        unit=_("起"),
        decimals=0,
        x=list(months),
        traces=traces,
        stacked=True,
    )


@part(of="security_incidents", path="security-incidents/<int:pk>/", methods=("GET", "POST"))
def security_incident(request: HttpRequest, pk: int) -> HttpResponseBase:
    incident = get_object_or_404(seen_by(request), pk=pk)
    back = reverse("programme:security_incident", args=[pk])
    form = form_of(request, "finding", FindingForm)
    done = acted(
        request,
        form,
        "finding",
        lambda said: note_finding(
            request.user, said["text"], said["owner"], said["due_on"], incident=incident
        ),
        back,
    )
    if done is not None:
        return done
    case, light = incident.case, light_of(incident)
    grade = incident.get_grade_display() if incident.grade else _("未定级")
    said = case.form
    return page(
        request,
        "programme/security/record.html",
        {
            "title": incident.title,
            "lead": case.text,
            "links": [(_("办理 %(n)s") % {"n": case.number}, reverse("cases:case", args=[case.number]))],
            "badges": [(GRADE_COLOURS[incident.grade], grade), (LIGHT_COLOURS[light], LIGHTS[light])]
            + ([("secondary", _("演练"))] if incident.is_drill else [])
            + ([("secondary", _("模拟"))] if incident.is_simulated else []),
            "notes": [("danger", _("发现后 1 小时内未报告"))]
            if light == "red" and not incident.reported_at
            else [],
            "facts": [
                (_("发现时间"), _t(incident.found_at)),
                (_("定级时间"), _t(incident.graded_at)),
                (_("报告时限"), _t(incident.report_due_at)),
                (_("报告时间"), _t(incident.reported_at)),
                (_("报告对象"), said.get("reported_to")),
                (_("处置时间"), _t(incident.contained_at)),
                (_("恢复时间"), _t(incident.recovered_at)),
                (_("总结时间"), _t(incident.reviewed_at)),
                (_("原因"), said.get("cause")),
                (_("经验与整改"), said.get("lessons")),
                (_("涉及个人信息"), _("是") if incident.touches_persons else _("否")),
                (_("告知受影响个人"), said.get("notified_persons")),
                (_("环节"), case.stage),
            ],
            "tables": [findings_table(incident.findings)],
            "forms": [shown(_("提出整改"), form, "finding", _("提出"))] if is_keeper(request) else [],
        },
        status=status_of(request),
    )


def _t(at: Any) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}" if at else ""


def findings_table(rows: Any) -> Table:
    return Table(
        "corrections",
        title=_("整改"),
        source=rows.select_related("owner", "case"),
        order="due_on",
        exports=False,
        empty=_("没有整改事项"),
        columns=[
            Column("text", _("问题"), link=lambda row: reverse("cases:case", args=[row.case.number])),
            Column("owner.name", _("整改单位")),
            Column("due_on", _("整改期限"), format="day"),
            Column("case.stage", _("环节")),
            Column("case.closed_at", _("办结时间"), format="moment"),
        ],
    )
