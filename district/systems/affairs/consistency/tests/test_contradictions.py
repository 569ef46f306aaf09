"""What differs is found, goes to the one who can settle it, and is settled once for all."""

import pytest
from django.test import Client
from django.urls import reverse

from district.kernel.cases.models import Case, CaseState, Task, TaskState
from district.kernel.people.refused import Refused
from district.systems.affairs.consistency.finding import find
from district.systems.affairs.consistency.settling import pass_on, settle
from district.systems.affairs.models import Contradiction, ItemRule

pytestmark = pytest.mark.django_db
State = Contradiction.State


def waiting():
    return {(task.key, task.organisation.code) for task in Task.objects.filter(state=TaskState.READY)}


def test_a_changed_value_goes_to_the_department_that_holds_the_item(households):
    home = households.household()
    households.police_says(home, "3")
    assert find().opened == 0
    households.village_says(home, "4", day=1)
    assert find().opened == 1
    row = Contradiction.objects.get()
    assert [claim["value"] for claim in row.said] == ["3", "4"]
    assert (row.settler, row.is_village) == (households.police, False)
    assert waiting() == {("holder", "police")}
    assert row.case.due_at > row.found_at
    assert find().opened == 0


def test_all_of_a_register_found_at_once_is_one_case(households):
    for _number in range(5):
        home = households.household()
        households.police_says(home, "3")
        households.village_says(home, "4")
    assert find().opened == 5
    case = Case.objects.get(procedure="contradiction")
    rows = list(Contradiction.objects.order_by("pk"))
    for row in rows[:-1]:
        settle(row, "4", households.officer, "查户口簿")
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    settle(rows[-1], "3", households.officer, "查户口簿")
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED


def test_settled_once_an_old_value_never_raises_it_again(households):
    home = households.household()
    households.police_says(home, "3")
    households.village_says(home, "4", day=1)
    find()
    settle(Contradiction.objects.get(), "4", households.officer, "入户核实")
    home.refresh_from_db()
    assert home.values["people"] == "4"
    households.police_says(home, "3", day=9)
    households.phone_says(home, "3", item="people", day=10)
    households.village_says(home, "4.0", day=11)
    assert find().opened == 0
    households.police_says(home, "5", day=20)
    assert find().opened == 1
    again = Contradiction.objects.get(state=State.OPEN)
    assert [claim["value"] for claim in again.said] == ["4", "5"]


def test_what_comes_to_agree_by_itself_is_closed(households):
    home = households.household()
    households.police_says(home, "3")
    households.village_says(home, "4", day=1)
    find()
    households.police_says(home, "4", day=3)
    assert find().gone == 1
    assert Contradiction.objects.get().state == State.GONE
    assert Case.objects.get().state == CaseState.CLOSED


def test_only_the_unit_it_was_sent_to_settles(households):
    home = households.household()
    households.police_says(home, "3")
    households.village_says(home, "4", day=1)
    find()
    row = Contradiction.objects.get()
    for account in (households.clerk, households.other_officer):
        with pytest.raises(Refused) as refusal:
            settle(row, "4", account, "看过")
        assert refusal.value.code == "not_post"
    with pytest.raises(Refused) as refusal:
        settle(row, "4", households.officer, " ")
    assert refusal.value.code == "no_ground"
    settle(row, "4", households.officer, "查户口簿")
    with pytest.raises(Refused) as refusal:
        settle(row, "3", households.officer, "再查")
    assert refusal.value.code == "not_open"


def test_a_department_that_cannot_know_has_the_village_look(households):
    home = households.household()
    households.police_says(home, "3")
    households.village_says(home, "4", day=1)
    find()
    row = pass_on(Contradiction.objects.get(), households.officer, "请入户看一看")
    assert waiting() == {("village", "village_370306102201")}
    row = pass_on(row, households.clerk, "户口上的事由公安核")
    assert waiting() == {("holder", "police")}
    pass_on(row, households.officer, "还是请入户")
    settle(row, "4", households.clerk, "入户核实")
    assert set(Case.objects.values_list("state", flat=True)) == {CaseState.CLOSED}


def test_two_phones_in_conflict_go_to_the_village_where_nobody_holds_the_item(households):
    home = households.household()
    households.phone_says(home, "2", item="workers")
    households.phone_says(home, "1", item="workers", day=1)
    find()
    row = Contradiction.objects.get()
    assert (row.settler, row.is_village) == (households.village, True)
    assert {claim["value"] for claim in row.said} == {"1", "2"}
    settle(row, "2", households.clerk, "电话核实")
    home.refresh_from_db()
    assert (home.values["workers"], home.conflicts) == ("2", {})


