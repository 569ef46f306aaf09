"""What is kept of what sources say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district.kernel.parties import numbers
from district.kernel.parties.actions import find, note, relate
from district.kernel.parties.delivery import Delivery, Related
from district.kernel.parties.models import Attribute, Name, Number, Party, Precedence, Relation
from district.kernel.parties.noting import note_many
from district.kernel.parties.refused import Refused
from district.kernel.parties.sealing import digest, unseal
from district.kernel.parties.settling import settle_all
from district.testing.parties import START, citizen_number, credit_code, entity, person, register

pytestmark = pytest.mark.django_db


def test_a_number_is_found_again_however_it_is_typed_and_is_nowhere_in_plain():
    party = person(3)
    typed = citizen_number(3)
    assert find("citizen", f" {typed[:6]} {typed[6:14]} {typed[14:].lower()}") == party
    stored = Number.objects.get()
    assert unseal(stored.sealed) == typed
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(parties_number)::text FROM parties_number")
        assert typed[6:14] not in cursor.fetchone()[0]


def test_the_digest_needs_the_key():
    from hashlib import sha256

    assert digest("citizen", citizen_number(1)) != digest("residence", citizen_number(1))
    assert digest("citizen", citizen_number(1)) != sha256(citizen_number(1).encode()).digest()


def test_a_wrong_number_is_refused_and_makes_nobody():
    with pytest.raises(numbers.NumberError):
        note("citizen", citizen_number(1)[:-1] + "!", {}, register(), START)
    assert not Party.objects.exists()


def test_facts_of_a_person_need_a_legal_ground():
    bare = register("somebody", legal_ground="", purpose="")
    with pytest.raises(Refused) as refused:
        note("citizen", citizen_number(1), {}, bare, START)
    assert refused.value.code == "no_ground"


def test_an_old_organisation_code_and_the_new_credit_code_are_one_entity_in_either_order():
    code = credit_code(5)
    first = note("organisation", numbers.organisation_of(code), {"name": "旧"}, register("quality"), START)
    assert note("credit", code, {"name": "新"}, register("market"), START) == first
    other = note("credit", credit_code(6), {}, register("market"), START)
    assert (
        note("organisation", numbers.organisation_of(credit_code(6)), {}, register("quality"), START) == other
    )


def test_the_source_that_leads_wins_and_the_disagreement_stays_visible():
    person(1, phone="13800000001")
    hospital = register("hospital", rank=100)
    party = note(
        "citizen", citizen_number(1), {"phone": "13900000002"}, hospital, START - timedelta(days=300)
    )
    assert party.attributes.get(is_current=True).value == "13900000002"
    assert party.attributes.count() == 2
    Precedence.objects.create(key="phone", source=hospital, rank=900)
    settle_all()
    assert party.attributes.get(is_current=True).value == "13800000001"


def test_a_source_that_repeats_itself_adds_nothing_but_the_time():
    person(1, phone="13800000001")
    person(1, phone="13800000001", at=START + timedelta(days=9))
    row = Attribute.objects.get()
    assert (row.first_at, row.source_at) == (START, START + timedelta(days=9))


SAID = st.tuples(
    st.sampled_from(["a", "b", "c"]), st.sampled_from(["phone", "name", "address", "former_name"]),
    st.sampled_from(["甲", "乙", "丙"]), st.integers(0, 4), st.integers(1, 2),
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SAID, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_any_order_of_deliveries_and_repeats_leaves_the_same_behind(said, chance):
    shuffled = [*said, *said[: len(said) // 2]]
    chance.shuffle(shuffled)
    assert state_after(said) == state_after(shuffled)


def state_after(said: list[tuple[str, str, str, int, int]]) -> set[tuple]:
    with transaction.atomic():
        ranks = {"a": 100, "b": 200, "c": 200}
        for by, key, value, day, who in said:
            at = START + timedelta(days=day)
            note("citizen", citizen_number(who), {key: value}, register(by, rank=ranks[by]), at)
        kept = set()
        for model, value in ((Attribute, "value"), (Name, "name")):
            for row in model.objects.select_related("source", "party"):
                key = row.key if model is Attribute else row.kind
                whose = unseal(row.party.numbers.get().sealed)
                kept.add(
                    (
                        whose,
                        key,
                        getattr(row, value),
                        row.source.key,
                        row.first_at,
                        row.source_at,
                        row.is_current,
                        row.party.name,
                    )
                )
        transaction.set_rollback(True)
    return kept


def test_a_set_counts_what_it_refuses_and_keeps_the_rest():
    column = [
        citizen_number(1),
        citizen_number(2),
        citizen_number(1),
        "370306",
        None,
        citizen_number(3)[:-2] + "00",
    ]
    receipt = note_many(
        Delivery("citizen", column, {"name": ["甲", "乙", "甲", "丙", "丁", "戊"]}, START), register()
    )
    assert (receipt.rows, receipt.made, sum(receipt.refused.values())) == (6, 2, 3)
    assert receipt.refused["missing"] == 1
    assert Party.objects.filter(name__in=["甲", "乙"]).count() == 2


def test_rows_without_a_right_number_are_kept_under_their_sources_own_key():
    delivery = Delivery(
        "citizen", [None, "37030619900101001Y"], {"name": ["甲", "乙"]}, START, local_keys=["r1", "r2"]
    )
    for _ in range(2):
        receipt = note_many(delivery, register())
    assert (receipt.local, receipt.made, Party.objects.count()) == (2, 0, 2)
    written = Number.objects.get(kind="written")
    assert unseal(written.sealed) == "37030619900101001Y"


def test_two_codes_of_one_body_in_one_set_make_one_entity():
    twin = credit_code(1, front="92")
    receipt = note_many(Delivery("credit", [credit_code(1), twin], {}, START), register())
    assert (receipt.made, find("credit", twin)) == (1, find("credit", credit_code(1)))


def test_a_set_brings_relations_with_it():
    related = Related("legal_representative", "citizen", [citizen_number(7), None], ["张三", "李四"])
    note_many(Delivery("credit", [credit_code(1), credit_code(2)], {}, START, related=[related]), register())
    found = Relation.objects.get()
    assert (found.party, found.other) == (find("credit", credit_code(1)), find("citizen", citizen_number(7)))


def test_a_relation_said_twice_is_one_with_the_later_time():
    for day in (3, 1):
        relate(entity(), "legal_representative", person(), register(), START + timedelta(days=day))
    assert Relation.objects.get().source_at == START + timedelta(days=3)
