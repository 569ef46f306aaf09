"""What is said of the items of records: by registers' own writes, by departments' data, by forms that save nowhere.

A value that its writer's successor had on the screen and replaced is past and says nothing. What stands: the value a
register shows, those in conflict with it, what each department's data said last, and what forms answered about an item
without saving it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models.fields.json import KeyTextTransform

from district.kernel.forms.design.questions import Question, questions_of
from district.kernel.forms.models import (
    Entity,
    EntityWrite,
    FormVersion,
    RegisterItem,
    Submission,
    SubmissionVersion,
    VersionState,
    WriteKind,
)
from district.kernel.forms.registers.reading import History, histories_of
from district.kernel.forms.registers.sealing import opened

from .comparing import Meaning
from .judging import Claim

UNSAID = re.compile(r"[（(][^（()）]*[）)]|[\s：:？?，,。、]|请(?:填写|选择)")

Titles = Mapping[int, tuple[int, str]]


@dataclass
class Saying:
    """All that is said of one item of one record. `settled`: what it was last settled to in the register itself."""

    entity: Entity
    item: RegisterItem
    claims: list[Claim] = field(default_factory=list)
    settled: Claim | None = None
    known: list[str] = field(default_factory=list)
    in_conflict: bool = False

    @property
    def shown(self) -> str:
        return opened(str(self.entity.values.get(self.item.name) or ""))


@dataclass(frozen=True)
class Unsaved:
    """A question of a form that is about `item` of the record chosen at `key`, and saves its answer nowhere."""

    form: int
    title: str
    key: str
    path: str
    item: str


def meaning_of(item: RegisterItem, absolute: Any = 0, percent: Any = 0) -> Meaning:
    return Meaning(item.type, {str(k): str(v) for k, v in item.choices.items()}, absolute, percent)


def sayings(entities: Sequence[Entity]) -> list[Saying]:
    """Of every item of these records, which must be of one register."""
    if not entities:
        return []
    items = {each.name: each for each in entities[0].register.items.select_related("holder", "register")}
    found = {(entity.pk, name): Saying(entity, item) for entity in entities for name, item in items.items()}
    histories = histories_of(entities)
    titles = _forms_of(histories.values())
    for entity in entities:
        for name in items:
            _from_history(found[entity.pk, name], histories[entity.pk], titles)
    for pk, name, claim in answers(entities, items):
        found[pk, name].claims.append(claim)
    return list(found.values())


def _forms_of(histories: Iterable[History]) -> dict[int, tuple[int, str]]:
    """Version of a submission → its form and the form's title."""
    named = {change.write.submission_id for history in histories for change in history.changes}
    rows = SubmissionVersion.objects.filter(pk__in=named - {None})
    return {pk: (form, title) for pk, form, title in rows.values_list("pk", "submission__form", "submission__form__title")}


def _from_history(saying: Saying, history: History, titles: Titles) -> None:
    name = saying.item.name
    standing = [(each.value, each.writes[0]) for each in history.standing.get(name, ())]
    saying.in_conflict = len(standing) > 1
    past = [(opened(change.write.values[name]), change.write) for change in history.changes
            if name in change.write.values]  # fmt: skip
    settled = next((pair for pair in past if pair[1].kind == WriteKind.SETTLEMENT), None)
    if settled is not None:
        saying.settled = _claim(settled[1], settled[0], titles)
        saying.known = [value for value, write in past if write.version <= settled[1].version]
        past = [(value, write) for value, write in past if write.version > settled[1].version]
    last_of = {write.source: (value, write) for value, write in reversed(past) if write.kind == WriteKind.SOURCE}
    saying.claims += [_claim(write, value, titles, alone=saying.in_conflict) for value, write in standing]
    stand = {write.pk for _value, write in standing}
    saying.claims += [_claim(write, value, titles) for value, write in last_of.values() if write.pk not in stand]


def _claim(write: EntityWrite, value: str, titles: Titles, alone: bool = False) -> Claim:
    """`alone`: it stands by itself, whoever else comes from the same form."""
    form = titles.get(write.submission_id or 0)
    if write.kind == WriteKind.SOURCE:
        origin, words = f"source:{write.source}", write.source
    elif form is not None:
        origin, words = f"form:{form[0]}", form[1]
    else:
        origin, words = f"{write.kind}:{write.organisation_id or ''}", str(WriteKind(write.kind).label)
    return Claim(
        value, write.at, f"{origin}#{write.pk}" if alone else origin, f"write:{write.pk}", write.organisation_id,
        write.account_id, words,
    )  # fmt: skip


def answers(
    entities: Sequence[Entity], items: Mapping[str, RegisterItem]
) -> Iterator[tuple[int, str, Claim]]:
    """(record, item, claim) of answers that were not saved to the register, the last of each form."""
    by_uuid = {str(each.uuid): each for each in entities}
    by_form: dict[tuple[int, str], list[Unsaved]] = defaultdict(list)
    for question in unsaved(entities[0].register_id, entities[0].register.name, items):
        by_form[question.form, question.key].append(question)
    for (form, key), questions in by_form.items():
        filled = Submission.objects.filter(form=form, deleted_at=None).exclude(review_state="rejected")
        filled = filled.annotate(about=KeyTextTransform(key, "values")).filter(about__in=list(by_uuid))
        last: dict[str, Submission] = {each.about: each for each in filled.order_by("updated_at", "pk")}
        for about, submission in last.items():
            for question in questions:
                value = submission.values.get(question.path)
                if isinstance(value, str) and value:
                    yield by_uuid[about].pk, question.item, Claim(
                        value, submission.updated_at, f"form:{form}", f"submission:{submission.pk}",
                        submission.organisation_id, submission.account_id, question.title,
                    )  # fmt: skip


def unsaved(register: int, name: str, items: Mapping[str, RegisterItem]) -> list[Unsaved]:
    """Questions of live forms about items of the register: filled in from it, or called the same as an item."""
    versions = FormVersion.objects.filter(
        state=VersionState.PUBLISHED, form__deleted_at=None, form__project__registers=register
    ).select_related("form")
    return [each for version in versions for each in _unsaved_in(version, name, items)]


def _unsaved_in(version: FormVersion, register: str, items: Mapping[str, RegisterItem]) -> Iterable[Unsaved]:
    questions = questions_of(version.questions)
    keys = [each.path for each in questions if each.register == register and not each.repeat]
    if not keys:
        return
    titles = {spoken(item.title): item.name for item in items.values()}
    for question in questions:
        if question.repeat or question.save_to or not question.is_asked or question.register:
            continue
        item, key = _about(question, register, titles, keys)
        if item in items:
            yield Unsaved(version.form_id, version.form.title, key, question.path, item)


def _about(question: Question, register: str, titles: Mapping[str, str], keys: Sequence[str]) -> tuple[str, str]:
    if question.prefill is not None:
        here = question.prefill.register == register
        return (question.prefill.item, question.prefill.key) if here else ("", "")
    return titles.get(spoken(question.label), ""), keys[0]


def spoken(label: str) -> str:
    """A label without units in brackets, marks and courtesies: 家庭人口数（人） and 家庭人口数 ask the same."""
    return UNSAID.sub("", label)
