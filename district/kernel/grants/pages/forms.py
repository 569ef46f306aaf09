"""The forms of requests, grants, clients and objections."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel import clock
from district.kernel.datasets.models import Resource
from district.kernel.grants.models import Client, Grant, Request
from district.kernel.grants.terms import Terms

LEVELS = ("", "一级", "二级", "三级", "四级")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def item_choices(resource: Resource, names: list[str] | None = None) -> list[tuple[str, str]]:
    return [
        (item.name, f"{item.title}（{item.get_grade_display()}）")
        for item in resource.items.all()
        if names is None or item.name in names
    ]


def codes(text: str) -> list[str]:
    """Codes as people list them: by commas, spaces or lines."""
    return text.replace("，", " ").replace("、", " ").replace(",", " ").split()


class AskForm(forms.Form):
    items = forms.MultipleChoiceField(label=_("需要的信息项"), widget=forms.CheckboxSelectMultiple)
    divisions = forms.CharField(
        label=_("区划范围"), required=False, help_text=_("区划代码或前缀，多个用逗号分开；不填为全部")
    )
    matter = forms.CharField(label=_("业务事项"), max_length=120)
    matter_code = forms.CharField(label=_("事项编码"), max_length=60, required=False)
    purpose = forms.CharField(label=_("使用目的"), max_length=200)
    ground = forms.CharField(label=_("法律依据"), max_length=300, required=False)
    scene = forms.CharField(label=_("应用场景"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    starts_on = forms.DateField(label=_("开始日期"), widget=DAY)
    ends_on = forms.DateField(label=_("结束日期"), widget=DAY)
    frequency = forms.CharField(label=_("使用频次与数量"), max_length=120, required=False)
    receiving_system = forms.CharField(label=_("接收系统"), max_length=120, required=False)
    security_level = forms.ChoiceField(
        label=_("等级保护级别"), choices=[(level, level or "—") for level in LEVELS], required=False
    )
    contact = forms.CharField(label=_("联系人"), max_length=80, required=False)

    def __init__(self, resource: Resource, *args: Any, **options: Any) -> None:
        today = clock.today()
        first = {"starts_on": today, "ends_on": today + timedelta(days=365)}
        super().__init__(*args, initial=first | options.pop("initial", {}), **options)
        self.fields["items"].choices = item_choices(resource)

    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"divisions": codes(self.cleaned_data["divisions"])}


class TermsForm(forms.Form):
    """What is given. Never more than was asked."""

    items = forms.MultipleChoiceField(label=_("授予的信息项"), widget=forms.CheckboxSelectMultiple)
    plain = forms.MultipleChoiceField(
        label=_("其中明文提供"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("未勾选的按目录规定脱敏；三级以上没有脱敏方式的隐藏"),
    )  # fmt: skip
    divisions = forms.CharField(
        label=_("限定区划"), required=False, help_text=_("区划代码或前缀，多个用逗号分开")
    )
    starts_on = forms.DateField(label=_("生效日期"), widget=DAY)
    ends_on = forms.DateField(label=_("到期日期"), widget=DAY)
    requests_per_minute = forms.IntegerField(label=_("每分钟次数"), min_value=1, required=False)
    requests_per_day = forms.IntegerField(label=_("每日次数"), min_value=1, required=False)
    rows_per_day = forms.IntegerField(label=_("每日行数"), min_value=1, required=False)
    reason = forms.CharField(label=_("条件或说明"), max_length=300, required=False)

    def __init__(self, resource: Resource, names: list[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = item_choices(resource, names)
        self.fields["items"].choices = choices
        self.fields["plain"].choices = choices

    def terms(self, before: Grant | None = None) -> Terms:
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "client")}
        kept = {} if before is None else {
            "masks": {name: mask for name, mask in before.masks.items() if name in said["items"]},
            "conditions": before.conditions,
        }  # fmt: skip
        return Terms(**said | {"divisions": codes(said["divisions"])} | kept)


class AgreeForm(TermsForm):
    client = forms.ModelChoiceField(
        Client.objects.none(),
        label=_("只给应用"),
        required=False,
        help_text=_("不选则申请部门的人员和各应用都可使用"),
    )

    def __init__(self, asked: Request, *args: Any, **options: Any) -> None:
        first = {
            "items": asked.items, "divisions": ", ".join(asked.divisions), "starts_on": asked.starts_on,
            "ends_on": asked.ends_on, "requests_per_minute": 600,
        }  # fmt: skip
        super().__init__(asked.resource, asked.items, *args, initial=first, **options)
        self.fields["client"].queryset = Client.objects.filter(
            organisation=asked.organisation, is_active=True
        )


class ChangeForm(TermsForm):
    def __init__(self, grant: Grant, *args: Any, **options: Any) -> None:
        first = {
            "items": grant.items, "plain": grant.plain, "divisions": ", ".join(grant.divisions),
            "starts_on": grant.starts_at.astimezone(clock.CHINA).date(),
            "ends_on": (grant.ends_at - timedelta(seconds=1)).astimezone(clock.CHINA).date(),
            "requests_per_minute": grant.requests_per_minute, "requests_per_day": grant.requests_per_day,
            "rows_per_day": grant.rows_per_day,
        }  # fmt: skip
        names = grant.request.items if grant.request else None
        super().__init__(grant.resource, names or [item.name for item in grant.resource.items.all()], *args,
                         initial=first, **options)  # fmt: skip
        del self.fields["reason"]


class ClientForm(forms.Form):
    name = forms.CharField(label=_("应用名称"), max_length=80)
    system_name = forms.CharField(label=_("所属业务系统"), max_length=120, required=False)
    contact = forms.CharField(label=_("联系人"), max_length=80, required=False)


class NeedForm(forms.Form):
    title = forms.CharField(label=_("需要什么数据"), max_length=120)
    text = forms.CharField(label=_("用途与信息项"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


class ObjectionForm(forms.Form):
    text = forms.CharField(label=_("异议内容"), widget=forms.Textarea(attrs={"rows": 3}))
    records = forms.IntegerField(label=_("涉及记录数"), min_value=1, initial=1)


class AnswerForm(forms.Form):
    is_upheld = forms.ChoiceField(
        label=_("结论"), choices=(("yes", _("成立，已更正")), ("no", _("不成立"))), widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("答复"), widget=forms.Textarea(attrs={"rows": 3}))


class VisitForm(forms.Form):
    number = forms.CharField(
        label=_("公民身份号码"), max_length=18, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    code = forms.CharField(
        label=_("查询码"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("持身份证件到政务服务窗口领取，三十日内有效"),
    )  # fmt: skip


class CounterForm(forms.Form):
    number = forms.CharField(
        label=_("公民身份号码"), max_length=18, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    proof = forms.CharField(label=_("核验的证件"), max_length=60, initial="居民身份证原件")
