"""The forms of the camera pages. Rules that are more than shape stand in the actions; their words come back here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import today
from district.kernel.people.models import Organisation

from ...models import Camera
from ..refused import Refused


def report(form: forms.Form, refusal: Refused) -> None:
    """The words of an action beside the field they are about."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ViewingForm(forms.Form):
    purpose = forms.CharField(label=_("查看用途"), max_length=200, help_text=_("写明为何事查看，记入审计"))


class GrantForm(forms.Form):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("使用单位"))
    cameras = forms.ModelMultipleChoiceField(
        Camera.objects.none(), label=_("摄像机"), widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text=_("按住 Ctrl 可多选"),
    )  # fmt: skip
    purpose = forms.CharField(label=_("用途"), max_length=200)
    legal_basis = forms.CharField(label=_("依据"), max_length=200, help_text=_("法律、法规或工作方案的名称"))
    from_on = forms.DateField(label=_("开始日期"), widget=_day_input(), initial=today)
    until_on = forms.DateField(
        label=_("截止日期"), widget=_day_input(), initial=lambda: today() + timedelta(days=30)
    )

    def __init__(self, account: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.exclude(kind="village").order_by("order", "code")
        organisation.initial = account.organisation_id
        cameras: Any = self.fields["cameras"]
        cameras.queryset = Camera.objects.filter(is_in_use=True).order_by("name", "code")


class DecisionForm(forms.Form):
    decision = forms.CharField(label=_("意见"), max_length=200, required=False)


class ExplanationForm(forms.Form):
    explanation = forms.CharField(
        label=_("原因"), max_length=200, help_text=_("说明为何台账与设备目录可以不同")
    )
