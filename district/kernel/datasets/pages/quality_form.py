"""The form of a rule: the fields its kind has."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.datasets.models import DataType, QualityRule
from district.kernel.datasets.quality.codes import code_tables
from district.kernel.datasets.quality.patterns import PATTERNS
from district.kernel.ui.saying import said

TYPES = [choice for choice in DataType.choices if choice[0] != DataType.TEXT]


def _fields(kind: str) -> dict[str, forms.Field]:
    return {
        "type": {"type": forms.ChoiceField(label=_("类型"), choices=TYPES)},
        "range": {
            "low": forms.CharField(label=_("下限"), required=False, max_length=40),
            "high": forms.CharField(label=_("上限"), required=False, max_length=40),
            "longest": forms.IntegerField(label=_("最大长度"), required=False, min_value=1),
        },
        "code": {
            "table": forms.ChoiceField(
                label=_("代码表"), required=False, choices=[("", "—"), *((name, name) for name in code_tables())]
            ),
            "values": forms.CharField(label=_("或列出允许的值"), required=False, help_text=_("以逗号分开")),
        },
        "pattern": {
            "name": forms.ChoiceField(
                label=_("标准格式"), required=False,
                choices=lambda: [("", "—"), *((key, said(each.zh)) for key, each in PATTERNS.items())],
            ),
            "regex": forms.CharField(label=_("或正则表达式"), required=False, max_length=200),
        },
        "unique": {"items": forms.MultipleChoiceField(label=_("信息项组合"))},
        "reference": {
            "resource": forms.CharField(label=_("被引用的资源（机器名）"), max_length=120),
            "target": forms.CharField(label=_("被引用的信息项（字段名）"), max_length=63),
        },
        "expression": {
            "text": forms.CharField(
                label=_("条件"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("例：开业日期 <= 注销日期 OR 注销日期 IS NULL；可用字段名或信息项名称"),
            )
        },
        "freshness": {"max_hours": forms.FloatField(label=_("最多小时数"), min_value=0.01)},
    }.get(kind, {})  # fmt: skip


class RuleForm(forms.Form):
    """`parameters()` gives what the fields of the kind hold."""

    is_blocking = forms.BooleanField(label=_("不合格不入库"), required=False)
    least_share = forms.FloatField(label=_("最低合格率（0 到 1）"), min_value=0, max_value=1)
    note = forms.CharField(label=_("说明"), required=False, max_length=200)

    def __init__(self, rule: QualityRule, data: Any = None) -> None:
        initial = {
            "is_blocking": rule.is_blocking, "least_share": rule.least_share, "note": rule.note, "item": rule.item,
            **rule.parameters,
        }  # fmt: skip
        if rule.kind == "code":
            initial["values"] = "，".join(map(str, rule.parameters.get("values", ())))
        if rule.kind == "reference":
            initial["target"] = rule.parameters.get("item", "")
        super().__init__(data, initial=initial)
        self.kind = rule.kind
        items = [(item.name, f"{item.title}（{item.name}）") for item in rule.resource.items.all()]
        own = _fields(rule.kind)
        if rule.kind not in ("unique", "expression") and not rule.pk:
            own = {"item": forms.ChoiceField(label=_("信息项"), choices=items), **own}
        self.own = [name for name in own if name != "item"]
        self.fields: dict[str, forms.Field] = {**own, **self.fields}
        if "items" in self.fields:
            self.fields["items"].choices = items

    def parameters(self) -> dict[str, Any]:
        given = {key: self.cleaned_data[key] for key in self.own if self.cleaned_data[key] not in (None, "")}
        if self.kind == "code" and "values" in given:
            given["values"] = [
                part.strip() for part in given["values"].replace("，", ",").split(",") if part.strip()
            ]
        if self.kind == "reference":
            given["item"] = given.pop("target", "")
        return given
