"""热线受理: the clerk types what is said; classes, route and likely doubles stand beside it while typing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.cases.models import Case
from district.kernel.cases.refused import Refused
from district.kernel.clock import now
from district.kernel.files.actions import keep_all
from district.kernel.files.refusal import Refusal
from district.kernel.people.models import Organisation
from district.kernel.ui.chart_data import json_text
from district.kernel.ui.form import PageForm
from district.kernel.ui.map import Map
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...reading.classes import national_classes
from ..doubles import LikelyDouble, likely_doubles
from ..places import place_of
from ..query_code import query_code
from ..reader import district_reader
from ..receiving import receive
from ..routing import CALL_KINDS, limit_words, proposed_route
from .report_form import PHOTOS, ReportForm, new_key

SHORTEST = 4
PROPOSALS = 5
LEAST_SHOWN = 0.01


class CallForm(ReportForm):
    """What a clerk takes down beside the report itself. An empty class leaves it to the reading."""

    kind = forms.ChoiceField(
        label=gettext_lazy("诉求类型"), choices=[(kind, kind) for kind in CALL_KINDS], initial="投诉"
    )
    code = forms.ChoiceField(label=gettext_lazy("分类"), required=False)
    field_order = ("key", "text", "code", "kind", "address", "name", "phone", "photos")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(one.code, f"{one.code} {one.name}") for one in national_classes()]
        self.fields["code"].choices = [("", _("按自动识别")), *choices]
        self.fields["text"].widget.attrs |= {
            "hx-post": reverse("governance:hotline_reading"),
            "hx-trigger": "input changed delay:350ms, change from:input[name=lon]",
            "hx-target": "#reading", "hx-include": "closest form", "autofocus": True,
        }  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A proposal as it stands on the screen, with where it would go."""

    code: str
    name: str
    percent: int
    lines: tuple[str, ...]


def hotline(request: HttpRequest) -> HttpResponseBase:
    """The screen, and what it sends. `?channel=department` is the same for a department's own entries."""
    channel = "department" if request.GET.get("channel") == "department" else "hotline"
    form = CallForm(request.POST or None, request.FILES or None, initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        try:
            files = keep_all(form.cleaned_data["photos"], request.user, "report", taken=PHOTOS)
            received = receive(form.as_report(channel, files), request.user)
        except (Refused, Refusal) as error:
            form.add_error(None, str(error))
        else:
            _say(request, received.case)
            return redirect(request.get_full_path())
    context = {"form": PageForm(form, submit=_("立案（Ctrl+Enter）"), columns=2), "channel": channel,
               "map": Map("doubles", title=_("地点和可能重复的事项"))}  # fmt: skip
    return page(request, "governance/reports/hotline.html", context)


@part(of="hotline", path="hotline/_reading", methods=("POST",))
def hotline_reading(request: HttpRequest) -> HttpResponseBase:
    """The reading of what has been typed so far; nothing is written."""
    text = request.POST.get("text", "")
    lon, lat = _number(request.POST.get("lon")), _number(request.POST.get("lat"))
    if len(text.strip()) < SHORTEST:
        return page(
            request, "governance/reports/_reading.html", {"proposals": [], "doubles": [], "points": "[]"}
        )
    place = place_of(lon, lat)
    kind = request.POST.get("kind", "")
    found = district_reader().propose(text, place=request.POST.get("address", ""), top=PROPOSALS)
    proposals = [
        _shown(proposal, kind, place.town_unit)
        for place_in_list, proposal in enumerate(found)
        if place_in_list == 0 or proposal.confidence >= LEAST_SHOWN
    ]
    doubles = likely_doubles(text, lon, lat, now())
    context = {"proposals": proposals, "doubles": doubles, "points": json_text([_point(double) for double in doubles]),
               "place": place}  # fmt: skip
    return page(request, "governance/reports/_reading.html", context)


def _say(request: HttpRequest, case: Case) -> None:
    said = _("已立案 %(number)s，查询码 %(code)s") % {"number": case.number, "code": query_code(case.number)}
    messages.success(request, said)


def _shown(proposal: Any, kind: str, town_unit: str | None) -> Shown:
    route = proposed_route(proposal.code, "hotline", kind, town_unit)
    unit = Organisation.objects.filter(code=route.unit).first() if route.unit else None
    words, limit = "、".join(proposal.words), limit_words(route.limit)
    lines = (
        _("依据：%(words)s") % {"words": words} if words else "",
        _("派向 %(unit)s") % {"unit": unit.label} if unit else "",
        _("时限 %(limit)s") % {"limit": limit} if limit else "",
    )
    return Shown(proposal.code, proposal.name, round(100 * proposal.confidence), tuple(filter(None, lines)))


def _point(double: LikelyDouble) -> dict[str, Any]:
    return {"number": double.case.number, "lon": double.case.lon, "lat": double.case.lat}


def _number(given: str | None) -> float | None:
    try:
        return float(given) if given else None
    except ValueError:
        return None
