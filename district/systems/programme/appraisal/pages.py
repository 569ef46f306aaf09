"""年度考核: the formula, the scores with the counts behind them, objections; everything can be reckoned anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import today
from district.kernel.people.access import may, scope_of
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..meetings.actions import OFFICE
from ..models import Appraisal, AppraisalYear
from . import actions, formula

STATE_BADGES = {"draft": "secondary", "published": "blue", "open": "yellow", "final": "green"}
RECORDS = {"tasks": "programme:tasks", "reports": "programme:tasks", "decisions": "programme:decisions",
           "letters": "programme:letters", "indicators": "kpis:board", "sharing": "datasets:catalogue"}  # fmt: skip


def part_words() -> dict[str, str]:
    return {"tasks": _("里程碑按时完成"), "reports": _("月报按时报送"), "decisions": _("议定事项按时办结"),
            "letters": _("督办函"),            "indicators": _("牵头指标达标"), "sharing": _("数据按时共享")}  # fmt: skip


class WeightsForm(forms.Form):
    year = forms.IntegerField(label=gettext_lazy("年度"), min_value=2020, max_value=2100)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for key, words in part_words().items():
            self.fields[key] = forms.IntegerField(
                label=words, min_value=0, max_value=100, initial=formula.WEIGHTS[key]
            )

    def weights(self) -> dict[str, int]:
        return {key: self.cleaned_data[key] for key in formula.PARTS}


def appraisal(request: HttpRequest) -> HttpResponseBase:
    """`?year=`, the newest by default. A draft's scores are the office's and the leaders' only."""
    years = list(AppraisalYear.objects.all())
    asked = request.GET.get("year", "")
    found = next((year for year in years if str(year.year) == asked), years[0] if years else None)
    is_office, is_leader = may(request.user, OFFICE), may(request.user, "programme.leader")
    shown = found is not None and (found.state in ("open", "final") or is_office or is_leader)
    table = _table(found if shown else None)
    if (answer := table.respond(request)) is not None:
        return answer
    return page(request, "programme/appraisal/appraisal.html", {
        "years": years, "year": found, "is_shown": shown, "is_office": is_office, "is_leader": is_leader, "table": table,
        "chart": _chart(found) if found and shown else None, "badge": STATE_BADGES[found.state] if found else "",
        "parts": [(words, found.weights[key], reverse(RECORDS[key])) for key, words in part_words().items()] if found else [],
        "form": PageForm(WeightsForm(initial={"year": today().year}), submit=_("保存考核办法"), columns=2,
                         action=reverse("programme:draft_appraisal")),
        "objections": found.scores.filter(objection__isnull=False).select_related("unit", "objection") if found and shown else [],
        "own": _own(request, found),
    })  # fmt: skip


def _own(request: HttpRequest, year: AppraisalYear | None) -> list[Appraisal]:
    """Of the reader's own unit, what may still be objected to."""
    if year is None or year.state != "open" or not may(request.user, "programme.liaison"):
        return []
    scope = scope_of(request.user, "programme")
    if scope.is_whole:
        return []
    return list(year.scores.filter(unit__in=scope.organisation_ids, objection=None).select_related("unit"))


def _link(row: Appraisal) -> str:
    return reverse("programme:appraisal_unit", args=[row.year.year, row.unit.code])


def _table(year: AppraisalYear | None) -> Table:
    words = part_words()

    def told(key: str) -> Callable[[Appraisal], str]:
        def cell(row: Appraisal) -> str:
            counts = row.facts.get(key)
            if key not in row.points or not counts:
                return "—"
            if key == "letters":
                return f"{row.points[key]}（{_('发函 %(n)s，逾期 %(m)s') % {'n': counts['sent'], 'm': counts['late']}}）"
            return f"{row.points[key]}（{counts['reached']}/{counts['of']}）"

        return cell

    return Table(
        "appraisal",
        columns=[
            Column("unit.name", _("单位"), filter="text", link=_link), Column("score", _("得分"), format=2),
            *(Column(f"points__{key}", text, sortable=False, cell=told(key), value=told(key)) for key, text in words.items()),
            Column("reckoned_at", _("测算时间"), format="moment"),
        ],
        source=Appraisal.objects.filter(year=year).select_related("unit", "year") if year else Appraisal.objects.none(),
        order="-score", title=_("考核得分"), empty=_("还没有公示的得分"),
    )  # fmt: skip


