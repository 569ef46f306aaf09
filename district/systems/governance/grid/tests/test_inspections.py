from datetime import timedelta

import pytest

from district.kernel.cases.models import Case
from district.kernel.clock import now
from district.systems.governance.grid.actions.inspections import record_inspection
from district.systems.governance.grid.checklists import checklist, checklists
from district.systems.governance.grid.queries.protection import protection_of
from district.systems.governance.grid.refused import Refused
from district.systems.governance.models import InspectionFinding, KeyPlace, Post
from district.testing.people import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> KeyPlace:
    return KeyPlace.objects.create(
        code="K1",
        name="学校",
        kind="school",
        level=1,
        lon=117.86,
        lat=36.8,
        division_code="370306001",
        checklist="school",
    )


def answers(key: str = "school", **others: str) -> dict[str, str]:
    return {item.key: "ok" for item in checklist(key).items} | others


def inspect(place: KeyPlace, key: str, days_ago: float = 0, **others: str):
    return record_inspection(
        key=key, answers=answers(**others), account=account("governance.grid_worker"), key_place=place,
        at=now() - timedelta(days=days_ago), opens_cases=False,
    )  # fmt: skip


def test_every_checklist_has_questions_with_keys_of_their_own():
    for one in checklists().values():
        assert len({item.key for item in one.items}) == len(one.items) >= 5


def test_a_form_sent_twice_is_kept_once(school: KeyPlace):
    first, second = inspect(school, "a", exits="fault"), inspect(school, "a", exits="fault")

    assert first == second
    assert InspectionFinding.objects.count() == 1


def test_a_question_without_an_answer_is_named(school: KeyPlace):
    given = answers()
    del given["exits"]

    with pytest.raises(Refused) as refusal:
        record_inspection(key="a", answers=given, account=None, key_place=school)

    assert (refusal.value.code, refusal.value.field) == ("not_answered", "exits")


def test_what_was_at_fault_and_is_in_order_now_is_fixed(school: KeyPlace):
    inspect(school, "a", 2, exits="fault", one_key_alarm="fault")

    inspect(school, "b", 1, exits="fault")

    assert {one.item for one in InspectionFinding.objects.filter(fixed_at=None)} == {"exits"}
    assert protection_of([school])[0].open_faults == 1


def test_an_unguarded_place_shows_every_gap_and_a_guarded_one_none_of_them(school: KeyPlace):
    assert set(protection_of([school])[0].gaps) == {"no_post", "no_patrol", "overdue"}

    Post.objects.create(
        code="P1", name="岗亭", kind="booth", lon=117.861, lat=36.8, division_code="370306001"
    )
    inspect(school, "a", 5)

    assert set(protection_of([school])[0].gaps) == {"no_patrol"}


def test_an_inspection_older_than_its_period_is_overdue(school: KeyPlace):
    inspect(school, "a", school.inspect_every_days + 1)

    assert "overdue" in protection_of([school])[0].gaps


def test_each_fault_opens_one_case_and_none_again_while_it_is_not_put_right(school: KeyPlace):
    worker = account("governance.grid_worker")
    for key in ("a", "a", "b"):
        record_inspection(key=key, answers=answers(exits="fault"), account=worker, key_place=school)

    case = Case.objects.get()
    assert case.title.startswith("学校")
    assert (case.lon, case.lat, case.division_code) == (school.lon, school.lat, school.division_code)
    assert case.classification == "G03"
    assert InspectionFinding.objects.exclude(case_number="").get().case_number == case.number
