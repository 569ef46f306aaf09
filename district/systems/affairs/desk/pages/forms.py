"""What a phone sends: few questions, most of them answered by one tap."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from district.kernel.clock import now
from district.kernel.files.fields import FilesField
from district.kernel.people.models import Organisation

from ...circulation.actions import LONGEST
from ...models import Visit
from ..actions import TAKEN


class VisitForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    at = forms.DateTimeField(required=False)
    village = forms.ModelChoiceField(Organisation.objects.none(), required=False, empty_label=None)
    purpose = forms.ChoiceField(choices=Visit.Purpose.choices)
    household = forms.CharField(max_length=60, required=False)
    note = forms.CharField(max_length=LONGEST, required=False)
    makes_concern = forms.BooleanField(required=False)
    files = FilesField(label=gettext_lazy("录音、照片"), taken=sorted(TAKEN), required=False)

    def __init__(self, villages: list[Organisation], *arguments: Any) -> None:
        super().__init__(*arguments, initial={"key": uuid.uuid4().hex, "purpose": Visit.Purpose.ROUTINE})
        self.villages = villages
        field: Any = self.fields["village"]
        field.queryset = Organisation.objects.filter(pk__in=[each.pk for each in villages])

    def values(self) -> dict[str, Any]:
        """The arguments of `keep_visit`."""
        given = self.cleaned_data
        return {
            **{
                name: given[name]
                for name in ("key", "purpose", "household", "note", "files", "makes_concern")
            },
            "village": given["village"] or self.villages[0],
            "at": given["at"] or now(),
        }
