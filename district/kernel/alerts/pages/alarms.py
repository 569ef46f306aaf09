"""Alarms: the list, and one with its life."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from district.kernel import registry
from district.kernel.alerts import actions
from district.kernel.alerts.models import Alarm
from district.kernel.alerts.models.alarms import STATES
from district.kernel.alerts.models.rules import KINDS, SEVERITIES
from district.kernel.alerts.queries import alarms_seen_by, may_deal_with
from district.kernel.people.access import allow
from district.kernel.ui.languages import pick
from district.kernel.ui.live import topic
from district.kernel.ui.render import page
from district.kernel.ui.saying import said
from district.kernel.ui.table import Column, Table

TOPIC = "alerts.alarms"
SEVERITY_COLOURS = {1: "blue", 2: "yellow", 3: "orange", 4: "red"}
STATE_COLOURS = {"raised": "red", "acknowledged": "orange", "handled": "blue", "cleared": "green"}
STEP_ICONS = {"raised": "alert-triangle", "acknowledged": "eye-check", "handled": "tool", "cleared": "circle-check"}

topic(TOPIC, roles=("staff",))


@allow("staff")
@require_safe
def alarms(request: HttpRequest) -> HttpResponseBase:
    """What the reader may see, newest first; `?open=1` leaves out what has ended."""
    found = alarms_seen_by(request.user)
    is_open = request.GET.get("open") == "1"
    if is_open:
        found = found.filter(cleared_at__isnull=True)
    table = Table(
        "alarms",
        columns=[
            Column("raised_at", _("告警时间"), format="moment", filter="date"),
            Column("message", _("告警内容"), filter="text", format=said, link=lambda row: reverse("alerts:alarm", args=[row.pk])),
            Column("severity", _("级别"), filter="choice", choices=dict(SEVERITIES), badge=SEVERITY_COLOURS),
            Column("state", _("状态"), filter="choice", choices=dict(STATES), badge=STATE_COLOURS),
            Column("kind", _("类型"), filter="choice", choices=kind_names()),
            Column("system", _("系统"), filter="choice", choices=system_names()),
            Column("count", _("次数"), format=0, filter="number"),
            Column("organisation.name", _("责任单位"), filter="text"),
            Column("updated_at", _("最近时间"), format="moment", shown=False),
            Column("cleared_at", _("解除时间"), format="moment", filter="date", shown=False),
        ],
        source=found.select_related("organisation"), order="-raised_at", title=_("告警"), empty=_("没有告警"),
        live=TOPIC,
    )
    return table.respond(request) or page(request, "alerts/alarms.html", {"table": table, "is_open": is_open})


@allow("staff")
@require_safe
def alarm(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _shown(request, _seen(request, pk))


@allow("staff")
@require_POST
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """acknowledge, handle or clear; a refusal is said on the page."""
    found, note = _seen(request, pk), request.POST.get("note", "")
    step_of = {"acknowledge": actions.acknowledge, "handle": actions.handle, "clear": actions.clear}
    if step not in step_of:
        raise Http404(step)
    try:
        step_of[step](found, request.user, note)
    except actions.Refused as refusal:
        status = 403 if refusal.code == "not_yours" else 409
        return _shown(request, _seen(request, pk), refusal=str(refusal), note=note, status=status)
    messages.success(request, _("已办理"))
    return redirect("alerts:alarm", pk)


def _seen(request: HttpRequest, pk: int) -> Alarm:
    related = ("rule", "organisation", "acknowledged_by", "handled_by", "cleared_by")
    return get_object_or_404(alarms_seen_by(request.user).select_related(*related), pk=pk)


def _shown(
    request: HttpRequest, found: Alarm, refusal: str = "", note: str = "", status: int = 200
) -> HttpResponseBase:
    is_mine = may_deal_with(request.user, found)
    context: dict[str, Any] = {
        "alarm": found, "steps": found.steps.select_related("by"), "refusal": refusal, "note": note,
        "severity": dict(SEVERITIES)[found.severity], "severity_colour": SEVERITY_COLOURS[found.severity],
        "state": dict(STATES)[found.state], "state_colour": STATE_COLOURS[found.state], "icons": STEP_ICONS,
        "states": dict(STATES), "kind": kind_names().get(found.kind, found.kind),
        "system": system_names().get(found.system, found.system),
        "may_acknowledge": is_mine and found.acknowledged_at is None,
        "may_handle": is_mine and found.handled_at is None,
        "may_clear": is_mine and found.is_open and found.handled_at is not None,
        "told": found.notices.select_related("recipient").order_by("recipient__username"),
    }
    return page(request, "alerts/alarm.html", context, status=status)


def kind_names() -> dict[str, Any]:
    """The kinds of rules, and the words systems have used for their own."""
    known = dict(KINDS)
    own = Alarm.objects.filter(rule=None).exclude(kind__in=known).order_by("kind").values_list("kind", flat=True)
    words = _own_kinds()
    return known | {kind: said(words.get(kind, kind)) for kind in own.distinct()}


def _own_kinds() -> dict[str, str]:
    """What the systems call the kinds they raise by themselves: `KINDS` of an `alarm_kinds.py`, kind → Chinese word."""
    files = (registry.role_file(system, "alarm_kinds") for system in registry.systems())
    return {kind: zh for file in files if file is not None for kind, zh in file.KINDS.items()}


def system_names() -> dict[str, str]:
    return {system.name: pick(system) for system in registry.systems()}
