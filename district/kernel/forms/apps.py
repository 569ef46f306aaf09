from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "district.kernel.forms"
    label = "forms"
    verbose_name = "采集表单"

    def ready(self) -> None:
        from district.kernel.files.owners import owner
        from district.kernel.forms.central import withdrawing  # noqa: F401 - connects its receiver
        from district.kernel.forms.design.publishing import VERSION_FILES
        from district.kernel.forms.intake import SUBJECT_KIND

        owner(VERSION_FILES, may_look=_may_look_at_version)
        owner(SUBJECT_KIND, may_look=_may_look_at_submission)


def _may_look_at_submission(account: Any, subject: str) -> bool:
    """Whoever sees a submission sees its files."""
    from district.kernel.forms.queries import submissions_visible_to

    return subject.isdigit() and submissions_visible_to(account).filter(pk=subject).exists()


def _may_look_at_version(account: Any, subject: str) -> bool:
    """Whoever sees a form sees its workbook and its pictures."""
    from district.kernel.forms.queries import forms_visible_to

    return subject.isdigit() and forms_visible_to(account).filter(versions__pk=subject).exists()
