"""Procedures as they are drawn: with a running case marked on it, or with counts and times of many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from district.kernel import registry
from district.kernel.cases import queries
from district.kernel.cases.actions.versions import check_may_draw
from district.kernel.cases.dmn_tables import decision_tables
from district.kernel.cases.engine_drawing import Step
from district.kernel.cases.flow_delays import Delay, delays
from district.kernel.cases.indicator_queries import Period, stays
from district.kernel.cases.models import Case, ProcedureVersion, VersionState
from district.kernel.cases.pages.words import limit_words, role_name
from district.kernel.cases.procedure_versions import current, drawing_of
from district.kernel.cases.queries import cases_visible_to
from district.kernel.cases.refused import Refused
from district.kernel.clock import now
from district.kernel.people.access import allow
from district.kernel.ui.chart_data import json_text
from district.kernel.ui.formats import number
from district.kernel.ui.languages import pick
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table
from district.kernel.vocabulary import Procedure, System

LOOKED_BACK = timedelta(days=90)
VERSION_COLOURS = {"draft": "yellow", "published": "green", "retired": "secondary"}


@dataclass
class ShownStep:
    """A step of the drawing as the table below it says it."""

    step: Step
    post: str
    limit: str
    delay: Delay | None
    mark: str


@allow("staff")
@require_safe
def procedures(request: HttpRequest) -> HttpResponseBase:
    running = cases_visible_to(request.user).filter(state__in=("open", "suspended"))
    rows = [
        {
            "system": pick(system), "name": pick(procedure), "prefix": procedure.prefix,
            "url": reverse("cases:procedure", args=[system.name, procedure.key]),
            "flow": reverse("cases:flow", args=[system.name, procedure.key]),
            "running": running.filter(system=system.name, procedure=procedure.key)[:1000].count(),
        }
        for system, procedure in registry.procedures()
    ]  # fmt: skip
    table = Table(
        "procedures",
        columns=[
            Column("name", _("事项"), filter="text", link=lambda row: row["url"]),
            Column("system", _("系统"), filter="choice"),
            Column("prefix", _("编号前缀")),
            Column("running", _("在办"), format=0),
            Column("flow", _("运行情况"), sortable=False, value=lambda row: _("看流程分析"), link=lambda row: row["flow"]),
        ],
        source=rows, order="name", title=_("办理流程"), empty=_("还没有办理流程"),
    )  # fmt: skip
    return table.respond(request) or page(request, "cases/procedures.html", {"table": table})


@allow("staff")
@require_safe
def procedure(request: HttpRequest, system: str, key: str) -> HttpResponseBase:
    """`?case=` marks where that case is; otherwise counts and median times of the last 90 days. `?version=` a number."""
    owner, found = named(system, key)
    case = _case(request, system, key)
    version = _version(request, system, key, case)
    drawing = drawing_of(version.pk)
    marks = queries.marks(case) if case is not None and case.workflow else {}
    period = Period(now() - LOOKED_BACK, now() + timedelta(minutes=1))
    by_step: dict[str, Delay] = {}
    if case is None:
        visible = cases_visible_to(request.user).filter(system=system, procedure=key)
        by_step = {each.key: each for each in delays(stays(visible, period), now())}
    steps = [
        ShownStep(
            step,
            role_name(owner.full_role(step.role)),
            _limit(step),
            by_step.get(step.key),
            marks.get(step.key, ""),
        )
        for step in drawing.steps.values()
    ]
    tables = [table for _name, text in sorted(version.dmn.items()) for table in decision_tables(text)]
    payload = {
        "xml": reverse("cases:drawing", args=[version.pk]), "marks": marks,
        "notes": {each: notes_on(delay) for each, delay in by_step.items()},
    }  # fmt: skip
    context = {
        "system": owner, "procedure": found, "version": version, "case": case, "steps": steps,
        "payload": json_text(payload), "versions": versions_of(system, key), "colours": VERSION_COLOURS,
        "may_draw": may_draw(request.user, system, key), "limit": _limit(drawing), "tables": tables,
    }  # fmt: skip
    return page(request, "cases/procedure.html", context)


@allow("staff")
@require_safe
def drawing(request: HttpRequest, pk: int) -> HttpResponse:
    """The BPMN of a version, as a file; drafts for those who may draw."""
    version = get_object_or_404(ProcedureVersion, pk=pk)
    if version.state == VersionState.DRAFT and not may_draw(request.user, version.system, version.key):
        raise Http404("a draft")
    answer = HttpResponse(version.bpmn, content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = (
        f'attachment; filename="{version.system}-{version.key}-{version.number}.bpmn"'
    )
    return answer


def named(system: str, key: str) -> tuple[System, Procedure]:
    """The procedure of a manifest, or 404."""
    try:
        owner = registry.system(system)
        return owner, owner.procedure(key)
    except KeyError as error:
        raise Http404(f"{system}.{key}") from error


def may_draw(account: Any, system: str, key: str) -> bool:
    try:
        check_may_draw(system, key, account)
    except Refused:
        return False
    return True


def versions_of(system: str, key: str) -> list[ProcedureVersion]:
    rows = ProcedureVersion.objects.filter(system=system, key=key).defer("bpmn", "dmn")
    return list(rows.select_related("made_by", "published_by").order_by("-number"))


def notes_on(delay: Delay) -> list[dict[str, Any]]:
    """What stands beside an element: how many were there, how many wait, the median hours."""
    notes = [{"text": _("%(n)s 次") % {"n": delay.stays}, "late": False}]
    if delay.open:
        notes.append({"text": _("在办 %(n)s") % {"n": delay.open}, "late": delay.late_open > 0})
    if delay.median_hours is not None:
        notes.append({"text": _("中位 %(n)s 小时") % {"n": number(delay.median_hours, 1)}, "late": False})
    return notes


def _limit(thing: Any) -> str:
    return limit_words(str(thing.limit.kind), thing.limit.amount) if thing.limit is not None else ""


def _case(request: HttpRequest, system: str, key: str) -> Case | None:
    wanted = request.GET.get("case", "")
    if not wanted:
        return None
    return get_object_or_404(cases_visible_to(request.user), number=wanted, system=system, procedure=key)


def _version(request: HttpRequest, system: str, key: str, case: Case | None) -> ProcedureVersion:
    wanted = request.GET.get("version", "")
    if case is not None:
        return case.version
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 9:
        version = get_object_or_404(ProcedureVersion, system=system, key=key, number=int(wanted))
        if version.state != VersionState.DRAFT or may_draw(request.user, system, key):
            return version
        raise Http404("a draft")
    return ProcedureVersion.objects.get(pk=current(system, key).pk)
