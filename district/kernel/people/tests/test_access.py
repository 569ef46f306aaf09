from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from district.kernel import clock
from district.kernel.people.access import ADMIN, AUDITOR, SELF, allow, may, roles_of, scope_of
from district.kernel.people.models import Account, Duty, Organisation
from district.kernel.people.scope import Scope
from district.kernel.vocabulary import PUBLIC, STAFF
from district.testing import people

pytestmark = pytest.mark.django_db


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def ask(roles: tuple[str, ...], user, **headers) -> HttpResponse:
    request = RequestFactory().get("/some/page/?a=1", headers=headers)
    request.user = user
    return allow(*roles)(view)(request)


def test_a_view_says_who_may_use_it():
    assert getattr(allow(ADMIN, AUDITOR)(view), "allowed_roles", None) == {ADMIN, AUDITOR}


def test_an_unknown_role_is_refused_when_the_view_is_declared():
    with pytest.raises(ValueError, match=r"nowhere\.nobody"):
        allow("nowhere.nobody")


def test_a_view_without_any_role_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        allow()


def test_a_public_view_is_open_to_anybody():
    assert ask((PUBLIC,), AnonymousUser()).content == b"in"


def test_anonymous_readers_are_sent_to_the_sign_in_page_and_back():
    answer = ask((ADMIN,), AnonymousUser())
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=/some/page/%3Fa%3D1"


def test_programs_and_htmx_get_401():
    assert ask((ADMIN,), AnonymousUser(), accept="application/json").status_code == 401
    answer = ask((ADMIN,), AnonymousUser(), **{"hx-request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/sign-in/")


def test_the_right_duty_opens_and_another_does_not():
    assert ask((ADMIN,), people.account(ADMIN)).content == b"in"
    with pytest.raises(PermissionDenied):
        ask((ADMIN,), people.account(AUDITOR))
    assert ask((ADMIN,), people.account(AUDITOR), accept="application/json").status_code == 403


def test_staff_is_anybody_with_a_live_duty():
    assert may(people.account(ADMIN), STAFF)
    assert not may(people.account(), STAFF)
    assert not may(AnonymousUser(), STAFF)


def test_ones_own_pages_are_open_without_a_duty_but_not_without_signing_in():
    assert may(people.account(), SELF)
    assert not may(AnonymousUser(), SELF)
    assert not may(people.account(status="suspended"), SELF)


@pytest.mark.parametrize(
    ("from_day", "until_day", "is_live"),
    [(0, None, True), (0, 0, True), (-9, 0, True), (1, None, False), (-9, -1, False), (-9, 9, True)],
)
def test_a_duty_holds_from_its_first_day_to_the_end_of_its_last(from_day: int, until_day: int | None, is_live: bool):
    account = people.account()
    today = clock.today()
    Duty.objects.create(
        account=account, role=ADMIN, organisation=account.organisation, from_on=today + timedelta(from_day),
        until_on=None if until_day is None else today + timedelta(until_day),
    )
    assert may(account, ADMIN) is is_live


def test_an_ended_duty_and_a_suspended_account_give_nothing():
    account = people.account(ADMIN)
    Duty.objects.filter(account=account).update(ended_at=clock.now())
    assert roles_of(account) == frozenset()
    suspended = people.account(ADMIN)
    suspended.status = "suspended"
    assert not may(suspended, ADMIN)


def test_duties_are_read_once_per_request(django_assert_num_queries):
    account = Account.objects.get(pk=people.account(ADMIN).pk)
    with django_assert_num_queries(1):
        assert may(account, ADMIN)
        assert not may(account, AUDITOR)
        assert scope_of(account, "people").is_whole


@pytest.fixture
def town() -> dict[str, Organisation]:
    district = people.organisation("zhoucun", division_code="370306")
    north = people.organisation("town_north", parent=district, kind="town", division_code="370306100")
    village = people.organisation("village_one", parent=north, kind="village", division_code="370306100201")
    bureau = people.organisation("ecology", parent=district)
    return {"district": district, "north": north, "village": village, "bureau": bureau}


def test_the_whole_district_covers_everything(town):
    scope = scope_of(people.account(ADMIN, scope="district", unit=town["bureau"]), "people")
    assert scope == Scope(is_whole=True)
    assert scope.covers("370306101")
    assert scope.covers(town["village"].pk)
    assert scope.covers(None)


def test_a_town_covers_its_division_and_the_villages_in_it(town):
    scope = scope_of(people.account(ADMIN, scope="own", unit=town["north"]), "people")
    assert scope.covers("370306100")
    assert scope.covers("370306100201")
    assert not scope.covers("370306101")
    assert scope.covers(town["north"].pk)
    assert not scope.covers(town["village"].pk)


def test_a_subtree_covers_the_units_below(town):
    scope = scope_of(people.account(ADMIN, scope="subtree", unit=town["north"]), "people")
    assert scope.covers(town["village"].pk)
    assert not scope.covers(town["bureau"].pk)
    assert scope.division_prefixes == ("370306100",)


def test_a_bureau_with_its_own_scope_has_no_division_of_its_own(town):
    scope = scope_of(people.account(ADMIN, scope="own", unit=town["bureau"]), "people")
    assert scope.covers(town["bureau"].pk)
    assert not scope.covers("370306")
    assert not scope.covers("")


def test_a_duty_in_one_system_covers_nothing_in_another():
    assert scope_of(people.account(ADMIN), "kernel").is_empty


def test_a_query_is_narrowed_to_the_scope(town):
    def names(scope: Scope, **fields: str) -> set[str]:
        return set(scope.filter(Organisation.objects.all(), **fields).values_list("code", flat=True))

    by_both = {"division_field": "division_code", "organisation_field": "pk"}
    own = scope_of(people.account(ADMIN, scope="own", unit=town["north"]), "people")
    assert names(own, **by_both) == {"town_north", "village_one"}
    assert names(own, organisation_field="pk") == {"town_north"}
    assert names(Scope(), **by_both) == set()
    assert names(Scope(is_whole=True), **by_both) == {"zhoucun", "town_north", "village_one", "ecology"}


def test_a_prefix_of_a_code_is_not_enough_to_be_below_a_unit(town):
    other = people.organisation("town_north_2", parent=town["district"], kind="town")
    assert not town["north"].contains(other)
    assert other not in town["north"].subtree()
