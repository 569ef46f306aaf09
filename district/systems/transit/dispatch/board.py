"""班次派车: the trips of a day, who drives them and how; and one trip in full."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.access import may
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..changes.applying import PlannedTrip
from ..forecasts.planned import DayPlan, plan_of
from ..forecasts.queries import StopAhead, moment, run_ahead
from ..models import Order, Run
from ..public.words import mark_words
from .actions import About, assign_day, planned_of
from .queries import Row, board_rows
from .reason_words import reason_lines, source_names
from .topics import FORECASTS
from .trip_forms import FORMS, TripForm, form_of
from .words import STATE_BADGES, delay_words, span_words, state_names

MAY_ACT = ("dispatcher", "operator")
FULL = tuple(f"transit.{role}" for role in MAY_ACT)


def board(request: HttpRequest) -> HttpResponseBase:
    """`?day=`, today by default; of today the trips around now, unless `?all=1` asks for the whole day."""
    day = day_asked(request)
    plan = plan_of(day)
    rows = board_rows(plan) if plan else []
    is_whole = day != today() or request.GET.get("all") == "1"
    around = rows if is_whole else [row for row in rows if row.is_near]
    states = state_names()
    table = Table(
        "trips",
        columns=[
            Column("planned", _("计划发车"), filter="text", link=_trip_url),
            Column(
                "line",
                _("线路"),
                filter="choice",
                choices={each: each for each in dict.fromkeys(row.line for row in rows)},
            ),
            Column("towards", _("开往"), filter="text"),
            Column("assigned", _("派车"), filter="text"),
            Column("bus", _("实际车辆"), filter="text"),
            Column("state", _("状态"), filter="choice", choices=states, badge=STATE_BADGES),
            Column("departed_at", _("实际发车"), format=_hour_minute),
            Column("delay_min", _("晚点（分）"), format=1, filter="number"),
            Column("next_stop", _("下一站")),
            Column("headway", _("与前车间隔"), shown=False),
            Column("passed", _("已到站"), shown=False),
            Column("note", _("说明")),
            Column("trip_id", _("班次"), filter="text", shown=False),
        ],
        source=around,
        order="planned",
        per_page=200,
        title=_("%(day)s 班次") % {"day": f"{day:%Y-%m-%d}"},
        empty=_("这一天没有班次"),
        live=FORECASTS,
        row_class=lambda row: "table-warning" if row.is_wanting else "",
    )
    counted = Counter(row.state for row in rows)
    context = {
        "table": table,
        "day": day,
        "today": today(),
        "states": [(states[key], many, STATE_BADGES[key]) for key, many in counted.items()],
        "unassigned": sum(not row.assigned and row.state != "cancelled" for row in rows),
        "is_whole": is_whole,
        "may_act": may(request.user, *FULL),
    }
    return table.respond(request) or page(request, "transit/dispatch/board.html", context)


def _hour_minute(value: Any) -> str:
    return f"{value:%H:%M:%S}"


def day_asked(request: HttpRequest) -> date:
    """`?day=YYYY-MM-DD`; today when it is none."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today()


def trip_url(day: date, trip_id: str, start_time: str) -> str:
    return (
        reverse("transit:trip")
        + "?"
        + urlencode({"day": day.isoformat(), "trip": trip_id, "start": start_time})
    )


def _trip_url(row: Row) -> str:
    return trip_url(row.day, row.trip_id, row.start_time)


@part(of="board", path="board/assign", methods=("POST",), roles=MAY_ACT)
def assign_all(request: HttpRequest) -> HttpResponseBase:
    """Gives buses to all trips of a day that have none."""
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError as fault:
        raise Http404 from fault
    many = assign_day(day)
    messages.success(request, _("已为 %(n)s 个班次派车") % {"n": many})
    return redirect(f"{reverse('transit:board')}?day={day}")


