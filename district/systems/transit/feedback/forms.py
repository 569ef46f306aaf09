"""What a passenger is asked."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import now
from district.kernel.files.fields import FilesField

from ..notices.forms import lines_to_choose
from ..public.network import network_in_force
from .actions import About, Said

PHOTOS = (".jpg", ".jpeg", ".png", ".webp")
PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8}")


def new_key() -> str:
    return uuid.uuid4().hex


class FeedbackForm(forms.Form):
    key = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=new_key)
    stop = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    about = forms.ChoiceField(label=gettext_lazy("关于"), choices=About.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("说明"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    line = forms.ChoiceField(label=gettext_lazy("线路"), required=False)
    bus = forms.CharField(label=gettext_lazy("车号"), max_length=20, required=False)
    happened_at = forms.DateTimeField(
        label=gettext_lazy("发生时间"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    photos = FilesField(label=gettext_lazy("照片"), taken=PHOTOS, most=4, required=False)
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40, required=False)
    phone = forms.CharField(
        label=gettext_lazy("电话"), max_length=20, required=False, help_text=gettext_lazy("只用于回复您")
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["line"]
        field.choices = [("", _("不清楚或无关")), *lines_to_choose()]

    def clean_stop(self) -> str:
        network = network_in_force()
        stop: str = self.cleaned_data["stop"]
        return stop if network and stop in network.halts else ""

    def clean_phone(self) -> str:
        given: str = self.cleaned_data["phone"].strip()
        if given and not PHONE.fullmatch(given):
            raise forms.ValidationError(
                _("电话号码格式不对：%(value)s"), code="phone", params={"value": given}
            )
        return given

    def clean_happened_at(self) -> Any:
        given = self.cleaned_data["happened_at"]
        if given is not None and given > now():
            raise forms.ValidationError(_("发生时间不能在将来"), code="future")
        return given

    def said(self) -> Said:
        given = {name: value for name, value in self.cleaned_data.items() if name != "photos"}
        return Said(**given)


class AskForm(forms.Form):
    number = forms.CharField(label=gettext_lazy("编号"), max_length=32)
    code = forms.CharField(label=gettext_lazy("查询码"), max_length=8)


class RatingForm(AskForm):
    score = forms.TypedChoiceField(
        label=gettext_lazy("您满意吗"), coerce=int, choices=[(n, n) for n in range(1, 6)]
    )
    words = forms.CharField(label=gettext_lazy("想说的话"), max_length=500, required=False)
