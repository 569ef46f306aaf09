"""车载终端: which are connected, where and how they are, what can be asked of them; new ones, exchanges, withdrawn codes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.alerts.models import Alarm
from district.kernel.devices.models import Device, DeviceCommand
from district.kernel.people.access import may
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.map import Layer, Map
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.saying import said
from district.kernel.ui.table import Column, Table

from ..models import Bus
from . import actions
from .forms import FORMS, NewTerminalForm, SwapForm
from .parameters import shown
from .queries import doubts, newest_report, refusals, strangers, terminal_rows, terminals_of_buses
from .words import (
    ASKED,
    COMMAND_BADGES,
    STATE_BADGES,
    command_name,
    doubt_words,
    refusal_words,
    report_words,
    state_names,
)

MANAGING = ("operator",)


def terminals(request: HttpRequest) -> HttpResponseBase:
    """All terminals, and numbers that knock without being registered."""
    rows = terminal_rows()
    states = state_names()
    table = Table(
        "terminals",
        columns=[
            Column("code", _("终端号码"), filter="text", link=lambda row: reverse("transit:terminal", args=[row.pk])),
            Column("bus", _("车辆"), filter="text"),
            Column("plate", _("车牌号"), filter="text"),
            Column("state", _("连接"), filter="choice", choices=states, badge=STATE_BADGES),
            Column("seen_at", _("最近通信"), format="second"),
            Column("at", _("最近位置"), format="second"),
            Column("speed_kmh", _("速度"), format=0, unit="km/h"),
            Column("alarms", _("报警"), filter="text"),
            Column("refused", _("24 小时拒收"), format=0, filter="number"),
            Column("version", _("协议版本"), filter="choice", choices={"2013": "2013", "2019": "2019"}),
            Column("model", _("型号"), shown=False),
            Column("name", _("名称"), shown=False),
        ],
        source=rows,
        order="code",
        per_page=25,
        title=_("车载终端"),
        empty=_("还没有登记终端"),
        poll_seconds=30,
        row_class=lambda row: "table-warning" if row.alarms or row.is_plate_wrong else "",
    )  # fmt: skip
    counted = {key: sum(row.state == key for row in rows) for key in states}
    context = {
        "table": table, "strangers": strangers(), "may_manage": may(request.user, "transit.operator"),
        "counted": [(states[key], many, STATE_BADGES[key]) for key, many in counted.items() if many],
    }  # fmt: skip
    return table.respond(request) or page(request, "transit/terminals/terminals.html", context)


@part(of="terminals", path="terminals/new", methods=("GET", "POST"), roles=MANAGING)
def new_terminal(request: HttpRequest) -> HttpResponseBase:
    """A number that may register from now on."""
    form = NewTerminalForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if request.method == "POST" and form.is_valid():
        try:
            device = form.act()
        except Refused as fault:
            form.add_error(fault.field if fault.field in form.fields else None, str(fault))
        else:
            messages.success(request, _("终端已登记，可以接入"))
            return redirect("transit:terminal", device.pk)
    shaped = PageForm(form, submit=_("登记"), cancel=reverse("transit:terminals"))
    return page(request, "transit/terminals/form.html", {"form": shaped, "heading": _("登记终端")})


@part(of="terminals", path="terminals/swap", methods=("GET", "POST"), roles=MANAGING)
def swap_terminals(request: HttpRequest) -> HttpResponseBase:
    """Two buses exchange their terminals."""
    form = SwapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, form.act())
        except Refused as fault:
            form.add_error(None, str(fault))
        else:
            return redirect("transit:terminals")
    shaped = PageForm(form, submit=_("互换"), cancel=reverse("transit:terminals"), columns=2)
    return page(request, "transit/terminals/form.html", {"form": shaped, "heading": _("互换终端")})


@part(of="terminals", path="terminals/<int:pk>/", methods=("GET", "POST"))
def terminal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One terminal: what it told of itself, its place, commands, reports, refusals."""
    device = get_object_or_404(terminals_of_buses(), pk=pk)
    wanted = request.GET.get("do", "text")
    if wanted not in FORMS:
        raise Http404
    is_managing = may(request.user, "transit.operator")
    _title, kind, submit = FORMS[wanted]
    form = kind(request.POST if request.method == "POST" else None, device)
    if request.method == "POST" and form.is_valid() and (is_managing or wanted == "text") and _acted(request, form):
        return redirect(f"{reverse('transit:terminal', args=[pk])}?do={wanted}")
    (row,) = terminal_rows(pk)
    parameters = newest_report(device, "parameters")
    context = {
        "device": device, "row": row, "state_names": state_names(), "state_badges": STATE_BADGES,
        "doubts": [doubt_words()[key] for key in doubts(row.mark)], "map": _map(device), "wanted": wanted,
        "told": device.attributes.get("terminal") or {}, "module": device.attributes.get("module") or {},
        "form": PageForm(form, submit=submit), "doings": [(key, title) for key, (title, _f, _s) in FORMS.items()],
        "asked": [(key, name) for key, name in ASKED.items()], "is_managing": is_managing,
        "parameters": shown(parameters.payload.get("params", [])) if parameters else [],
        "parameters_at": parameters.at if parameters else None,
        "alarms": Alarm.objects.filter(device_id=pk, cleared_at__isnull=True).order_by("severity", "-raised_at")[:20],
        "commands": DeviceCommand.objects.filter(device=device).select_related("asked_by")[:15],
        "command_name": command_name, "command_badges": COMMAND_BADGES, "said": said,
        "reports": [(each, report_words(each)) for each in device.reports.order_by("-at", "-pk")[:15]],
        "refusals": refusals(device, 15), "refusal_words": refusal_words(),
    }  # fmt: skip
    return page(request, "transit/terminals/terminal.html", context)


