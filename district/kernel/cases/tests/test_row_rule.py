"""No clerk sees a row outside duty: the query against the rule said again in plain words, over random duties."""

from __future__ import annotations

import random
from itertools import product

import pytest

from district.kernel.cases import actions
from district.kernel.cases.models import Case, Entry, Task
from district.kernel.cases.queries import cases_visible_to, department_tasks, may_see
from district.kernel.people.models import Duty, Organisation
from district.testing.people import account, organisation
from district.testing.procedures import PLAIN, ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("version")]

SCOPES = ("own", "subtree", "district")
KEYS = [role.key for role in ROLES]


def in_words(person, case: Case) -> bool:
    """The rule, row by row, from the timeline: places, and units that have or had a part; without a query of ours."""
    by_name = dict(Organisation.objects.values_list("name", "pk"))
    units, posts = {case.organisation_id}, set()
    for entry in Entry.objects.filter(case=case).select_related("task"):
        if entry.act == "reach":
            posts.add((entry.after["role"], entry.after["organisation"]))
        elif entry.act == "hand_over":
            posts |= {(entry.task.role, side["organisation"]) for side in (entry.before, entry.after)}
        elif entry.act == "route":
            units |= {by_name.get(side["organisation"]) for side in (entry.before, entry.after)}
    units = (units | {unit for _role, unit in posts}) - {None}
    for duty in Duty.objects.filter(account=person).select_related("organisation"):
        under = [duty.organisation]
        if duty.scope == "subtree":
            under = [each for each in Organisation.objects.all() if duty.organisation.contains(each)]
        ids, places = (
            {each.pk for each in under},
            [each.division_code for each in under if each.division_code],
        )
        is_whole = duty.scope == "district"
        has_task = any(role == duty.role and (is_whole or unit in ids) for role, unit in posts)
        is_near = (
            is_whole or bool(units & ids) or any(case.division_code.startswith(place) for place in places)
        )
        key = duty.role.removeprefix("trial.")
        readers = PLAIN.confidants if case.is_confidential else PLAIN.readers
        if has_task or (is_near and key in readers):
            return True
    return case.opened_by_id == person.pk


@pytest.fixture
def place():
    root = organisation("root", kind="district", division_code="370306")
    towns = [
        organisation(f"town{t}", parent=root, kind="town", division_code=f"370306{t:03}") for t in (1, 2)
    ]
    villages = [
        organisation(
            f"village{t}{v}", parent=towns[t - 1], kind="village", division_code=f"370306{t:03}{v:03}"
        )
        for t, v in product((1, 2), (1, 2))
    ]
    board = organisation("board", parent=root)
    units = [organisation(f"unit{n}", parent=board if n else root) for n in range(3)]
    return [root, *towns, *villages, board, *units]


@pytest.fixture
def cases(place):
    """Of every place and none, of every unit, at every step, handed over, some confidential."""
    chance, made = random.Random(370306), []
    codes = [
        "",
        "370306",
        "370306001",
        "370306002",
        "370306001001",
        "370306002002",
        "370306002001",
        "370305001",
    ]
    lead = account("trial.clerk")
    for number in range(48):
        unit = chance.choice([None, *place])
        case = actions.open_case(
            system="trial", procedure="plain", title="事项", channel="web", idempotency_key=str(number),
            place={"division_code": chance.choice(codes)}, organisation=unit, account=chance.choice([None, lead]),
            is_confidential=number % 6 == 0,
        )  # fmt: skip
        for _step in range(chance.randint(0, 2)):
            task = Task.objects.get(case=case, state="ready")
            if chance.random() < 0.4:
                other = chance.choice([each for each in place if each.pk != task.organisation_id])
                task = actions.hand_over(task, None, other, "归其办理")
            actions.complete(task, None, {})
        made.append(Case.objects.get(pk=case.pk))
    return made


def agreed(person, cases: list[Case]) -> int:
    """Fails where query and words part; returns how many the person sees."""
    seen = set(cases_visible_to(person).values_list("pk", flat=True))
    assert seen == set(cases_visible_to(person, "trial").values_list("pk", flat=True))
    for case in cases:
        assert (case.pk in seen) == in_words(person, case), (case.number, list(person.duties.values()))
    return len(seen)


@pytest.mark.parametrize("role", KEYS)
def test_every_role_in_every_place_sees_what_its_duty_covers(role, place, cases):
    counts = {}
    for unit, scope in product(place, SCOPES):
        person = account(f"trial.{role}", unit=unit, scope=scope)
        counts[unit.code, scope] = agreed(person, cases)
    if role in PLAIN.readers:
        assert counts["village11", "own"] < counts["town1", "subtree"] < counts["root", "district"]


def test_several_duties_add_up_and_do_not_mix(place, cases):
    chance = random.Random(4)
    for _person in range(60):
        person = account()
        for role in chance.sample(KEYS, chance.randint(1, 3)):
            Duty.objects.create(
                account=person,
                role=f"trial.{role}",
                organisation=chance.choice(place),
                scope=chance.choice(SCOPES),
            )
        agreed(person, cases)


def test_who_has_no_duty_or_another_systems_sees_nothing(place, cases):
    for person in (account(), account("people.admin"), account("kernel.operator")):
        assert agreed(person, cases) == 0
    left = account("trial.lead", status="suspended")
    assert not cases_visible_to(left).exists()


def test_open_tasks_are_those_of_ones_posts(place, cases):
    chance = random.Random(8)
    for _person in range(30):
        unit, scope, role = chance.choice(place), chance.choice(SCOPES), chance.choice(["clerk", "handler"])
        person = account(f"trial.{role}", unit=unit, scope=scope)
        ids = {
            each.pk
            for each in Organisation.objects.all()
            if each == unit or (scope == "subtree" and unit.contains(each))
        }
        expected = {
            task.pk for task in Task.objects.filter(state="ready")
            if task.role == f"trial.{role}" and (scope == "district" or task.organisation_id in ids)
        }  # fmt: skip
        assert set(department_tasks(person).values_list("pk", flat=True)) == expected
        for task in department_tasks(person).select_related("case"):
            assert may_see(person, task.case)
