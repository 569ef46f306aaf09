"""What stands in the ledgers of a place: registers and forms, of the divisions an account may see, and their sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Case, Count, DecimalField, F, Max, Model, Q, QuerySet, TextField, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.db.models.lookups import Regex

from district.kernel.datasets.models import DataType, Grade
from district.kernel.forms.design.questions import Question, asked_of, questions_of
from district.kernel.forms.models import (
    Entity,
    Form,
    FormVersion,
    Register,
    RegisterItem,
    Submission,
    VersionState,
)
from district.kernel.forms.queries import forms_led_by, registers_led_by
from district.kernel.people.access import scope_of

SYSTEM = "affairs"
NUMBERS = (DataType.INTEGER, DataType.NUMBER)
NUMBER = r"^\s*[+-]?[0-9]{1,15}(\.[0-9]{1,9})?\s*$"
LEVELS = (6, 9, 12)
"""Digits of a district's, a town's and a village's code."""


class Numeric(DecimalField):
    """Without a fixed number of digits."""

    def db_type(self, connection: Any) -> str:
        return "numeric"


def as_number(text: Any) -> Case:
    """A text as a number, null where it is none: sorted and summed as such."""
    return Case(When(Regex(text, NUMBER), then=Cast(text, Numeric())), output_field=Numeric())


@dataclass(frozen=True)
class Ledger:
    """A register or a form as it stands in the list. `unit` asks for it or answers for it."""

    kind: str
    pk: int
    title: str
    unit: str
    count: int
    updated_at: datetime | None
    conflicts: int = 0


@dataclass(frozen=True)
class Line:
    """The sums of one division; `digits` 0 is everything. A code shorter than its digits is a unit above by itself."""

    digits: int
    code: str
    count: int
    sums: tuple[Decimal | None, ...]


def entities_for(account: Any, register: Register) -> QuerySet[Entity]:
    """Records of the account's divisions; of a register its unit answers for, all."""
    rows = Entity.objects.filter(register=register, deleted_at=None)
    if registers_led_by(account).filter(pk=register.pk).exists():
        return rows
    return _here(account, rows)


def submissions_for(account: Any, form: Form) -> QuerySet[Submission]:
    """Filled forms of the account's divisions; of a form its unit asks for, all."""
    rows = Submission.objects.filter(form=form, deleted_at=None)
    if forms_led_by(account).filter(pk=form.pk).exists():
        return rows
    return _here(account, rows)


def _here(account: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    scope = scope_of(account, SYSTEM)
    if scope.is_whole:
        return rows
    wanted = scope.condition(division_field="division_code")
    return rows.filter(wanted) if wanted else rows.none()


def ledgers_of(account: Any) -> list[Ledger]:
    """Every register and every form with something in it for the account, fullest first."""
    found = [
        Ledger("register", row["register"], row["register__title"], row["register__organisation__name"], row["count"],
               row["last"], row["conflicts"])
        for row in _counted(account, Entity, "register", conflicts=Count("pk", filter=~Q(conflicts={})))
    ]  # fmt: skip
    found += [
        Ledger("form", row["form"], row["form__title"], row["form__organisation__name"], row["count"], row["last"],
               row["conflicts"])
        for row in _counted(account, Submission, "form", conflicts=Count("pk", filter=~Q(conflicts={})))
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-each.count, each.title))


def _counted(account: Any, model: type[Model], of: str, **more: Any) -> Iterable[dict[str, Any]]:
    rows = model._default_manager.filter(deleted_at=None)
    led = registers_led_by(account) if of == "register" else forms_led_by(account)
    scope = scope_of(account, SYSTEM)
    if not scope.is_whole:
        rows = rows.filter(scope.condition(division_field="division_code") | Q(**{f"{of}__in": led.values("pk")}))
    named = (of, f"{of}__title", f"{of}__organisation__name")
    return rows.order_by().values(*named).annotate(count=Count("pk"), last=Max("updated_at"), **more)


