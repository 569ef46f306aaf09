"""What is asked of whoever settles a contradiction, or sets a rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.forms.models import RegisterItem

from ..models import ItemRule

OTHER = "\x00other"


class SettleForm(forms.Form):
    """One of the values said, or another; the ground in words."""

    choice = forms.ChoiceField(label=gettext_lazy("核定值"), widget=forms.RadioSelect)
    value = forms.CharField(label=gettext_lazy("其他值"), max_length=200, required=False)
    note = forms.CharField(label=gettext_lazy("核定依据"), max_length=200)

    def __init__(self, *args: Any, values: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["choice"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [*values, (OTHER, _("以上都不对，填写在下面"))]
        self.fields["note"].help_text = _("例如：查看户口簿、电话核实、入户核实")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("choice") == OTHER and not (found.get("value") or "").strip():
            self.add_error("value", _("请填写核定值"))
        return found

    @property
    def settled(self) -> str:
        choice = self.cleaned_data["choice"]
        return str(self.cleaned_data["value"] if choice == OTHER else choice)


class PassOnForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("转办原因"), max_length=200)


class RuleForm(forms.ModelForm):
    """A rule of one register."""

    class Meta:
        model = ItemRule
        fields = ("kind", "item", "order", "other", "absolute", "percent", "within_days")

    def __init__(self, *args: Any, register: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.register = register
        items = [(each.name, each.title) for each in RegisterItem.objects.filter(register=register)]
        self.fields["item"] = forms.ChoiceField(label=_("信息项"), choices=items)
        self.fields["other"] = forms.ChoiceField(label=_("另一信息项"), choices=[("", "—"), *items], required=False)
        self.fields["other"].help_text = _("只在比较大小先后时填写")
        self.fields["within_days"].help_text = _("相隔更久的说法视为变化，不算矛盾；不填则一直比较")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("kind") == ItemRule.Kind.ORDER:
            for name in ("order", "other"):
                if not found.get(name):
                    self.add_error(name, _("比较大小先后须填写此项"))
            if found.get("other") and found.get("other") == found.get("item"):
                self.add_error("other", _("不能与自身比较"))
        else:
            found["order"] = found["other"] = ""
        return found
