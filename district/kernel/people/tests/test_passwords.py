from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from district.kernel import clock
from district.kernel.people import passwords
from district.kernel.people.models import Account
from district.testing import people


def codes(password: str, account: Account | None = None) -> set[str]:
    try:
        validate_password(password, account)
    except ValidationError as error:
        return {each.code for each in error.error_list}
    return set()


def test_nine_characters_are_too_few_and_ten_are_enough():
    assert codes("Abcdef-12") == {"password_too_short"}
    assert codes("Abcdef-123") == set()


@pytest.mark.parametrize("password", ["abcdefghijklm", "abcdefgh12345", "ABCDEFGH12345", "----------ab"])
def test_two_classes_of_characters_are_too_few(password: str):
    assert "password_too_plain" in codes(password)


@pytest.mark.parametrize("password", ["Abcdefgh1234x", "abcdefgh-1234", "ABCDEFGH-1234", "Abcdefgh-ijkl", "密码abcdef1234"])
def test_three_classes_of_characters_are_enough(password: str):
    assert codes(password) == set()


@pytest.mark.parametrize("password", ["Z10086zz-Abc", "z10086ZZ-abC", "zz68001Z-Abc"])
def test_the_user_name_may_not_occur_in_the_password_in_any_case_or_direction(password: str):
    account = Account(username="Z10086zz")
    assert "password_has_username" in codes(password, account)


def test_a_common_password_is_refused_whatever_its_case():
    common = passwords.NotCommon()
    with pytest.raises(ValidationError):
        common.validate("Password123")


@pytest.mark.parametrize("turn", range(50))
def test_a_password_that_is_handed_out_passes_the_rules(turn: int):
    assert codes(passwords.handed_out()) == set()


@pytest.mark.django_db
def test_the_last_five_passwords_may_not_come_back_but_the_sixth_may():
    account = people.account(password="Start-0000-a")
    used = [f"Fresh-{number}{number}{number}-Word" for number in range(6)]
    for password in used:
        assert codes(password, account) == set()
        passwords.change(account, password)
    assert [bool(codes(password, account)) for password in used] == [False, True, True, True, True, True]
    assert account.past_passwords.count() == passwords.KEPT


@pytest.mark.django_db
def test_a_password_is_due_for_change_after_ninety_days():
    account = people.account(password=people.PASSWORD)
    assert not passwords.is_change_due(account)
    with clock.stopped_at(clock.now() + timedelta(days=90, minutes=1)):
        assert passwords.is_change_due(account)


@pytest.mark.django_db
def test_a_demo_account_never_has_to_change_its_password():
    account = people.account(password=people.PASSWORD, is_demo=True)
    with clock.stopped_at(clock.now() + timedelta(days=400)):
        assert not passwords.is_change_due(account)
