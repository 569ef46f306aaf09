"""网格: the map of the cells, now or then; drawing, splitting, merging; who looks after which."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from shapely.geometry import shape

from district.kernel.clock import CHINA, now, today
from district.kernel.people.access import may
from district.kernel.ui.form import PageForm
from district.kernel.ui.map import Choices, Field, Layer, Map, Steps
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import CellDuty, CellKind, GridCell
from ..actions.cells import draw_cell, end_cell, merge_cells, redraw_cell, split_cell
from ..actions.rosters import assign_worker, release_worker
from ..queries.cells import cells_at, cells_visible_to, history_of, shapes_near, workers_of
from ..queries.in_grid import in_grid
from ..queries.patrols import coverage_of_cells
from ..refused import Refused
from .forms import AssignForm, DrawForm, MergeForm, RedrawForm, SplitForm, polygon_of, report

OFFICER = "officer"
KIND_COLOURS = {"resident": "#1c7ed6", "village": "#2f9e44", "special": "#e8590c"}


def _then(request: HttpRequest) -> datetime | None:
    """The end of the day of `?on=`, or None for now."""
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None
    return None if on >= today() else datetime.combine(on, time(23, 59, 59), CHINA)


def grid(request: HttpRequest) -> HttpResponseBase:
    at = _then(request)
    table = Table(
        "cells",
        columns=[
            Column("code", _("网格编码"), filter="text", link=_cell_url),
            Column("name", _("名称"), filter="text", link=_cell_url),
            Column("kind", _("类型"), filter="choice", choices=dict(CellKind.choices)),
            Column(
                "area_m2", _("面积（公顷）"), value=lambda row: row.area_m2 / 10_000, format=1, sortable=True
            ),
            Column("households", _("户数"), format=0),
            Column("people", _("人数"), format=0),
            Column("is_schematic", _("边界"), filter="choice", choices={True: _("示意"), False: _("已绘")}),
            Column("valid_from", _("启用时间"), format="day", filter="date"),
        ],
        source=cells_visible_to(request.user, at),
        order="code",
        title=_("网格"),
        empty=_("这一天还没有网格"),
    )
    answer = table.respond(request)
    if answer is not None:
        return answer
    context = {
        "table": table, "map": _grid_map(at), "figures": in_grid(at), "on": at.date() if at else None, "today": today(),
        "may_draw": may(request.user, "governance.officer"),
        "has_schematic": cells_visible_to(request.user, at).filter(is_schematic=True).exists(),
    }  # fmt: skip
    return page(request, "governance/grid/grid.html", context)


def _cell_url(row: GridCell) -> str:
    return reverse("governance:cell", args=[row.code])


def _grid_map(at: datetime | None) -> Map:
    url = reverse("governance:cell_features") + (f"?on={at:%Y-%m-%d}" if at else "")
    return Map(
        "grid", title=_("网格一张图"),
        layers=[
            Layer("cells", _("网格类型"), url=url, kind="fill", opacity=0.35, colour=_kinds(), popup=_popup(), link="url"),
            Layer(
                "covered", _("七日巡防覆盖"), url=url, kind="fill", opacity=0.6, visible=False, link="url", popup=_popup(),
                colour=Steps("coverage", [(0, "#c92a2a", _("未巡到")), (50, "#f08c00", _("50% 以内")),
                                          (None, "#2b8a3e", _("50% 以上"))]),
            ),
        ],
    )  # fmt: skip


def _kinds() -> Choices:
    return Choices("kind", [(key, KIND_COLOURS[key], text) for key, text in CellKind.choices])


def _popup() -> list[Field]:
    return [Field("code", _("网格编码")), Field("kind_text", _("类型")), Field("hectares", _("面积"), _("公顷")),
            Field("lead", _("网格长")), Field("coverage", _("巡防覆盖"), "%"), Field("border", _("边界"))]  # fmt: skip


@part(of="grid", path="grid/cells.geojson")
def cell_features(request: HttpRequest) -> HttpResponse:
    """The cells as GeoJSON; `?on=2026-11-03` those of that day, `?near=<code>` those around one."""
    at = _then(request)
    rows = cells_visible_to(request.user, at)
    near = rows.filter(code=request.GET.get("near", "")).first()
    if near is not None:
        pad = 0.01
        rows = rows.filter(west__lte=near.east + pad, east__gte=near.west - pad,
                           south__lte=near.north + pad, north__gte=near.south - pad)  # fmt: skip
    return JsonResponse(features_of(list(rows.order_by("code")), at))


def features_of(cells: list[GridCell], at: datetime | None = None) -> dict[str, Any]:
    moment = at or now()
    covered = coverage_of_cells(moment)
    duties = CellDuty.objects.filter(is_lead=True, from_at__lte=moment).exclude(until_at__lte=moment)
    leads = {duty.cell_code: duty.account.name for duty in duties.select_related("account")}
    return {"type": "FeatureCollection", "features": [
        {
            "type": "Feature", "id": cell.pk, "geometry": cell.polygon,
            "properties": {
                "code": cell.code, "name": cell.name, "kind": cell.kind, "kind_text": str(cell.get_kind_display()),
                "hectares": round(cell.area_m2 / 10_000, 1), "lead": leads.get(cell.code, _("未配")),
                "coverage": round(100 * covered[cell.code].share) if cell.code in covered else 0,
                "border": _("示意") if cell.is_schematic else _("已绘"), "url": _cell_url(cell),
            },
        }
        for cell in cells
    ]}  # fmt: skip


def _visible(request: HttpRequest, code: str) -> GridCell:
    """The newest shape of that code, when it lies in the reader's area."""
    found = history_of(code)
    scope = cells_visible_to(request.user, found[0].valid_from) if found else None
    if scope is None or not scope.filter(code=code).exists():
        raise Http404(code)
    return found[0]


