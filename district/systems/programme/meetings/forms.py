"""What is asked when a meeting is called, something proposed, something decided."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.people.models import Organisation

from ..models import Meeting, PlanTask

ASKED_TO = ("department", "party", "town", "zone")


def units() -> Any:
    return Organisation.objects.filter(kind__in=ASKED_TO, is_demo=False)


class MeetingForm(forms.Form):
    title = forms.CharField(label=_("会议名称"), max_length=120)
    kind = forms.ChoiceField(label=_("类别"), choices=Meeting.Kind.choices, initial=Meeting.Kind.JOINT)
    begins_at = forms.DateTimeField(
        label=_("时间"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(label=_("地点"), max_length=80)
    units = forms.ModelMultipleChoiceField(label=_("参会单位"), queryset=Organisation.objects.none())

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        asked: Any = self.fields["units"]
        asked.queryset = units()


class ProposalForm(forms.Form):
    title = forms.CharField(label=_("议题"), max_length=200)
    task = forms.ModelChoiceField(label=_("重点工作"), queryset=PlanTask.objects.all(), required=False)


class DecisionForm(forms.Form):
    text = forms.CharField(label=_("议定事项"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    owner = forms.ModelChoiceField(label=_("责任单位"), queryset=Organisation.objects.none())
    due_on = forms.DateField(label=_("完成时限"), widget=forms.DateInput(attrs={"type": "date"}))
    task = forms.ModelChoiceField(label=_("重点工作"), queryset=PlanTask.objects.all(), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        owner: Any = self.fields["owner"]
        owner.queryset = units()
