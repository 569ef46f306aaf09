"""How the cases of a procedure really went: graph, conformance, bottlenecks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from district.kernel.cases.flow import END, START, directly_follows
from district.kernel.cases.flow_conformance import Conformance, conformance
from district.kernel.cases.flow_delays import Delay, bottlenecks, delays
from district.kernel.cases.flow_layout import laid_out
from district.kernel.cases.flow_net import Net, net_of
from district.kernel.cases.indicator_queries import finished, happenings, stays, traces
from district.kernel.cases.models import Case, ProcedureVersion
from district.kernel.cases.pages.periods import period_of
from district.kernel.cases.pages.procedures import named, notes_on
from district.kernel.cases.pages.words import role_name, unit_names
from district.kernel.cases.procedure_versions import current
from district.kernel.cases.queries import cases_visible_to
from district.kernel.clock import now
from district.kernel.people.access import allow
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.chart_data import json_text
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

DEVIATION_WORDS = {
    "returned": gettext_lazy("退回上一环节"), "unexpected": gettext_lazy("此时不应有的环节"),
    "ended_early": gettext_lazy("未走完即办结"), "not_ended": gettext_lazy("走完后仍办理"),
}  # fmt: skip
DEVIATION_COLOURS = {"returned": "yellow", "unexpected": "red", "ended_early": "orange", "not_ended": "red"}


@allow("staff")
@require_safe
def flow(request: HttpRequest, system: str, key: str) -> HttpResponseBase:
    """Of the cases opened in the period that the reader may see; `?from=`, `?to=`."""
    owner, procedure = named(system, key)
    period = period_of(request)
    cases = cases_visible_to(request.user).filter(system=system, procedure=key)
    newest = ProcedureVersion.objects.get(pk=current(system, key).pk)
    names = net_of(newest.bpmn).names
    listed = stays(cases, period)
    by_step, by_post = (
        delays(listed, now()),
        delays(listed, now(), by=lambda stay: (stay.role, stay.organisation)),
    )
    held_to = _conformance(cases, traces(cases, period))
    tables = [_deviations(held_to, names), _posts(by_post)]
    for table in tables:
        answer = table.respond(request)
        if answer is not None:
            return answer
    graph = directly_follows(happenings(cases, period), finished(cases, period))
    slow = {each.key for each in bottlenecks(by_step)}
    payload = {
        "xml": reverse("cases:drawing", args=[newest.pk]),
        "notes": {each.key: notes_on(each) for each in by_step},
        "marks": {each: "wrong" for each in slow},
    }  # fmt: skip
    context: dict[str, Any] = {
        "system": owner, "procedure": procedure, "period": period, "graph": graph, "layout": laid_out(graph, 0.02),
        "names": names | {START: _("开始"), END: _("结束")}, "conformance": held_to, "slow": slow,
        "by_kind": [(DEVIATION_WORDS[kind], names.get(step, step), n) for (kind, step), n in held_to.by_kind.items()],
        "deviations": tables[0], "posts": tables[1], "payload": json_text(payload), "chart": _chart(by_step, names),
        "by_step": by_step,
    }  # fmt: skip
    return page(request, "cases/flow.html", context)


def _conformance(cases: Any, found: dict[int, Any]) -> Conformance:
    """Each case is held against the version it runs on."""
    versions: dict[int, list[int]] = {}
    for case, version in Case.objects.filter(pk__in=found).values_list("pk", "version_id"):
        versions.setdefault(version, []).append(case)
    nets: dict[int, Net] = {
        version: net_of(bpmn)
        for version, bpmn in ProcedureVersion.objects.filter(pk__in=versions).values_list("pk", "bpmn")
    }
    parts = [
        conformance(nets[version], {case: found[case] for case in each}) for version, each in versions.items()
    ]
    return Conformance(
        sum(part.cases for part in parts), sum(part.fitting for part in parts),
        tuple(deviation for part in parts for deviation in part.deviations),
    )  # fmt: skip


def _deviations(found: Conformance, names: dict[str, str]) -> Table:
    numbers = dict(
        Case.objects.filter(pk__in={each.case for each in found.deviations}).values_list("pk", "number")
    )
    rows = [
        {
            "number": numbers.get(each.case, ""), "kind": each.kind, "step": names.get(each.step, each.step),
            "expected": "、".join(names.get(step, step) for step in each.expected),
        }
        for each in found.deviations
    ]  # fmt: skip
    return Table(
        "deviations",
        columns=[
            Column("number", _("编号"), filter="text", link=lambda row: reverse("cases:case", args=[row["number"]])),
            Column("kind", _("偏离"), filter="choice", choices=DEVIATION_WORDS, badge=DEVIATION_COLOURS),
            Column("step", _("环节"), filter="choice"),
            Column("expected", _("图上可走")),
        ],
        source=rows, order="number", title=_("与流程图不符的办件"), empty=_("全部按图办理"), per_page=20,
    )  # fmt: skip


def _posts(found: list[Delay]) -> Table:
    units = unit_names()
    rows = [
        {
            "post": role_name(each.key[0]), "unit": units.get(each.key[1], "—"), "open": each.open,
            "late_open": each.late_open, "done": each.done, "median": each.median_hours, "p90": each.p90_hours,
            "wait": each.median_wait_hours, "late": _percent(each.late_share), "returned": _percent(each.returned_share),
        }
        for each in found
    ]  # fmt: skip
    hours = _("小时")
    return Table(
        "posts",
        columns=[
            Column("post", _("岗位"), filter="text"), Column("unit", _("单位"), filter="text"),
            Column("open", _("在办"), format=0), Column("late_open", _("超期在办"), format=0),
            Column("done", _("已办"), format=0), Column("wait", _("签收中位"), format=1, unit=hours),
            Column("median", _("办理中位"), format=1, unit=hours), Column("p90", _("九成在"), format=1, unit=hours),
            Column("late", _("超期率"), format="percent"), Column("returned", _("退回率"), format="percent"),
        ],
        source=rows, order="-open", title=_("各岗位负荷与时效"), empty=_("没有任务"), per_page=20,
    )  # fmt: skip


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _chart(found: list[Delay], names: dict[str, str]) -> Bar:
    return Bar(
        title=_("各环节用时"), unit=_("小时"), x=[names.get(each.key, each.key) for each in found], horizontal=True,
        traces=[
            Trace(_("中位数"), [each.median_hours for each in found]),
            Trace(_("九成在此以内"), [each.p90_hours for each in found]),
        ],
    )  # fmt: skip
