"""Forms of the operating company's account."""

from __future__ import annotations

import re
import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Contract
from .words import MEASURE_WORDS, SHARES

MOMENT = {"type": "datetime-local"}
LINE = re.compile(
    r"(?P<name>\S.*?)\s+(?P<target>\d+(?:\.\d+)?)(?P<steps>(?:\s+\d+(?:\.\d+)?:\d{1,3})+)", re.ASCII
)
USUAL = (
    ("availability", "99.9 99.9:2 99.5:5 99:10"), ("restore", "60 60:2 240:5"), ("response", "2000 2000:2 5000:5"),
    ("tickets", "95 95:2 85:5"), ("devices", "90 90:1 70:3"), ("jobs", "99 99:1 95:3"),
)  # fmt: skip
"""What the form begins with: measure, target, edges with percents."""


def usual_rules() -> str:
    return "\n".join(f"{MEASURE_WORDS[measure]} {rule}" for measure, rule in USUAL)


def new_key() -> str:
    return uuid.uuid4().hex


class TermsForm(forms.Form):
    from_month = forms.DateField(
        label=gettext_lazy("起始月份"),
        widget=forms.DateInput(attrs={"type": "month"}),
        input_formats=["%Y-%m"],
    )
    fee = forms.DecimalField(
        label=gettext_lazy("月服务费（元）"), min_value=Decimal("0.01"), decimal_places=2, max_digits=14
    )
    most_percent = forms.IntegerField(
        label=gettext_lazy("扣减上限（%）"), min_value=0, max_value=100, initial=30
    )
    rules = forms.CharField(
        label=gettext_lazy("服务级别与扣减"), widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy("每行：指标 目标 界限:扣减% …"), initial=usual_rules,
    )  # fmt: skip

    def clean_rules(self) -> list[dict[str, Any]]:
        keys = {str(words): key for key, words in MEASURE_WORDS.items()}
        levels = []
        for line in self.cleaned_data["rules"].splitlines():
            if not line.strip():
                continue
            said = LINE.fullmatch(line.strip())
            if said is None or said["name"] not in keys:
                raise forms.ValidationError(_("看不懂这一行：%(line)s"), code="line", params={"line": line})
            key = keys[said["name"]]
            scale = 100 if key in SHARES else 1
            steps = (step.split(":") for step in said["steps"].split())
            levels.append({
                "measure": key, "target": float(Decimal(said["target"]) / scale),
                "steps": [[float(Decimal(edge) / scale), int(percent)] for edge, percent in steps],
            })  # fmt: skip
        return levels

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"from_month": data["from_month"].replace(day=1), "fee_fen": int(data["fee"] * 100),
                "most_percent": data["most_percent"], "levels": data["rules"]}  # fmt: skip


class MaintenanceForm(forms.Form):
    begins_at = forms.DateTimeField(label=gettext_lazy("开始时间"), widget=forms.DateTimeInput(attrs=MOMENT))
    ends_at = forms.DateTimeField(label=gettext_lazy("结束时间"), widget=forms.DateTimeInput(attrs=MOMENT))
    words = forms.CharField(label=gettext_lazy("维护内容"), max_length=200)


class FaultForm(forms.Form):
    key = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=new_key)
    title = forms.CharField(label=gettext_lazy("问题"), max_length=100)
    text = forms.CharField(
        label=gettext_lazy("说明"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ContestForm(forms.Form):
    measure = forms.ChoiceField(label=gettext_lazy("指标"), choices=())
    words = forms.CharField(
        label=gettext_lazy("异议内容"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *arguments: Any, lines: list[dict[str, Any]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["measure"]
        field.choices = [
            (line["measure"], MEASURE_WORDS[line["measure"]]) for line in lines if line["deduction_fen"]
        ]


def operation_contracts() -> Any:
    return Contract.objects.filter(kind=Contract.Kind.OPERATION).select_related("firm")
