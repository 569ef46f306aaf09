"""What a browser fetches to fill in a form without a network: the list of forms, and of each all it is made of."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from district.kernel.forms.design.questions import asked_of, questions_of
from district.kernel.forms.models import Form, FormFile, FormState, FormVersion, Submission, VersionState
from district.kernel.forms.queries import forms_to_fill
from district.kernel.forms.web.receipts import number_of
from district.kernel.forms.web.web_forms import web_form

MOST_SENT = 50
SECONDS_A_QUESTION = 15
"""For the minutes a form is said to take; what the district holds already takes a third of that."""


def forms_for(account: Any) -> list[dict[str, Any]]:
    """The forms to fill in, newest first, with what a person wants to know before he begins."""
    published = FormVersion.objects.filter(state=VersionState.PUBLISHED).only(
        "id", "form", "version", "md5", "questions"
    )
    forms = (
        forms_to_fill(account)
        .filter(state=FormState.OPEN)
        .select_related("organisation")
        .prefetch_related(Prefetch("versions", published, to_attr="current"))
        .order_by("-pk")
    )
    return [_told(form, form.current[0]) for form in forms if form.current]


def _told(form: Form, version: FormVersion) -> dict[str, Any]:
    asked = asked_of(questions_of(version.questions))
    held = sum(1 for each in asked if each.prefill)
    return {
        "form": form.pk, "title": form.title, "organisation": form.organisation.name, "purpose": form.purpose,
        "version": version.pk, "name": version.version, "hash": version.md5, "questions": len(asked), "held": held,
        "minutes": max(1, round(((len(asked) - held) + held / 3) * SECONDS_A_QUESTION / 60)),
        "package": reverse("forms:package", args=[form.pk, version.pk]),
        "fill": reverse("forms:fill", args=[form.pk]),
    }  # fmt: skip


def sent_by(account: Any) -> list[dict[str, Any]]:
    """What the account has sent, newest first, on whatever device."""
    rows = (
        Submission.objects.filter(account=account, deleted_at=None)
        .select_related("form")
        .only(
            "instance_id",
            "form",
            "form__title",
            "form__state",
            "created_at",
            "updated_at",
            "conflicts",
            "review_state",
        )
        .order_by("-pk")[:MOST_SENT]
    )
    return [
        {
            "instance": row.instance_id, "form": row.form_id, "title": row.form.title, "number": number_of(row),
            "at": row.created_at.isoformat(), "conflicts": len(row.conflicts),
            "review": row.get_review_state_display() if row.review_state else "",
            "edit": reverse("forms:edit", args=[row.form_id, row.instance_id]) if row.form.state != FormState.CLOSED else "",
        }
        for row in rows
    ]  # fmt: skip


def package_of(version: FormVersion) -> dict[str, Any]:
    """Questions, model, and the addresses of lists and media."""
    made = web_form(version)
    files = version.files.select_related("file", "register").order_by("pk")
    return {
        "form": version.form_id, "version": version.pk, "name": version.version, "hash": version.md5,
        "title": version.form.title, "html": made.html, "model": made.model,
        "files": [_file(version, each) for each in files if each.file_id or each.register_id],
    }  # fmt: skip


def _file(version: FormVersion, file: FormFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "url": reverse("forms:form_file", args=[version.form_id, version.pk, file.name]),
        # A list changes with every record written; a picture never does.
        "mark": "" if file.register_id else file.updated_at.isoformat(),
    }
