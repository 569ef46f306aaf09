"""Merging, splitting, and taking both back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district.kernel.parties.actions import (
    decide,
    decide_objection,
    find,
    link_pairs,
    merge,
    object_to,
    record_pairs,
    split,
    unmerge,
    unsplit,
)
from district.kernel.parties.models import Attribute, Candidate, Merge, Name, Number, Party, Relation
from district.kernel.parties.queries import attributes_of, is_conflict, members_of, names_of
from district.kernel.parties.refused import Refused
from district.testing.parties import START, citizen_number, entity, person
from district.testing.people import account

pytestmark = pytest.mark.django_db


def everything() -> list[tuple]:
    return [
        tuple(sorted(map(repr, model.objects.values_list())))
        for model in (Party, Number, Name, Attribute, Relation)
    ]  # fmt: skip


def test_a_merged_party_is_found_by_either_number_and_has_one_value_in_use():
    kept, gone = person(1, phone="1"), person(2, phone="2", at=START + timedelta(days=1))
    merge(kept, gone, account(), "同一人")
    assert find("citizen", citizen_number(2)) == kept
    assert [row.value for _key, rows in attributes_of(kept) for row in rows if row.is_current] == ["2"]


def test_unmerging_restores_exactly_what_was():
    kept, gone = person(1, phone="1"), person(2, phone="2", name="李四")
    before = everything()
    merged = merge(kept, gone, account(), "误合并")
    assert everything() != before
    unmerge(merged, account(), "查明是两人")
    assert everything() == before
    assert Merge.objects.get().undone_at is not None


def test_what_was_said_after_a_merge_goes_with_the_one_of_whom_it_was_said():
    kept, gone = person(1), person(2)
    merged = merge(kept, gone, account(), "误")
    person(2, phone="139")
    unmerge(merged, account())
    assert (kept.attributes.count(), gone.attributes.get().is_current) == (0, True)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6), st.randoms(use_true_random=False)
)
def test_any_merges_undone_in_any_order_leave_what_was(pairs, chance):
    with transaction.atomic():
        by = account()
        parties = [person(i, phone=str(i), at=START + timedelta(days=i % 3)) for i in range(5)]
        before, merges = everything(), []
        for a, b in pairs:
            kept, gone = (Party.objects.get(pk=parties[i].pk).root for i in (a, b))
            if kept.pk != gone.pk:
                merges.append(merge(kept, gone, by, "试"))
        roots = {party.root_id for party in Party.objects.all()}
        assert len(roots) == 5 - len(merges)
        chance.shuffle(merges)
        for merged in merges:
            unmerge(merged, by)
        assert everything() == before
        transaction.set_rollback(True)


def test_persons_and_entities_are_never_one():
    with pytest.raises(Refused) as refused:
        merge(person(), entity(), account(), "x")
    assert refused.value.code == "different_kinds"


def test_a_split_takes_what_is_named_and_can_be_taken_back():
    party = person(1, phone="1")
    merge(party, person(2, name="李四"), account(), "误")
    other = members_of(party).last()
    phone = Attribute.objects.get()
    with pytest.raises(Refused) as refused:
        split(other, {"attributes": [phone.pk]}, account(), "x")
    assert refused.value.code == "foreign_rows"
    done = split(party, {"attributes": [phone.pk]}, account(), "电话是他人的")
    assert Attribute.objects.get().party == done.made
    unsplit(done, account())
    assert Attribute.objects.get().party == party
    assert find("citizen", citizen_number(1)) == party


def test_the_last_number_cannot_be_split_off():
    party = person(1)
    with pytest.raises(Refused) as refused:
        split(party, {"numbers": [party.numbers.get().pk]}, account(), "x")
    assert refused.value.code == "nothing_left"


def pair(left: Party, right: Party, probability: float = 0.97) -> dict:
    return {"left": left.pk, "right": right.pk, "probability": probability, "weight": 8.0, "explanation": []}


def test_a_pair_kept_apart_is_not_asked_again():
    a, b = person(1), person(2)
    record_pairs("person", [pair(b, a)])
    decide(Candidate.objects.get(), "apart", account(), "同名")
    assert record_pairs("person", [pair(a, b, 0.99999)]) == 0
    assert Candidate.objects.get().state == "apart"
    assert link_pairs([(a.pk, b.pk)]) == 0


def test_a_pair_linked_without_a_person_is_undone_like_any_other():
    a, b, c = person(1), person(2), person(3)
    record_pairs("person", [pair(a, b, 0.99999), pair(a, c, 0.99)])
    assert link_pairs([(a.pk, b.pk)]) == 1
    assert Party.objects.get(pk=b.pk).root_id == a.pk
    unmerge(Merge.objects.get(), account())
    assert Candidate.objects.filter(state="waiting").count() == 2


def test_a_pair_decided_is_merged_once():
    record_pairs("person", [pair(person(1), person(2))])
    found = Candidate.objects.get()
    decide(found, "later", account())
    decide(found, "merged", account())
    with pytest.raises(Refused):
        decide(found, "apart", account())
    assert Party.objects.filter(merged_into=None).count() == 1


def test_a_name_its_own_source_has_changed_is_a_former_one():
    entity(1, name="旧名")
    party = entity(1, name="新名", at=START + timedelta(days=1))
    assert [(name.name, name.has_passed) for name in names_of(party)] == [("新名", False), ("旧名", True)]
    assert Party.objects.get().name == "新名"


def test_an_upheld_objection_removes_the_value_and_the_next_takes_its_place():
    person(1, phone="1")
    party = person(1, phone="2", at=START + timedelta(days=1))
    assert not is_conflict(attributes_of(party)[0][1])
    filed = object_to(party, "不是我的电话", account(), key="phone")
    decide_objection(filed, True, "已删除", account())
    assert party.attributes.get().value == "1"
    assert party.attributes.get().is_current
