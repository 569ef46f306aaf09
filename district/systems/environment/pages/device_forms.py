"""The forms of the device console."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.devices.models import Device
from district.kernel.people.access import Scope
from district.kernel.places.models import Division

from ..device_kinds import DEVICE_KINDS, VERSIONS
from ..manifest import SYSTEM
from .words import in_words


class DeviceForm(forms.ModelForm):
    """Registers or changes a device. The password is never shown again; left empty it stays."""

    kind = forms.ChoiceField(label=_("类型"), choices=lambda: list(in_words(DEVICE_KINDS).items()))
    version = forms.TypedChoiceField(
        label=_("协议版本"), choices=list(VERSIONS.items()), coerce=int, initial=2017
    )
    division_code = forms.ChoiceField(label=_("行政区划"))
    password = forms.CharField(
        label=_("访问密码"), max_length=9, required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("加密保存，不再显示；留空表示不改"),
    )  # fmt: skip

    class Meta:
        model = Device
        fields = ("code", "name", "kind", "division_code", "lon", "lat", "interval_s", "status")

    field_order = (
        "code",
        "name",
        "kind",
        "version",
        "password",
        "division_code",
        "lon",
        "lat",
        "interval_s",
        "status",
    )

    def __init__(self, scope: Scope, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        towns = Division.objects.filter(level="town").order_by("code").values_list("code", "name")
        self.fields["division_code"].choices = [town for town in towns if scope.covers(town[0])]
        self.fields["version"].initial = (self.instance.attributes or {}).get("version", 2017)
        self.is_new = self.instance.pk is None
        if self.is_new:
            self.fields["password"].required = True
            self.fields["password"].help_text = _("加密保存，不再显示")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("lon") is None) != (given.get("lat") is None):
            self.add_error("lat", forms.ValidationError(_("经度和纬度须同时填写"), code="half_a_position"))
        return given

    def save(self, commit: bool = True) -> Device:
        device = super().save(commit=False)
        device.system = SYSTEM.name
        device.attributes = {**(device.attributes or {}), "version": self.cleaned_data["version"]}
        if self.cleaned_data["password"]:
            device.password = self.cleaned_data["password"]
        if commit:
            device.save()
        return device
