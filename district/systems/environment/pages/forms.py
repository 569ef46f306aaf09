"""The forms of the environment pages. Rules that are more than shape stand in the actions; their words come back here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import CHINA

from ..actions.file_records import Upload
from ..attachments import MAX_BYTES
from ..models import Outlet, Source, StateMark
from ..record_kinds import RecordField, RecordKind


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


def upload_of(file: UploadedFile | None) -> Upload | None:
    """The uploaded file with its content; a file that is too large is read only as far as needed to refuse it."""
    if file is None:
        return None
    return Upload(file.name or "", file.read(MAX_BYTES + 1))


class RecordForm(forms.Form):
    """An entry of the life-long file; the elements of its kind follow the common ones."""

    happened_on = forms.DateField(label=_("日期"), widget=day_input())
    title = forms.CharField(label=_("标题"), max_length=160)
    number = forms.CharField(label=_("文号"), max_length=80, required=False)
    issuer = forms.CharField(label=_("出具单位"), max_length=120, required=False)
    outlet = forms.ModelChoiceField(Outlet.objects.none(), label=_("排口"), required=False)

    def __init__(self, source: Source, kind: RecordKind, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.kind = kind
        self.fields["outlet"].queryset = source.outlets.all()
        for element in kind.fields:
            self.fields[f"element-{element.key}"] = _element_field(element)
        self.fields["summary"] = forms.CharField(
            label=_("摘要"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
        )
        self.fields["attachment"] = forms.FileField(
            label=_("附件"), required=False, help_text=_("PDF、PNG、JPG、DOCX、XLSX，不超过 20 MB")
        )

    def elements(self) -> dict[str, str]:
        """The elements of the kind as text, by key; those left empty are not there."""
        found = {}
        for element in self.kind.fields:
            value = self.cleaned_data.get(f"element-{element.key}")
            if value not in (None, ""):
                found[element.key] = str(value)
        return found

    def report(self, faults: list[Any]) -> None:
        """Shows faults found by the action beside their fields."""
        for fault in faults:
            name = f"element-{fault.field}" if f"element-{fault.field}" in self.fields else fault.field
            self.add_error(name if name in self.fields else None, str(fault))


def _element_field(element: RecordField) -> forms.Field:
    label = f"{element.zh}（{element.unit}）" if element.unit else element.zh
    if element.type == "choice":
        choices = [("", "—"), *((choice, choice) for choice in element.choices)]
        return forms.ChoiceField(label=label, choices=choices, required=element.required)
    if element.type == "date":
        return forms.DateField(label=label, required=element.required, widget=day_input())
    if element.type == "number":
        return forms.FloatField(
            label=label, required=element.required, min_value=element.minimum, max_value=element.maximum
        )
    return forms.CharField(label=label, required=element.required, max_length=200)


class ReasonForm(forms.Form):
    """One obligatory sentence: why a record is withdrawn, why an answer is returned."""

    reason = forms.CharField(label=_("原因"), max_length=200)

    def __init__(self, *arguments: Any, label: Any = "", required: bool = True, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if label:
            self.fields["reason"].label = label
        self.fields["reason"].required = required


class StateMarkForm(forms.Form):
    outlet = forms.ModelChoiceField(Outlet.objects.none(), label=_("排口"))
    state = forms.ChoiceField(label=_("状态"), choices=StateMark.State.choices)
    from_at = forms.DateTimeField(label=_("起"), widget=moment_input())
    until_at = forms.DateTimeField(label=_("止"), widget=moment_input())
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, source: Source, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["outlet"].queryset = source.outlets.filter(is_in_use=True)


class FulfilForm(forms.Form):
    period_ends_on = forms.DateField(widget=forms.HiddenInput())
    done_on = forms.DateField(label=_("完成日期"), widget=day_input())
    number = forms.CharField(label=_("文号"), max_length=80, required=False)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)


class LimitForm(forms.Form):
    limit = forms.FloatField(label=_("新限值"), min_value=0)
    from_on = forms.DateField(label=_("生效日期"), widget=day_input())


class AnswerForm(forms.Form):
    cause = forms.CharField(label=_("原因"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    measures = forms.CharField(label=_("措施"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    attachment = forms.FileField(
        label=_("附件"), required=False, help_text=_("PDF、PNG、JPG、DOCX、XLSX，不超过 20 MB")
    )


class CorrectionForm(forms.Form):
    series = forms.IntegerField(widget=forms.HiddenInput())
    at = forms.DateTimeField(label=_("小时"), widget=moment_input())
    new_value = forms.FloatField(label=_("修正值"), required=False, help_text=_("留空表示判为无效"))
    reason = forms.CharField(label=_("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(label=_("处理"), choices=[("confirm", _("确认生效")), ("refuse", _("退回"))])
    note = forms.CharField(label=_("意见"), max_length=200, required=False)


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(label=_("结论"), choices=[("confirmed", _("属实")), ("dismissed", _("误报"))])
    note = forms.CharField(label=_("说明"), max_length=200, required=False)


def read_day(text: str | None, otherwise: date) -> date:
    """A day of the address, or another when it cannot be read."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise


def read_moment(text: str | None, otherwise: datetime) -> datetime:
    """A moment of the address, in China Standard Time when it names no zone."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return otherwise
    return found if found.tzinfo else found.replace(tzinfo=CHINA)
