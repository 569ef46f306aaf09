"""A form field for several files. What may be in them is decided where they are kept."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from district.kernel.files.kinds import file_kinds


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Cleans to a list of uploads, at most `most`; `taken` is what the browser offers to choose."""

    def __init__(self, *, taken: Collection[str] | None = None, most: int = 9, **options: Any) -> None:
        suffixes = ",".join(taken if taken is not None else file_kinds())
        options.setdefault("widget", ManyFiles(attrs={"accept": suffixes}))
        super().__init__(**options)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if not given:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return []
        if len(given) > self.most:
            raise forms.ValidationError(_("一次最多 %(n)s 个附件") % {"n": self.most}, code="too_many")
        return given
