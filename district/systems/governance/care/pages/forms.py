"""The forms of care and disputes. Rules of the law stand in the actions; their words come back to the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.people.models import Account, Organisation

from ...models import CareAppeal, CareContent, CareHelp, CareVisit, Dispute, GroupDispute
from ..bases import bases
from ..looking import PROOFS


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def long_text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def text(label: Any, *, is_required: bool = True, length: int = 120, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=is_required, max_length=length, **options)


class NewRecordForm(forms.Form):
    """Everything a record needs; the medical facts only where a doctor's office recorded them."""

    basis = forms.ChoiceField(label=_("法律依据"))
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("责任单位"))
    name = text(_("姓名"), length=40)
    identity_number = text(_("公民身份号码"), length=18)
    document_number = text(_("依据文书号"), length=80)
    starts_on = forms.DateField(label=_("起始日期"), widget=day_input())
    expires_on = forms.DateField(
        label=_("到期日期"), widget=day_input(), help_text=_("不得超过法律依据的最长期限")
    )
    phone = text(_("联系电话"), is_required=False, length=20)
    address = text(_("居住地址"), is_required=False)
    guardian = text(_("监护人"), is_required=False, length=40)
    guardian_phone = text(_("监护人电话"), is_required=False, length=20)
    carer = forms.ModelChoiceField(Account.objects.none(), label=_("帮扶专员"), required=False)
    situation = text(_("困难与需求"), is_required=False, length=1000, widget=long_text())

    def __init__(self, units: list[Organisation], kinds: set[str], carers: list[Account], *arguments: Any,
                 **options: Any) -> None:  # fmt: skip
        super().__init__(*arguments, **options)
        self.fields["basis"].choices = [
            (key, f"{basis.zh} · {basis.citation}") for key, basis in bases().items() if basis.kind in kinds
        ]
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["carer"].queryset = Account.objects.filter(pk__in=[each.pk for each in carers])


class MedicalForm(forms.Form):
    """What a doctor's office wrote; copied, never judged here."""

    grade = forms.TypedChoiceField(
        label=_("医疗机构登记的等级"), coerce=int, choices=[(number, str(number)) for number in range(6)]
    )
    condition = forms.ChoiceField(label=_("医疗机构登记的病情"), choices=CareContent.Condition.choices)
    office = text(_("登记医疗机构"), length=80)
    on = forms.DateField(label=_("医疗机构登记日期"), widget=day_input())


class PlanForm(forms.Form):
    aims = text(_("帮扶目标"), length=500, widget=long_text())
    measures = text(_("帮扶措施"), length=1000, widget=long_text())
    from_on = forms.DateField(label=_("开始日期"), widget=day_input())
    until_on = forms.DateField(label=_("结束日期"), widget=day_input())


class VisitForm(forms.Form):
    visited_on = forms.DateField(label=_("走访日期"), widget=day_input())
    how = forms.ChoiceField(label=_("方式"), choices=CareVisit.How.choices)
    is_met = forms.BooleanField(label=_("见到本人"), required=False, initial=True)
    note = text(_("走访情况"), length=1000, widget=long_text())


class HelpForm(forms.Form):
    what = forms.ChoiceField(label=_("帮扶内容"), choices=CareHelp.What.choices)
    given_on = forms.DateField(label=_("帮扶日期"), widget=day_input())
    given_by = text(_("提供单位"), length=80)
    amount_yuan = forms.DecimalField(
        label=_("金额（元）"), required=False, min_value=0.01, max_digits=10, decimal_places=2
    )
    note = text(_("说明"), is_required=False, length=500, widget=long_text())


