"""Forms of the money's pages. Amounts are yuan as people write them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.people.models import Organisation

from ...models import BudgetLine, Contract, Firm, Milestone, PaymentTerm, Project, Source, Subsidy
from ..actions import Funding, Term
from ..amounts import fen_of
from .acts import ActForm


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Yuan(forms.DecimalField):
    """Yuan with two decimals; cleaned to fen."""

    def __init__(self, label: Any, is_signed: bool = False, **options: Any) -> None:
        low = {} if is_signed else {"min_value": 0}
        super().__init__(label=label, max_digits=15, decimal_places=2, **low, **options)

    def clean(self, value: Any) -> int | None:
        cleaned = super().clean(value)
        return None if cleaned is None else fen_of(cleaned)


class ReasonForm(ActForm):
    reason = forms.CharField(label=_("原因"), max_length=200)


class NoteForm(ActForm):
    note = forms.CharField(label=_("审批意见"), max_length=200, required=False)


class VoucherForm(ActForm):
    voucher = forms.CharField(label=_("国库支付凭证号"), max_length=40)


class LineForm(ActForm):
    code = forms.CharField(label=_("指标编号"), max_length=18)
    title = forms.CharField(label=_("指标名称"), max_length=120)
    year = forms.IntegerField(label=_("年度"), min_value=2020, max_value=2100)
    source = forms.ChoiceField(label=_("资金来源"), choices=Source.choices)
    unit = forms.ModelChoiceField(Organisation.objects.order_by("name"), label=_("使用单位"))
    project = forms.ModelChoiceField(Project.objects.all(), label=_("项目"), required=False)
    amount_fen = Yuan(_("批复金额（元）"))
    basis = forms.CharField(label=_("批复依据"), max_length=200)


class ChangeForm(ActForm):
    amount_fen = Yuan(_("调整金额（元，调减为负）"), is_signed=True)
    reason = forms.CharField(label=_("调整依据"), max_length=200)


class ReceiptForm(ActForm):
    source = forms.ChoiceField(label=_("资金来源"), choices=Source.choices)
    giver = forms.CharField(label=_("拨款或出资单位"), max_length=80)
    document = forms.CharField(label=_("文件或凭证号"), max_length=80)
    amount_fen = Yuan(_("金额（元）"))
    received_on = forms.DateField(label=_("到账日期"), widget=Day())


class FundedForm(ActForm):
    """With up to three lines the money comes from; `lines`: those to choose from."""

    def __init__(self, *given: Any, lines: Any = None, **options: Any) -> None:
        super().__init__(*given, **options)
        for number in (1, 2, 3):
            choices = lines if lines is not None else BudgetLine.objects.none()
            self.fields[f"line_{number}"] = forms.ModelChoiceField(
                choices, label=_("预算指标 %(n)s") % {"n": number}, required=number == 1
            )
            self.fields[f"line_{number}_fen"] = Yuan(
                _("指标 %(n)s 安排金额（元）") % {"n": number}, required=number == 1
            )

    def funding(self) -> list[Funding]:
        rows = (
            (self.cleaned_data.get(f"line_{n}"), self.cleaned_data.get(f"line_{n}_fen")) for n in (1, 2, 3)
        )
        return [Funding(line, fen) for line, fen in rows if line and fen]


class ContractForm(FundedForm):
    title = forms.CharField(label=_("合同名称"), max_length=120)
    project = forms.ModelChoiceField(Project.objects.none(), label=_("项目"))
    firm = forms.ModelChoiceField(Firm.objects.all(), label=_("乙方"))
    kind = forms.ChoiceField(label=_("类别"), choices=Contract.Kind.choices)
    amount_fen = Yuan(_("合同金额（元）"))
    signed_on = forms.DateField(label=_("签订日期"), widget=Day())
    begins_on = forms.DateField(label=_("开始日期"), widget=Day())
    ends_on = forms.DateField(label=_("截止日期"), widget=Day())

    def __init__(self, *given: Any, projects: Any = None, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["project"].queryset = projects if projects is not None else Project.objects.none()
        conditions = [each for each in PaymentTerm.Condition.choices if each[0] != "milestone"]
        for number in (1, 2, 3):
            self.fields[f"term_{number}"] = forms.CharField(
                label=_("付款条款 %(n)s") % {"n": number}, max_length=80, required=False
            )
            self.fields[f"term_{number}_fen"] = Yuan(
                _("条款 %(n)s 金额（元）") % {"n": number}, required=False
            )
            self.fields[f"term_{number}_condition"] = forms.ChoiceField(
                label=_("条款 %(n)s 付款条件") % {"n": number},
                choices=[*conditions, *_milestones()],
                required=False,
            )

    def terms(self) -> list[Term]:
        found = []
        for number in (1, 2, 3):
            title, fen = self.cleaned_data.get(f"term_{number}"), self.cleaned_data.get(f"term_{number}_fen")
            condition = self.cleaned_data.get(f"term_{number}_condition") or "none"
            if title and fen:
                step = (
                    Milestone.objects.get(pk=condition[10:]) if condition.startswith("milestone:") else None
                )
                found.append(Term(title, fen, "milestone" if step else condition, step))
        return found


def _milestones() -> list[tuple[str, str]]:
    """Steps of the plan's tasks that are not done, as conditions."""
    open_ones = Milestone.objects.filter(done_on__isnull=True).select_related("task")[:200]
    return [(f"milestone:{each.pk}", f"{each.task.zh} · {each.title}") for each in open_ones]


