"""The small forms of what may be done about a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel import registry
from district.kernel.cases.pages.step_form import YesNoField
from district.kernel.cases.queries import cases_visible_to
from district.kernel.files.fields import FilesField
from district.kernel.people.models import Organisation
from district.kernel.ui.languages import pick

MOMENT = {"type": "datetime-local"}


def long_text(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NothingForm(forms.Form):
    """Nothing is asked."""


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=300, widget=long_text())


class NoteForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("说明"), max_length=300, required=False)


class HandOverForm(ReasonForm):
    organisation = forms.ModelChoiceField(Organisation.objects.all(), label=gettext_lazy("移交给"))
    field_order = ("organisation", "reason")


class InviteForm(ReasonForm):
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.all(),
        label=gettext_lazy("协办单位"),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    field_order = ("organisations", "reason")


class AskForm(forms.Form):
    """Opens a case of another procedure and waits for it."""

    procedure = forms.ChoiceField(label=gettext_lazy("事项"))
    title = forms.CharField(label=gettext_lazy("标题"), max_length=200)
    text = forms.CharField(label=gettext_lazy("要求"), max_length=2000, widget=long_text())
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label=gettext_lazy("协办单位"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["procedure"]
        field.choices = [
            (f"{system.name}.{procedure.key}", f"{pick(system)} · {pick(procedure)}")
            for system, procedure in registry.procedures()
        ]


class ExtensionForm(forms.Form):
    amount = forms.FloatField(label=gettext_lazy("延长"), min_value=0.5, max_value=1000)
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=300, widget=long_text())


class DecisionForm(forms.Form):
    is_granted = YesNoField(label=gettext_lazy("同意延期"))
    decision = forms.CharField(label=gettext_lazy("意见"), max_length=300, required=False)


class SuperviseForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("督办要求"), max_length=500, widget=long_text())
    answer_by_at = forms.DateTimeField(
        label=gettext_lazy("回复期限"), required=False, widget=forms.DateTimeInput(attrs=MOMENT)
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(label=gettext_lazy("督办回复"), max_length=1000, widget=long_text())


class FeedbackForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("反馈内容"), max_length=2000, widget=long_text())


class CallBackForm(forms.Form):
    is_reached = YesNoField(label=gettext_lazy("已接通"))
    is_solved = YesNoField(label=gettext_lazy("已解决"), required=False)
    is_satisfied = YesNoField(label=gettext_lazy("满意"), required=False)
    note = forms.CharField(label=gettext_lazy("说明"), max_length=500, required=False)


class EvaluateForm(forms.Form):
    side = forms.ChoiceField(
        label=gettext_lazy("评价方"),
        choices=(("reporter", gettext_lazy("反映人")), ("supervisor", gettext_lazy("监督单位"))),
    )
    score = forms.TypedChoiceField(
        label=gettext_lazy("得分"), coerce=int, choices=[(n, str(n)) for n in (5, 4, 3, 2, 1)]
    )
    text = forms.CharField(label=gettext_lazy("评语"), max_length=500, required=False)


class OtherCaseForm(forms.Form):
    """Another case by its number, among those the account sees."""

    number = forms.CharField(label=gettext_lazy("办件编号"), max_length=32)

    def __init__(self, account: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.account = account

    def clean_number(self) -> Any:
        number = self.cleaned_data["number"].strip()
        found = cases_visible_to(self.account).filter(number__iexact=number).first()
        if found is None:
            raise forms.ValidationError(_("没有编号为 %(number)s 的办件") % {"number": number})
        return found


class LinkForm(OtherCaseForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("关系"),
        choices=(("related", gettext_lazy("相关")), ("duplicate", gettext_lazy("疑似重复"))),
    )
    note = forms.CharField(label=gettext_lazy("说明"), max_length=300, required=False)


class MergeForm(OtherCaseForm):
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=300, widget=long_text())


class FilesForm(forms.Form):
    files = FilesField(label=gettext_lazy("附件"))
    purpose = forms.CharField(label=gettext_lazy("用途"), max_length=60, initial=gettext_lazy("补充材料"))