@part(of="grid", path="grid/<str:code>/")
def cell(request: HttpRequest, code: str) -> HttpResponseBase:
    """One cell: where it is, who looks after it, what it was before."""
    found = _visible(request, code)
    layer = Layer(
        "cell",
        found.name,
        kind="fill",
        opacity=0.4,
        colour=_kinds(),
        data=features_of([found]),
        popup=_popup(),
    )
    context = {
        "cell": found, "history": history_of(code), "workers": workers_of(code), "is_live": found.valid_to is None,
        "map": Map("cell", title=found.name, layers=[layer], fit=True), "assign": PageForm(AssignForm()),
        "is_officer": may(request.user, "governance.officer"), "coverage": coverage_of_cells().get(code),
    }  # fmt: skip
    return page(request, "governance/grid/cell.html", context)


@part(of="grid", path="grid/draw", methods=("GET", "POST"), roles=(OFFICER,))
def draw(request: HttpRequest) -> HttpResponseBase:
    form = DrawForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = draw_cell(
                division_code=given["division_code"].code, name=given["name"], kind=given["kind"], trim=given["trim"],
                polygon=polygon_of(given["polygon"]), households=given["households"], people=given["people"],
                account=request.user, reason=_("新划"),
            )  # fmt: skip
        except Refused as refusal:
            report(form, refusal)
        else:
            messages.success(request, _("已划定网格 %(code)s") % {"code": made.code})
            return redirect(_cell_url(made))
    return _drawing(
        request, _("新划网格"), PageForm(form, submit=_("划定"), cancel=reverse("governance:grid"), columns=2)
    )


@part(of="grid", path="grid/<str:code>/redraw", methods=("GET", "POST"), roles=(OFFICER,))
def redraw(request: HttpRequest, code: str) -> HttpResponseBase:
    found = _visible(request, code)
    outline = "\n".join(f"{lon} {lat}" for lon, lat, *_z in found.polygon["coordinates"][0][:-1])
    form = RedrawForm(request.POST or None, initial={"polygon": outline})
    if form.is_valid():
        try:
            redraw_cell(
                code, polygon_of(form.cleaned_data["polygon"]), request.user, form.cleaned_data["reason"]
            )
        except Refused as refusal:
            report(form, refusal)
        else:
            messages.success(request, _("边界已更新，原边界保留在历史中"))
            return redirect(_cell_url(found))
    title = _("调整边界：%(name)s") % {"name": found.name}
    return _drawing(request, title, PageForm(form, submit=_("保存边界"), cancel=_cell_url(found)), found)


