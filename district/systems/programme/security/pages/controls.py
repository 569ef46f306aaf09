"""等保核查: each control of level 3, what the platform found of it by itself, what is left to a person, what nobody knows."""

from __future__ import annotations

import json
from importlib.metadata import distributions
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from district.kernel.people.audit import record_act
from district.kernel.ui.chart import Bar, Pie, Trace
from district.kernel.ui.overview import Figure
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import ControlEvidence, ControlFinding, ControlRun
from ..acting import acted, form_of, is_keeper, papers_of, pressed, shown, simulated, status_of
from ..controls.actions import confirm_evidence, show_evidence
from ..controls.catalogue import Control, control
from ..controls.running import Standing, run_probes, standings
from ..controls.sbom import software_of
from ..fields import day_field, paper_field, words_field

STATES = {
    "passed": gettext_lazy("符合"),
    "partial": gettext_lazy("部分符合"),
    "failed": gettext_lazy("不符合"),
    "unknown": gettext_lazy("未知"),
}
COLOURS = {"passed": "green", "partial": "azure", "failed": "red", "unknown": "yellow"}
BARS = {"passed": "var(--tblr-green)", "failed": "var(--tblr-red)", "unknown": "var(--tblr-yellow)"}
RUNS_SHOWN = 30


class EvidenceForm(forms.Form):
    outcome = forms.ChoiceField(label=gettext_lazy("结果"), choices=ControlFinding.Outcome.choices)
    until_on = day_field(gettext_lazy("有效期至"))
    words = words_field(gettext_lazy("情况说明"))
    file = paper_field()


def named(point: Control) -> str:
    return point.en if (get_language() or "").startswith("en") else point.zh


def security_controls(request: HttpRequest) -> HttpResponseBase:
    run = ControlRun.objects.first()
    stands = standings(run)
    table = Table(
        "controls",
        title=_("三级控制点"),
        source=[_row(each) for each in stands],
        per_page=100,
        order="",
        columns=[
            Column(
                "key", _("条款"), link=lambda row: reverse("programme:security_control", args=[row["key"]])
            ),
            Column(
                "domain",
                _("控制域"),
                filter="choice",
                choices={each.control.domain: each.control.domain for each in stands},
            ),
            Column("name", _("要求"), filter="text"),
            Column("state", _("结论"), filter="choice", choices=STATES, badge=COLOURS),
            Column("found", _("平台自动取证"), sortable=False),
            Column("left", _("须人工补证"), sortable=False),
            Column("evidence", _("人工证据"), sortable=False),
        ],
    )
    answer = table.respond(request)
    if answer is not None:
        return answer
    count = {state: sum(1 for each in stands if each.state == state) for state in STATES}
    colours = {"passed": "d-good", "partial": "", "failed": "d-bad", "unknown": "d-warn"}
    figures = [
        Figure(STATES[state], count[state], colour=colours[state], url=f"?controls-state={state}")
        for state in STATES
    ]
    return page(
        request,
        "programme/security/desk.html",
        {
            "title": _("等保三级核查"),
            "figures": figures,
            "tables": [table],
            "charts": _charts(count),
            "lead": _("最近取证 %(t)s，用时 %(s)s 秒；未知就写未知，不按符合计。")
            % {"t": f"{run.at.astimezone():%Y-%m-%d %H:%M}", "s": round(run.took_ms / 1000, 1)}
            if run
            else _("还没有取证"),
            "posts": [(_("现在取证"), reverse("programme:gather_evidence_now"))]
            if is_keeper(request)
            else [],
            "links": [(_("软件清单（SBOM）"), reverse("programme:software_list"))],
        },
    )


def _row(each: Standing) -> dict[str, Any]:
    found = "；".join(finding.words for finding in each.findings if finding.outcome != "passed")
    if not found and each.findings:
        found = _("%(n)s 项探测全部通过") % {"n": len(each.findings)}
    paper = f"{each.evidence.get_outcome_display()} {each.evidence.until_on}" if each.evidence else ""
    waiting = _("待确认 %(n)s") % {"n": each.waiting} if each.waiting else ""
    return {
        "key": each.control.key,
        "domain": each.control.domain,
        "name": named(each.control),
        "state": each.state,
        "found": found or _("无自动探测"),
        "left": each.control.left,
        "evidence": "；".join(filter(None, (paper, waiting))),
    }


