"""The forms of the grid. Rules that are more than shape stand in the actions; their words come back here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _

from district.kernel.people.models import Account
from district.kernel.places.models import Division, Level

from ...models import CellKind, Post
from ..refused import Refused

WORKER = "governance.grid_worker"


def moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


def report(form: forms.Form, refusal: Refused) -> None:
    """The words of an action beside the field they are about."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.text)


def workers() -> Any:
    return (
        Account.objects.active()
        .filter(duties__role=WORKER, duties__ended_at=None)
        .distinct()
        .order_by("username")
    )


class PointsField(forms.CharField):
    """Points, one a line, "longitude latitude" in WGS-84: filled by clicks on the map, or by hand."""

    def __init__(self, least: int, **options: Any) -> None:
        self.least = least
        widget = forms.Textarea(
            attrs={"rows": 6, "data-draw": "line" if least == 2 else "polygon", "spellcheck": "false"}
        )
        help_text = _("在地图上依次点击，或每行输入一个“经度 纬度”（WGS-84）")
        super().__init__(widget=widget, help_text=help_text, **options)

    def clean(self, value: Any) -> list[list[float]]:
        points = []
        for number, line in enumerate(str(super().clean(value)).splitlines(), start=1):
            parts = line.replace(",", " ").replace("，", " ").split()
            if not parts:
                continue
            try:
                lon, lat = (float(part) for part in parts)
            except ValueError as error:
                text = now_in_words("第 %(n)s 行不是“经度 纬度”：%(line)s") % {"n": number, "line": line[:40]}
                raise forms.ValidationError(text, code="bad_point") from error
            points.append([lon, lat])
        if len(points) < self.least:
            raise forms.ValidationError(
                now_in_words("至少需要 %(n)s 个点") % {"n": self.least}, code="too_few"
            )
        return points


def polygon_of(points: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[*points, points[0]]]}


class DrawForm(forms.Form):
    """A new cell."""

    name = forms.CharField(label=_("网格名称"), max_length=80)
    division_code = forms.ModelChoiceField(
        Division.objects.filter(level=Level.VILLAGE).order_by("code"),
        label=_("所属村（社区）"),
        to_field_name="code",
    )
    kind = forms.ChoiceField(label=_("类型"), choices=CellKind.choices, initial=CellKind.VILLAGE)
    households = forms.IntegerField(label=_("户数"), min_value=0, required=False)
    people = forms.IntegerField(label=_("人数"), min_value=0, required=False)
    trim = forms.BooleanField(label=_("与已有网格重叠的部分归已有网格"), required=False, initial=True)
    polygon = PointsField(3, label=_("边界"))


class RedrawForm(forms.Form):
    polygon = PointsField(3, label=_("新边界"))
    reason = forms.CharField(label=_("变更原因"), max_length=200)


class SplitForm(forms.Form):
    line = PointsField(2, label=_("分割线"))
    reason = forms.CharField(label=_("变更原因"), max_length=200)


class MergeForm(forms.Form):
    """`others`: (code, name) of the cells next door."""

    codes = forms.MultipleChoiceField(label=_("与这些相邻网格合并"), widget=forms.CheckboxSelectMultiple)
    name = forms.CharField(label=_("合并后名称"), max_length=80)
    reason = forms.CharField(label=_("变更原因"), max_length=200)

    def __init__(self, others: Sequence[tuple[str, str]], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["codes"].choices = others


class AssignForm(forms.Form):
    account = forms.ModelChoiceField(Account.objects.none(), label=_("网格员"))
    is_lead = forms.BooleanField(label=_("任网格长"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["account"].queryset = workers()


class ShiftForm(forms.Form):
    """A shift at a post or in a cell."""

    account = forms.ModelChoiceField(Account.objects.none(), label=_("值班人"))
    post = forms.ModelChoiceField(Post.objects.filter(is_in_use=True), label=_("岗点"), required=False)
    cell_code = forms.CharField(label=_("或网格编码"), max_length=15, required=False)
    starts_at = forms.DateTimeField(label=_("开始"), widget=moment_input())
    ends_at = forms.DateTimeField(label=_("结束"), widget=moment_input())
    note = forms.CharField(label=_("备注"), max_length=120, required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["account"].queryset = workers()


class PurposeForm(forms.Form):
    purpose = forms.CharField(label=_("查看目的"), max_length=200, help_text=_("查看会记入审计日志"))
