"""What is asked when a matter is registered, settled or sent on."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.files.fields import FilesField
from district.kernel.files.kinds import PHOTOS, VOICES
from district.kernel.people.models import Organisation

from ...models import Concern
from ..actions import LONGEST, Party

TAKEN = PHOTOS | VOICES
SCORES = [
    (5, gettext_lazy("很满意")), (4, gettext_lazy("满意")), (3, gettext_lazy("一般")), (2, gettext_lazy("不满意")),
    (1, gettext_lazy("很不满意")),
]  # fmt: skip
WAYS = [choice for choice in Concern.Way.choices if choice[0] != Concern.Way.CANCELLED]


class ConcernForm(forms.Form):
    """One person, or the two sides of a dispute."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    kind = forms.ChoiceField(label=gettext_lazy("什么事"), choices=Concern.Kind.choices)
    village = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("村（社区）"), empty_label=None
    )
    name = forms.CharField(label=gettext_lazy("反映人（申请人）"), max_length=60, required=False)
    phone = forms.CharField(label=gettext_lazy("联系电话"), max_length=30, required=False)
    other_name = forms.CharField(
        label=gettext_lazy("对方"), max_length=60, required=False, help_text=gettext_lazy("纠纷须填写")
    )
    other_phone = forms.CharField(label=gettext_lazy("对方电话"), max_length=30, required=False)
    matter = forms.CharField(
        label=gettext_lazy("事由"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_confidential = forms.BooleanField(
        label=gettext_lazy("保密"), required=False, help_text=gettext_lazy("纠纷一律保密")
    )
    files = FilesField(label=gettext_lazy("照片、录音"), taken=sorted(TAKEN), required=False)

    def __init__(self, villages: list[Organisation], *arguments: Any, **named: Any) -> None:
        named.setdefault("initial", {"key": uuid.uuid4().hex})
        super().__init__(*arguments, **named)
        field: Any = self.fields["village"]
        field.queryset = Organisation.objects.filter(pk__in=[each.pk for each in villages]).order_by("code")
        field.label_from_instance = lambda unit: unit.name
        if len(villages) == 1:
            field.required = False
            field.widget = forms.HiddenInput()
            self.initial.setdefault("village", villages[0].pk)
        self.villages = villages

    def village_chosen(self) -> Organisation:
        chosen: Organisation = self.cleaned_data.get("village") or self.villages[0]
        return chosen

    def parties(self) -> list[Party]:
        given = self.cleaned_data
        is_dispute = given["kind"] == Concern.Kind.DISPUTE
        sides = [Party("applicant" if is_dispute else "household", given["name"], given["phone"])]
        return [*sides, Party("respondent", given["other_name"], given["other_phone"])]


class SettleForm(forms.Form):
    way = forms.ChoiceField(label=gettext_lazy("办结方式"), choices=WAYS)
    outcome = forms.CharField(
        label=gettext_lazy("办结情况"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("原因"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class RatingForm(forms.Form):
    number = forms.CharField(label=gettext_lazy("编号"), max_length=32)
    code = forms.CharField(
        label=gettext_lazy("评价码"), max_length=8, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    score = forms.TypedChoiceField(
        label=gettext_lazy("您满意吗"), coerce=int, choices=SCORES, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("想说的话"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def refused_into(form: forms.Form, refusal: Any) -> None:
    """A refusal beside the field it names, or above the form."""
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, str(refusal) or _("不能办理"))
