"""Forms of one's own account and of account administration. What may be chosen depends on who asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from district.kernel import clock
from district.kernel.people.access import Scope
from district.kernel.people.models import Account, Organisation, ScopeKind
from district.kernel.people.roles import SEPARATED, all_roles

PHONE_FORM = RegexValidator(r"^(1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7,8})$", _("手机号为 11 位数字，固定电话如 0533-6411234"))


def units_in(scope: Scope) -> Any:
    """The units a form may offer: those inside the scope, towns and bureaus before villages."""
    units = scope.filter(Organisation.objects.all(), organisation_field="pk")
    return units.order_by("order", "code")


class UnitField(forms.ModelChoiceField):
    def label_from_instance(self, unit: Any) -> str:
        return f"{unit.label} · {unit.code}"


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("事由"), max_length=200)


class ProfileForm(forms.ModelForm):
    phone = forms.CharField(
        label=_("电话"), max_length=20, required=False, validators=[PHONE_FORM],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    class Meta:
        model = Account
        fields = ("name", "phone", "email")


class PreferencesForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("语言"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("外观"), choices=(("light", _("浅色")), ("dark", _("深色"))))

    class Meta:
        model = Account
        fields = ("language", "theme")


class JoinForm(forms.Form):
    username = forms.CharField(label=_("工号"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(label=_("姓名"), max_length=40)
    organisation = UnitField(queryset=Organisation.objects.none(), to_field_name="code", label=_("所属单位"))
    phone = forms.CharField(label=_("电话"), max_length=20, required=False, validators=[PHONE_FORM])
    email = forms.EmailField(label=_("电子邮箱"), required=False)
    reason = forms.CharField(label=_("事由"), max_length=200)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = units_in(scope)


class MoveForm(forms.Form):
    organisation = UnitField(queryset=Organisation.objects.none(), to_field_name="code", label=_("调入单位"))
    reason = forms.CharField(label=_("事由"), max_length=200)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = units_in(scope)


class DutyForm(forms.Form):
    role = forms.ChoiceField(label=_("角色"))
    organisation = UnitField(queryset=Organisation.objects.none(), to_field_name="code", label=_("单位"))
    scope = forms.ChoiceField(label=_("数据范围"), choices=ScopeKind.choices)
    from_on = forms.DateField(
        label=_("开始日期"), initial=clock.today, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until_on = forms.DateField(
        label=_("截止日期"), required=False, help_text=_("不填为长期"), widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(label=_("事由"), max_length=200)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = units_in(scope)
        self.fields["role"].choices = grouped_roles(scope)


def grouped_roles(scope: Scope) -> list[tuple[str, list[tuple[str, str]]]]:
    """Roles by system, for a select; the three administrators' only for one who administers the whole district."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for entry in all_roles():
        if scope.is_whole or entry.key not in SEPARATED:
            groups.setdefault(entry.system_label, []).append((entry.key, entry.label))
    return list(groups.items())
