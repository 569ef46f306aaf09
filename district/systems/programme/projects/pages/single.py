"""One project: where it stands, what its gate still wants, and everything on record about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, today
from district.kernel.files.owners import owner
from district.kernel.files.refusal import Refusal
from district.kernel.kpis.measuring import UnknownKpi, kpi_named
from district.kernel.people.access import may
from district.kernel.people.refusals import refuse_role
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Line, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.languages import pick
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...models import Project
from ..actions.effects import due_on
from ..actions.proposing import FILES_OF
from ..facts import found_at
from ..gates import ORDER, PAPERS
from ..queries import projects_visible_to
from ..rules import missing_reports, report_due
from .acts import ACTS, Act, row_of
from .marks import STAGE_BADGES, STATE_BADGES, is_late, project_link, project_seen, wan

owner(
    FILES_OF,
    may_look=lambda account, subject: (
        may(account, "staff") and projects_visible_to(account).filter(number=subject).exists()
    ),
)


@part(of="projects", path="projects/<str:number>/", methods=("GET", "POST"))
def project(request: HttpRequest, number: str) -> HttpResponseBase:
    """`?do=` names the act whose form stands on top."""
    found = project_seen(request.user, number)
    name = request.GET.get("do", "")
    act = ACTS.get(name)
    if name and (act is None or act.form is None):
        raise Http404(name)
    form = None
    if act is not None and act.form is not None:
        if not act.is_open(found, request.user):
            return refuse_role(request)
        form = act.form(request.POST or None, request.FILES or None, project=found)
        if request.method == "POST" and form.is_valid() and _done(request, found, act, form.said(), form):
            return redirect(project_link(found))
    status = 400 if request.method == "POST" else 200
    return page(request, "programme/projects/project.html", _shown(request, found, act, form), status=status)


@part(of="projects", path="projects/<str:number>/acts/<slug:act>", methods=("POST",))
def project_act(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    """A button: an act without a form of its own, of the project or of a row of it."""
    found, asked = project_seen(request.user, number), ACTS.get(act)
    if asked is None or asked.form is not None:
        raise Http404(act)
    if not asked.is_open(found, request.user):
        return refuse_role(request)
    said: dict[str, Any] = {"reason": request.POST.get("reason", "")}
    if asked.row is not None:
        said["row"] = row_of(asked, found, request.POST.get("row", ""))
    _done(request, found, asked, said)
    return redirect(project_link(found))


def _done(request: HttpRequest, found: Project, act: Act, said: dict[str, Any], form: Any = None) -> bool:
    try:
        act.does(found, request.user, said)
    except (Refused, Refusal) as refused:
        if form is None:
            messages.error(request, str(refused))
        else:
            form.add_error(None, str(refused))
        return False
    messages.success(request, _("已办理：%(act)s") % {"act": act.words})
    return True


def _shown(request: HttpRequest, found: Project, act: Act | None, form: Any) -> dict[str, Any]:
    account = request.user
    reports = list(found.supervision.select_related("made_by", "accepted_by", "file"))
    return {
        "project": found,
        "stages": _stages(found),
        "findings": found_at(found),
        "wan": wan,
        "badges": STATE_BADGES,
        "stage_badge": STAGE_BADGES[found.stage],
        "is_late": is_late(found),
        "tasks": found.tasks.all(),
        "paper_words": PAPERS,
        "passages": found.passages.select_related("asked_by", "decided_by"),
        "act_url": _act_url(found),
        "papers": found.papers.select_related("file", "made_by", "confirmed_by"),
        "effects": _effects(found),
        "reviews": found.reviews.all(),
        "purchases": found.procurements.select_related("winner"),
        "parts": found.parts.select_related("firm"),
        "contracts": found.contracts.select_related("firm"),
        "reports": reports,
        "missing": _missing(found, reports),
        "chart": _progress(reports) if len(reports) > 1 else None,
        "changes": found.changes.select_related("asked_by", "decided_by", "review"),
        "items": found.items.prefetch_related("results__made_by", "results__confirmed_by", "results__file"),
        "runs": found.runs.select_related("by")[:10],
        "acceptance": getattr(found, "acceptance", None),
        "effect_report": getattr(found, "effect_report", None),
        "effect_due": due_on(found),
        "forms": [
            (key, each.words) for key, each in ACTS.items() if each.form and each.is_open(found, account)
        ],
        "may": {key for key, each in ACTS.items() if each.is_open(found, account)},
        "words": {k: a.words for k, a in ACTS.items()},
        "act": act,
        "form": PageForm(form, submit=act.words, columns=2) if act and form else None,
        "asks_of": _asks,
    }


def _act_url(found: Project) -> Any:
    return lambda act: reverse("programme:project_act", args=[found.number, act])


def _stages(found: Project) -> list[tuple[str, str]]:
    """(name, done | here | "") along the way."""
    words = dict(Project.Stage.choices)
    if found.stage == Project.Stage.STOPPED:
        passed = set(found.passages.filter(state="passed").values_list("stage", flat=True))
        return [(str(words[stage]), "done" if stage in passed else "") for stage in ORDER]
    at = ORDER.index(found.stage)
    return [
        (
            str(words[stage]),
            "done" if n < at or stage == found.stage == "closed" else "here" if n == at else "",
        )
        for n, stage in enumerate(ORDER)
    ]


def _effects(found: Project) -> list[tuple[str, Any, str, float]]:
    """(name, effect, unit, target)."""
    shown = []
    for effect in found.effects.all():
        try:
            system, kpi = kpi_named(effect.system, effect.key)
            shown.append((f"{pick(system)} · {pick(kpi)}", effect, kpi.unit, kpi.target))
        except UnknownKpi:
            shown.append((f"{effect.system}.{effect.key}", effect, "", 0.0))
    return shown


def _missing(found: Project, reports: list[Any]) -> list[tuple[Any, Any]]:
    """(month, due) of reports that are late."""
    if found.stage != Project.Stage.DELIVERY:
        return []
    given = {each.month for each in reports if each.accepted_at}
    return [
        (month, report_due(month))
        for month in missing_reports(found.stage_at.astimezone(CHINA).date(), today(), given)
    ]


def _progress(reports: list[Any]) -> Line:
    return Line(
        x=[f"{each.month:%Y-%m}" for each in reports],
        title=_("工程进度"),
        unit="%",
        traces=[
            Trace(_("计划"), [each.planned_percent for each in reports]),
            Trace(_("完成"), [each.percent for each in reports]),
        ],
    )


def _asks(asks: dict[str, Any]) -> str:
    return "，".join(f"{key}={value}" for key, value in asks.items())