@part(of="grid", path="grid/<str:code>/split", methods=("GET", "POST"), roles=(OFFICER,))
def split(request: HttpRequest, code: str) -> HttpResponseBase:
    found = _visible(request, code)
    form = SplitForm(request.POST or None)
    if form.is_valid():
        line = {"type": "LineString", "coordinates": form.cleaned_data["line"]}
        try:
            made = split_cell(code, line, request.user, form.cleaned_data["reason"])
        except Refused as refusal:
            report(form, refusal)
        else:
            messages.success(request, _("已拆分为 %(n)s 个网格") % {"n": len(made)})
            return redirect(_cell_url(made[0]))
    title = _("拆分网格：%(name)s") % {"name": found.name}
    return _drawing(request, title, PageForm(form, submit=_("拆分"), cancel=_cell_url(found)), found)


@part(of="grid", path="grid/<str:code>/merge", methods=("GET", "POST"), roles=(OFFICER,))
def merge(request: HttpRequest, code: str) -> HttpResponseBase:
    found = _visible(request, code)
    beside = shapes_near(shape(found.polygon), [code])
    others = cells_at().filter(code__in=beside, division_code=found.division_code).order_by("code")
    choices = [(one.code, f"{one.code} {one.name}") for one in others]
    form = MergeForm(choices, request.POST or None, initial={"name": found.name})
    if form.is_valid():
        try:
            made = merge_cells([code, *form.cleaned_data["codes"]], form.cleaned_data["name"], request.user,
                               form.cleaned_data["reason"])  # fmt: skip
        except Refused as refusal:
            report(form, refusal)
        else:
            messages.success(request, _("已合并为网格 %(code)s") % {"code": made.code})
            return redirect(_cell_url(made))
    title = _("合并网格：%(name)s") % {"name": found.name}
    return _drawing(request, title, PageForm(form, submit=_("合并"), cancel=_cell_url(found)), found)


def _drawing(
    request: HttpRequest, title: str, form: PageForm, around: GridCell | None = None
) -> HttpResponseBase:
    url = reverse("governance:cell_features") + (f"?near={around.code}" if around else "")
    layer = Layer(
        "cells",
        _("已有网格"),
        url=url,
        kind="fill",
        opacity=0.25,
        colour=_kinds(),
        label="name" if around else "",
    )
    drawn = Map("draw", title=title, layers=[layer], fit=around is not None)
    return page(request, "governance/grid/draw.html", {"heading": title, "form": form, "map": drawn})


@part(of="grid", path="grid/<str:code>/end", methods=("POST",), roles=(OFFICER,))
def end(request: HttpRequest, code: str) -> HttpResponseBase:
    found = _visible(request, code)
    try:
        end_cell(code)
    except Refused as refusal:
        messages.error(request, refusal.text)
    else:
        messages.success(request, _("网格已停用，历史仍可查"))
    return redirect(_cell_url(found))


@part(of="grid", path="grid/<str:code>/workers", methods=("POST",), roles=(OFFICER,))
def assign_cell(request: HttpRequest, code: str) -> HttpResponseBase:
    found = _visible(request, code)
    form = AssignForm(request.POST)
    if form.is_valid():
        try:
            assign_worker(code, form.cleaned_data["account"], is_lead=form.cleaned_data["is_lead"])
        except Refused as refusal:
            messages.error(request, refusal.text)
        else:
            messages.success(request, _("已配备网格员"))
    else:
        messages.error(request, _("请选择网格员"))
    return redirect(_cell_url(found))


@part(of="grid", path="grid/<str:code>/workers/<int:duty_id>/release", methods=("POST",), roles=(OFFICER,))
def release_cell(request: HttpRequest, code: str, duty_id: int) -> HttpResponseBase:
    found = _visible(request, code)
    release_worker(get_object_or_404(CellDuty, pk=duty_id, cell_code=code, until_at=None))
    messages.success(request, _("已解除"))
    return redirect(_cell_url(found))
