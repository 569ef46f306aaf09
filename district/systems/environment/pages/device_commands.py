"""Requests to a device: asked on its page, sent by the gateway, followed live."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.devices.commands import CannotAsk, ask, cancel
from district.kernel.devices.models import DeviceCommand
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.protocols.hj212 import REQUESTS

from .command_forms import CommandForm
from .command_list import command_list
from .devices import visible_device


@part(of="devices", path="devices/<str:code>/commands/_list")
def device_commands(request: HttpRequest, code: str) -> HttpResponseBase:
    """The newest commands; the fragment asks again every two seconds while one is open."""
    device = visible_device(request, code)
    return page(request, "environment/device_commands.html", {"device": device, **command_list(device)})


@part(of="devices", path="devices/<str:code>/commands/<slug:name>", methods=("GET", "POST"))
def ask_device(request: HttpRequest, code: str, name: str) -> HttpResponseBase:
    """The form of one request; a valid one is queued, and the gateway sends it when the device is connected."""
    device = visible_device(request, code)
    wanted = REQUESTS.get(name)
    if wanted is None or wanted.since > (device.attributes or {}).get("version", 2017):
        raise Http404(name)
    inner = CommandForm(device, wanted, request.POST or None)
    back = reverse("environment:device", args=[device.code])
    form = PageForm(inner, submit=_("下发"), cancel=back, columns=2, confirm=_confirmation(name))
    # A request without parameters has an empty form, which Django takes for not submitted.
    is_sent = inner.is_valid() if wanted.parameters else request.method == "POST"
    if is_sent:
        try:
            ask(device, name, inner.parameters() if wanted.parameters else {}, request.user)
        except CannotAsk as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("命令已排队，设备在线时立即下发"))
        return redirect(back)
    return page(
        request, "environment/device_command.html", {"form": form, "wanted": wanted, "device": device}
    )


def _confirmation(name: str) -> str:
    """Requests that change the device are confirmed."""
    return (
        _("此命令会改变现场设备，确定下发？")
        if name.startswith("set_") or name in ("calibrate", "clean")
        else ""
    )


@part(of="devices", path="devices/<str:code>/commands/<int:command_id>/cancel", methods=("POST",))
def cancel_command(request: HttpRequest, code: str, command_id: int) -> HttpResponseBase:
    """Withdraws a command that has not been sent yet."""
    device = visible_device(request, code)
    try:
        cancel(get_object_or_404(DeviceCommand, pk=command_id, device=device))
    except CannotAsk as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("命令已取消"))
    return redirect("environment:device", device.code)
