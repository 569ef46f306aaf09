from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "district.kernel.forms"
    label = "forms"
    verbose_name = "采集表单"

    def ready(self) -> None:
        from district.kernel.files.owners import owner
        from district.kernel.forms.design.publishing import VERSION_FILES

        owner(VERSION_FILES, may_look=_may_look_at_version)


def _may_look_at_version(account: Any, version: str) -> bool:
    """Whoever sees a form sees its workbook and its pictures."""
    from district.kernel.forms.queries import forms_visible_to

    return forms_visible_to(account).filter(versions=int(version)).exists()
