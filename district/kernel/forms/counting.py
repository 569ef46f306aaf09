"""How much of a filled form the district held already: what was left as held, what was changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from district.kernel.forms.design.questions import Question, asked_of, questions_of
from district.kernel.forms.models import Entity
from district.kernel.forms.registers.sealing import opened


@dataclass(frozen=True)
class Counts:
    """`asked`: questions answered. `division_code`: that of the first record the form is about."""

    asked: int = 0
    held: int = 0
    kept: int = 0
    changed: int = 0
    division_code: str = ""


def count(stored: Sequence[Mapping[str, Any]], values: Mapping[str, Any], project_id: int) -> Counts:
    """One statement, when the form is about records of registers; none otherwise."""
    questions = questions_of(stored)
    chosen = _chosen(questions, values)
    records = _records(chosen, project_id)
    kept = changed = asked = 0
    for question in asked_of(questions):
        for answer, row in _answers(values, question):
            held = _held(question, values, row, records) if question.prefill else ""
            if answer:
                asked += 1
            if not held:
                continue
            if same(answer, held):
                kept += 1
            else:
                changed += 1
    division = next((records[key].division_code for key in chosen if key in records), "")
    return Counts(asked, kept + changed, kept, changed, division)


def same(answer: str, held: str) -> bool:
    """Whether two texts say the same: numbers by their value, anything else by its characters."""
    if answer.strip() == held.strip():
        return True
    try:
        return float(answer) == float(held)
    except ValueError:
        return False


def _chosen(questions: Sequence[Question], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (question.register, answer)
        for question in questions
        if question.is_choosing_record
        for answer, _row in _answers(values, question)
        if answer
    ]


def _records(chosen: Sequence[tuple[str, str]], project_id: int) -> dict[tuple[str, str], Entity]:
    names = {answer for _register, answer in chosen if _is_uuid(answer)}
    if not names:
        return {}
    found = Entity.objects.filter(
        uuid__in=names, register__project=project_id, register__name__in={register for register, _ in chosen}
    ).select_related("register")
    return {(entity.register.name, str(entity.uuid)): entity for entity in found}


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def _answers(values: Mapping[str, Any], question: Question) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
    """The answer outside of repeats; in a repeat one for each row, with the row."""
    if not question.repeat:
        yield _text(values.get(question.path)), None
        return
    for row in rows_of(values, question.repeat):
        yield _text(row.get(question.path.removeprefix(f"{question.repeat}/"))), row


def rows_of(values: Mapping[str, Any], repeat: str) -> list[Mapping[str, Any]]:
    """The rows of a repeat by its whole path, those of repeats around it one after the other."""
    rows: list[Mapping[str, Any]] = [values]
    rest = repeat
    while rest:
        parts = rest.split("/")
        for upto in range(1, len(parts) + 1):
            key = "/".join(parts[:upto])
            inner = [each for row in rows for each in _list(row.get(key))]
            if inner:
                rows, rest = inner, "/".join(parts[upto:])
                break
        else:
            return []
    return rows


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _held(
    question: Question,
    values: Mapping[str, Any],
    row: Mapping[str, Any] | None,
    records: Mapping[tuple[str, str], Entity],
) -> str:
    prefill = question.prefill
    if prefill is None:
        return ""
    key = prefill.key
    within = row.get(key.removeprefix(f"{question.repeat}/")) if row is not None else None
    entity = records.get((prefill.register, _text(within) or _text(values.get(key))))
    return opened(entity.values.get(prefill.item) or "") if entity is not None else ""
