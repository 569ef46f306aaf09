"""What lists of cases filter by, as one array that one index reads together with who may see the case.

Chinese words are mostly two characters, too short for PostgreSQL's trigrams: so the texts are kept as pairs of
neighbouring characters, each behind the first letter of its field. Beside them stand whole values, as `state=open`,
which are longer. `cases_marks` and `cases_pairs` are functions of the database (see the migrations); case is ignored.

The planner must guess how many cases meet a filter, or it reads a fifth of all cases where it should walk from the
newest. It knows the marks; of `LIKE` on an expression it knows nothing and guesses next to none. So a filter is asked
for by its marks alone where they say everything, else with `strpos`, which counts as a third.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import StrIndex, Upper

from district.kernel.cases.models.cases import MARKED_TEXTS, MARKED_VALUES, CaseMarks
from district.kernel.cases.pages.words import systems_with_procedures
from district.kernel.cases.posts import unit_key
from district.kernel.people.models import Organisation
from district.kernel.ui.table_state import Condition


def narrowed_by_marks(
    cases: QuerySet[Any], conditions: Sequence[Condition]
) -> tuple[QuerySet[Any], list[Condition]]:
    """The cases that meet those conditions that the index answers, and the conditions that are left."""
    left = []
    for condition in conditions:
        key, value = condition.key.replace(".", "__"), str(condition.value)
        if key in MARKED_TEXTS and condition.relation == "contains" and len(value) > 1:
            cases = _with_words(cases, key, value)
        elif key in MARKED_VALUES and condition.relation == "is":
            cases = _marked(cases, [f"{key}={value}"])
        elif key == "organisation__name" and condition.relation == "contains":
            cases = _of_units(cases, value)
        else:
            left.append(condition)
    return cases, left


def _with_words(cases: QuerySet[Any], key: str, words: str) -> QuerySet[Any]:
    pairs = Func(Value(key[0]), Value(words), function="cases_pairs", output_field=ArrayField(TextField()))
    cases = _marked(cases, pairs)
    return cases if len(words) == 2 else cases.alias(at=StrIndex(Upper(key), Upper(Value(words)))).filter(at__gt=0)


def _of_units(cases: QuerySet[Any], words: str) -> QuerySet[Any]:
    """A case is seen by the unit responsible for it, which the index knows."""
    units = list(Organisation.objects.filter(name__icontains=words).values_list("pk", flat=True))
    keys = [unit_key(system, unit) for system in systems_with_procedures() for unit in units]
    return cases.filter(seen_by__overlap=keys, organisation__in=units) if keys else cases.none()


def _marked(cases: QuerySet[Any], wanted: Any) -> QuerySet[Any]:
    marks = CaseMarks(*(F(name) for name in (*MARKED_TEXTS, *MARKED_VALUES)))
    return cases.alias(marks=marks).filter(marks__contains=wanted)
