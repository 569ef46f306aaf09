"""摄像机: the register, one camera, and asking to see it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.people.access import may
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Camera, CameraMount, ViewingResult
from ..actions import probe_now, request_viewing
from ..intake import TOPIC
from ..queries import (
    alarms_visible_to,
    cameras_visible_to,
    live_grant,
    media_server,
    state_figures,
    viewings_visible_to,
    watches_without_grant,
)
from ..refused import Refused
from ..words import STATE_BADGES, STATE_WORDS, reason_text
from .drawing import camera_map
from .forms import ViewingForm, report

SHOWN = 10


def cameras(request: HttpRequest) -> HttpResponseBase:
    words = {key: str(text) for key, text in STATE_WORDS.items()}
    table = Table(
        "cameras",
        columns=[
            Column("name", _("名称"), filter="text", link=_camera_url),
            Column("code", _("通道编码"), filter="text", link=_camera_url, shown=False),
            Column("state", _("状态"), filter="choice", choices=words, badge=STATE_BADGES),
            Column("playable_reason", _("原因"), format=reason_text),
            Column("picture_at", _("最近出图"), format="ago"),
            Column("picture_ms", _("出图用时"), format=0, unit="ms", shown=False),
            Column("probed_at", _("最近探测"), format="ago"),
            Column("mount", _("类型"), filter="choice", choices=dict(CameraMount.choices), shown=False),
            Column("organisation.name", _("权属单位"), filter="text"),
            Column("device.name", _("接入设备"), filter="text"),
            Column("address", _("安装位置"), shown=False),
            Column("is_reported_on", _("设备自报"), filter="choice", choices={True: _("在线"), False: _("离线")}, shown=False),
            Column("is_faulty", _("自报故障"), filter="choice", choices={True: _("故障"), False: _("正常")}, shown=False),
            Column("is_simulated", _("模拟"), filter="choice", choices={True: _("模拟"), False: _("实装")}),
        ],
        source=cameras_visible_to(request.user), order="name", title=_("摄像机"), empty=_("还没有登记摄像机"), live=TOPIC,
    )  # fmt: skip
    answer = table.respond(request)
    if answer is not None:
        return answer
    figures = state_figures(request.user)
    in_use = sum(count for key, count in figures.items() if key != "retired")
    playable = figures.get("playable", 0)
    context = {
        "table": table, "figures": [(words[key], figures.get(key, 0)) for key in words if key != "retired"],
        "rate": 100 * playable / in_use if in_use else None, "playable": playable, "in_use": in_use,
        "media_server": media_server(), "may_edit": may(request.user, "governance.video_officer"),
        "is_simulated": cameras_visible_to(request.user).filter(is_simulated=True).exists(),
    }  # fmt: skip
    return page(request, "governance/video/cameras.html", context)


def _camera_url(row: Camera) -> str:
    return reverse("governance:camera", args=[row.code])


def visible_camera(request: HttpRequest, code: str) -> Any:
    """The camera of that code, with its state; 404 for one outside the reader's area and grants."""
    return get_object_or_404(cameras_visible_to(request.user), code=code)


@part(of="cameras", path="cameras/<str:code>/", methods=("GET", "POST"))
def camera(request: HttpRequest, code: str) -> HttpResponseBase:
    """One camera; a POST asks to see its picture."""
    found = visible_camera(request, code)
    form = ViewingForm(request.POST or None)
    if form.is_valid():
        viewing = request_viewing(request.user, found, form.cleaned_data["purpose"])
        if viewing.result == ViewingResult.ALLOWED:
            messages.success(request, _("查看请求已准许并记录"))
            return redirect("governance:viewing", viewing.pk)
        report(
            form,
            Refused(
                viewing.reason, _("不能查看：%(why)s。这次请求已记录") % {"why": reason_text(viewing.reason)}
            ),
        )
    grant = live_grant(request.user, found)
    context = {
        "camera": found, "state_text": STATE_WORDS[found.state], "state_badge": STATE_BADGES[found.state],
        "reason": reason_text(found.playable_reason), "grant": grant, "media_server": media_server(),
        "may_watch": grant is not None or watches_without_grant(request.user, found),
        "may_edit": may(request.user, "governance.video_officer") and watches_without_grant(request.user, found),
        "may_probe": may(request.user, "governance.video_officer") and found.device_id is not None,
        "form": PageForm(form, submit=_("请求查看")), "map": camera_map(found) if found.lon is not None else None,
        "alarms": alarms_visible_to(request.user).filter(camera=found)[:SHOWN],
        "viewings": viewings_visible_to(request.user).filter(camera=found)[:SHOWN], "source": _source_of(found),
    }  # fmt: skip
    return page(request, "governance/video/camera.html", context)


def _source_of(found: Camera) -> Any:
    return getattr(found.device, "video_source", None) if found.device else None


@part(of="cameras", path="cameras/<str:code>/probe", methods=("POST",), roles=("video_officer",))
def probe_camera(request: HttpRequest, code: str) -> HttpResponseBase:
    """Asks the gateway to try for a picture now."""
    try:
        probe_now(visible_camera(request, code), request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已请网关立即探测，结果约半分钟内显示"))
    return redirect("governance:camera", code)
