"""A step's questions as a form on a page, and its answers as what the case keeps."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.cases.actions.opening import FILES_OF
from district.kernel.cases.forms import FormDefinition, FormField
from district.kernel.files.actions import attach, keep_all
from district.kernel.files.fields import FilesField
from district.kernel.files.kinds import PHOTOS
from district.kernel.people.models import Organisation
from district.kernel.ui.languages import is_english

FILES = ("photo", "files")
YES_NO = (("yes", gettext_lazy("是")), ("no", gettext_lazy("否")))
PLACE = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，]\s*(-?\d{1,2}(?:\.\d+)?)\s*")


class StepForm(forms.Form):
    """The fields of a definition; those whose condition does not hold are neither asked nor kept."""

    def __init__(self, definition: FormDefinition, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.definition = definition
        for asked in definition.fields:
            self.fields[asked.key] = _field(asked)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        shown = {asked.key for asked in self.definition.shown(cleaned)}
        for asked in self.definition.fields:
            if asked.key not in shown:
                cleaned.pop(asked.key, None)
                self.errors.pop(asked.key, None)
            elif asked.required and asked.key not in self.errors and cleaned.get(asked.key) in (None, "", []):
                self.add_error(asked.key, _("请填写"))
        return cleaned

    def filled(self, case: Any, account: Any) -> dict[str, Any]:
        """The answers as JSON; files are kept and attached to the case. Raises files.Refusal; in a transaction."""
        values: dict[str, Any] = {}
        for asked in self.definition.shown(self.cleaned_data):
            value = self.cleaned_data.get(asked.key)
            if asked.type in FILES:
                kept = keep_all(
                    value or [], account, asked.zh, taken=PHOTOS if asked.type == "photo" else None
                )
                values[asked.key] = [attach(file, FILES_OF, case.number, account).pk for file in kept]
            elif value not in (None, ""):
                values[asked.key] = _plain(value)
        return values


def _plain(value: Any) -> Any:
    if isinstance(value, Organisation):
        return value.code
    return value.isoformat() if isinstance(value, date) else value


class YesNoField(forms.ChoiceField):
    """Cleans to True, False, or None where nothing was chosen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=YES_NO, widget=forms.RadioSelect, **options)

    def clean(self, value: Any) -> Any:
        return {"yes": True, "no": False}.get(super().clean(value))


class PlaceField(forms.CharField):
    """Longitude and latitude in WGS-84 degrees; cleans to `{"lon": …, "lat": …}`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", forms.TextInput(attrs={"placeholder": "117.87, 36.80", "data-place": ""})
        )
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = PLACE.fullmatch(text)
        if found is None or abs(float(found[1])) > 180 or abs(float(found[2])) > 90:
            raise ValidationError(_("应为经度、纬度，如 117.87, 36.80"), code="place")
        return {"lon": float(found[1]), "lat": float(found[2])}


def _field(asked: FormField) -> forms.Field:
    label = (asked.en or asked.zh) if is_english() else asked.zh
    options: dict[str, Any] = {
        "label": f"{label}（{asked.unit}）" if asked.unit else label, "required": False, "help_text": asked.help,
    }  # fmt: skip
    made = _made(asked, options)
    if asked.when:
        made.widget.attrs["data-when"] = json.dumps(dict(asked.when), ensure_ascii=False)
    if asked.required:
        made.is_asked = True  # the template marks what may be left empty
    return made


def _made(asked: FormField, options: dict[str, Any]) -> forms.Field:
    if asked.type == "long_text":
        return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **options)
    if asked.type == "choice":
        texts = [(value, (en or zh) if is_english() else zh) for value, zh, en in asked.choices]
        return forms.ChoiceField(choices=[("", "—"), *texts], **options)
    if asked.type == "number":
        return forms.FloatField(min_value=asked.least, max_value=asked.most, **options)
    if asked.type == "date":
        return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)
    if asked.type == "yes_no":
        return YesNoField(**options)
    if asked.type == "place":
        return PlaceField(**options)
    if asked.type == "unit":
        return forms.ModelChoiceField(Organisation.objects.all(), to_field_name="code", **options)
    if asked.type in FILES:
        return FilesField(taken=sorted(PHOTOS) if asked.type == "photo" else None, **options)
    return forms.CharField(max_length=200, **options)