def _chart(year: AppraisalYear) -> Bar:
    rows = list(year.scores.filter(score__isnull=False).select_related("unit").order_by("-score"))
    traces = [Trace(words, [row.points.get(key) for row in rows]) for key, words in part_words().items()]
    return Bar(
        title=_("各单位得分构成"),
        unit=_("分"),
        stacked=True,
        x=[row.unit.label for row in rows],
        traces=traces,
    )


@part(of="appraisal", path="appraisal/<int:year>/units/<str:code>/")
def appraisal_unit(request: HttpRequest, year: int, code: str) -> HttpResponseBase:
    """One unit: each part with the records it was counted from, as they were when it was."""
    found = get_object_or_404(
        Appraisal.objects.select_related("year", "unit", "objection"), year__year=year, unit__code=code
    )
    if found.year.state not in ("open", "final") and not may(request.user, OFFICE, "programme.leader"):
        return HttpResponse(status=404)
    parts = [
        (words, found.year.weights[key], found.points.get(key), found.facts[key])
        for key, words in part_words().items() if key in found.facts
    ]  # fmt: skip
    return page(
        request, "programme/appraisal/unit.html", {"score": found, "year": found.year, "parts": parts}
    )


@part(of="appraisal", path="appraisal/draft", methods=("POST",), roles=("office",))
def draft_appraisal(request: HttpRequest) -> HttpResponseBase:
    form = WeightsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("各项权重须为不小于 0 的整数，合计 100"))
        return redirect("programme:appraisal")
    return _acted(
        request,
        form.cleaned_data["year"],
        lambda: actions.draft(form.cleaned_data["year"], form.weights(), request.user),
    )


@part(of="appraisal", path="appraisal/<int:year>/<slug:what>", methods=("POST",), roles=("office", "leader"))
def act_on_appraisal(request: HttpRequest, year: int, what: str) -> HttpResponseBase:
    """`what`: publish, reckon, show, final."""
    found = get_object_or_404(AppraisalYear, year=year)
    acts: dict[str, Callable[[], object]] = {
        "publish": lambda: actions.publish_weights(found, request.user), "reckon": lambda: actions.reckon(found, request.user),
        "show": lambda: actions.show(found, request.user), "final": lambda: actions.make_final(found, request.user),
    }  # fmt: skip
    return _acted(request, year, acts[what]) if what in acts else HttpResponse(status=404)


@part(of="appraisal", path="appraisal/scores/<int:pk>/object", methods=("POST",), roles=("liaison",))
def object_to_appraisal(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Appraisal.objects.select_related("year", "unit"), pk=pk)
    return _acted(
        request,
        found.year.year,
        lambda: actions.object_to(found, request.POST.get("reason", ""), request.user),
    )


@part(of="appraisal", path="appraisal/<int:year>.json")
def appraisal_export(request: HttpRequest, year: int) -> HttpResponseBase:
    """For `appraisal.formula`: whoever has the file needs nothing else to reckon every score anew."""
    found = get_object_or_404(AppraisalYear, year=year)
    if found.state not in ("open", "final") and not may(request.user, OFFICE, "programme.leader"):
        return HttpResponse(status=404)
    said = {
        "year": found.year,
        "weights": found.weights,
        "digest": found.digest,
        "rows": actions.rows_of(found),
    }
    answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="appraisal-{year}.json"'
    return answer


def _acted(request: HttpRequest, year: int, act: Callable[[], object]) -> HttpResponseBase:
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已办理"))
    return redirect(f"{reverse('programme:appraisal')}?year={year}")
