"""Form fields that several forms of security ask with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from district.kernel.people.models import Organisation

TAKEN = (".pdf", ".docx", ".xlsx", ".jpg", ".jpeg", ".png")


def units() -> Any:
    return Organisation.objects.exclude(kind__in=("village", "enterprise")).order_by("order", "code")


class UnitField(forms.ModelChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Organisation.objects.none(), **options)

    def __deepcopy__(self, memo: Any) -> Any:
        made = super().__deepcopy__(memo)
        made.queryset = units()
        return made


class MomentField(forms.DateTimeField):
    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def paper_field(*, required: bool = False) -> forms.FileField:
    return forms.FileField(
        label=gettext_lazy("证明文件"),
        required=required,
        widget=forms.FileInput(attrs={"accept": ",".join(TAKEN)}),
    )


def words_field(label: Any, *, required: bool = True, rows: int = 3, most: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": rows})
    )
