"""The editor's forms. Rules that are more than shape stand in the actions."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..editions.forms import DAY
from ..models import Draft, DraftLine, DraftPattern, DraftService, DraftStop
from .departures import LATEST_S

KEY = forms.RegexField(
    r"^[!-~]{1,60}$", label=_("编号"), help_text=_("字母、数字，发布后乘客端以此识别，不要更改"),
    error_messages={"invalid": _("编号只能用字母、数字和符号，不含空格")},
)  # fmt: skip
YES_NO = (("", _("未知")), ("1", _("是")), ("0", _("否")))
DAY_TYPES = (("work", _("工作日（含调休上班）")), ("rest", _("双休日")), ("holiday", _("节假日")))
SEASONS = (("plain", _("平日")), ("spring", _("春运")), ("summer", _("暑期")))
DIRECTIONS = (("0", _("上行")), ("1", _("下行")), ("", _("环线或不分")))
KINDS = (("3", _("公共汽车")), ("11", _("无轨电车")), ("0", _("有轨电车")), ("1", _("地铁")), ("4", _("轮渡")))


def text_of(seconds: int | None) -> str:
    """Seconds as H:MM:SS, or H:MM without seconds; empty for none."""
    if seconds is None:
        return ""
    hours, minutes, rest = seconds // 3600, seconds % 3600 // 60, seconds % 60
    return f"{hours:02d}:{minutes:02d}" + (f":{rest:02d}" if rest else "")


def seconds_of(text: str) -> int | None:
    """`HH:MM` or `HH:MM:SS`; None for what is neither."""
    found = re.fullmatch(r"(\d{1,2})[:：]([0-5]\d)(?:[:：]([0-5]\d))?", text.strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


class ClockField(forms.CharField):
    """A time of the service day as seconds; the night after is 24:00 and more."""

    def prepare_value(self, value: Any) -> Any:
        return text_of(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        seconds = seconds_of(super().clean(value))
        if seconds is None or seconds > LATEST_S:
            raise forms.ValidationError(_("应为 HH:MM，次日凌晨写作 24:30"), code="clock")
        return seconds


class DraftForm(forms.ModelForm):
    class Meta:
        model = Draft
        fields = ("title", "valid_from", "valid_to")
        widgets = {"valid_from": DAY, "valid_to": DAY}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("valid_from") and given.get("valid_to") and given["valid_to"] < given["valid_from"]:
            self.add_error("valid_to", _("停用日期早于启用日期"))
        return given


class NewDraftForm(DraftForm):
    agency_id = KEY
    agency_name = forms.CharField(label=_("运营单位"), max_length=120)
    agency_url = forms.URLField(label=_("运营单位网址"), assume_scheme="https")


class SettingsForm(DraftForm):
    agency_name = forms.CharField(label=_("运营单位"), max_length=120)
    agency_url = forms.URLField(label=_("运营单位网址"), assume_scheme="https")
    contact = forms.EmailField(label=_("联系邮箱"), required=False, help_text=_("写入公开数据，供使用者反映问题"))
    summer_from = forms.RegexField(r"^(0[1-9]|1[0-2])([0-2]\d|3[01])$", label=_("暑期起（月日）"), required=False)
    summer_to = forms.RegexField(r"^(0[1-9]|1[0-2])([0-2]\d|3[01])$", label=_("暑期止（月日）"), required=False)


class PartForm(forms.ModelForm):
    key = KEY


class StopForm(PartForm):
    is_accessible = forms.TypedChoiceField(label=_("无障碍"), choices=YES_NO, required=False,
                                           coerce=lambda value: value == "1", empty_value=None)  # fmt: skip
    lat = forms.FloatField(label=_("纬度"), min_value=-90, max_value=90, help_text=_("点地图取得；WGS-84"))
    lon = forms.FloatField(label=_("经度"), min_value=-180, max_value=180)
    name = forms.CharField(label=_("站名"), max_length=200)

    class Meta:
        model = DraftStop
        fields = ("key", "name", "code", "lat", "lon", "is_accessible", "parent")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        value = self.initial.get("is_accessible")
        self.initial["is_accessible"] = "" if value is None else str(int(value))


class LineForm(PartForm):
    short_name = forms.CharField(label=_("线路名"), max_length=12)
    kind = forms.ChoiceField(label=_("类型"), choices=KINDS, initial="3")
    colour = forms.RegexField(r"^[0-9A-Fa-f]{6}$", label=_("颜色"), required=False, help_text=_("六位十六进制，如 1D6FB8"))
    text_colour = forms.RegexField(r"^[0-9A-Fa-f]{6}$", label=_("文字颜色"), required=False)
    agency = forms.ChoiceField(label=_("运营单位"), required=False)

    class Meta:
        model = DraftLine
        fields = ("key", "short_name", "long_name", "kind", "colour", "text_colour", "agency", "order")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        agencies = self.instance.draft.agencies
        field: Any = self.fields["agency"]
        field.choices = [(each.get("agency_id", ""), each.get("agency_name", "")) for each in agencies]
        if self.initial.get("kind") and self.initial["kind"] not in dict(KINDS):
            kinds: Any = self.fields["kind"]
            kinds.choices = [*KINDS, (self.initial["kind"], self.initial["kind"])]


class PatternForm(forms.ModelForm):
    direction = forms.ChoiceField(label=_("方向"), choices=DIRECTIONS, required=False)
    stops = forms.CharField(label=_("站点顺序"), help_text=_("每行一个站点编号；也可以在地图上依次点站点"),
                            widget=forms.Textarea(attrs={"rows": 12, "data-stops": "", "spellcheck": "false"}))  # fmt: skip
    path = forms.CharField(label=_("走向坐标"), required=False, help_text=_("每行“经度 纬度”；留空则按站间直线"),
                           widget=forms.Textarea(attrs={"rows": 6, "data-path": "", "spellcheck": "false"}))  # fmt: skip

    class Meta:
        model = DraftPattern
        fields = ("name", "direction")

    def clean_stops(self) -> list[str]:
        return [line.split()[0] for line in self.cleaned_data["stops"].splitlines() if line.split()]

    def clean_path(self) -> list[list[float]]:
        found = []
        for number, line in enumerate(self.cleaned_data["path"].splitlines(), 1):
            if not line.strip():
                continue
            try:
                lon, lat = (round(float(each), 7) for each in re.split(r"[\s,，]+", line.strip()))
            except ValueError:
                lon, lat = 999.0, 999.0
            if not (-180 <= lon <= 180 and -90 <= lat <= 90):
                raise forms.ValidationError(_("第 %(n)s 行不是“经度 纬度”"), params={"n": number}, code="path")
            found.append([lon, lat])
        if len(found) == 1:
            raise forms.ValidationError(_("走向至少要有两个点"), code="path")
        return found


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("如 平峰、早高峰"))
    from_s = ClockField(label=_("适用起"), initial=0)
    to_s = ClockField(label=_("适用止"), initial=LATEST_S)
    minutes = forms.FloatField(label=_("全程分钟"), required=False, min_value=1, max_value=600,
                               help_text=_("填写后按比例重算各站；留空则用下面的逐站时间"))  # fmt: skip
    times = forms.CharField(label=_("逐站时间"), required=False,
                            help_text=_("每行一站：到达秒数 发车秒数，自首站发车起算；“-”为不定时刻"),
                            widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}))  # fmt: skip

    def clean_times(self) -> list[tuple[int | None, int | None]]:
        found = []
        for number, line in enumerate(self.cleaned_data["times"].splitlines(), 1):
            words = line.split("#")[0].split()
            if not words:
                continue
            if len(words) > 2 or not all(re.fullmatch(r"-|\d{1,6}", word) for word in words):
                raise forms.ValidationError(_("第 %(n)s 行应为“到达秒数 发车秒数”"), params={"n": number}, code="times")
            pair = [None if word == "-" else int(word) for word in words]
            found.append((pair[0], pair[-1]))
        return found


class ServiceForm(PartForm):
    name = forms.CharField(label=_("名称"), max_length=60)
    day_types = forms.MultipleChoiceField(label=_("运行日"), choices=DAY_TYPES, widget=forms.CheckboxSelectMultiple)
    seasons = forms.MultipleChoiceField(label=_("时期"), choices=SEASONS, required=False, widget=forms.CheckboxSelectMultiple,
                                        help_text=_("不选则全年；春运为春节前十五日起四十天"))  # fmt: skip
    added = forms.CharField(label=_("另加日期"), required=False, help_text=_("如 2026-12-24 2026-12-25"))
    removed = forms.CharField(label=_("停运日期"), required=False)

    class Meta:
        model = DraftService
        fields = ("key", "name", "day_types", "seasons", "added", "removed")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in ("added", "removed"):
            self.initial[name] = " ".join(f"{day:%Y-%m-%d}" for day in getattr(self.instance, name) or [])

    def clean_added(self) -> list[Any]:
        return self._days("added")

    def clean_removed(self) -> list[Any]:
        return self._days("removed")

    def _days(self, name: str) -> list[Any]:
        field = forms.DateField()
        return [field.clean(word) for word in re.split(r"[\s,，、;；]+", self.cleaned_data[name]) if word]


class DeparturesForm(forms.Form):
    text = forms.CharField(label=_("发车时刻"), help_text=_("如 06:00–20:30 每10分钟；或 5:40 5:55；每行一段"),
                           widget=forms.Textarea(attrs={"rows": 4}))  # fmt: skip
    headsign = forms.CharField(label=_("终点标识"), max_length=120, required=False)
    is_headway = forms.BooleanField(label=_("只公布间隔，不公布时刻"), required=False)
    replaces = forms.BooleanField(label=_("替换该日历下已有班次"), required=False)


class BlocksForm(forms.Form):
    service = forms.ModelChoiceField(DraftService.objects.none(), label=_("日历"))
    layover = forms.IntegerField(label=_("最短停站分钟"), min_value=0, max_value=120, initial=5)

    def __init__(self, draft: Draft, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        field: Any = self.fields["service"]
        field.queryset = draft.draftservices.order_by("key")
        field.label_from_instance = lambda each: each.name or each.key
