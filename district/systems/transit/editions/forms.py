"""The forms of editions. Rules that are more than shape stand in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.people.refused import Refused
from district.kernel.ui.saying import said

from ..models import Edition
from .archive import LARGEST_PACKED

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def report(form: forms.Form, refused: Refused) -> None:
    """The words of an action beside the field they are about."""
    form.add_error(refused.field if refused.field in form.fields else None, said(str(refused)))


class UploadForm(forms.Form):
    title = forms.CharField(label=_("名称"), max_length=120)
    feed = forms.FileField(
        label=_("GTFS 文件"), help_text=_("zip，最大 64 MB，文本为 UTF-8"),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
    )  # fmt: skip

    def clean_feed(self) -> Any:
        feed = self.cleaned_data["feed"]
        if feed.size > LARGEST_PACKED:
            raise forms.ValidationError(_("文件过大（feed_too_large）"), code="feed_too_large")
        return feed


class PublishForm(forms.Form):
    valid_from = forms.DateField(label=_("启用日期"), widget=DAY)
    valid_to = forms.DateField(label=_("停用日期"), widget=DAY)


class WithdrawForm(forms.Form):
    remark = forms.CharField(label=_("撤回原因"), max_length=200)


class CompareForm(forms.Form):
    before = forms.ModelChoiceField(Edition.objects.none(), label=_("原版本"))
    after = forms.ModelChoiceField(Edition.objects.none(), label=_("新版本"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        fields: Any = self.fields
        for name in ("before", "after"):
            fields[name].queryset = Edition.objects.defer("feed", "notices")
            fields[name].label_from_instance = lambda each: f"{each.pk} · {each.title} · {each.get_state_display()}"
