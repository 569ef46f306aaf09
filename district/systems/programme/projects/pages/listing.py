"""项目管理: every project and where it stands; proposing a new one."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.people.access import scope_of
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Project
from .. import actions
from ..forms import ProposalForm
from ..gates import ORDER
from ..queries import projects_visible_to
from .marks import STAGE_BADGES, is_late, is_post, project_link, wan


def projects(request: HttpRequest) -> HttpResponseBase:
    seen = projects_visible_to(request.user)
    table = Table(
        "projects",
        title=_("项目"),
        order="-number",
        empty=_("还没有项目"),
        source=seen,
        row_class=lambda row: "table-warning" if is_late(row) else "",
        columns=[
            Column("number", _("项目编号"), filter="text", link=project_link),
            Column("title", _("项目名称"), filter="text", link=project_link),
            Column("owner.name", _("建设单位"), filter="text"),
            Column(
                "stage", _("阶段"), filter="choice", choices=dict(Project.Stage.choices), badge=STAGE_BADGES
            ),
            Column("stage_at", _("进入阶段时间"), format="day", filter="date"),
            Column("estimate_fen", _("估算投资"), format=wan, align="end"),
            Column("due_on", _("计划完成"), format="day", filter="date"),
            Column(
                "late", _("是否逾期"), sortable=False, value=lambda row: _("逾期") if is_late(row) else ""
            ),
            Column("is_simulated", _("模拟"), filter="choice", choices={True: _("模拟"), False: "—"}),
        ],
    )
    return table.respond(request) or page(
        request,
        "programme/projects/projects.html",
        {
            "table": table,
            "chart": _chart(seen),
            "may_propose": is_post(request.user, "owner", "office"),
        },
    )


def _chart(seen: Any) -> Bar:
    rows = list(seen)
    counted, late = (
        Counter(each.stage for each in rows),
        Counter(each.stage for each in rows if is_late(each)),
    )
    words = dict(Project.Stage.choices)
    return Bar(
        x=[str(words[stage]) for stage in ORDER],
        title=_("各阶段项目数"),
        unit=_("个"),
        stacked=True,
        traces=[
            Trace(_("按期"), [counted[stage] - late[stage] for stage in ORDER]),
            Trace(_("逾期"), [late[stage] for stage in ORDER]),
        ],
    )


@part(of="projects", path="projects/new", methods=("GET", "POST"), roles=("owner", "office"))
def new_project(request: HttpRequest) -> HttpResponseBase:
    """Of a unit within the scope of who proposes it."""
    form = ProposalForm(request.POST or None, scope=scope_of(request.user, "programme"))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose(request.user, **form.said())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("项目已申报"))
            return redirect(project_link(made))
    return page(
        request,
        "programme/projects/form.html",
        {
            "title": _("申报项目"),
            "form": PageForm(form, submit=_("申报"), columns=2),
            "back": reverse("programme:projects"),
        },
    )
