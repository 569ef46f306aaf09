import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.people.models import Account
from district.kernel.people.sealed_field import SealBroken, seal, unseal
from district.testing import people


@given(st.text())
def test_what_is_sealed_comes_back(text: str):
    assert unseal(seal(text)) == text


def test_the_same_text_is_sealed_differently_each_time():
    assert seal("13800138000") != seal("13800138000")


@given(st.integers(min_value=0, max_value=70))
def test_a_changed_character_breaks_the_seal(place: int):
    sealed = seal("13800138000")
    at = 2 + place % (len(sealed) - 3)
    changed = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]
    with pytest.raises(SealBroken):
        unseal(changed)


@pytest.mark.django_db
def test_a_phone_number_is_not_readable_in_the_database_nor_in_its_history():
    account = people.account(phone="13800138000")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM people_account UNION ALL SELECT phone FROM people_accountevent")
        stored = [row[0] for row in cursor.fetchall()]
    assert len(stored) == 2
    assert not any("13800138000" in text for text in stored)
    assert Account.objects.get(pk=account.pk).phone == "13800138000"
