"""What the edits of a submission come to: an answer goes only when somebody edited the form it stood in.

Two who edit the same version contradict where they answer differently; both answers stay, the later one is shown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from district.kernel import clock
from district.kernel.forms.design.questions import questions_of
from district.kernel.forms.filled import filled, head_of
from district.kernel.forms.models import Submission, SubmissionSettlement, SubmissionVersion
from district.kernel.forms.registers import merging
from district.kernel.forms.registers.merging import Write
from district.kernel.forms.shape import shape_of

Values = dict[str, Any]


def merged(versions: Sequence[SubmissionVersion]) -> tuple[Values, dict[str, list[str]]]:
    """Path → answer shown, and path → the instance ids of the edits that contradict, the one shown first.

    The answer to a question in a repeat belongs to the whole of it: a repeat is one answer. The outcome depends on the
    versions, not on their order. Settlements of the submission count.
    """
    state = merging.merge(_writes(versions))
    values = {path: json.loads(claims[0].value) for path, claims in state.items() if claims[0].value}
    by_itself = {path for version in versions for path in _written_by_phone(version)}
    contradicting = {
        path: [claim.writes[0].key for claim in claims]
        for path, claims in merging.conflicts(state).items()
        if path not in by_itself
    }
    return values, contradicting


def _written_by_phone(version: SubmissionVersion) -> set[str]:
    """Paths nobody types: when it was begun, on which phone, sums. They differ with every edit and contradict nobody."""
    fields = {field.path for field in shape_of(version.form_version.xform).fields if field.preload}
    return fields | {each.path for each in questions_of(version.form_version.questions) if not each.is_asked}


def _writes(versions: Sequence[SubmissionVersion]) -> list[Write]:
    answers = {version.instance_id: _answers(version) for version in versions}
    before = {version.instance_id: version.deprecated_id for version in versions}
    ordered = sorted(versions, key=lambda version: version.pk)
    writes = []
    for number, version in enumerate(ordered, start=1):
        # What an edit left out it cleared: a form says all of its answers each time.
        told = dict.fromkeys(answers.get(version.deprecated_id, {}), "") | answers[version.instance_id]
        writes.append(
            Write(version.instance_id, number, version.at, told, after=_chain(version.instance_id, before))
        )
    submission_ids = {version.submission_id for version in versions}
    for row in SubmissionSettlement.objects.filter(submission__in=submission_ids).order_by("pk"):
        writes.append(_settlement(row, writes, len(writes) + 1))
    return writes


def _settlement(row: SubmissionSettlement, writes: Sequence[Write], number: int) -> Write:
    """Sees the edits it names and the settlements before it; what came since is not answered by it."""
    return Write(
        f"settled:{row.pk}", number, row.at, {row.path: _as_text(row.value)},
        after=tuple(write.key for write in writes if write.key in row.seen or write.settles), settles=True,
    )  # fmt: skip


def _chain(name: str, before: dict[str, str]) -> tuple[str, ...]:
    found: list[str] = []
    current = before.get(name, "")
    while current and current not in found and current != name:
        found.append(current)
        current = before.get(current, "")
    return tuple(reversed(found))


def answers_of(version: SubmissionVersion) -> Values:
    """What one version says, as `Submission.values` says it."""
    return filled(head_of(version.xml.encode()), shape_of(version.form_version.xform)).values


def _answers(version: SubmissionVersion) -> dict[str, str]:
    """Path → the answer as text that can be compared."""
    return {path: _as_text(value) for path, value in answers_of(version).items()}


def _as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""


@transaction.atomic
def settle_answer(
    submission: Submission, path: str, value: Any, *, account: Any, reason: str = ""
) -> Submission:
    """Chooses the answer at `path`, having seen every edit there is."""
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    versions = list(locked.versions.select_related("form_version"))
    SubmissionSettlement.objects.create(
        submission=locked, path=path, value=value, seen=[version.instance_id for version in versions],
        reason=reason, account=account,
    )  # fmt: skip
    locked.values, locked.conflicts = merged(versions)
    locked.updated_at = clock.now()
    locked.save(update_fields=["values", "conflicts", "updated_at"])
    return locked
