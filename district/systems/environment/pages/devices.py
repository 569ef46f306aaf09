"""设备控制台: the register of devices, their links, and what they said about themselves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.devices.models import Device, DeviceNote, DeviceStatus
from district.kernel.people.access import scope_of
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..device_kinds import DEVICE_KINDS
from ..queries.devices import device_rows, devices_visible_to, place_of
from ..queries.latest_values import latest_readings
from ..queries.stations import device_state
from ..station_states import STATE_BADGES, STATES
from .command_forms import requests_for
from .command_list import command_list
from .device_forms import DeviceForm
from .topics import STATIONS_TOPIC
from .words import in_words

STATUS_BADGES = {"active": "green", "suspended": "orange", "retired": "secondary"}


def devices(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "devices",
        columns=[
            Column("name", _("名称"), filter="text", link=_device_url),
            Column("code", _("设备编码"), filter="text", link=_device_url),
            Column("kind", _("类型"), filter="choice", choices=in_words(DEVICE_KINDS)),
            Column("is_online", _("在线"), filter="choice", choices={True: _("在线"), False: _("离线")},
                   badge={True: "green", False: "secondary"}),
            Column("status", _("登记状态"), filter="choice", choices=dict(DeviceStatus.choices), badge=STATUS_BADGES),
            Column("last_seen_at", _("最近上报"), format="ago"),
            Column("interval_s", _("上报间隔"), format=0, unit="s"),
            Column("capture_percent", _("7 日有效传输率"), format="percent"),
            Column("frames", _("报文数"), format=0, shown=False),
            Column("has_open_command", _("命令未完"), badge={True: "azure"}),
            Column("is_simulated", _("模拟"), filter="choice", choices={True: _("模拟"), False: _("实测")}),
            Column("division_code", _("行政区划"), shown=False),
        ],
        source=device_rows(devices_visible_to(request.user)),
        order="code",
        title=_("设备"),
        empty=_("还没有登记设备"),
        live=STATIONS_TOPIC,
    )  # fmt: skip
    return table.respond(request) or page(request, "environment/devices.html", {"table": table})


def _device_url(row: Device) -> str:
    return reverse("environment:device", args=[row.code])


def visible_device(request: HttpRequest, code: str) -> Device:
    """The device of that code, or 404 for one outside the reader's area."""
    devices = devices_visible_to(request.user).select_related(
        "link", "environment_point", "environment_outlet__source", "environment_inlet__source"
    )
    return get_object_or_404(devices, code=code)


@part(of="devices", path="devices/<str:code>/")
def device(request: HttpRequest, code: str) -> HttpResponseBase:
    """One device: link, present values, commands, notes."""
    found = visible_device(request, code)
    readings = latest_readings([found.pk]).get(found.pk, {})
    context = {
        "device": found, "link": getattr(found, "link", None), "kind": in_words(DEVICE_KINDS).get(found.kind, found.kind),
        "place": place_of(found), "readings": sorted(readings.values(), key=lambda one: one.item),
        "notes": DeviceNote.objects.filter(device=found)[:50], "state_key": device_state(found),
        "states": in_words(STATES), "state_badges": STATE_BADGES,
        "requests": requests_for((found.attributes or {}).get("version", 2017)),
        **command_list(found),
    }  # fmt: skip
    return page(request, "environment/device.html", context)


@part(of="devices", path="devices/new", methods=("GET", "POST"))
def add_device(request: HttpRequest) -> HttpResponseBase:
    return _edit(request, Device(code=request.GET.get("code", "")[:64]), _("设备已登记"))


@part(of="devices", path="devices/<str:code>/edit", methods=("GET", "POST"))
def edit_device(request: HttpRequest, code: str) -> HttpResponseBase:
    """Name, place, password and status; a suspended device is turned away by the gateway."""
    return _edit(request, visible_device(request, code), _("设备已更新"))


def _edit(request: HttpRequest, found: Device, done: str) -> HttpResponseBase:
    is_new = found.pk is None
    code = found.code
    inner = DeviceForm(scope_of(request.user, "environment"), request.POST or None, instance=found)
    back = reverse("environment:devices") if is_new else reverse("environment:device", args=[code])
    form = PageForm(inner, submit=_("登记") if is_new else _("保存"), cancel=back, columns=2)
    if form.is_valid():
        saved = inner.save()
        messages.success(request, done)
        return redirect("environment:device", saved.code)
    title = _("登记设备") if is_new else _("修改设备")
    return page(request, "environment/device_form.html", {"form": form, "title": title, "device": found})