def _acted(request: HttpRequest, form: Any) -> bool:
    try:
        messages.success(request, form.act(request.user))
    except Refused as fault:
        form.add_error(fault.field if fault.field in form.fields else None, str(fault))
        return False
    return True


def _map(device: Device) -> Map | None:
    place = getattr(device, "latest_position", None)
    if place is None or not (place.lon or place.lat):
        return None
    bus = Bus.objects.filter(device=device).first()
    feature = {
        "type": "Feature", "id": device.pk, "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {"name": bus.number if bus else device.code},
    }  # fmt: skip
    layer = Layer("place", _("最近位置"), data={"type": "FeatureCollection", "features": [feature]}, label="name")
    return Map("terminal", layers=[layer], center=(place.lon, place.lat), zoom=13)


@part(of="terminals", path="terminals/<int:pk>/ask", methods=("POST",), roles=("operator", "dispatcher"))
def ask_terminal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A command that needs nothing typed."""
    device = get_object_or_404(terminals_of_buses(), pk=pk)
    command = request.POST.get("command", "")
    if command not in ASKED:
        raise Http404
    try:
        actions.ask_terminal(device, command, {}, request.user)
        messages.success(request, _("已下发"))
    except Refused as fault:
        messages.error(request, str(fault))
    return redirect("transit:terminal", pk)


@part(of="terminals", path="terminals/<int:pk>/act", methods=("POST",), roles=MANAGING)
def act_on_terminal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Withdraws the code, frees the number, suspends, takes into use again."""
    device = get_object_or_404(terminals_of_buses(), pk=pk)
    act = request.POST.get("act", "")
    if act == "revoke":
        actions.revoke_code(device)
        messages.success(request, _("鉴权码已作废，终端须重新注册"))
    elif act == "free":
        actions.free_number(device)
        messages.success(request, _("号码已释放，新终端可以注册"))
    elif act in ("active", "suspended", "retired"):
        actions.set_status(device, act)
        messages.success(request, _("状态已更改"))
    else:
        raise Http404
    return redirect("transit:terminal", pk)
