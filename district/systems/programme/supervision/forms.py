from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.people.models import Organisation

from ..meetings.forms import units
from ..meetings.queries import open_decisions
from ..models import Decision, MonthlyReport, PlanTask


class LetterForm(forms.Form):
    unit = forms.ModelChoiceField(label=_("主送单位"), queryset=Organisation.objects.none())
    task = forms.ModelChoiceField(label=_("重点工作"), queryset=PlanTask.objects.all(), required=False)
    decision = forms.ModelChoiceField(label=_("议定事项"), queryset=Decision.objects.none(), required=False)
    report = forms.ModelChoiceField(label=_("月报"), queryset=MonthlyReport.objects.none(), required=False)
    due_on = forms.DateField(label=_("反馈时限"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("督办事由"), max_length=300)
    asks = forms.CharField(label=_("办理要求"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        unit: Any = self.fields["unit"]
        decision: Any = self.fields["decision"]
        report: Any = self.fields["report"]
        unit.queryset, decision.queryset = units(), open_decisions()
        report.queryset = MonthlyReport.objects.filter(first_reported_at=None).select_related("task")
        report.label_from_instance = lambda each: f"{each.task.zh} {each.month:%Y-%m}"
