"""Screens and playlists as they are set up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Bulletin, Playlist, PlaylistItem, Release, Screen
from ..notices.forms import SPLIT, StopsField
from ..public.board import MOST_STOPS
from ..public.words import weekday_words
from .actions import MEDIA

SECONDS = (3, 600)


class GroupsField(forms.CharField):
    """Names of groups, separated by commas; cleans to a list."""

    def clean(self, value: Any) -> list[str]:
        return list(
            dict.fromkeys(word.strip()[:40] for word in SPLIT.split(super().clean(value)) if word.strip())
        )

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class ScreenForm(forms.ModelForm):
    stops = StopsField()

    class Meta:
        model = Screen
        fields = ("name", "stops", "group", "is_active")

    def clean_stops(self) -> list[str]:
        stops: list[str] = self.cleaned_data["stops"]
        if len(stops) > MOST_STOPS:
            raise forms.ValidationError(_("一块站牌最多 %(n)s 个站点") % {"n": MOST_STOPS}, code="too_many")
        return stops


class PlaylistForm(forms.ModelForm):
    groups = GroupsField(
        label=gettext_lazy("分组"), required=False, help_text=gettext_lazy("站牌分组，以逗号分隔；不填为全部")
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("星期"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("不选为每天"),
    )

    class Meta:
        model = Playlist
        fields = ("title", "priority", "groups", "begin_on", "end_on", "from_time", "to_time", "weekdays")
        widgets = {
            "begin_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "end_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "from_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "to_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts = {
            "priority": gettext_lazy("同一时段只播优先级最高的播放单"), "to_time": gettext_lazy("早于开始时间表示到次日"),
        }  # fmt: skip

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["weekdays"]
        field.choices = [(day, weekday_words(day)) for day in range(7)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("begin_on") and given.get("end_on") and given["end_on"] < given["begin_on"]:
            self.add_error("end_on", _("结束日期不能早于开始日期"))
        return given


class ItemForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=PlaylistItem.Kind.choices)
    title = forms.CharField(label=gettext_lazy("标题"), max_length=80, required=False)
    upload = forms.FileField(
        label=gettext_lazy("视频或图片"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(sorted({each for taken in MEDIA.values() for each in taken}))}),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("文字"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    bulletin = forms.ModelChoiceField(
        Bulletin.objects.filter(state=Release.PUBLISHED), label=gettext_lazy("指定信息"), required=False,
        help_text=gettext_lazy("不选则播放该类全部已发布内容"),
    )  # fmt: skip
    seconds = forms.IntegerField(label=gettext_lazy("秒数"), initial=12, min_value=SECONDS[0], max_value=SECONDS[1],
                                 help_text=gettext_lazy("视频按其长度播放"))  # fmt: skip
