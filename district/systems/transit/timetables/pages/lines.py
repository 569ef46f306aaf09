"""The lines of a draft and their patterns: stops in order, the way drawn on the map."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.map import Layer, Map
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...models import Draft, DraftLine, DraftPattern, DraftStop
from .. import actions
from ..forms import BlocksForm, LineForm, PatternForm
from .drafts import ROOT, _status, save_or_report
from .places import stops_layer


@part(of="timetables", path=f"{ROOT}/lines/new", methods=("GET", "POST"))
def new_draft_line(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    draft = get_object_or_404(Draft, pk=draft_id)
    form = LineForm(request.POST or None, instance=DraftLine(draft=draft))
    if request.method == "POST" and form.is_valid():
        made: Any = form.save(commit=False)
        if save_or_report(form, lambda: actions.save_part(made)):
            return redirect("transit:draft_line", draft_id, made.pk)
    shown = PageForm(form, cancel=reverse("transit:draft", args=[draft_id]), columns=2)
    return page(request, "transit/editions/form.html", {"form": shown, "heading": _("新线路")}, status=_status(request))


@part(of="timetables", path=f"{ROOT}/lines/<int:line_id>/", methods=("GET", "POST"))
def draft_line(request: HttpRequest, draft_id: int, line_id: int) -> HttpResponseBase:
    """A line: what it is called, its patterns, its blocks."""
    draft = get_object_or_404(Draft, pk=draft_id)
    line = get_object_or_404(DraftLine, pk=line_id, draft=draft)
    asked = request.POST.get("act", "save") if request.method == "POST" else ""
    form = LineForm(request.POST if asked == "save" else None, instance=line)
    blocks = BlocksForm(draft, request.POST if asked == "blocks" else None, prefix="blocks")
    if asked == "delete":
        actions.remove_part(line)
        messages.success(request, _("已删除"))
        return redirect("transit:draft", draft_id)
    if asked == "save" and form.is_valid():
        made: Any = form.save(commit=False)
        if save_or_report(form, lambda: actions.save_part(made)):
            messages.success(request, _("已保存"))
            return redirect("transit:draft_line", draft_id, line_id)
    if asked == "blocks" and blocks.is_valid():
        given = blocks.cleaned_data
        count = actions.string_blocks(line, given["service"], given["layover"] * 60)
        messages.success(request, _("已编成 %(n)s 条车次链") % {"n": count})
        return redirect("transit:draft_line", draft_id, line_id)
    patterns = line.patterns.annotate(
        trip_count=Count("trips"), first_s=Min("trips__start_s"), last_s=Max("trips__start_s")
    ).order_by("direction", "pk")
    context = {
        "draft": draft, "line": line, "patterns": patterns, "names": _stop_names(draft, patterns),
        "form": PageForm(form, columns=2), "blocks": PageForm(blocks, submit=_("编排"), columns=2),
    }  # fmt: skip
    return page(request, "transit/timetables/line.html", context, status=_status(request))


def _stop_names(draft: Draft, patterns: Any) -> dict[str, str]:
    keys = {stop for each in patterns for stop in each.stops}
    return dict(DraftStop.objects.filter(draft=draft, key__in=keys).values_list("key", "name"))


@part(of="timetables", path=f"{ROOT}/lines/<int:line_id>/patterns/new", methods=("GET", "POST"))
def new_draft_pattern(request: HttpRequest, draft_id: int, line_id: int) -> HttpResponseBase:
    """A new pattern; `?back=` a pattern of the line to begin with its stops in reverse."""
    line = get_object_or_404(DraftLine.objects.select_related("draft"), pk=line_id, draft_id=draft_id)
    pattern = DraftPattern(draft=line.draft, line=line, direction="0")
    back = request.GET.get("back", "")
    forward = line.patterns.filter(pk=back).first() if back.isdigit() else None
    if forward is not None:
        pattern.direction = "0" if forward.direction == "1" else "1"
        pattern.stops, pattern.path = forward.stops[::-1], forward.path[::-1]
    return _pattern_page(request, pattern, is_new=True)


@part(of="timetables", path=f"{ROOT}/patterns/<int:pattern_id>/", methods=("GET", "POST"))
def draft_pattern(request: HttpRequest, draft_id: int, pattern_id: int) -> HttpResponseBase:
    """A pattern: its stops in order and its path."""
    pattern = get_object_or_404(DraftPattern.objects.select_related("draft", "line"), pk=pattern_id, draft_id=draft_id)
    if request.method == "POST" and "delete" in request.POST:
        line_id = pattern.line_id
        actions.remove_part(pattern)
        messages.success(request, _("已删除"))
        return redirect("transit:draft_line", draft_id, line_id)
    return _pattern_page(request, pattern)


def _pattern_page(request: HttpRequest, pattern: DraftPattern, is_new: bool = False) -> HttpResponseBase:
    draft = pattern.draft
    initial = {"stops": "\n".join(pattern.stops), "path": "\n".join(f"{lon} {lat}" for lon, lat in pattern.path)}
    if is_new:
        pattern.stops, pattern.path = [], []
    form = PatternForm(request.POST or None, instance=pattern, initial=initial)
    if request.method == "POST" and form.is_valid():
        made: Any = form.save(commit=False)
        try:
            actions.save_pattern(made, form.cleaned_data["stops"], form.cleaned_data["path"])
            messages.success(request, _("已保存"))
            return redirect("transit:pattern_times", draft.pk, made.pk)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    drawn = Layer("way", _("走向"), data={"type": "FeatureCollection", "features": []}, kind="line", visible=False)
    context = {
        "draft": draft, "line": pattern.line, "pattern": pattern, "is_new": is_new,
        "map": Map("pattern", [stops_layer(draft.pk), drawn], title=_("走向"), fit=True),
        "form": PageForm(form, cancel=reverse("transit:draft_line", args=[draft.pk, pattern.line_id])),
    }  # fmt: skip
    return page(request, "transit/timetables/pattern.html", context, status=_status(request))
