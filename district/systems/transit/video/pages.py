"""车载视频: a bus is asked for its picture; how far the request has come is said plainly."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.devices.commands import CannotAsk, ask
from district.kernel.devices.models import DeviceCommand
from district.kernel.ui.form import PageForm
from district.kernel.ui.live import topic
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ..models import Bus
from ..terminals.actions import PROTOCOL, SYSTEM
from .queries import Request, buses_with_terminals, is_connected, recent_requests
from .server import configured

WATCHING = ("dispatcher", "operator")
VALID_FOR = timedelta(minutes=2)
CHANNELS = 8

topic("transit.video", roles=tuple(f"transit.{role}" for role in WATCHING))

BADGES = {
    "waiting": "secondary", "asked": "azure", "refused": "red", "silent": "orange", "agreed": "azure", "missing": "orange",
    "arriving": "green", "ended": "blue", "at_server": "green",
}  # fmt: skip


def states() -> dict[str, str]:
    return {
        "waiting": _("等待终端连接"), "asked": _("已下发，等终端应答"), "refused": _("终端拒绝或不支持"),
        "silent": _("终端没有应答"),
        "agreed": _("终端已应答，等码流"), "missing": _("终端已应答，但码流没有到达"), "arriving": _("码流正在到达"),
        "ended": _("码流到达过，已结束"), "at_server": _("终端已应答，码流发往媒体服务器"),
    }  # fmt: skip


class VideoForm(forms.Form):
    bus = forms.ChoiceField(label=gettext_lazy("车辆"))
    channel = forms.TypedChoiceField(
        label=gettext_lazy("通道"), coerce=int, choices=[(str(n), str(n)) for n in range(1, CHANNELS + 1)], initial="1"
    )
    stream = forms.TypedChoiceField(
        label=gettext_lazy("码流"), coerce=int, initial="1",
        choices=[("1", gettext_lazy("子码流（省流量）")), ("0", gettext_lazy("主码流"))],
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["bus"]
        assert isinstance(field, forms.ChoiceField)
        offline = _("未连接")
        field.choices = [
            (str(bus.pk), f"{bus.number} {bus.plate}" + ("" if is_connected(bus.device) else f"（{offline}）"))
            for bus in buses_with_terminals()
        ]


def video(request: HttpRequest) -> HttpResponseBase:
    """The form, the state of the media server, and the requests of the last hours."""
    form = VideoForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _asked(request, form):
        return redirect("transit:video")
    context = {"form": PageForm(form, submit=_("请求实时画面"), columns=3), "server": configured(), **_requests()}
    return page(request, "transit/video/video.html", context)


@part(of="video", path="video/_requests")
def video_requests(request: HttpRequest) -> HttpResponseBase:
    """The requests alone, asked for again and again."""
    return page(request, "transit/video/_requests.html", _requests())


def _requests() -> dict[str, Any]:
    found: list[Request] = recent_requests()
    return {"requests": found, "states": states(), "badges": BADGES}


def _asked(request: HttpRequest, form: VideoForm) -> bool:
    bus = get_object_or_404(Bus.objects.select_related("device"), pk=form.cleaned_data["bus"])
    server = configured()
    parameters: dict[str, Any] = {"channel": form.cleaned_data["channel"], "stream": form.cleaned_data["stream"]}
    if server is not None:
        parameters |= {"host": server.host, "tcp_port": server.tcp_port, "udp_port": server.udp_port}
    try:
        assert bus.device is not None
        ask(bus.device, "start_video", parameters, request.user, valid_for=VALID_FOR)
    except CannotAsk as fault:
        form.add_error("bus", str(fault))
        return False
    told = {"bus": bus.number, "channel": parameters["channel"]}
    messages.success(request, _("已向 %(bus)s 请求通道 %(channel)s 的画面") % told)
    return True


@part(of="video", path="video/<int:pk>/stop", methods=("POST",))
def stop_video(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ends what a request has begun."""
    command = get_object_or_404(
        DeviceCommand.objects.select_related("device"), pk=pk, command="start_video", device__system=SYSTEM,
        device__protocol=PROTOCOL,
    )  # fmt: skip
    try:
        ask(command.device, "stop_video", {"channel": command.parameters["channel"]}, request.user, valid_for=VALID_FOR)
        messages.success(request, _("已要求停止"))
    except CannotAsk as fault:
        messages.error(request, str(fault))
    return redirect("transit:video")
