"""全景档案 on screen: asked by number or place with a purpose, answered by grants, every look noted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.grants.subjects import subject_hash
from district.kernel.grants.viewers import Viewer, viewer_of
from district.kernel.parties import numbers
from district.kernel.people.audit import record_look
from district.kernel.people.request_address import client_address
from district.kernel.ui.form import PageForm
from district.kernel.ui.map import Layer, Map
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from . import queries
from .queries import ENTITY, PERSON, Portrait

RADII = ((200, "200 m"), (500, "500 m"), (1000, "1 km"), (3000, "3 km"))
HOLDS = {"citizen": PERSON, "residence": PERSON, "credit": ENTITY}


class NumberForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("公民身份号码或统一社会信用代码"), max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    purpose = forms.CharField(
        label=gettext_lazy("查询事由"), max_length=120, help_text=gettext_lazy("记入使用日志，本人可以查到")
    )

    def clean_number(self) -> str:
        typed: str = self.cleaned_data["number"]
        kind = numbers.guessed(typed)
        if kind is None or kind not in HOLDS:
            raise forms.ValidationError(_("不是有效的号码，请核对位数和校验码"))
        self.kind = str(kind)
        return numbers.checked(kind, typed)


class PlaceForm(forms.Form):
    lon = forms.FloatField(label=gettext_lazy("经度（WGS-84）"), min_value=73, max_value=136)
    lat = forms.FloatField(label=gettext_lazy("纬度（WGS-84）"), min_value=3, max_value=54)
    radius = forms.TypedChoiceField(label=gettext_lazy("半径"), choices=RADII, coerce=int, initial=500)
    purpose = forms.CharField(label=gettext_lazy("查询事由"), max_length=120)


def place_form(given: Any = None) -> PlaceForm:
    """Both forms stand on one page and ask for a purpose: their fields need names of their own."""
    return PlaceForm(given, auto_id="place_%s")


def portrait(request: HttpRequest) -> HttpResponseBase:
    """Where one asks."""
    return _asking(request, NumberForm(), place_form())


@part(of="portrait", path="portrait/number/", methods=("POST",))
def portrait_number(request: HttpRequest) -> HttpResponseBase:
    """Of a person or an enterprise. The number comes in the body, so that no log of addresses holds it."""
    form = NumberForm(request.POST)
    if not form.is_valid():
        return _asking(request, form, place_form(), status=422)
    number, purpose = form.cleaned_data["number"], form.cleaned_data["purpose"]
    holds = HOLDS[form.kind]
    record_look(request.user, "portrait", subject_hash(number) if holds == PERSON else number, purpose, ["number"],
                address=client_address(request) or "")  # fmt: skip
    found = queries.portrait_of(_viewer(request), holds, number, purpose)
    shown = _("个人档案") if holds == PERSON else _("企业档案 %(code)s") % {"code": number}
    return _answer(request, shown, found, purpose)


@part(of="portrait", path="portrait/place/", methods=("POST",))
def portrait_place(request: HttpRequest) -> HttpResponseBase:
    """Of a place."""
    form = place_form(request.POST)
    if not form.is_valid():
        return _asking(request, NumberForm(), form, status=422)
    asked = form.cleaned_data
    found = queries.portrait_of_place(_viewer(request), asked["lon"], asked["lat"], asked["radius"], asked["purpose"])
    title = _("地点档案 %(lon).5f, %(lat).5f") % asked
    return _answer(request, title, found, asked["purpose"], _map(found, asked))


def _answer(
    request: HttpRequest, title: str, found: Portrait, purpose: str, map_: Map | None = None
) -> HttpResponseBase:
    answer = page(request, "brain/portrait/answer.html", {
        "title": title, "portrait": found, "purpose": purpose, "map": map_, "most": queries.MOST_ROWS,
    })  # fmt: skip
    answer["Cache-Control"] = "no-store"  # nothing is kept past a withdrawal, not even in a browser
    return answer


def _asking(request: HttpRequest, number: NumberForm, place: PlaceForm, status: int = 200) -> HttpResponseBase:
    answer: Any = page(request, "brain/portrait/portrait.html", {
        "number": PageForm(number, action=reverse("brain:portrait_number"), submit=_("查看档案")),
        "place": PageForm(place, action=reverse("brain:portrait_place"), submit=_("查看周边"), columns=2),
    })  # fmt: skip
    answer.status_code = status
    return answer


def _map(found: Portrait, asked: dict[str, Any]) -> Map:
    points = []
    for section in found.found:
        names = {column.holds: column.name for column in section.columns}
        for place, row in enumerate(section.rows):
            points.append({
                "type": "Feature", "id": f"{section.resource.pk}-{place}",
                "geometry": {"type": "Point", "coordinates": [float(row[names["lon"]]), float(row[names["lat"]])]},
                "properties": {"name": section.resource.title},
            })  # fmt: skip
    here = {"type": "Feature", "id": "here", "geometry": {"type": "Point", "coordinates": [asked["lon"], asked["lat"]]},
            "properties": {"name": _("所查地点")}}  # fmt: skip
    data = {"type": "FeatureCollection", "features": [here, *points]}
    return Map("portrait", layers=[Layer("portrait", _("周边数据"), data=data)], fit=True)


def _viewer(request: HttpRequest) -> Viewer:
    return viewer_of(request.user, client_address(request) or "")
