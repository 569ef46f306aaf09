"""接入与目录核对: what registers, and where its own list and the register disagree."""

from __future__ import annotations

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

from ...models import CatalogueDifference, DifferenceKind, VideoSource
from ..actions import adopt_channel, explain_difference, fetch_catalogue_now
from ..intake import TOPIC
from ..queries import differences_visible_to, sources_visible_to
from ..refused import Refused
from ..words import reason_text
from .forms import ExplanationForm, report


def video_sources(request: HttpRequest) -> HttpResponseBase:
    sources = Table(
        "sources",
        columns=[
            Column("name", _("接入设备"), filter="text"),
            Column("code", _("设备编码"), filter="text", link=_source_url),
            Column("is_registered", _("注册"), filter="choice", choices={True: _("已注册"), False: _("未注册")},
                   badge={True: "green", False: "secondary"}),
            Column("state_at", _("状态时间"), format="moment"),
            Column("lost_reason", _("离线原因"), format=reason_text),
            Column("remote", _("来源地址"), shown=False),
            Column("transport", _("传输"), shown=False),
            Column("manufacturer", _("厂商")),
            Column("catalogue_at", _("目录核对"), format="ago"),
            Column("catalogue_received", _("目录通道"), format=0),
            Column("catalogue_trouble", _("目录问题"), format=reason_text),
            Column("open_differences", _("差异"), format=0),
            Column("unexplained", _("未说明"), format=0),
        ],
        source=sources_visible_to(request.user), order="code", title=_("接入设备"), empty=_("还没有设备注册"), live=TOPIC,
    )  # fmt: skip
    differences = Table(
        "differences",
        columns=[
            Column("source.device.name", _("接入设备"), filter="text"),
            Column("channel_name", _("通道"), filter="text"),
            Column("channel_code", _("通道编码"), filter="text"),
            Column("kind", _("差异"), filter="choice", choices=dict(DifferenceKind.choices)),
            Column("detail", _("说明")),
            Column("found_at", _("发现时间"), format="moment"),
            Column("explanation", _("原因")),
            Column("pk", _("处理"), sortable=False, format=lambda value: _("处理"), link=_difference_url),
        ],
        source=differences_visible_to(request.user), order="explanation", title=_("目录差异"),
        empty=_("台账与设备目录一致"), live=TOPIC,
    )  # fmt: skip
    answer = sources.respond(request) or differences.respond(request)
    if answer is not None:
        return answer
    rows = list(sources_visible_to(request.user))
    context = {
        "may_edit": may(request.user, "governance.video_officer"), "total": len(rows),
        "sources": sources, "differences": differences,
        "registered": sum(row.is_registered for row in rows),
        "open": sum(row.open_differences for row in rows), "unexplained": sum(row.unexplained for row in rows),
    }  # fmt: skip
    return page(request, "governance/video/sources.html", context)


def _source_url(row: VideoSource) -> str:
    return reverse("governance:edit_video_source", args=[row.device.code])


def _difference_url(row: CatalogueDifference) -> str:
    return reverse("governance:video_difference", args=[row.pk])


@part(of="video_sources", path="video-sources/differences/<int:pk>/", methods=("GET", "POST"))
def video_difference(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One difference: to be explained, or, where the register lacks a channel, taken in."""
    found = get_object_or_404(differences_visible_to(request.user), pk=pk)
    form = ExplanationForm(request.POST or None, initial={"explanation": found.explanation})
    if form.is_valid():
        try:
            explain_difference(found, request.user, form.cleaned_data["explanation"])
        except Refused as refusal:
            report(form, refusal)
        else:
            messages.success(request, _("原因已记录"))
            return redirect("governance:video_sources")
    context = {
        "difference": found, "form": PageForm(form, submit=_("记录原因"), cancel=reverse("governance:video_sources")),
        "may_adopt": found.kind == DifferenceKind.UNREGISTERED,
    }  # fmt: skip
    return page(request, "governance/video/difference.html", context)


@part(of="video_sources", path="video-sources/differences/<int:pk>/adopt", methods=("POST",))
def adopt_video_channel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes the channel into the register."""
    try:
        found = adopt_channel(get_object_or_404(differences_visible_to(request.user), pk=pk), request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("governance:video_sources")
    messages.success(request, _("通道已登记，请补充位置、朝向和权属"))
    return redirect("governance:camera", found.code)


@part(of="video_sources", path="video-sources/<str:code>/check", methods=("POST",), roles=("video_officer",))
def check_video_source(request: HttpRequest, code: str) -> HttpResponseBase:
    """Asks the device for its list now."""
    source = get_object_or_404(sources_visible_to(request.user), device__code=code)
    try:
        fetch_catalogue_now(source.device, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已请网关立即核对目录"))
    return redirect("governance:video_sources")
