"""Forms of publicity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.files.fields import FilesField

from ..models import Article, PublicEvent, PublicityPlan, PublicityStep

PICTURES = (".jpg", ".jpeg", ".png", ".webp")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = {"type": "datetime-local"}


class PlanForm(forms.ModelForm):
    class Meta:
        model = PublicityPlan
        fields = ("title", "audience", "text", "begins_on", "ends_on", "goal_views")
        widgets = {"text": forms.Textarea(attrs={"rows": 5}), "begins_on": DAY, "ends_on": DAY}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("begins_on") and given.get("ends_on") and given["ends_on"] < given["begins_on"]:
            self.add_error("ends_on", _("结束不能早于开始"))
        return given


class StepForm(forms.ModelForm):
    class Meta:
        model = PublicityStep
        fields = ("title", "unit", "due_on")
        widgets = {"due_on": DAY}


class ArticleForm(forms.ModelForm):
    upload = FilesField(label=gettext_lazy("配图"), taken=PICTURES, most=1, required=False)

    class Meta:
        model = Article
        fields = ("title", "category", "source", "summary", "text", "upload", "picture_words")
        widgets = {"summary": forms.Textarea(attrs={"rows": 2}), "text": forms.Textarea(attrs={"rows": 12})}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if (given.get("upload") or self.instance.picture_id) and not given.get("picture_words", "").strip():
            self.add_error("picture_words", _("请为配图写一句说明，供看不到图的读者"))
        return given


class EventForm(forms.ModelForm):
    starts_at = forms.DateTimeField(
        label=gettext_lazy("开始时间"), widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M")
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("结束时间"), widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M")
    )

    class Meta:
        model = PublicEvent
        fields = ("title", "place", "lon", "lat", "starts_at", "ends_at", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("starts_at") and given.get("ends_at") and given["ends_at"] <= given["starts_at"]:
            self.add_error("ends_at", _("结束须晚于开始"))
        if (given.get("lon") is None) != (given.get("lat") is None):
            self.add_error("lat", _("经纬度要一起填"))
        for name, low, high in (("lon", 73, 136), ("lat", 3, 54)):
            if given.get(name) is not None and not low <= given[name] <= high:
                self.add_error(name, _("不在国境之内：%(value)s") % {"value": given[name]})
        return given
