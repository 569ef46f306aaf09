"""What an editor fills in; lines and stops are chosen from those there are."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import today

from ..models import Bulletin, Shop
from ..public.network import network_in_force

PICTURES = (".jpg", ".jpeg", ".png", ".webp")
SPLIT = re.compile(r"[,，\t、;；]+")


def lines_to_choose() -> list[tuple[str, str]]:
    network = network_in_force()
    return [(line.route_id, line.name) for line in network.lines] if network else []


def stop_ids_of(text: str) -> tuple[list[str], list[str]]:
    """Ids and numbers of stops in a text, and those of its words that are no stop."""
    network = network_in_force()
    by_code = (
        {stop.code: stop.stop_id for stop in network.schedule.stops.values() if stop.code} if network else {}
    )
    given = [word.strip() for word in SPLIT.split(text.replace("\n", ",")) if word.strip()]
    found = [word if network and word in network.halts else by_code.get(word, "") for word in given]
    return [each for each in found if each], [
        word for word, each in zip(given, found, strict=True) if not each
    ]


class StopsField(forms.CharField):
    """Stops by id or number, separated by commas; cleans to a list of ids."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("站点"))
        options.setdefault("help_text", gettext_lazy("站点编号或站牌号，以逗号分隔"))
        super().__init__(**options)

    def clean(self, value: Any) -> list[str]:
        found, unknown = stop_ids_of(super().clean(value))
        if unknown:
            raise forms.ValidationError(
                _("没有这些站点：%(value)s"), code="unknown_stop", params={"value": "、".join(unknown[:5])}
            )
        return list(dict.fromkeys(found))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class BulletinForm(forms.ModelForm):
    upload = forms.FileField(
        label=gettext_lazy("图片"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(PICTURES)}),
    )
    lines = forms.MultipleChoiceField(
        label=gettext_lazy("线路"), required=False, help_text=gettext_lazy("不选为全部")
    )
    stops = StopsField(required=False)

    class Meta:
        model = Bulletin
        fields = (
            "kind",
            "title",
            "text",
            "source",
            "topic",
            "address",
            "phone",
            "is_urgent",
            "begin_at",
            "end_at",
            "lines",
            "stops",
        )
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "begin_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "end_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }  # fmt: skip

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["lines"]
        field.choices = lines_to_choose()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("end_at") and given.get("begin_at") and given["end_at"] <= given["begin_at"]:
            self.add_error("end_at", _("停止显示须晚于开始显示"))
        if given.get("kind") == Bulletin.Kind.NEWS and not given.get("source"):
            self.add_error("source", _("时政要闻须注明来源"))
        return given


class ShopForm(forms.ModelForm):
    class Meta:
        model = Shop
        fields = ("name", "trade", "text", "address", "phone", "hours", "lon", "lat", "is_paid", "until_on")
        widgets = {
            "until_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "text": forms.Textarea(attrs={"rows": 3}),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name, most in (("lon", 180), ("lat", 90)):
            value = given.get(name)
            if value is not None and abs(value) > most:
                self.add_error(name, _("须在 −%(most)s 至 %(most)s 之间") % {"most": most})
        return given


class WeatherForm(forms.Form):
    """A report typed or pasted: one line a day, `日期,天气,最低,最高,风`."""

    source = forms.CharField(
        label=gettext_lazy("来源"), max_length=80, help_text=gettext_lazy("例如：区气象局")
    )
    issued_at = forms.DateTimeField(
        label=gettext_lazy("发布时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    days = forms.CharField(
        label=gettext_lazy("逐日预报"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("每行一天：日期,天气,最低,最高,风"),
    )
    warning = forms.CharField(label=gettext_lazy("预警"), max_length=200, required=False)
    warning_until = forms.DateTimeField(
        label=gettext_lazy("预警至"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_days(self) -> list[dict[str, Any]]:
        lines = [line for line in self.cleaned_data["days"].splitlines() if line.strip()]
        if len(lines) > 15:
            raise forms.ValidationError(_("最多 15 天"), code="too_many")
        return [_day(number, line) for number, line in enumerate(lines, 1)]


def _day(number: int, line: str) -> dict[str, Any]:
    cells = [cell.strip() for cell in SPLIT.split(line.strip())]
    try:
        day = date.fromisoformat(cells[0])
        text, low, high = cells[1], round(float(cells[2])), round(float(cells[3]))
    except (ValueError, IndexError):
        raise forms.ValidationError(_("第 %(n)s 行须为“日期,天气,最低,最高,风”：%(line)s"), code="bad_line",
                                    params={"n": number, "line": line[:60]}) from None  # fmt: skip
    if not -60 <= low <= high <= 60 or not text or abs(day - today()) > timedelta(days=31):
        raise forms.ValidationError(
            _("第 %(n)s 行的气温或日期不合理：%(line)s"),
            code="bad_value",
            params={"n": number, "line": line[:60]},
        )
    return {
        "day": day.isoformat(),
        "text": text[:20],
        "low": low,
        "high": high,
        "wind": cells[4][:20] if len(cells) > 4 else "",
    }
