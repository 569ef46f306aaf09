"""What the district already holds of what a form asks: registers, the catalogue, other live forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from district.kernel.datasets.models import Item, Shelf, Version
from district.kernel.forms.design.likeness import Held, Holdings, Known
from district.kernel.forms.design.questions import Question, asked_of, questions_of
from district.kernel.forms.models import (
    Entity,
    Form,
    FormState,
    FormVersion,
    Project,
    RegisterItem,
    Submission,
    VersionState,
)

__all__ = [
    "Held",
    "Holdings",
    "Known",
    "QuestionHeld",
    "Share",
    "held_for",
    "held_in",
    "holdings",
    "share_of",
]


@dataclass(frozen=True)
class QuestionHeld:
    """A question beside what is held of it; nothing is asked of the holdings for one that is taken from a register."""

    question: Question
    held: tuple[Held, ...] = ()

    @property
    def is_held(self) -> bool:
        return bool(self.held) and self.held[0].is_sure

    @property
    def best(self) -> Held | None:
        return self.held[0] if self.held else None


@dataclass(frozen=True)
class Share:
    """Of `asked` questions, `taken` are filled in from a register and `held` are held but asked all the same."""

    asked: int
    taken: int
    held: int
    held_labels: tuple[str, ...] = ()

    @property
    def is_mostly_held(self) -> bool:
        """More than half of the questions ask for what is held: somebody else has to agree."""
        return self.held * 2 > self.asked

    @property
    def new(self) -> int:
        return self.asked - self.taken - self.held


def held_for(
    label: str,
    type: str,
    *,
    choices: Sequence[str] = (),
    form: Form | None = None,
    project: Project | None = None,
) -> list[Held]:
    """What is held of one question, the surest first. `project`: whose registers can be taken from at once."""
    return holdings(form=form, project=project).held_for(label, type, choices=choices)


def held_in(
    form: Form, questions: Iterable[Question], *, known: Holdings | None = None
) -> list[QuestionHeld]:
    """Each question a person answers, beside what is held of it."""
    found = known or holdings(form=form)
    return [QuestionHeld(each, () if each.prefill else _held(found, each)) for each in asked_of(questions)]


def _held(known: Holdings, question: Question) -> tuple[Held, ...]:
    """A question that is itself the way into an item is not held by that item."""
    found = known.held_for(
        question.label, question.type, choices=[choice.label for choice in question.choices]
    )
    return tuple(
        held
        for held in found
        if not (
            held.known.kind == "register"
            and held.known.is_here
            and (held.known.register, held.known.name) == (question.save_register, question.save_to)
        )
    )


def share_of(beside: Sequence[QuestionHeld]) -> Share:
    held = [each.question.label for each in beside if each.is_held]
    taken = sum(1 for each in beside if each.question.prefill)
    return Share(len(beside), taken, len(held), tuple(held))


def holdings(*, form: Form | None = None, project: Project | None = None) -> Holdings:
    """All that is held, in three reads. `form` itself is left out, `project` (its own) says which registers are here."""
    here = project or (form.project if form else None)
    return Holdings([*_registers(here), *_resources(), *_forms(form)])


def _registers(here: Project | None) -> Iterator[Known]:
    items = RegisterItem.objects.select_related(
        "register__organisation", "holder", "resource_item__resource"
    ).order_by("register_id", "position")
    seen: dict[int, datetime] = dict(
        Entity.objects.filter(deleted_at=None).values_list("register").annotate(Max("updated_at"))
    )
    for item in items:
        register, source = item.register, item.resource_item
        yield Known(
            "register", item.pk, item.title, item.type, register.title, register.pk,
            (item.holder or register.organisation).label, name=item.name, register=register.name,
            share=source.resource.share if source else "", as_of=seen.get(register.pk),
            is_here=here is not None and register.project_id == here.pk, choices=tuple(map(str, item.choices.values())),
        )  # fmt: skip


def _resources() -> Iterator[Known]:
    """Items of what departments offer about persons, households and enterprises, keys left out."""
    about = Q(resource__items__holds__in=("person_id", "entity_code")) | Q(resource__items__is_key=True)
    items = (
        Item.objects.filter(
            about, resource__shelf=Shelf.PUBLISHED, resource__is_secret=False, resource__system=""
        )
        .select_related("resource__provider")
        .distinct()
    )
    as_of: dict[int, Any] = dict(
        Version.objects.filter(state=Version.State.PUBLISHED).values_list("resource", "published_at")
    )
    taken = set(RegisterItem.objects.exclude(resource_item=None).values_list("resource_item_id", flat=True))
    holding: dict[str, set[int]] = {
        what: set(Item.objects.filter(holds=what).values_list("resource_id", flat=True))
        for what in ("person_id", "entity_code")
    }
    for item in items:
        if item.pk not in taken:  # what a register takes from it stands there already
            yield Known(
                "resource", item.pk, item.title, item.type, item.resource.title, item.resource_id,
                item.resource.provider.label, name=item.resource.name, share=item.resource.share,
                as_of=as_of.get(item.resource_id),
                about="person" if item.resource_id in holding["person_id"]
                else "entity" if item.resource_id in holding["entity_code"] else "other",
            )  # fmt: skip


def _forms(form: Form | None) -> Iterator[Known]:
    """Questions of other live forms that are really asked; those filled in from a register stand there."""
    versions = (
        FormVersion.objects.filter(state=VersionState.PUBLISHED, form__deleted_at=None)
        .exclude(form__state=FormState.CLOSED)
        .exclude(form=form)
        .select_related("form__organisation")
        .only("questions", "form__title", "form__organisation")
    )
    as_of: dict[int, Any] = dict(
        Submission.objects.filter(deleted_at=None).values_list("form").annotate(Max("updated_at")).order_by()
    )
    for version in versions:
        for question in asked_of(questions_of(version.questions)):
            if not question.prefill and not question.save_to:
                yield Known(
                    "form", version.form_id, question.label, question.type, version.form.title, version.form_id,
                    version.form.organisation.label, name=question.path, as_of=as_of.get(version.form_id),
                    choices=tuple(choice.label for choice in question.choices),
                )  # fmt: skip