def test_a_rule_widens_what_counts_as_the_same_or_orders_two_items(households):
    home = households.household()
    households.police_says(home, "3")
    households.village_says(home, "4", day=1)
    ItemRule.objects.create(register=households.register, kind="same", item="people", absolute=1)
    order = ItemRule.objects.create(
        register=households.register, kind="order", item="workers", order="le", other="people"
    )
    assert find().opened == 0
    households.village_says(home, "6", item="workers")
    assert find().opened == 1
    row = Contradiction.objects.get()
    assert (row.rule, row.settler) == (order, households.village)
    settle(row, "6", households.clerk, "含在外务工亲属，属实")
    assert find().opened == 0
    households.village_says(home, "7", item="workers", day=2)
    assert find().opened == 1


def test_the_values_stand_side_by_side_and_are_settled_on_the_page(households):
    home = households.household()
    households.police_says(home, "3")
    households.village_says(home, "4", day=1)
    find()
    row = Contradiction.objects.get()
    address = reverse("affairs:contradiction", args=[row.pk])
    reader = Client()
    reader.force_login(households.officer)
    assert home.label in reader.get(reverse("affairs:consistency")).content.decode()
    text = reader.get(address).content.decode()
    assert all(each in text for each in ("户籍人口基本信息", "区公安分局", "苏李村委会", "2026-11-03"))
    assert "核定依据" in reader.post(address, {"choice": "4", "note": ""}).content.decode()
    reader.post(address, {"choice": "4", "note": "查户口簿"})
    row.refresh_from_db()
    assert (row.state, row.value, row.settled_by) == (State.SETTLED, "4", households.officer)
    stranger = Client()
    stranger.force_login(households.other_officer)
    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("prefill", [{}, {"item": "people"}])
def test_another_form_that_asks_the_same_contradicts_the_register(households, prefill):
    home = households.household()
    households.police_says(home, "3")
    households.form_says(home, "3", **prefill)
    assert find().opened == 0
    other = households.form_says(home, "5", **prefill)
    assert find(other.updated_at).opened == 1
    row = Contradiction.objects.get()
    assert {(claim["value"], claim["words"]) for claim in row.said} >= {("3", "户籍人口基本信息"), ("5", "另一张表")}
    settle(row, "3", households.officer, "查户口簿")
    households.form_says(home, "5", **prefill)
    assert find().opened == 0


def test_a_form_about_something_else_contradicts_nothing(households):
    home = households.household()
    households.police_says(home, "3")
    households.form_says(home, "5", label="农机台数")
    assert find().opened == 0


def test_a_sensitive_value_is_shown_to_whoever_settles_and_masked_for_others(households):
    households.register.items.filter(name="people").update(grade=3)
    home = households.household()
    households.police_says(home, "31415")
    households.village_says(home, "27182", day=1)
    find()
    address = reverse("affairs:contradiction", args=[Contradiction.objects.get().pk])
    for account, sees in ((households.officer, True), (households.clerk, False)):
        reader = Client()
        reader.force_login(account)
        assert ("27182" in reader.get(address).content.decode()) is sees


def test_what_was_said_is_sealed_in_the_database(households):
    from django.db import connection

    home = households.household()
    households.police_says(home, "31415")
    households.village_says(home, "27182", day=1)
    find()
    with connection.cursor() as cursor:
        cursor.execute("SELECT claims, known, value FROM affairs_contradiction")
        assert "31415" not in "".join(cursor.fetchone())


def test_the_manager_sets_rules_and_stops_them(households):
    reader = Client()
    reader.force_login(households.manager)
    address = reverse("affairs:new_item_rule", args=[households.register.pk])
    wrong = reader.post(address, {"kind": "order", "item": "workers", "absolute": "0", "percent": "0"})
    assert wrong.status_code == 200
    reader.post(address, {"kind": "order", "item": "workers", "order": "le", "other": "people", "absolute": "0", "percent": "0"})
    rule = ItemRule.objects.get()
    reader.post(reverse("affairs:item_rule", args=[rule.pk]))
    rule.refresh_from_db()
    assert not rule.is_active
    assert "劳动力人数" in reader.get(address).content.decode()
    assert reader.get(reverse("affairs:item_rules")).status_code == 200
