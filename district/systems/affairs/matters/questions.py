"""Which questions of a form are numbers, so that they can be summed."""

from __future__ import annotations

from typing import Any

from district.kernel.forms.models import FormVersion, VersionState

from ..models import Assignment

NUMBERS = ("integer", "decimal", "int", "range")
MOST = 12


def number_questions(assignment: Assignment) -> list[tuple[str, str]]:
    """(path, label) of the numbers a task asks for, outside of repeats, in the order of the form."""
    if assignment.form_id is None:
        return [("", assignment.question)] if assignment.answer_kind == "number" else []
    version = FormVersion.objects.filter(form=assignment.form_id, state=VersionState.PUBLISHED).first()
    asked: list[dict[str, Any]] = version.questions if version else []
    found = [
        (str(each["path"]), str(each.get("label") or each["path"]))
        for each in asked
        if each.get("type") in NUMBERS and not each.get("repeat")
    ]
    return found[:MOST]