@part(of="board", path="board/run/<int:pk>")
def run(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The trip of a run."""
    found = get_object_or_404(Run, pk=pk)
    return redirect(trip_url(found.day, found.trip_id, found.start_time))


@part(of="board", path="board/trip", methods=("GET", "POST"))
def trip(request: HttpRequest) -> HttpResponseBase:
    """One trip: plan and what became of it stop by stop, the forecast and what it is made of, orders, what can be done."""
    about = About(_day_of(request), request.GET.get("trip", ""), request.GET.get("start", ""))
    try:
        planned = planned_of(about)
    except Refused as fault:
        raise Http404(str(fault)) from fault
    is_allowed = may(request.user, *FULL)
    wanted = request.GET.get("do", "assign") if is_allowed else ""
    form = (
        form_of(wanted, planned, request.POST if request.method == "POST" else None)
        if wanted in FORMS
        else None
    )
    if request.method == "POST" and form is not None and form.is_valid() and _done(request, form):
        return redirect(trip_url(about.day, about.trip_id, about.start_time))
    found = (
        Run.objects.filter(day=about.day, trip_id=about.trip_id, start_time=about.start_time)
        .select_related("bus", "forecast")
        .first()
    )
    plan = plan_of(about.day)
    forecast = getattr(found, "forecast", None) if found else None
    orders = Order.objects.filter(
        day=about.day, trip_id=about.trip_id, start_time=about.start_time
    ).select_related("bus", "command", "made_by")
    context = {
        "planned": planned,
        "run": found,
        "line": plan.schedule.lines[planned.trip.route_id].name if plan else "",
        "stops": run_ahead(found.pk) if found else _stops_planned(planned, plan),
        "forecast": forecast,
        "orders": orders,
        "mark": mark_words().get(forecast.mark, "") if forecast else "",
        "source": source_names().get(forecast.source, forecast.source) if forecast else "",
        "reasons": reason_lines(forecast.source, forecast.reason, _stop_names(planned, plan)) if forecast else [],
        "state_names": state_names(),
        "state_badges": STATE_BADGES,
        "delay": delay_words(found.delay_s) if found else "",
        "headway": span_words(found.headway_s) if found else "",
        "row": next((row for row in board_rows(plan) if row.key == planned.key), None) if plan else None,
        "form": PageForm(form, submit=form.submit, columns=2, danger=form.is_danger, confirm=form.confirm)
        if form
        else None,
        "doings": [
            (key, str(kind.title), f"{request.path}?{_asked(about, key)}") for key, kind in FORMS.items()
        ]
        if is_allowed
        else [],
        "doing": wanted,
        "map_url": f"{reverse('transit:live_map')}?line={planned.trip.route_id}",
    }
    return page(request, "transit/dispatch/trip.html", context)


def _day_of(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError as fault:
        raise Http404 from fault


def _asked(about: About, doing: str) -> str:
    return urlencode(
        {"day": about.day.isoformat(), "trip": about.trip_id, "start": about.start_time, "do": doing}
    )


def _done(request: HttpRequest, form: TripForm) -> bool:
    try:
        messages.success(request, form.act(request.user))
    except Refused as fault:
        form.add_error(fault.field if fault.field in form.fields else None, str(fault))
        return False
    return True


def _stop_names(planned: PlannedTrip, plan: DayPlan | None) -> list[str]:
    return [plan.stop_name(stop) if plan else stop for stop in planned.trip.pattern.stop_ids]


def _stops_planned(planned: PlannedTrip, plan: DayPlan | None) -> list[StopAhead]:
    trip = planned.trip
    names = plan.schedule.stops if plan else {}
    return [
        StopAhead(
            place,
            stop,
            names[stop].name,
            moment(planned.midnight + trip.arrivals[place]),
            moment(planned.midnight + trip.departures[place]),
            is_skipped=place in planned.skipped,
            is_timepoint=bool(trip.is_timepoint[place]),
        )
        for place, stop in enumerate(trip.pattern.stop_ids)
    ]
