"""车辆报警: what terminals alarm about, answered to the terminal; and runs that do not go as they should."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.alerts import actions as alerts
from district.kernel.alerts.models import Alarm
from district.kernel.alerts.models.alarms import STATES
from district.kernel.alerts.models.rules import SEVERITIES
from district.kernel.alerts.queries import alarms_seen_by
from district.kernel.devices.commands import CannotAsk, ask
from district.kernel.devices.models import Device
from district.kernel.people.access import may
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.saying import said
from district.kernel.ui.table import Column, Table

from ..forecasts.queries import Vehicle, vehicles
from ..models import Bus
from ..public.network import network_in_force
from .live_map import shown
from .words import STATE_BADGES, state_names

ACTING = ("transit.dispatcher", "transit.operator")
AMISS = ("standing", "off_route", "silent", "unlikely")
SEVERITY_BADGES = {1: "red", 2: "orange", 3: "yellow", 4: "blue"}
ALARM_BADGES = {"raised": "red", "acknowledged": "orange", "handled": "blue", "cleared": "secondary"}
UNTIL_ANSWERED = (1 << 0) | (1 << 3) | (1 << 20) | (1 << 21) | (1 << 22) | (1 << 27) | (1 << 28)
"""Alarm bits that a terminal holds until they are confirmed (JT/T 808-2019, table 24)."""
MOST_OPEN = 50


def vehicle_alarms(request: HttpRequest) -> HttpResponseBase:
    """Open alarms to be answered, runs amiss, and all alarms."""
    seen = alarms_seen_by(request.user).filter(system="transit")
    table = Table(
        "alarms",
        columns=[
            Column("raised_at", _("告警时间"), format="moment", filter="date"),
            Column("subject", _("车辆"), filter="text"),
            Column("message", _("告警内容"), filter="text", format=said, link=_alarm_url),
            Column("severity", _("级别"), filter="choice", choices=dict(SEVERITIES), badge=SEVERITY_BADGES),
            Column("state", _("状态"), filter="choice", choices=dict(STATES), badge=ALARM_BADGES),
            Column("count", _("次数"), format=0),
            Column("cleared_at", _("解除时间"), format="moment", shown=False),
        ],
        source=seen,
        order="-raised_at",
        title=_("全部告警"),
        empty=_("没有告警"),
        live="alerts",
    )
    waiting = list(
        seen.filter(cleared_at__isnull=True, acknowledged_at__isnull=True).order_by("severity", "-raised_at")[
            :MOST_OPEN
        ]
    )
    network = network_in_force()
    context = {
        "table": table,
        "waiting": waiting,
        "severities": dict(SEVERITIES),
        "severity_badges": SEVERITY_BADGES,
        "amiss": [shown(each, network) | {"since": each.since} for each in vehicles() if is_amiss(each)],
        "state_badges": STATE_BADGES,
        "state_names": state_names(),
        "may_act": may(request.user, *ACTING),
    }
    return table.respond(request) or page(request, "transit/dispatch/vehicle_alarms.html", context)


def is_amiss(vehicle: Vehicle) -> bool:
    return vehicle.state in AMISS or vehicle.is_bunched


def _alarm_url(alarm: Alarm) -> str:
    return reverse("alerts:alarm", args=[alarm.pk])


@part(
    of="vehicle_alarms",
    path="vehicle-alarms/<int:pk>/answer",
    methods=("POST",),
    roles=("dispatcher", "operator"),
)
def answer_alarm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Somebody has seen it; the terminal is told so (0x8203) and stops what it holds until answered."""
    alarm = get_object_or_404(alarms_seen_by(request.user).filter(system="transit"), pk=pk)
    try:
        alerts.acknowledge(alarm, request.user)
    except alerts.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("transit:vehicle_alarms")
    messages.success(
        request, _("已确认") if not _tell_terminal(alarm, request.user) else _("已确认，并已下发给车载终端")
    )
    return redirect("transit:vehicle_alarms")


def _tell_terminal(alarm: Alarm, account: Any) -> bool:
    device = Device.objects.filter(pk=alarm.device_id, protocol="jt808").first() if alarm.device_id else None
    if device is None or not Bus.objects.filter(device=device).exists():
        return False
    try:
        ask(device, "confirm_alarm", {"bits": UNTIL_ANSWERED, "serial": 0}, account)
    except CannotAsk:
        return False
    return True
