"""The forms of tasks. Rules that are more than shape stand in the actions; their words come back here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.forms.models import Form, FormState, Register
from district.kernel.people.models import Kind, Organisation
from district.kernel.people.refused import Refused

from ..models import AnswerKind

MOST_UNITS = 400


def report(form: forms.Form, refused: Refused) -> None:
    """The words of an action beside the field they are about."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


class TaskForm(forms.Form):
    """A new task; `senders` are the units in whose name the reader sends."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("下达单位"))
    title = forms.CharField(label=_("任务名称"), max_length=120)
    text = forms.CharField(label=_("要求"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    source = forms.CharField(
        label=_("上级来文"), max_length=120, required=False, help_text=_("按市级来文下达时填写文号")
    )
    answer_kind = forms.ChoiceField(label=_("上报方式"), choices=AnswerKind.choices, initial=AnswerKind.FORM)
    form = forms.ModelChoiceField(Form.objects.none(), label=_("表单"), required=False)
    register = forms.ModelChoiceField(
        Register.objects.order_by("title"),
        label=_("应填台账"),
        required=False,
        help_text=_("台账里每条记录应填一份，用来算应填数"),
    )
    question = forms.CharField(label=_("问题"), max_length=200, required=False)
    unit = forms.CharField(label=_("单位"), max_length=20, required=False)
    working_days = forms.IntegerField(label=_("办理期限（工作日）"), min_value=1, max_value=250, initial=5)
    units = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("承办单位"), widget=forms.SelectMultiple(attrs={"size": 8})
    )
    is_straight = forms.BooleanField(
        label=_("直达村（社区）：同时分解到所选镇（街道）的全部村（社区）"), required=False
    )

    def __init__(self, senders: list[Organisation], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["organisation"].queryset = Organisation.objects.filter(
            pk__in=[each.pk for each in senders]
        )
        self.fields["organisation"].initial = senders[0].pk if senders else None
        self.fields["form"].queryset = Form.objects.filter(deleted_at=None, state=FormState.OPEN).order_by(
            "title"
        )
        self.fields["units"].queryset = _units_below(senders)

    def chosen_units(self) -> list[Organisation]:
        units = list(self.cleaned_data["units"])
        if self.cleaned_data["is_straight"]:
            below = Organisation.objects.filter(parent__in=units, kind=Kind.VILLAGE)
            units += [each for each in below.order_by("division_code") if each not in units]
        return units


class AnswerForm(forms.Form):
    """What a unit hands in, as the task asks for it."""

    number = forms.DecimalField(label=_("数字"), max_digits=18, decimal_places=4, required=False)
    text = forms.CharField(label=_("情况"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def __init__(self, kind: str, question: str, unit: str, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if kind != AnswerKind.NUMBER:
            del self.fields["number"]
        else:
            self.fields["number"].label = f"{question}（{unit}）" if unit else question
        if kind != AnswerKind.TEXT:
            del self.fields["text"]
        else:
            self.fields["text"].label = question


class ReturnForm(forms.Form):
    reason = forms.CharField(label=_("退回理由"), max_length=300)
    working_days = forms.IntegerField(label=_("更正期限（工作日）"), min_value=1, max_value=60, initial=2)


class MoveForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=300)
    working_days = forms.IntegerField(label=_("从今天起（工作日）"), min_value=1, max_value=60, initial=3)


def _units_below(senders: list[Organisation]) -> Any:
    """Towns for a unit of the district, villages for a town."""
    towns = [each for each in senders if each.kind == Kind.TOWN]
    if towns and len(towns) == len(senders):
        return Organisation.objects.filter(parent__in=towns, kind=Kind.VILLAGE).order_by("division_code")
    return Organisation.objects.filter(kind=Kind.TOWN).order_by("division_code")
