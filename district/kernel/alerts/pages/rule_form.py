"""The form of a rule: its parameters as fields of their own, those of its kind only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from district.kernel import registry
from district.kernel.alerts.models import Rule
from district.kernel.alerts.rules import DELAYS, SILENCES, USED, Kind, RuleError, checked
from district.kernel.people.roles import all_roles
from district.kernel.ui.languages import pick

LABELS: dict[str, Any] = {
    "above": _("上限"), "below": _("下限"), "hysteresis": _("回差"), "sigmas": _("标准差倍数"),
    "floor": _("标准差下限"), "window": _("参考读数个数"), "step": _("相邻读数最大变化"), "tolerance": _("容差"),
    "silent_s": _("无数据时长（秒）"), "expression": _("表达式"), "align_s": _("时间对齐容差（秒）"),
    "for_count": _("连续次数"), "for_s": _("持续时长（秒）"), "clear_count": _("恢复所需正常次数"),
}  # fmt: skip
WHOLE = frozenset({"window", "for_count", "clear_count"})
ORDER = tuple(LABELS)
CHANNELS = [("email", _("电子邮件")), ("sms", _("短信"))]


class RuleForm(forms.ModelForm):
    """`kind` is fixed by the rule it is made for."""

    roles = forms.MultipleChoiceField(label=_("通知角色"), required=False, widget=forms.CheckboxSelectMultiple)
    channels = forms.MultipleChoiceField(
        label=_("通知渠道"), required=False, choices=CHANNELS, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Rule
        fields = (
            "system", "key", "name", "severity", "device_kind", "division_code", "item", "item_name", "statistic",
            "period", "inputs", "is_enabled",
        )

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = Kind(kind)
        self.instance.kind = self.kind.value
        systems = [(system.name, pick(system)) for system in registry.systems()]
        self.fields["system"] = forms.ChoiceField(label=_("所属系统"), choices=systems)
        if self.instance.pk:
            for name in ("system", "key"):
                self.fields[name].disabled = True
        roles: Any = self.fields["roles"]
        own = {self.instance.system, "kernel", "people"} if self.instance.pk else {name for name, _title in systems} | {"kernel"}
        roles.choices = [
            (entry.key, f"{entry.system_label} · {entry.label}") for entry in all_roles()
            if entry.key.split(".")[0] in own or entry.key in self.instance.roles
        ]
        self.initial |= {"roles": self.instance.roles, "channels": self.instance.channels}
        if self.kind is not Kind.EXPRESSION:
            del self.fields["inputs"]
        for name in self.parameter_names:
            self.fields[name] = self._parameter_field(name)

    @property
    def parameter_names(self) -> list[str]:
        taken = USED[self.kind] | (frozenset() if self.kind in SILENCES else DELAYS)
        return [name for name in ORDER if name in taken]

    def _parameter_field(self, name: str) -> forms.Field:
        initial = self.instance.parameters.get(name)
        if name == "expression":
            return forms.CharField(label=LABELS[name], initial=initial, max_length=500)
        kind = forms.IntegerField if name in WHOLE else forms.FloatField
        return kind(label=LABELS[name], required=False, initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kept = {name: value for name, value in self.instance.parameters.items() if name == "parent"}
        given = {name: cleaned.get(name) for name in self.parameter_names}
        parameters = kept | {name: value for name, value in given.items() if value not in (None, "")}
        try:
            checked(self.kind, parameters)
        except RuleError as error:
            field = str(error).split(":")[0].split("、")[0]
            raise ValidationError({field if field in self.fields else "name": str(error)}) from error
        self.instance.parameters = parameters
        self.instance.roles, self.instance.channels = cleaned.get("roles", []), cleaned.get("channels", [])
        return cleaned