def _charts(count: dict[str, int]) -> list[Any]:
    runs = list(ControlRun.objects.all()[:RUNS_SHOWN])[::-1]
    pie = Pie(
        title=_("控制点结论"),
        parts={STATES[state]: count[state] for state in STATES},
        decimals=0,
        colours=["var(--tblr-green)", "var(--tblr-azure)", "var(--tblr-red)", "var(--tblr-yellow)"],
    )
    if not runs:
        return [pie]
    traces = [Trace(STATES[name], [getattr(run, name) for run in runs], colour=BARS[name]) for name in BARS]
    bar = Bar(
        title=_("历次取证的探测结果"),
        unit=_("项"),
        decimals=0,
        stacked=True,
        traces=traces,
        x=[f"{run.at.astimezone():%m-%d %H:%M}" for run in runs],
    )
    return [pie, bar]


@part(of="security_controls", path="security-controls/_run", methods=("POST",), roles=("security", "office"))
def gather_evidence_now(request: HttpRequest) -> HttpResponseBase:
    run = run_probes(request.user)
    messages.success(
        request,
        _("已取证：符合 %(p)s、不符合 %(f)s、未知 %(u)s")
        % {"p": run.passed, "f": run.failed, "u": run.unknown},
    )
    return HttpResponseRedirect(reverse("programme:security_controls"))


@part(of="security_controls", path="security-controls/software.json")
def software_list(request: HttpRequest) -> HttpResponseBase:
    """CycloneDX 1.5 of what is installed: for whoever looks for known holes."""
    record_act(request.user, "export", subject_kind="software_list")
    answer = HttpResponse(
        json.dumps(software_of(distributions()), ensure_ascii=False, indent=1),
        content_type="application/json",
    )
    answer["Content-Disposition"] = 'attachment; filename="software.cdx.json"'
    return answer


@part(of="security_controls", path="security-controls/<str:key>/", methods=("GET", "POST"))
def security_control(request: HttpRequest, key: str) -> HttpResponseBase:
    try:
        point = control(key)
    except KeyError as error:
        raise Http404 from error
    back = reverse("programme:security_control", args=[key])
    form = form_of(request, "show", EvidenceForm)
    done = acted(
        request,
        form,
        "show",
        lambda said: show_evidence(
            request.user, key, said["outcome"], said["words"], said["until_on"], said["file"]
        ),
        back,
        _("已提交，由另一人确认"),
    )
    if done is None and request.GET.get("evidence", "").isdigit():
        paper = get_object_or_404(ControlEvidence, pk=request.GET["evidence"], control=key)
        done = pressed(request, {"confirm": lambda: confirm_evidence(request.user, paper)}, back)
    if done is not None:
        return done
    stand = next(each for each in standings() if each.control.key == key)
    papers = ControlEvidence.objects.filter(control=key).select_related("made_by", "confirmed_by")
    waiting = papers.filter(confirmed_at=None).exclude(made_by=request.user).first()
    return page(
        request,
        "programme/security/record.html",
        {
            "title": f"{point.key} {point.domain}",
            "lead": named(point),
            "badges": [(COLOURS[stand.state], STATES[stand.state])],
            "facts": [
                (_("平台探测"), "、".join(point.probes) or _("无")),
                (_("须人工补证"), point.left or _("无")),
            ],
            "links": [(_("全部控制点"), reverse("programme:security_controls"))],
            "tables": [_history(key, point), _papers(papers)],
            "papers": papers_of(*(f"evidence-{each.pk}" for each in papers)),
            "buttons": [
                (
                    _("确认 %(who)s 的证据") % {"who": waiting.made_by.name},
                    f"confirm&evidence={waiting.pk}",
                    "",
                    "primary",
                )
            ]
            if waiting and is_keeper(request)
            else [],
            "forms": [shown(_("补充证据"), form, "show", _("提交"))] if is_keeper(request) else [],
        },
        status=status_of(request),
    )


def _history(key: str, point: Control) -> Table:
    rows = ControlFinding.objects.filter(probe__in=point.probes).select_related("run")
    return Table(
        "findings",
        title=_("自动取证历史"),
        source=rows,
        order="-run.at",
        per_page=20,
        exports=False,
        empty=_("没有自动取证"),
        columns=[
            Column("run.at", _("时间"), format="second"),
            Column("probe", _("探测")),
            Column("outcome", _("结果"), choices=dict(ControlFinding.Outcome.choices), badge=COLOURS),
            Column("words", _("发现")),
        ],
    )


def _papers(papers: Any) -> Table:
    return Table(
        "papers",
        title=_("人工证据"),
        source=papers,
        order="-made_at",
        per_page=20,
        exports=False,
        empty=_("没有人工证据"),
        columns=[
            Column("made_at", _("填报时间"), format="moment"),
            Column("made_by.name", _("填报人")),
            Column("outcome", _("结果"), choices=dict(ControlFinding.Outcome.choices), badge=COLOURS),
            Column("words", _("情况说明")),
            Column("until_on", _("有效期至"), format="day"),
            Column("confirmed_by.name", _("确认人")),
            simulated(),
        ],
    )