class CorrectForm(forms.Form):
    """One fact at a time."""

    field = forms.ChoiceField(label=_("更正字段"))
    value = text(_("更正为"), length=1000, widget=long_text(2))
    reason = text(_("事由"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        from ..actions.records import CORRECTABLE

        names = {each.name: each.verbose_name for each in CareContent._meta.concrete_fields}
        self.fields["field"].choices = [(name, names[name]) for name in CORRECTABLE]


class ReasonForm(forms.Form):
    reason = text(_("事由"), widget=long_text(2))


class TransferForm(forms.Form):
    to = forms.ModelChoiceField(Organisation.objects.none(), label=_("转入单位"))
    reason = text(_("转接原因"), help_text=_("转入单位接收前即可看到，请勿写入个人信息"))

    def __init__(self, units: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["to"].queryset = units


class CarerForm(forms.Form):
    carer = forms.ModelChoiceField(Account.objects.none(), label=_("帮扶专员"), required=False)

    def __init__(self, carers: list[Account], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["carer"].queryset = Account.objects.filter(pk__in=[each.pk for each in carers])


class RenewForm(forms.Form):
    document_number = text(_("依据文书号"), length=80)
    expires_on = forms.DateField(label=_("到期日期"), widget=day_input())


class AppealForm(forms.Form):
    what = forms.ChoiceField(label=_("申请事项"), choices=CareAppeal.What.choices)
    text = text(_("申请内容"), length=1000, widget=long_text())
    proof = forms.ChoiceField(label=_("核验证件"), choices=list(PROOFS.items()))


class UnlockDecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("决定"), choices=[("approve", _("批准")), ("refuse", _("不予批准"))], widget=forms.RadioSelect
    )
    minutes = forms.IntegerField(label=_("有效分钟数"), min_value=1, max_value=120, initial=30)


class TransferDecisionForm(CarerForm):
    decision = forms.ChoiceField(
        label=_("决定"), choices=[("accept", _("接收")), ("refuse", _("退回"))], widget=forms.RadioSelect
    )
    answer = text(_("办理意见"), is_required=False)


class AppealDecisionForm(forms.Form):
    state = forms.ChoiceField(
        label=_("决定"), choices=[each for each in CareAppeal.State.choices if each[0] != "asked"],
        widget=forms.RadioSelect,
    )  # fmt: skip
    grounds = text(_("决定理由"), length=1000, widget=long_text())


class DeskForm(forms.Form):
    """At the counter: the document is looked at first, then the number on it is typed in."""

    proof = forms.ChoiceField(label=_("核验证件"), choices=list(PROOFS.items()))
    name = text(_("姓名"), length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    identity_number = text(
        _("公民身份号码"), length=18, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    is_checked = forms.BooleanField(label=_("已当面核对证件与本人一致"))


class DisputeForm(forms.Form):
    kind = forms.ChoiceField(label=_("纠纷类型"), choices=Dispute.Kind.choices)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("调解组织"))
    applicant = text(_("申请人"), length=80)
    applicant_phone = text(_("申请人电话"), is_required=False, length=20)
    respondent = text(_("被申请人"), length=80)
    respondent_phone = text(_("被申请人电话"), is_required=False, length=20)
    accepted_on = forms.DateField(label=_("受理日期"), widget=day_input())
    mediator = forms.ModelChoiceField(Account.objects.none(), label=_("调解员"), required=False)
    matter = text(_("纠纷事由"), length=1000, widget=long_text())

    def __init__(
        self, units: list[Organisation], mediators: list[Account], *arguments: Any, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["mediator"].queryset = Account.objects.filter(pk__in=[each.pk for each in mediators])


class NoteForm(forms.Form):
    note = text(_("说明"), length=1000, widget=long_text())


class ExtendForm(NoteForm):
    until_on = forms.DateField(label=_("约定延长至"), widget=day_input())


class AgreeForm(forms.Form):
    agreement = text(_("调解协议"), length=2000, widget=long_text(4))
    effective_on = forms.DateField(label=_("协议生效日期"), widget=day_input())


class ConfirmForm(forms.Form):
    confirmed_on = forms.DateField(label=_("司法确认日期"), widget=day_input())
    note = text(_("说明"), is_required=False, length=500)


class FollowUpForm(NoteForm):
    is_fulfilled = forms.BooleanField(label=_("协议已履行"), required=False)


class EndForm(ReasonForm):
    state = forms.ChoiceField(
        label=_("办结方式"), choices=[("failed", _("调解不成")), ("withdrawn", _("已撤回"))]
    )


class GroupDisputeForm(forms.Form):
    """No field for persons; texts that name some are refused."""

    kind = forms.ChoiceField(label=_("事项类型"), choices=Dispute.Kind.choices)
    size = forms.ChoiceField(label=_("规模"), choices=GroupDispute.Size.choices)
    place = text(_("地点"), length=80)
    happened_at = forms.DateTimeField(
        label=_("发生时间"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.filter(kind__in=("department", "party", "town", "zone")), label=_("责任单位")
    )
    matter = text(_("诉求事项"), length=300, widget=long_text(),
                  help_text=_("只记地点和事项，不得登记参与人员、证件号或电话"))  # fmt: skip


class MeasureForm(forms.Form):
    measure = text(_("处置措施"), length=300, widget=long_text())
    is_settled = forms.BooleanField(label=_("事项已化解"), required=False)
