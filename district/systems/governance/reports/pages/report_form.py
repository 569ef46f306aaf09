"""The form of a report: what anybody is asked, whichever door it comes through."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.files.fields import FilesField

from ..receiving import LONGEST_TEXT, NewReport

PHOTOS = (".jpg", ".jpeg", ".png", ".webp")
PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8}")


class ReportForm(forms.Form):
    """`key` makes the report once, however often it is sent."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("反映的问题"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
    address = forms.CharField(
        label=_("地点"), max_length=300, required=False, help_text=_("路名、附近的标志，或在地图上点选")
    )
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    photos = FilesField(label=_("照片"), taken=PHOTOS, most=6, required=False)
    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    phone = forms.CharField(label=_("电话"), max_length=20, required=False, help_text=_("只用于回复您"))

    def clean_phone(self) -> str:
        given = self.cleaned_data["phone"].strip()
        if given and not PHONE.fullmatch(given):
            raise forms.ValidationError(
                _("电话号码格式不对：%(value)s"), code="phone", params={"value": given}
            )
        return given

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("address") and given.get("lon") is None:
            self.add_error("address", _("请填写地点，或在地图上点选"))
        return given

    def as_report(self, channel: str, files: list[Any]) -> NewReport:
        given = self.cleaned_data
        lon, lat = given["lon"], given["lat"]
        return NewReport(
            key=f"{channel}:{given['key']}", text=given["text"], channel=channel, address=given["address"],
            lon=lon if lat is not None else None, lat=lat if lon is not None else None, name=given["name"],
            phone=given["phone"], files=files, kind=given.get("kind", ""), code=given.get("code", ""),
        )  # fmt: skip


def new_key() -> str:
    return str(uuid.uuid4())
