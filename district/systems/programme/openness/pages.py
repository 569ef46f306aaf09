"""建设公开: what is bought, from whom, for how much, and what was paid, for everybody; and the same as open data."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.ui.chart import Bar, Pie, Trace
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import Contract, Procurement, Project
from ..money.amounts import in_wan, yuan
from . import ocds
from .processes import PLACEHOLDER, prefix, processes

FRESH = timedelta(minutes=5)
LICENSE = "https://creativecommons.org/licenses/by/4.0/"


def openness(request: HttpRequest) -> HttpResponseBase:
    """Projects with what they were to cost, what was contracted and what was paid."""
    known = processes()
    by_project: dict[str, list[ocds.Process]] = {}
    for process in known:
        by_project.setdefault(process.project_number, []).append(process)
    stages = dict(Project.Stage.choices)
    rows = [
        _row(each, by_project.get(each.number, []), stages)
        for each in Project.objects.exclude(stage=Project.Stage.PROPOSAL).select_related("owner")
    ]
    table = Table(
        "projects",
        title=_("建设项目"),
        source=rows,
        order="-number",
        empty=_("还没有公开的项目"),
        columns=[
            Column(
                "number",
                _("项目编号"),
                filter="text",
                link=lambda row: reverse("programme:open_project", args=[row["number"]]),
            ),
            Column("title", _("项目名称"), filter="text"),
            Column("owner", _("建设单位"), filter="text"),
            Column("stage", _("阶段"), filter="choice", choices=stages),
            Column("estimate", _("估算投资"), format=yuan, align="end"),
            Column("contracted", _("合同金额"), format=yuan, align="end"),
            Column("paid", _("已支付"), format=yuan, align="end"),
            Column("percent", _("支付进度"), format=1, unit="%"),
            Column("is_simulated", _("模拟")),
        ],
    )
    answer = table.respond(request)
    if answer is not None:
        return answer
    shown = sorted(rows, key=lambda row: -row["contracted"])[:15]
    methods = dict(Procurement.Method.choices)
    counted: dict[str, float] = {}
    for process in known:
        if process.tender:
            name = str(methods[process.tender.method])
            counted[name] = counted.get(name, 0) + 1
    charts = [
        Bar(
            title=_("合同与支付"),
            unit=_("万元"),
            decimals=2,
            horizontal=True,
            x=[row["title"] for row in shown],
            traces=[
                Trace(_("合同金额"), [in_wan(row["contracted"]) for row in shown]),
                Trace(_("已支付"), [in_wan(row["paid"]) for row in shown]),
            ],
        ),
        Pie(title=_("采购方式"), unit=_("项"), decimals=0, parts=counted),
    ]
    total = {key: sum(row[key] for row in rows) for key in ("estimate", "contracted", "paid")}
    return page(
        request,
        "programme/openness/openness.html",
        {
            "table": table,
            "charts": [chart for chart in charts if not chart.is_empty],
            "total": total,
            "yuan": yuan,
            "count": len(rows),
            "prefix": prefix(),
            "is_placeholder": prefix() == PLACEHOLDER,
            "files": _files(request),
            "has_simulated": any(row["is_simulated"] for row in rows),
        },
    )


def _row(project: Project, known: list[ocds.Process], stages: dict[str, Any]) -> dict[str, Any]:
    contracts = [contract for process in known for contract in process.contracts]
    contracted = sum(contract.amount_fen for contract in contracts)
    paid = sum(paid_of(contract) for contract in contracts)
    return {
        "number": project.number,
        "title": project.title,
        "owner": project.owner.name,
        "stage": project.stage,
        "estimate": project.estimate_fen,
        "contracted": contracted,
        "paid": paid,
        "percent": 100 * paid / contracted if contracted else None,
        "is_simulated": project.is_simulated,
    }


def paid_of(contract: ocds.ContractFacts) -> int:
    """Paid less what came back."""
    return sum(
        -each.amount_fen if each.id.endswith("-R") else each.amount_fen for each in contract.transactions
    )


def _files(request: HttpRequest) -> list[tuple[Any, str]]:
    names = (
        ("open_records", _("记录包（每个采购过程一条记录）")),
        ("open_releases", _("发布包（逐次发布）")),
        ("open_lines", _("汇总发布，逐行 JSON")),
    )
    return [(words, request.build_absolute_uri(reverse(f"programme:{name}"))) for name, words in names]


@part(of="openness", path="open/projects/<str:number>/")
def open_project(request: HttpRequest, number: str) -> HttpResponseBase:
    """A project's processes from plan to payment, in words."""
    project = get_object_or_404(
        Project.objects.exclude(stage=Project.Stage.PROPOSAL).select_related("owner"), number=number
    )
    known = processes([project])
    methods = dict(Procurement.Method.choices)
    kinds, states = dict(Contract.Kind.choices), dict(Contract.State.choices)
    contracts = [contract for process in known for contract in process.contracts]
    chart = Bar(
        title=_("合同与支付"),
        unit=_("万元"),
        decimals=2,
        x=[each.title for each in contracts],
        traces=[
            Trace(_("合同金额"), [in_wan(each.amount_fen) for each in contracts]),
            Trace(_("已支付"), [in_wan(paid_of(each)) for each in contracts]),
        ],
    )
    return page(
        request,
        "programme/openness/project.html",
        {
            "project": project,
            "processes": known,
            "chart": chart,
            "yuan": yuan,
            "methods": methods,
            "kinds": kinds,
            "states": states,
            "paid_of": paid_of,
            "crumbs": [(_("建设公开"), reverse("programme:openness"))],
        },
    )


def publisher(request: HttpRequest) -> ocds.Publisher:
    site = request.build_absolute_uri("/")
    return ocds.Publisher(
        "周村区大数据局", site, request.build_absolute_uri(reverse("programme:openness")), LICENSE
    )


@part(of="openness", path="open-contracting.json", methods=("GET", "HEAD"))
def open_records(request: HttpRequest) -> HttpResponseBase:
    """Record package of all processes, or of one project by `?project=`."""
    return _json(request, ocds.record_package(_asked(request), publisher(request), _uri(request), now()))


@part(of="openness", path="open-contracting/releases.json", methods=("GET", "HEAD"))
def open_releases(request: HttpRequest) -> HttpResponseBase:
    return _json(request, ocds.release_package(_asked(request), publisher(request), _uri(request), now()))


@part(of="openness", path="open-contracting.jsonl", methods=("GET", "HEAD"))
def open_lines(request: HttpRequest) -> HttpResponseBase:
    """The compiled release of each process, a line each."""
    said = (json.dumps(each, ensure_ascii=False) + "\n" for each in ocds.compiled_lines(_asked(request)))
    answer = StreamingHttpResponse(said, content_type="application/x-ndjson; charset=utf-8")
    return _open(answer)


def _asked(request: HttpRequest) -> list[ocds.Process]:
    number = request.GET.get("project", "")
    if not number:
        return processes()
    project = Project.objects.exclude(stage=Project.Stage.PROPOSAL).filter(number=number).first()
    if project is None:
        raise Http404(number)
    return processes([project])


def _uri(request: HttpRequest) -> str:
    return request.build_absolute_uri(request.get_full_path())


def _json(request: HttpRequest, package: dict[str, Any]) -> HttpResponseBase:
    return _open(JsonResponse(package, json_dumps_params={"ensure_ascii": False, "indent": 1}))


def _open(answer: HttpResponse | StreamingHttpResponse) -> HttpResponseBase:
    answer["Cache-Control"] = f"public, max-age={int(FRESH.total_seconds())}"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