class PaymentForm(ActForm):
    commitment = forms.ModelChoiceField(None, label=_("预算指标"))
    term = forms.ModelChoiceField(None, label=_("付款条款"), required=False)
    amount_fen = Yuan(_("金额（元）"))
    reason = forms.CharField(label=_("支付事由"), max_length=200)

    def __init__(self, *given: Any, commitments: Any, terms: Any = None, **options: Any) -> None:
        super().__init__(*given, **options)
        chosen: Any = self.fields["commitment"]
        chosen.queryset = commitments
        chosen.label_from_instance = lambda each: str(each.line)
        chosen.initial = commitments.first()
        term: Any = self.fields["term"]
        term.queryset = terms if terms is not None else PaymentTerm.objects.none()
        if not term.queryset.exists():
            del self.fields["term"]


class SubsidyForm(FundedForm):
    kind = forms.ChoiceField(
        label=_("类别"), choices=[each for each in Subsidy.Kind.choices if each[0] != "interest"]
    )
    title = forms.CharField(label=_("事由"), max_length=120)
    firm = forms.ModelChoiceField(Firm.objects.all(), label=_("受益单位"))
    project = forms.ModelChoiceField(Project.objects.all(), label=_("项目"), required=False)
    basis = forms.CharField(label=_("政策依据"), max_length=200)
    amount_fen = Yuan(_("金额（元）"))


class InterestForm(ActForm):
    begins_on = forms.DateField(label=_("计息起"), widget=Day())
    ends_on = forms.DateField(label=_("计息止（当日不计）"), widget=Day())
    share = forms.DecimalField(
        label=_("贴息比例（%）"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    cap_fen = Yuan(_("贴息上限（元）"), required=False)
    basis = forms.CharField(label=_("政策依据"), max_length=200)
    funding_of = forms.ModelChoiceField(None, label=_("预算指标"))

    def __init__(self, *given: Any, lines: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["funding_of"].queryset = lines


class LoanForm(ActForm):
    number = forms.CharField(label=_("贷款合同号"), max_length=40)
    borrower = forms.ModelChoiceField(Firm.objects.all(), label=_("借款单位"))
    lender = forms.CharField(label=_("贷款机构"), max_length=80)
    project = forms.ModelChoiceField(Project.objects.all(), label=_("项目"), required=False)
    principal_fen = Yuan(_("合同本金（元）"))
    rate = forms.DecimalField(
        label=_("年利率（%）"), min_value=0, max_value=24, max_digits=6, decimal_places=4
    )
    begins_on = forms.DateField(label=_("起始日"), widget=Day())
    ends_on = forms.DateField(label=_("到期日"), widget=Day())


class MovementForm(ActForm):
    day = forms.DateField(label=_("日期"), widget=Day())
    amount_fen = Yuan(_("金额（元，还款为负）"), is_signed=True)
    document = forms.CharField(label=_("凭证号"), max_length=80)


class GuaranteeForm(ActForm):
    number = forms.CharField(label=_("担保合同号"), max_length=40)
    guarantor = forms.CharField(label=_("担保机构"), max_length=80)
    amount_fen = Yuan(_("担保金额（元）"))
    begins_on = forms.DateField(label=_("起始日"), widget=Day())
    ends_on = forms.DateField(label=_("到期日"), widget=Day())
