"""The forms of the register: a camera, and what it is connected by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.devices.models import Device
from district.kernel.people.access import Scope
from district.kernel.people.models import Organisation
from district.kernel.places.models import Division
from district.protocols.gb28181 import FrameError, device_id
from district.protocols.gb28181.device_id import unknown_codes

from ...models import Camera
from ..intake import PROTOCOL, SYSTEM

KINDS = (("video_camera", _("摄像机")), ("video_nvr", _("录像机")), ("video_platform", _("视频平台")))
DIGESTS = (("MD5", "MD5"), ("SHA-256", "SHA-256"), ("SM3", "SM3"))
MEDIA = (("UDP", "UDP"), ("TCP", _("TCP 被动")))


def checked_code(text: str) -> str:
    """A code of 20 digits whose parts the standard assigns."""
    try:
        unknown = unknown_codes(device_id(text))
    except FrameError as error:
        raise forms.ValidationError(error.detail, code=error.code) from error
    if unknown:
        raise forms.ValidationError("；".join(unknown), code="unknown_code")
    return text


def towns_of(scope: Scope) -> list[tuple[str, str]]:
    towns = Division.objects.filter(level="town").order_by("code").values_list("code", "name")
    return [(code, name) for code, name in towns if scope.covers(code)]


class _Placed(forms.ModelForm):
    """A place is given whole or not at all."""

    def clean_code(self) -> str:
        return checked_code(self.cleaned_data["code"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("lon") is None) != (given.get("lat") is None):
            self.add_error("lat", forms.ValidationError(_("经度和纬度须同时填写"), code="half_a_position"))
        return given


class CameraForm(_Placed):
    division_code = forms.ChoiceField(label=_("行政区划"))
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("权属单位"), required=False)
    device = forms.ModelChoiceField(Device.objects.none(), label=_("接入设备"), required=False)

    class Meta:
        model = Camera
        fields = ("code", "name", "device", "organisation", "division_code", "address", "lon", "lat", "mount", "heading_deg",
                  "view_deg", "range_m", "is_in_use")  # fmt: skip

    def __init__(self, scope: Scope, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        chosen: dict[str, Any] = dict(self.fields)
        chosen["division_code"].choices = towns_of(scope)
        chosen["organisation"].queryset = Organisation.objects.exclude(kind="village").order_by(
            "order", "code"
        )
        chosen["device"].queryset = scope.filter(
            Device.objects.filter(system=SYSTEM, protocol=PROTOCOL), division_field="division_code", organisation_field="owner_id"
        )  # fmt: skip
        chosen["heading_deg"].help_text = _("正北为 0，顺时针；球机留空")


class SourceForm(_Placed):
    """Registers or changes what signs in. The password is never shown again; left empty it stays."""

    kind = forms.ChoiceField(label=_("类型"), choices=KINDS)
    division_code = forms.ChoiceField(label=_("行政区划"))
    password = forms.CharField(
        label=_("注册口令"), min_length=8, max_length=64, required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), help_text=_("加密保存，不再显示；留空表示不改"),
    )  # fmt: skip
    username = forms.CharField(
        label=_("注册用户名"), max_length=40, required=False, help_text=_("留空表示与设备编码相同")
    )
    digest = forms.ChoiceField(label=_("摘要算法"), choices=DIGESTS, initial="MD5")
    media = forms.ChoiceField(label=_("媒体传输"), choices=MEDIA, initial="UDP")

    class Meta:
        model = Device
        fields = ("code", "name", "kind", "division_code", "lon", "lat", "interval_s", "status")

    field_order = ("code", "name", "kind", "password", "username", "digest", "media", "division_code", "lon", "lat",
                   "interval_s", "status")  # fmt: skip
    KEPT = ("username", "digest", "media")

    def __init__(self, scope: Scope, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        fields: dict[str, Any] = dict(self.fields)
        fields["division_code"].choices = towns_of(scope)
        fields["interval_s"].label = _("心跳间隔（秒）")
        attributes = self.instance.attributes or {}
        for name in self.KEPT:
            fields[name].initial = attributes.get(name) or fields[name].initial
        if self.instance.pk is None:
            fields["password"].required = True
            fields["password"].help_text = _("加密保存，不再显示")

    def save(self, commit: bool = True) -> Device:
        device = super().save(commit=False)
        device.system, device.protocol = SYSTEM, PROTOCOL
        kept = {name: self.cleaned_data[name] for name in self.KEPT if self.cleaned_data[name]}
        others = {name: value for name, value in (device.attributes or {}).items() if name not in self.KEPT}
        device.attributes = others | kept
        if self.cleaned_data["password"]:
            device.password = self.cleaned_data["password"]
        if commit:
            device.save()
        return device
