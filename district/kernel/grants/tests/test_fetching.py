"""The one way rows are read by a rule: from a table and from the lake alike, and not past the end of a grant."""

from __future__ import annotations

import uuid

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.datasets.models import Item, Resource
from district.kernel.datasets.versions import open_version
from district.kernel.grants import actions, fetching, rules, uses
from district.kernel.grants.models import Grant, UseSubjects
from district.kernel.grants.refused import Refused
from district.kernel.grants.row_rules import Rule, condition
from district.kernel.grants.subjects import Subjects, subject_hash, subject_hashes
from district.kernel.grants.tests import shared_rows
from district.kernel.grants.viewers import Viewer
from district.testing.people import organisation

pytestmark = pytest.mark.django_db
ROWS = 30
ITEMS = ["id", "name", "number", "phone", "town"]


@pytest.fixture(params=["table", "lake"])
def shared(request: pytest.FixtureRequest) -> tuple[Resource, Grant, Rule]:
    shared_rows.make_table(ROWS)
    resource = shared_rows.resource()
    if request.param == "lake":
        resource.table = ""
        resource.save(update_fields=["table"])
        with open_version(resource, "test", "replace") as draft:
            draft.write([_delivered()])
            draft.publish()
    grant = shared_rows.grant(resource, organisation("asker"), items=ITEMS, divisions=[shared_rows.TOWNS[0]])
    rule = rules.columns_and_rows(Viewer(grant.grantee_id, "", ""), resource)
    assert rule is not None
    return resource, grant, rule


def _delivered() -> pa.Table:
    numbers = range(1, ROWS + 1)
    return pa.table({
        "id": pa.array(numbers, pa.int64()), "name": [f"测试人{n}" for n in numbers],
        "number": [shared_rows.number_of(n) for n in numbers], "phone": [f"1380000{n:04}" for n in numbers],
        "town": [shared_rows.TOWNS[n % 3] + "001" for n in numbers],
        "income": pa.array([n * 100.0 for n in numbers]), "born_on": pa.array([None] * ROWS, pa.date32()),
    })  # fmt: skip


def test_rows_are_masked_and_filtered_wherever_they_lie(shared: tuple[Resource, Grant, Rule]):
    resource, _grant, rule = shared
    asked = fetching.selection(rule, resource, fields=("phone", "id"), filters=[condition("id", "integer", "le", 6)])
    assert sorted(fetching.every(asked)) == [("138****0003", 3), ("138****0006", 6)]
    assert sorted(row for batch in fetching.batches(asked, 1) for row in batch) == sorted(fetching.every(asked))


def test_what_a_rule_has_not_cannot_be_asked(shared: tuple[Resource, Grant, Rule]):
    resource, _grant, rule = shared
    with pytest.raises(Refused) as refused:
        fetching.selection(rule, resource, fields=("income",))
    assert refused.value.code == "item_not_granted"


def test_persons_are_found_in_every_item_that_holds_one_however_many(
    shared: tuple[Resource, Grant, Rule], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fetching, "PERSONS", 3)
    resource, grant, _rule = shared
    Item.objects.filter(resource=resource, name="phone").update(holds="person_id")
    rule = rules.columns_and_rows(Viewer(grant.grantee_id, "", ""), resource)
    one = fetching.selection(rule, resource, filters=[condition("id", "integer", "eq", 3)], with_subjects=True)
    assert fetching.subjects_of(one) == subject_hashes([shared_rows.number_of(3), "13800000003"])
    ids = [row[0] for row in fetching.every(fetching.selection(rule, resource, fields=("id",)))]
    assert len(ids) > 3
    everybody = [each for n in ids for each in (shared_rows.number_of(n), f"1380000{n:04}")]
    assert fetching.subjects_of(fetching.selection(rule, resource, with_subjects=True)) == subject_hashes(everybody)


@given(st.lists(st.lists(st.text(max_size=3))))
def test_persons_that_come_by_in_batches_are_those_that_come_at_once(batches: list[list[str]]):
    collected = Subjects()
    for batch in batches:
        collected.add(batch)
    assert collected.hashes() == subject_hashes(number for batch in batches for number in batch)


def test_rows_read_while_the_grant_ends_are_not_handed_out(shared: tuple[Resource, Grant, Rule]):
    resource, grant, rule = shared
    reading = fetching.batches(fetching.selection(rule, resource), 4)
    next(reading)
    actions.withdraw(grant, None, "收")
    with pytest.raises(Refused) as refused:
        list(reading)
    assert refused.value.code == "no_grant"


def test_all_persons_of_a_large_use_are_chained(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(uses, "CHUNK", 7)
    shared_rows.make_table(ROWS)
    resource = shared_rows.resource()
    rule = rules.own_rule(resource, list(resource.items.all()))
    persons = subject_hashes(shared_rows.number_of(n) for n in [*range(1, ROWS + 1), 1, 2])
    assert persons == b"".join(sorted(subject_hash(shared_rows.number_of(n)).bytes for n in range(1, ROWS + 1)))
    number = uses.record(Viewer(None, "", "某人"), rule, channel="file", rows=ROWS, subjects=persons)
    assert sum(len(each) for each in UseSubjects.objects.filter(use=number).values_list("hashes", flat=True)) == ROWS
    assert uses.verify().is_whole
    assert uses.uses_of_subject(uuid.UUID(bytes=persons[-16:])).get().pk == number
