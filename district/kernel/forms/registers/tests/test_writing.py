"""Filled forms, programs and those who settle write to registers; nothing is overwritten unseen."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.db import connection

from district.kernel.forms.models import Entity, EntityWrite, WaitingState, WaitingWrite
from district.kernel.forms.refused import Refused
from district.kernel.forms.registers import csv, queries, reading, writing
from district.kernel.forms.registers.tests.households import (
    OTHER_VILLAGE,
    VILLAGE,
    clerk,
    filled,
    keeper,
    make_form,
    make_register,
    send,
)
from district.kernel.forms.tests.filling import new_id
from district.kernel.people.models import AuditEntry

pytestmark = pytest.mark.django_db
NAME = uuid.UUID("3f2504e0-4f89-41d3-9a0c-0305e82c3301")
BRANCHES = [str(uuid.UUID(int=number)) for number in (1, 2, 3)]


@pytest.fixture
def register():
    return make_register()


@pytest.fixture
def form(register):
    return make_form(register)


@pytest.fixture
def by():
    return clerk()


@pytest.fixture
def household(register):
    return writing.create_entity(
        register,
        uuid=NAME,
        label="演示一户",
        values={"code": "H-1", "wage": "0", "roof": "瓦"},
        division_code=VILLAGE,
    )


def shown(name: uuid.UUID = NAME) -> dict[str, str]:
    return reading.values_of(Entity.objects.get(uuid=name))


def test_a_form_makes_a_record_of_the_clerks_village(form, by):
    send(form, filled(NAME, creates=True, label="演示二户", wage="1,200", roof="瓦"), by)
    entity = Entity.objects.get(uuid=NAME)
    assert (entity.label, entity.division_code, entity.version) == ("演示二户", VILLAGE, 1)
    assert entity.values == {"wage": "1200", "roof": "瓦"}


def test_only_changed_answers_are_changes(form, by, household):
    send(form, filled(NAME, base=1, wage="900", roof="瓦"), by)
    [change, _created] = reading.history_of(household).changes
    assert change.items == {"wage": ("0", "900")}
    assert change.write.device == "collect:演示手机"


def test_two_phones_off_line_conflict_and_both_values_are_there_with_their_writers(form, by, household):
    send(form, filled(NAME, base=1, trunk=1, branch=BRANCHES[0], wage="900", minutes=9), by)
    send(form, filled(NAME, base=1, trunk=1, branch=BRANCHES[1], wage="800", minutes=5), clerk())
    entity = Entity.objects.get(uuid=NAME)
    standing = reading.history_of(entity).standing["wage"]
    assert [each.value for each in standing] == ["900", "800"]
    assert [each.writes[0].key for each in standing] == entity.conflicts["wage"]
    assert standing[0].writes[0].account == by
    assert entity.values["wage"] == "900"


def test_a_branch_out_of_order_is_no_conflict(form, by, household):
    later = filled(NAME, base=2, trunk=1, branch=BRANCHES[0], wage="0", roof="石", minutes=9)
    earlier = filled(NAME, base=1, trunk=1, branch=BRANCHES[0], wage="900", roof="瓦", minutes=5)
    send(form, later, by)
    send(form, earlier, by)
    assert Entity.objects.get(uuid=NAME).conflicts == {}
    assert shown() == {"code": "H-1", "wage": "0", "roof": "石"}


def test_the_same_form_twice_changes_nothing(form, by, household):
    xml = filled(NAME, base=1, wage="900")
    first = send(form, xml, by)
    send(form, xml, by)
    [repeated] = writing.take(first.versions.get(), first.version.questions)
    assert repeated.is_repeated
    assert Entity.objects.get(uuid=NAME).version == 2


def test_an_update_waits_for_its_record(register, form, by):
    send(form, filled(NAME, base=1, wage="900", minutes=9), by)
    assert WaitingWrite.objects.get().state == WaitingState.WAITING
    send(form, filled(NAME, creates=True, label="演示三户", wage="0", minutes=5), by)
    assert shown() == {"wage": "900"}
    assert WaitingWrite.objects.get().state == WaitingState.TAKEN
    assert Entity.objects.get(uuid=NAME).version == 2


def test_a_record_of_another_village_is_not_written_but_the_form_is_kept(form, household):
    made = send(form, filled(NAME, base=1, wage="900"), clerk(OTHER_VILLAGE))
    assert made.values["wage"] == "900"
    assert shown()["wage"] == "0"
    waiting = WaitingWrite.objects.get()
    assert (waiting.state, waiting.code) == (WaitingState.REFUSED, "outside")


def test_a_form_may_say_anything_and_is_still_kept(form, by, household):
    send(form, filled("no-uuid", base=1, wage="1"), by)
    send(form, filled(NAME, base=99, trunk=98, branch="source:1", wage="1"), by)
    assert WaitingWrite.objects.get().code == "bad_uuid"
    assert not EntityWrite.objects.filter(branch__startswith="source").exists()


def test_an_edited_form_corrects_what_it_wrote(form, by, household):
    first = new_id()
    send(form, filled(NAME, instance_id=first, base=1, wage="900"), by)
    send(form, filled(NAME, deprecated=first, base=2, wage="950", minutes=5), by)
    assert Entity.objects.get(uuid=NAME).conflicts == {}
    assert shown()["wage"] == "950"


def test_a_corrector_does_not_overwrite_what_came_since(form, by, household):
    first = new_id()
    send(form, filled(NAME, instance_id=first, base=1, wage="900"), by)
    send(form, filled(NAME, base=2, wage="700", minutes=5), by)
    send(form, filled(NAME, deprecated=first, base=3, wage="950", minutes=9), by)
    assert set(Entity.objects.get(uuid=NAME).conflicts) == {"wage"}


def test_sensitive_values_are_sealed_at_rest(form, by, household):
    send(form, filled(NAME, base=1, card="演示证件0001"), by)
    entity, write = Entity.objects.get(uuid=NAME), EntityWrite.objects.get(version=2)
    assert "演示证件" not in str(entity.values) + str(write.values)
    assert reading.value_of(entity, "card") == "演示证件0001"


def test_what_only_looks_sealed_breaks_nothing(household):
    writing.update_entity(household, values={"roof": "sealed:1:abc"})
    assert shown()["roof"] == "sealed:1:abc"


def test_a_program_that_has_not_seen_the_newest_is_refused(household):
    writing.update_entity(household, values={"wage": "900"}, base_version=1)
    with pytest.raises(Refused) as caught:
        writing.update_entity(household, values={"wage": "800"}, base_version=1)
    assert (caught.value.code, caught.value.status) == ("stale", 409)
    writing.update_entity(household, values={"wage": "800"})
    assert shown()["wage"] == "800"


def test_unknown_items_and_names_that_are_taken_are_refused_whole(register, household):
    rows = [writing.NewEntity({"wage": "1"}), writing.NewEntity({"wage": "1"}, uuid=NAME)]
    with pytest.raises(Refused, match="同一编号"):
        writing.create_entities(register, rows)
    with pytest.raises(Refused, match="没有信息项"):
        writing.create_entity(register, values={"nothing": "1"})
    assert Entity.objects.count() == 1


def test_a_settlement_is_for_good(form, by, household):
    send(form, filled(NAME, base=1, wage="900", minutes=9), by)
    send(form, filled(NAME, base=1, wage="800", minutes=5), by)
    entity = Entity.objects.get(uuid=NAME)
    boss = keeper()
    with pytest.raises(Refused, match="又有新的"):
        writing.settle(entity, {"wage": "800"}, account=boss, seen_version=2)
    writing.settle(entity, {"wage": "800"}, account=boss, seen_version=3, reason="看过工资单")
    send(form, filled(NAME, base=1, wage="900", minutes=7), by)
    assert Entity.objects.get(uuid=NAME).conflicts == {}
    assert shown()["wage"] == "800"


def test_a_deleted_record_leaves_lists_and_keeps_what_comes(register, form, by, household):
    writing.delete_entity(household, account=keeper())
    assert not queries.entities_visible_to(by, register).exists()
    send(form, filled(NAME, base=1, wage="900"), by)
    writing.restore_entity(Entity.objects.get(uuid=NAME), account=keeper())
    assert shown()["wage"] == "900"


def test_a_phone_is_given_the_rows_of_its_own_village(register, by, household):
    writing.create_entity(register, label="外村", values={"code": "H-9"}, division_code=OTHER_VILLAGE)
    head, row = csv.rows(register, by)
    assert head == ["name", "label", "__version", "code", "wage", "roof", "card", "geometry", "division_code"]
    assert row == [str(NAME), "演示一户", "1", "H-1", "0", "瓦", "", "", ""]
    assert len(list(csv.rows(register, keeper()))) == 3
    assert b"".join(csv.lines(register, by)).decode().splitlines()[0].startswith("name,label,__version")


def test_a_place_and_a_division_follow_from_the_values(register):
    entity = writing.create_entity(
        register, label="演示", values={"geometry": "36.8 117.9 0 0", "division_code": OTHER_VILLAGE}
    )
    assert (entity.lat, entity.lon, entity.division_code) == (36.8, 117.9, OTHER_VILLAGE)


def test_a_phone_has_of_sensitive_items_only_what_its_form_names(register, by, household):
    version = make_form(register).versions.get()
    assert csv.items_of(register, version) == ["wage", "roof", "card", "geometry"]
    csv.note_look(register, by, version)
    assert AuditEntry.objects.get(action="look").fields == ["card"]


def write_many(name: uuid.UUID, item: str) -> None:
    for number in range(8):
        writing.update_entity(Entity.objects.get(uuid=name), values={item: f"{number}"})
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_one_record_wait_for_each_other(register, household):
    threads = [threading.Thread(target=write_many, args=(NAME, item)) for item in ("wage", "roof")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entity = Entity.objects.get(uuid=NAME)
    assert entity.version == 17
    assert (entity.values["wage"], entity.values["roof"], entity.conflicts) == ("7", "7", {})