def with_items(rows: QuerySet[Entity], items: Sequence[RegisterItem]) -> QuerySet[Entity]:
    """Each item that is not sealed as a column `i0`, `i1` …, numbers as numbers."""
    columns = {}
    for number, item in enumerate(items):
        if item.grade < Grade.THREE:
            text = KeyTextTransform(item.name, "values", output_field=TextField())
            columns[f"i{number}"] = as_number(text) if item.type in NUMBERS else text
    return rows.annotate(**columns)


def questions_shown(form: Form) -> list[Question]:
    """The questions of the form as it is asked now that fit in a line."""
    version = FormVersion.objects.filter(form=form, state=VersionState.PUBLISHED).first() or form.versions.last()
    asked = asked_of(questions_of(version.questions)) if version is not None else ()
    return [each for each in asked if not each.repeat and each.type not in ("image", "audio", "video", "file")]


def sensitive_paths(form: Form, questions: Sequence[Question]) -> set[str]:
    """Questions that are filled in from, or saved to, an item of a register that is sealed at rest."""
    items = RegisterItem.objects.filter(register__project=form.project_id, grade__gte=Grade.THREE)
    sealed = set(items.values_list("register__name", "name"))
    return {
        each.path
        for each in questions
        if (each.save_register, each.save_to) in sealed
        or (each.prefill is not None and (each.prefill.register, each.prefill.item) in sealed)
    }


def with_answers(rows: QuerySet[Submission], questions: Sequence[Question]) -> QuerySet[Submission]:
    """Each answer as a column `i0`, `i1` …"""
    columns = {}
    for number, question in enumerate(questions):
        text = KeyTextTransform(question.path, "values", output_field=TextField())
        columns[f"i{number}"] = as_number(text) if question.type in NUMBERS_ASKED else text
    return rows.annotate(**columns)


NUMBERS_ASKED = ("integer", "decimal", "range")


def summed(items: Sequence[RegisterItem]) -> list[RegisterItem]:
    """Items that can be added up: numbers that are nobody's secret."""
    return [each for each in items if each.type in NUMBERS and each.grade < Grade.THREE]


def lines_of(rows: QuerySet[Any], paths: Sequence[str]) -> list[Line]:
    """Counts and sums of every village, town and district among the rows, and of all: each grouped from the rows."""
    inner = rows.order_by().values("division_code")
    for number, path in enumerate(paths):
        text = KeyTextTransform(path, "values", output_field=TextField())
        inner = inner.annotate(**{f"s{number}": as_number(text)})
    inner = inner.annotate(_one=F("pk"))
    text, parameters = inner.query.sql_with_params()
    names = [f"c{digits}" for digits in LEVELS]
    columns = ", ".join(f"left(division_code, {digits}) AS c{digits}" for digits in LEVELS)
    sums = "".join(f", sum(s{number})" for number in range(len(paths)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT grouping({', '.join(names)}), {', '.join(names)}, count(*){sums} "  # noqa: S608 - names of our own
            f"FROM (SELECT *, {columns} FROM ({text}) AS own) AS rows "
            f"GROUP BY GROUPING SETS ((), {', '.join(f'({name})' for name in names)})",
            parameters,
        )
        found = [_line(row) for row in cursor.fetchall()]
    return sorted(found, key=lambda line: (line.code, line.digits))


GROUPED = {0b111: 0, 0b011: 6, 0b101: 9, 0b110: 12}
"""What `grouping` says of a row → the digits it is grouped by."""


def _line(row: Sequence[Any]) -> Line:
    digits = GROUPED[row[0]]
    code = row[1 + LEVELS.index(digits)] if digits else ""
    return Line(digits, code, row[4], tuple(row[5:]))


def below(lines: Sequence[Line], line: Line) -> list[Line]:
    """The lines of the next level that make up a line: they always come to it."""
    order = (0, *LEVELS)
    if line.digits == order[-1]:
        return []
    lower = order[order.index(line.digits) + 1]
    return [each for each in lines if each.digits == lower and each.code[: line.digits] == line.code]
