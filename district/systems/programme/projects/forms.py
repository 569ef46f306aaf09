"""Forms of projects. `said()` of each is what its act takes."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import CHINA
from district.kernel.kpis.measuring import all_kpis
from district.kernel.people.models import Account, Duty, Organisation
from district.kernel.people.scope import Scope
from district.kernel.ui.languages import pick

from ..models import (
    AcceptanceItem,
    EffectReport,
    Expert,
    Firm,
    Participation,
    PlanTask,
    Procurement,
    Project,
    Review,
)
from .gates import PAPERS

DAY = forms.DateInput(attrs={"type": "date"})
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
TEXT = forms.Textarea(attrs={"rows": 3})
FEN_PER_WAN = 1_000_000


def wan_field(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=14, decimal_places=4, **options)


def moment_field(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, widget=MOMENT, input_formats=["%Y-%m-%dT%H:%M"])


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


SEPARATORS = re.compile(r"[、,，]")


class ActForm(forms.Form):
    """`project`: whose act it is."""

    def __init__(self, *given: Any, project: Project | None = None, **options: Any) -> None:
        super().__init__(*given, **options)
        self.project = project

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ProposalForm(ActForm):
    title = forms.CharField(label=gettext_lazy("项目名称"), max_length=120)
    owner = forms.ModelChoiceField(label=gettext_lazy("建设单位"), queryset=Organisation.objects.none())
    purpose = forms.CharField(label=gettext_lazy("建设目标"), widget=TEXT)
    estimate = wan_field(gettext_lazy("估算投资（万元）"), min_value=0)
    due_on = forms.DateField(label=gettext_lazy("计划完成"), widget=DAY)
    tasks = forms.ModelMultipleChoiceField(
        label=gettext_lazy("所属重点工作"), queryset=PlanTask.objects.all()
    )

    def __init__(self, *given: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*given, **options)
        owner: Any = self.fields["owner"]
        owner.queryset = scope.filter(Organisation.objects.order_by("name"), organisation_field="id")

    def said(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | {
            "estimate_fen": int(given.pop("estimate") * FEN_PER_WAN),
            "tasks": list(given.pop("tasks")),
        }


class PaperForm(ActForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("材料"), choices=lambda: [(key, pick(paper)) for key, paper in PAPERS.items()]
    )
    title = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    words = forms.CharField(label=gettext_lazy("说明或存放处"), widget=TEXT, required=False)
    upload = forms.FileField(label=gettext_lazy("文件"), required=False)


class ReasonForm(ActForm):
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)


class EffectForm(ActForm):
    kpi = forms.ChoiceField(
        label=gettext_lazy("成效指标"),
        choices=lambda: [(f"{s.name}.{k.key}", f"{pick(s)} · {pick(k)}") for s, k in all_kpis()],
    )

    def said(self) -> dict[str, Any]:
        system, _dot, key = self.cleaned_data["kpi"].partition(".")
        return {"system": system, "key": key}


class PartForm(ActForm):
    role = forms.ChoiceField(
        label=gettext_lazy("角色"),
        choices=[each for each in Participation.Role.choices if each[0] != Participation.Role.SUPPLIER],
    )
    firm = forms.ModelChoiceField(label=gettext_lazy("单位"), queryset=Firm.objects.all())


class ItemForm(ActForm):
    title = forms.CharField(label=gettext_lazy("验收事项"), max_length=160)
    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=AcceptanceItem.Kind.choices)
    asks = forms.CharField(
        label=gettext_lazy("要求"),
        widget=TEXT,
        required=False,
        help_text=gettext_lazy(
            "每行一个“名称=值”。指标：system、key、at_least 或 at_most；页面：address、within_ms、shows；功能：id；"
            "数据量：dataset、at_least；数据及时：dataset、column、within_hours；服务：key、share、days；人工核验留空"
        ),
    )
    is_required = forms.BooleanField(label=gettext_lazy("必达"), required=False, initial=True)

    def clean_asks(self) -> dict[str, Any]:
        found = {}
        for line in self.cleaned_data["asks"].splitlines():
            if not line.strip():
                continue
            name, sign, value = (part.strip() for part in line.partition("="))
            if not sign or not name:
                raise forms.ValidationError(_("“%(line)s”不是“名称=值”") % {"line": line.strip()})
            found[name] = _figure(value) if name in FIGURES else value
        return found


FIGURES = ("at_least", "at_most", "within_ms", "within_hours", "share", "days")


def _figure(value: str) -> Any:
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return found if isinstance(found, int | float) and not isinstance(found, bool) else value


class PurchaseForm(ActForm):
    title = forms.CharField(label=gettext_lazy("采购名称"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=Procurement.Kind.choices)
    method = forms.ChoiceField(label=gettext_lazy("采购方式"), choices=Procurement.Method.choices)
    ceiling = wan_field(gettext_lazy("最高限价（万元）"), min_value=0)
    why = forms.CharField(label=gettext_lazy("方式理由（公开招标以外须填）"), max_length=200, required=False)

    def said(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | {"ceiling_fen": int(given.pop("ceiling") * FEN_PER_WAN)}


class NoticeForm(ActForm):
    noticed_on = forms.DateField(label=gettext_lazy("公告日期"), widget=DAY)
    bids_due_at = moment_field(gettext_lazy("投标截止"))
    reference = forms.CharField(label=gettext_lazy("公告编号或网址"), max_length=200)

    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"bids_due_at": _aware(self.cleaned_data["bids_due_at"])}


class BidForm(ActForm):
    firm = forms.ModelChoiceField(label=gettext_lazy("投标单位"), queryset=Firm.objects.all())
    amount = wan_field(gettext_lazy("报价（万元）"), min_value=0)
    received_at = moment_field(gettext_lazy("收到时间"))
    points = forms.FloatField(label=gettext_lazy("评审得分"), required=False, min_value=0, max_value=100)
    invalid_reason = forms.CharField(label=gettext_lazy("无效原因"), max_length=200, required=False)

    def said(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | {
            "amount_fen": int(given.pop("amount") * FEN_PER_WAN),
            "received_at": _aware(given["received_at"]),
        }


class ObjectionForm(ActForm):
    firm = forms.ModelChoiceField(label=gettext_lazy("质疑单位"), queryset=Firm.objects.all())
    text = forms.CharField(label=gettext_lazy("质疑事项"), widget=TEXT, max_length=2000)


class ReportForm(ActForm):
    month = forms.DateField(
        label=gettext_lazy("月份"), widget=forms.DateInput(attrs={"type": "month"}), input_formats=["%Y-%m"]
    )
    percent = forms.IntegerField(label=gettext_lazy("完成比例（%）"), min_value=0, max_value=100)
    planned_percent = forms.IntegerField(label=gettext_lazy("计划比例（%）"), min_value=0, max_value=100)
    quality = forms.CharField(label=gettext_lazy("质量与问题"), widget=TEXT)
    upload = forms.FileField(label=gettext_lazy("监理月报文件"), required=False)


class ChangeForm(ActForm):
    title = forms.CharField(label=gettext_lazy("变更事项"), max_length=120)
    why = forms.CharField(label=gettext_lazy("变更理由"), widget=TEXT)
    supervisor_says = forms.CharField(label=gettext_lazy("监理意见"), widget=TEXT)
    amount = wan_field(gettext_lazy("金额增减（万元）"), initial=0)
    days = forms.IntegerField(
        label=gettext_lazy("工期增减（日）"), initial=0, min_value=-3000, max_value=3000
    )

    def said(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | {"amount_fen": int(given.pop("amount") * FEN_PER_WAN)}


class ResultForm(ActForm):
    item = forms.ModelChoiceField(label=gettext_lazy("验收事项"), queryset=AcceptanceItem.objects.none())
    is_passed = forms.TypedChoiceField(
        label=gettext_lazy("结果"),
        coerce=lambda value: value == "1",
        choices=[("1", gettext_lazy("通过")), ("0", gettext_lazy("不通过"))],
    )
    words = forms.CharField(label=gettext_lazy("核验情况"), widget=TEXT)
    upload = forms.FileField(label=gettext_lazy("核验记录"))

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        item: Any = self.fields["item"]
        item.queryset = AcceptanceItem.objects.filter(project=self.project, kind="manual")


class AcceptForm(ActForm):
    words = forms.CharField(label=gettext_lazy("验收意见"), widget=TEXT)


class EffectReportForm(ActForm):
    grade = forms.ChoiceField(label=gettext_lazy("评价等级"), choices=EffectReport.Grade.choices)
    words = forms.CharField(label=gettext_lazy("评价结论"), widget=TEXT)
    upload = forms.FileField(label=gettext_lazy("评价报告"))


class WitnessForm(ActForm):
    """Three parties, of whom the first two are needed."""

    first = forms.ModelChoiceField(label=gettext_lazy("见证人：建设单位"), queryset=Account.objects.none())
    second = forms.ModelChoiceField(label=gettext_lazy("见证人：推进办"), queryset=Account.objects.none())
    third = forms.ModelChoiceField(
        label=gettext_lazy("见证人：监督单位"), queryset=Account.objects.none(), required=False
    )
    PARTIES = {"first": "建设单位", "second": "推进办", "third": "监督单位"}
    POSTS = {
        "first": ("programme.owner",),
        "second": ("programme.office",),
        "third": ("programme.liaison", "programme.finance", "programme.leader"),
    }

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for name, posts in self.POSTS.items():
            field: Any = self.fields[name]
            held = Duty.objects.live().filter(role__in=posts).values("account")
            field.queryset = Account.objects.filter(pk__in=held, status="active").order_by("name")

    def witnesses(self) -> dict[str, Account]:
        return {
            words: self.cleaned_data[name] for name, words in self.PARTIES.items() if self.cleaned_data[name]
        }


class ReviewForm(WitnessForm):
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=Review.Kind.choices)
    wanted = forms.CharField(
        label=gettext_lazy("抽取专业"), widget=TEXT, help_text=gettext_lazy("每行“专业 人数”，如：信息安全 2")
    )
    begins_at = moment_field(gettext_lazy("评审时间"))
    due_at = moment_field(gettext_lazy("意见截止"))
    field_order = ("kind", "wanted", "begins_at", "due_at", "first", "second", "third")

    def clean_wanted(self) -> list[tuple[str, int]]:
        found = []
        for line in filter(str.strip, self.cleaned_data["wanted"].splitlines()):
            name, _space, number = line.strip().rpartition(" ")
            if not name or not number.isdigit() or not 1 <= int(number) <= 20:
                raise forms.ValidationError(_("“%(line)s”不是“专业 人数”") % {"line": line.strip()})
            found.append((name.strip(), int(number)))
        if len({name for name, _number in found}) < len(found):
            raise forms.ValidationError(_("同一专业只写一行"))
        return found

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "kind": given["kind"],
            "wanted": given["wanted"],
            "begins_at": _aware(given["begins_at"]),
            "due_at": _aware(given["due_at"]),
            "witnesses": self.witnesses(),
        }


class ExpertForm(forms.ModelForm):
    specialities = forms.CharField(label=gettext_lazy("专业（逗号或顿号分隔）"))
    avoided = forms.CharField(label=gettext_lazy("须回避的单位代码（逗号或顿号分隔）"), required=False)

    class Meta:
        model = Expert
        fields = (
            "number",
            "name",
            "title",
            "employer",
            "employer_uscc",
            "account",
            "appointed_on",
            "until_on",
            "left_on",
        )
        widgets = {"appointed_on": DAY, "until_on": DAY, "left_on": DAY}

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        account: Any = self.fields["account"]
        account.queryset = Account.objects.filter(
            pk__in=Duty.objects.live().filter(role="programme.expert").values("account")
        ).order_by("name")
        if self.instance.pk:
            self.fields["specialities"].initial = "、".join(self.instance.fields)
            self.fields["avoided"].initial = "、".join(self.instance.ties)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("appointed_on") and given.get("until_on") and given["until_on"] <= given["appointed_on"]:
            self.add_error("until_on", _("聘期截止应晚于聘任日期"))
        self.instance.fields = [
            part.strip() for part in SEPARATORS.split(given.get("specialities", "")) if part.strip()
        ]
        self.instance.ties = [
            part.strip() for part in SEPARATORS.split(given.get("avoided", "")) if part.strip()
        ]
        return given


class FirmForm(forms.ModelForm):
    trades = forms.MultipleChoiceField(
        label=gettext_lazy("业务"),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            *Participation.Role.choices,
            ("agent", gettext_lazy("采购代理")),
            ("operator", gettext_lazy("运营单位")),
        ],
    )

    class Meta:
        model = Firm
        fields = ("name", "uscc", "trades", "is_barred_until", "affiliates")
        widgets = {"is_barred_until": DAY}

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["affiliates"].required = False
        if self.instance.pk:
            affiliates: Any = self.fields["affiliates"]
            affiliates.queryset = Firm.objects.exclude(pk=self.instance.pk)
