"""The days of service of a draft, by the Chinese calendar."""

from __future__ import annotations

from calendar import Calendar
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.cases.calendar import day_name, is_provisional
from district.kernel.clock import today
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...models import Draft, DraftService
from .. import actions, storing
from ..day_types import SUMMER, from_week, season_of, type_of
from ..forms import DAY_TYPES, SEASONS, ServiceForm
from .drafts import ROOT, _status, save_or_report

MONTHS = 6


@part(of="timetables", path=f"{ROOT}/days/")
def services(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    """All services, and a calendar of what each day is."""
    draft = get_object_or_404(Draft, pk=draft_id)
    rows = list(draft.draftservices.order_by("pk"))
    running = {row.name or row.key: _days(row, draft) for row in rows}
    first = min(max(draft.valid_from, today()), draft.valid_to)
    context = {
        "draft": draft, "services": rows, "months": _months(first, draft, running), "types": dict(DAY_TYPES),
        "seasons": dict(SEASONS), "counts": {row.pk: len(running[row.name or row.key]) for row in rows},
        "is_provisional": is_provisional(draft.valid_to),
    }  # fmt: skip
    return page(request, "transit/timetables/days.html", context)


def _days(row: DraftService, draft: Draft) -> set[date]:
    found = storing.service_of(row, draft)
    return from_week(found.week, found.first, found.last, found.added, found.removed)


def _months(first: date, draft: Draft, running: dict[str, set[date]]) -> list[tuple[date, list[list[Any]]]]:
    """Months of weeks of days: (day, type, holiday's name, services that run), None outside the month."""
    found = []
    month = first.replace(day=1)
    summer = (draft.summer[0], draft.summer[1]) if len(draft.summer) == 2 else SUMMER
    for _each in range(MONTHS):
        weeks = [
            [{"day": day, "type": type_of(day), "season": season_of(day, summer), "name": day_name(day),
              "services": [name for name, days in running.items() if day in days]} if day.month == month.month else None
             for day in week]
            for week in Calendar().monthdatescalendar(month.year, month.month)
        ]  # fmt: skip
        found.append((month, weeks))
        month = (month + timedelta(days=32)).replace(day=1)
        if month > draft.valid_to:
            break
    return found


@part(of="timetables", path=f"{ROOT}/days/<int:service_id>/", methods=("GET", "POST"))
def service(request: HttpRequest, draft_id: int, service_id: int) -> HttpResponseBase:
    """A service; number 0 is a new one."""
    draft = get_object_or_404(Draft, pk=draft_id)
    found = get_object_or_404(DraftService, pk=service_id, draft=draft) if service_id else DraftService(draft=draft)
    if request.method == "POST" and "delete" in request.POST and service_id:
        try:
            actions.remove_part(found)
            messages.success(request, _("已删除"))
            return redirect("transit:services", draft_id)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("transit:service", draft_id, service_id)
    note = ""
    if service_id and not found.day_types:
        note = _("该日历来自导入的文件（%(week)s，%(n)s 天）；选择运行日后改按中国日历计算") % {
            "week": found.week or "—", "n": len(_days(found, draft))}  # fmt: skip
    form = ServiceForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        made: Any = form.save(commit=False)
        if save_or_report(form, lambda: actions.save_part(made)):
            messages.success(request, _("已保存"))
            return redirect("transit:services", draft_id)
    shown = PageForm(form, cancel=reverse("transit:services", args=[draft_id]), columns=2)
    context = {"draft": draft, "service": found, "form": shown, "note": note}
    return page(request, "transit/timetables/service.html", context, status=_status(request))
