"""What a person is told when his form has come: its number, and where others wrote something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.timezone import localtime

from district.kernel.datasets.models import Grade
from district.kernel.forms.design.questions import Question, questions_of
from district.kernel.forms.intake import values_of
from district.kernel.forms.models import Entity, EntityWrite, Submission, SubmissionVersion
from district.kernel.forms.registers.reading import histories_of

HIDDEN = "＊＊＊"
"""In the place of sensitive values of others: that they differ is told, what they are is not."""


@dataclass(frozen=True)
class Said:
    """One of the values that contradict: what, by whom, when (ISO 8601), and whether it is the one shown for now."""

    value: str
    by: str
    at: str
    is_shown: bool


@dataclass(frozen=True)
class Conflict:
    """`about`: the question, or the record and its item."""

    about: str
    said: tuple[Said, ...]


def number_of(submission: Submission) -> str:
    """The receipt number: day and running number."""
    return f"{localtime(submission.created_at):%Y%m%d}-{submission.pk:06d}"


def receipt(submission: Submission) -> dict[str, Any]:
    """What the browser shows after sending."""
    conflicts = [*answers_in_conflict(submission), *records_in_conflict(submission)]
    return {
        "number": number_of(submission),
        "instance": submission.instance_id,
        "received_at": localtime(submission.created_at).isoformat(),
        "conflicts": [asdict(each) for each in conflicts],
    }


def answers_in_conflict(submission: Submission) -> list[Conflict]:
    """Edits of the same form that knew nothing of one another and say different things."""
    if not submission.conflicts:
        return []
    versions = {
        row.instance_id: row
        for row in submission.versions.select_related("account", "account__organisation", "form_version")
    }
    questions = {each.path: each for each in questions_of(submission.version.questions)}
    values = {key: values_of(row) for key, row in versions.items()}
    found = []
    for path, instances in submission.conflicts.items():
        rows = [versions[each] for each in instances if each in versions]
        said = tuple(
            Said(
                _answer(questions.get(path), values[row.instance_id], path),
                _writer(row),
                row.at.isoformat(),
                not place,
            )
            for place, row in enumerate(rows)
        )
        found.append(Conflict(questions[path].label if path in questions else path, said))
    return found


def records_in_conflict(submission: Submission) -> list[Conflict]:
    """Records of registers this form has written to, where others wrote something else."""
    own = EntityWrite.objects.filter(submission__submission=submission)
    entities = list(
        Entity.objects.filter(pk__in=own.values("entity")).exclude(conflicts={}).select_related("register")
    )
    mine = set(own.values_list("key", flat=True))
    histories = histories_of(entities)
    found = []
    for entity in entities:
        items = {item.name: item for item in entity.register.items.all()}
        for name in entity.conflicts:
            standing = histories[entity.pk].standing.get(name, ())
            if mine.isdisjoint(write.key for each in standing for write in each.writes):
                continue
            item = items.get(name)
            is_hidden = item is not None and item.grade >= Grade.THREE
            said = tuple(
                Said(
                    HIDDEN if is_hidden else each.value,
                    _source(each.writes[0]),
                    each.writes[0].at.isoformat(),
                    not place,
                )
                for place, each in enumerate(standing)
            )
            found.append(Conflict(f"{entity.label} · {item.title if item else name}", said))
    return found


def _answer(question: Question | None, values: Mapping[str, Any], path: str) -> str:
    value = values.get(path, "")
    if isinstance(value, list):
        return "；".join("、".join(_words(row.values())) for row in value)
    return question.label_of(str(value)) if question else str(value)


def _words(values: Iterable[Any]) -> list[str]:
    return [str(each) for each in values if not isinstance(each, list)]


def _writer(row: SubmissionVersion) -> str:
    return _person(row.account)


def _source(row: EntityWrite) -> str:
    return row.source or _person(row.account) or (row.organisation.name if row.organisation else "")


def _person(account: Any) -> str:
    if account is None:
        return ""
    unit = account.organisation.name if account.organisation_id else ""
    return " · ".join(filter(None, (unit, account.name)))
