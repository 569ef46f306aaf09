"""立体化防控: posts, key places and what protects them; inspections on a phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.access import may
from district.kernel.ui.form import PageForm
from district.kernel.ui.map import Choices, Field, Layer, Map
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Inspection, InspectionFinding, KeyPlace, KeyPlaceKind, Shift
from ..actions.inspections import record_inspection
from ..checklists import ANSWERS, Checklist, checklist
from ..queries.protection import GAPS, Protection, key_places_visible_to, posts_visible_to, protection_of
from ..refused import Refused
from .forms import report

SHOWN = 20


def protection(request: HttpRequest) -> HttpResponseBase:
    rows = protection_of(key_places_visible_to(request.user).filter(is_in_use=True))
    table = Table(
        "places",
        columns=[
            Column("code", _("编号"), link=_place_url),
            Column("name", _("重点部位"), filter="text", link=_place_url),
            Column("kind", _("类型"), filter="choice", choices=dict(KeyPlaceKind.choices)),
            Column("level", _("等级"), filter="choice", choices={1: _("一级"), 2: _("二级"), 3: _("三级")}),
            Column("post_distance_m", _("最近岗点（米）"), format=0),
            Column("patrolled_at", _("最近巡到"), format="moment"),
            Column("inspected_at", _("最近检查"), format="day"),
            Column("open_faults", _("未整改隐患"), format=0),
            Column("is_protected", _("状态"), filter="choice", choices={True: _("到位"), False: _("有缺口")},
                   badge={True: "green", False: "red"}),
            Column("gap_text", _("缺口"), sortable=False, value=_gaps),
        ],
        source=rows, order="level", title=_("重点部位"), empty=_("还没有登记重点部位"),
    )  # fmt: skip
    answer = table.respond(request)
    if answer is not None:
        return answer
    posts = list(posts_visible_to(request.user))
    standing = Shift.objects.filter(
        post__in=posts, cancelled_at=None, starts_at__lte=now(), ends_at__gt=now()
    )
    context = {
        "table": table, "map": _map(), "posts": len(posts), "places": len(rows),
        "manned": standing.values("post").distinct().count(), "protected": sum(one.is_protected for one in rows),
        "gaps": [(_(text), sum(key in one.gaps for one in rows)) for key, text in GAPS.items()],
        "is_simulated": any(one.place.is_simulated for one in rows),
    }  # fmt: skip
    return page(request, "governance/grid/protection.html", context)


def _gaps(row: Protection) -> str:
    return "、".join(_(GAPS[key]) for key in row.gaps)


def _place_url(row: Protection) -> str:
    return reverse("governance:key_place", args=[row.place.code])


def _map() -> Map:
    url = reverse("governance:protection_features")
    state = Choices("state", [("protected", "#2b8a3e", _("到位")), ("gap", "#c92a2a", _("有缺口"))])
    return Map(
        "protection", title=_("防控一张图"),
        layers=[
            Layer("places", _("重点部位"), url=url + "?of=places", colour=state, link="url", size=7,
                  popup=[Field("kind", _("类型")), Field("gaps", _("缺口"))]),
            Layer("posts", _("防控岗点"), url=url + "?of=posts", colour="#1864ab", size=9,
                  popup=[Field("kind", _("类型")), Field("reach", _("防控半径"), _("米"))]),
        ],
    )  # fmt: skip


@part(of="protection", path="protection/features.geojson")
def protection_features(request: HttpRequest) -> HttpResponse:
    """`?of=places` or `?of=posts`."""
    if request.GET.get("of") == "posts":
        posts = posts_visible_to(request.user).filter(is_in_use=True)
        rows = [_feature(one, kind=str(one.get_kind_display()), reach=one.reach_m) for one in posts]
    else:
        states = protection_of(key_places_visible_to(request.user).filter(is_in_use=True))
        rows = [
            _feature(one.place, kind=str(one.place.get_kind_display()), gaps=_gaps(one), url=_place_url(one),
                     state="protected" if one.is_protected else "gap")
            for one in states
        ]  # fmt: skip
    return JsonResponse({"type": "FeatureCollection", "features": rows})


def _feature(row: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "id": row.pk, "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
            "properties": {"name": row.name, **properties}}  # fmt: skip


def _place(request: HttpRequest, code: str) -> KeyPlace:
    return get_object_or_404(key_places_visible_to(request.user), code=code)


@part(of="protection", path="protection/<str:code>/")
def key_place(request: HttpRequest, code: str) -> HttpResponseBase:
    """One key place: what protects it, and what its inspections found."""
    found = _place(request, code)
    inspections = found.inspections.select_related("account").prefetch_related("findings")[:SHOWN]
    faults = InspectionFinding.objects.filter(inspection__key_place=found, fixed_at=None)
    context = {
        "place": found, "state": protection_of([found])[0], "inspections": inspections, "gap_names": _gap_names(),
        "faults": faults.select_related("inspection"), "checklist": checklist(found.checklist),
        "may_inspect": may(request.user, "governance.grid_worker", "governance.officer"),
        "map": Map("place", title=found.name, fit=True, layers=[
            Layer("place", found.name, colour="#c92a2a", data={
                "type": "FeatureCollection", "features": [_feature(found, kind=str(found.get_kind_display()))]}),
        ]),
    }  # fmt: skip
    return page(request, "governance/grid/key_place.html", context)


def _gap_names() -> dict[str, str]:
    return {key: _(text) for key, text in GAPS.items()}


class InspectionForm(forms.Form):
    """The questions of a checklist; none is answered beforehand."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, asked: Checklist, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = [(key, _(text)) for key, text in ANSWERS.items()]
        for item in asked.items:
            label = item.text + (_("（重大）") if item.is_grave else "")
            self.fields[item.key] = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
        self.fields["note"] = forms.CharField(
            label=_("说明"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
        )


@part(
    of="protection",
    path="protection/<str:code>/inspect",
    methods=("GET", "POST"),
    roles=("officer", "grid_worker"),
)
def inspect(request: HttpRequest, code: str) -> HttpResponseBase:
    found = _place(request, code)
    asked = checklist(found.checklist)
    form = InspectionForm(asked, request.POST or None, initial={"key": f"form-{get_random_string(20)}"})
    address = reverse("governance:key_place", args=[code])
    if form.is_valid():
        given = form.cleaned_data
        answers = {item.key: given[item.key] for item in asked.items}
        try:
            made = record_inspection(
                key=given["key"], answers=answers, account=request.user, key_place=found, note=given["note"]
            )
        except Refused as refusal:
            report(form, refusal)
        else:
            messages.success(request, _said(made))
            return redirect(address)
    context = {
        "place": found,
        "checklist": asked,
        "form": PageForm(form, submit=_("提交检查"), cancel=address),
    }
    return page(request, "governance/grid/inspect.html", context)


def _said(made: Inspection) -> str:
    found = made.findings.count()
    opened = made.findings.filter(~Q(case_number="")).count()
    if not found:
        return _("检查已保存，没有隐患")
    return _("检查已保存，%(n)s 项隐患，已立案 %(opened)s 件") % {"n": found, "opened": opened}
