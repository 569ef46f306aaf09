"""Upkeep of the register: cameras, and the devices that sign in for them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.devices.models import Device
from district.kernel.people.access import scope_of
from district.kernel.people.audit import record_act
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...models import Camera, VideoSource
from ..queries import sources_visible_to, watches_without_grant
from .cameras import visible_camera
from .register_forms import CameraForm, SourceForm

KEEPER = ("video_officer",)


@part(of="cameras", path="cameras/new/", methods=("GET", "POST"), roles=KEEPER)
def new_camera(request: HttpRequest) -> HttpResponseBase:
    return _edit_camera(request, Camera(), _("登记摄像机"))


@part(of="cameras", path="cameras/<str:code>/edit", methods=("GET", "POST"), roles=KEEPER)
def edit_camera(request: HttpRequest, code: str) -> HttpResponseBase:
    """Place, heading, angle, range, owner: what coverage is worked out from."""
    found = visible_camera(request, code)
    if not watches_without_grant(request.user, found):
        messages.error(request, _("不在您的管理范围内"))
        return redirect("governance:camera", code)
    return _edit_camera(request, found, _("修改摄像机"))


def _edit_camera(request: HttpRequest, found: Camera, title: str) -> HttpResponseBase:
    is_new, code = found.pk is None, found.code
    inner = CameraForm(scope_of(request.user, "governance"), request.POST or None, instance=found)
    back = reverse("governance:cameras") if is_new else reverse("governance:camera", args=[code])
    if inner.is_valid():
        saved = inner.save()
        record_act(
            request.user, "create" if is_new else "change", subject_kind="video_camera", subject=saved.code
        )
        messages.success(request, _("摄像机已保存"))
        return redirect("governance:camera", saved.code)
    return _form_page(request, inner, title, back)


@part(of="video_sources", path="video-sources/new/", methods=("GET", "POST"), roles=KEEPER)
def new_video_source(request: HttpRequest) -> HttpResponseBase:
    return _edit_source(request, Device(), _("登记接入设备"))


@part(of="video_sources", path="video-sources/<str:code>/edit", methods=("GET", "POST"), roles=KEEPER)
def edit_video_source(request: HttpRequest, code: str) -> HttpResponseBase:
    """Name, password, status: a suspended device is turned away by the gateway."""
    source = get_object_or_404(sources_visible_to(request.user), device__code=code)
    return _edit_source(request, source.device, _("修改接入设备"))


def _edit_source(request: HttpRequest, found: Device, title: str) -> HttpResponseBase:
    is_new = found.pk is None
    inner = SourceForm(scope_of(request.user, "governance"), request.POST or None, instance=found)
    if inner.is_valid():
        saved = inner.save()
        VideoSource.objects.get_or_create(device=saved)
        record_act(
            request.user, "create" if is_new else "change", subject_kind="video_source", subject=saved.code
        )
        messages.success(request, _("接入设备已保存"))
        return redirect("governance:video_sources")
    return _form_page(request, inner, title, reverse("governance:video_sources"))


def _form_page(request: HttpRequest, inner: Any, title: str, back: str) -> HttpResponseBase:
    form = PageForm(inner, submit=_("保存"), cancel=back, columns=2)
    return page(request, "governance/video/register_form.html", {"form": form, "title": title})
