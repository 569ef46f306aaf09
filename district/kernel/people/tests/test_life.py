from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from district.kernel import clock
from district.kernel.people import duty_actions, life_actions, upkeep
from district.kernel.people.access import ADMIN, AUDITOR, OPERATOR, may
from district.kernel.people.models import Account, AuditEntry, Duty, LifeStep, SignIn, Status
from district.kernel.people.refused import Refused
from district.kernel.people.rights_ended import rights_ended
from district.testing import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return people.organisation("zhoucun")


@pytest.fixture
def north(district):
    return people.organisation("town_north", parent=district, kind="town")


@pytest.fixture
def admin(district):
    return people.account(ADMIN, unit=district)


def code_of(work, *arguments, **named) -> str:
    with pytest.raises(Refused) as caught, transaction.atomic():
        work(*arguments, **named)
    return caught.value.code


def kinds(account: Account) -> list[str]:
    return list(account.life.order_by("id").values_list("kind", flat=True))


def test_a_new_account_gets_a_password_for_its_first_sign_in_only(admin, north):
    account, password = life_actions.join(admin, "Z10086", "张三", north, "新录用")
    assert account.check_password(password)
    assert account.must_change_password
    assert not may(account, "staff")
    step = account.life.get()
    assert (step.kind, step.by, step.reason, step.organisation) == ("joined", admin, "新录用", north)


@pytest.mark.parametrize(
    ("username", "name", "reason", "code"),
    [("Z10086", "张三", " ", "reason_missing"), ("Z 1", "张三", "新录用", "invalid"), ("a", "张三", "新录用", "invalid"),
     ("Z10086", "", "新录用", "invalid")],
)
def test_an_account_is_not_opened_with_bad_data(admin, north, username, name, reason, code):
    assert code_of(life_actions.join, admin, username, name, north, reason) == code
    assert not Account.objects.filter(username=username).exists()


def test_a_staff_number_has_one_account_whatever_its_case(admin, north):
    life_actions.join(admin, "Z10086", "张三", north, "新录用")
    assert code_of(life_actions.join, admin, "z10086", "李四", north, "新录用") == "username_taken"


def test_moving_ends_the_duties_of_the_old_unit(admin, north, district):
    account = people.account("environment.officer", unit=north)
    life_actions.move(admin, account, district, "调动")
    assert account.organisation == district
    assert not Duty.objects.live().filter(account=account).exists()
    assert kinds(account) == ["moved"]


def test_a_suspended_account_keeps_its_duties_for_when_it_is_resumed(admin, north):
    account = people.account("environment.officer", unit=north)
    life_actions.suspend(admin, account, "停职")
    assert not may(account, "environment.officer")
    life_actions.resume(admin, account, "复职")
    assert may(Account.objects.get(pk=account.pk), "environment.officer")
    assert kinds(account) == ["suspended", "resumed"]


def test_leaving_ends_sessions_and_duties_for_good(admin, north, client):
    account = people.account("environment.officer", unit=north)
    client.force_login(account)
    life_actions.leave(admin, account, "退休")
    account.refresh_from_db()
    assert (account.status, account.left_on) == (Status.LEFT, clock.today())
    assert not account.has_usable_password()
    assert not Duty.objects.live().filter(account=account).exists()
    assert not SignIn.objects.filter(account=account, ended_at=None).exists()
    assert client.get("/account/").status_code == 302
    assert code_of(life_actions.resume, admin, account, "返聘") == "wrong_status"
    assert code_of(life_actions.reset_password, admin, account, "返聘") == "has_left"


def test_nobody_administers_their_own_account(admin):
    assert code_of(life_actions.suspend, admin, admin, "试") == "own_account"
    assert code_of(duty_actions.grant_duty, admin, admin, AUDITOR, admin.organisation, "own", "试") == "own_account"


def test_an_administrator_of_a_town_administers_that_town_alone(north, district):
    town_admin = people.account(ADMIN, unit=north, scope="subtree")
    stranger = people.account(unit=district)
    assert code_of(life_actions.suspend, town_admin, stranger, "试") == "outside_scope"
    assert code_of(life_actions.join, town_admin, "Z1", "张三", district, "试") == "outside_scope"
    own = people.account(unit=north)
    life_actions.suspend(town_admin, own, "停职")
    assert own.status == Status.SUSPENDED


def test_who_is_no_administrator_administers_nobody(north):
    assert code_of(life_actions.suspend, people.account(AUDITOR), people.account(unit=north), "试") == "outside_scope"


def test_a_duty_cannot_be_wider_than_the_granter_s_own(north):
    town_admin = people.account(ADMIN, unit=north, scope="subtree")
    account = people.account(unit=north)
    grant = duty_actions.grant_duty
    assert code_of(grant, town_admin, account, "environment.reader", north, "district", "试") == "beyond_own_scope"
    assert code_of(grant, town_admin, account, ADMIN, north, "own", "试") == "beyond_own_scope"
    grant(town_admin, account, "environment.reader", north, "own", "新岗位")
    assert may(Account.objects.get(pk=account.pk), "environment.reader")


@pytest.mark.parametrize(("held", "wanted"), [(ADMIN, AUDITOR), (AUDITOR, OPERATOR), (OPERATOR, ADMIN)])
def test_of_system_security_and_audit_an_account_holds_one_at_most(admin, district, held, wanted):
    account = people.account(held, unit=district)
    assert code_of(duty_actions.grant_duty, admin, account, wanted, district, "district", "试") == "separation"
    with pytest.raises(IntegrityError, match="people_duty_separation"), transaction.atomic():
        Duty.objects.create(account=account, role=wanted, organisation=district)


def test_after_one_of_the_three_has_ended_another_may_be_held(admin, district):
    account = people.account(AUDITOR, unit=district)
    duty_actions.end_duty(admin, account.duties.get(), "轮岗")
    duty_actions.grant_duty(admin, account, OPERATOR, district, "district", "轮岗")
    assert may(Account.objects.get(pk=account.pk), OPERATOR)


def test_an_expired_duty_does_not_stand_in_the_way_of_a_new_one(admin, district):
    account = people.account(unit=district)
    past = clock.today() - timedelta(days=9)
    Duty.objects.create(account=account, role=AUDITOR, organisation=district, from_on=past, until_on=past)
    duty_actions.grant_duty(admin, account, OPERATOR, district, "district", "轮岗")
    assert may(Account.objects.get(pk=account.pk), OPERATOR)


def test_a_duty_is_refused_when_it_makes_no_sense(admin, north):
    account = people.account("environment.reader", unit=north)
    grant = duty_actions.grant_duty
    assert code_of(grant, admin, account, "staff", north, "own", "试") == "unknown_role"
    assert code_of(grant, admin, account, "environment.king", north, "own", "试") == "unknown_role"
    assert code_of(grant, admin, account, "environment.officer", north, "world", "试") == "unknown_scope"
    assert code_of(grant, admin, account, "environment.officer", north, "own", "") == "reason_missing"
    assert code_of(grant, admin, account, "environment.reader", north, "own", "试") == "held_already"
    yesterday = clock.today() - timedelta(days=1)
    assert code_of(grant, admin, account, "environment.officer", north, "own", "试", until_on=yesterday) == "days_reversed"


def test_a_change_of_duties_ends_the_sessions(admin, north, client):
    account = people.account("environment.reader", unit=north)
    client.force_login(account)
    assert client.get("/account/").status_code == 200
    duty_actions.grant_duty(admin, account, "environment.officer", north, "own", "新岗位")
    assert client.get("/account/").status_code == 302
    assert account.sign_ins.get().end == SignIn.End.DUTIES


def test_a_duty_is_ended_once(admin, north):
    account = people.account("environment.reader", unit=north)
    duty = account.duties.get()
    duty_actions.end_duty(admin, duty, "轮岗")
    assert code_of(duty_actions.end_duty, admin, duty, "轮岗") == "already_ended"


def test_every_step_is_in_the_audit_trail(admin, north):
    account, _password = life_actions.join(admin, "Z10086", "张三", north, "新录用")
    duty_actions.grant_duty(admin, account, "environment.reader", north, "own", "新岗位")
    life_actions.leave(admin, account, "退休")
    trail = AuditEntry.objects.order_by("seq").values_list("username", "action", "subject", "purpose")
    assert [entry for entry in trail if entry[1] in ("joined", "duty_granted", "left")] == [
        (admin.username, "joined", "Z10086", "新录用"),
        (admin.username, "duty_granted", "Z10086", "新岗位"),
        (admin.username, "left", "Z10086", "退休"),
    ]


def test_what_happened_to_an_account_cannot_be_rewritten(admin, north):
    life_actions.join(admin, "Z10086", "张三", north, "新录用")
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        LifeStep.objects.update(reason="x")


def test_change_history_keeps_what_was_before(admin, north, district):
    account = people.account(unit=north)
    life_actions.move(admin, account, district, "调动")
    events = account.events.order_by("pgh_id").values_list("pgh_label", "organisation_id")
    assert list(events) == [("insert", north.pk), ("update", district.pk)]
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        account.events.all().delete()


def test_an_account_nobody_used_for_ninety_days_is_suspended(north):
    unused, demo = people.account(unit=north), people.account(unit=north, is_demo=True)
    used = people.account(unit=north, last_login=clock.now() + timedelta(days=60))
    with clock.stopped_at(clock.now() + timedelta(days=91)):
        assert upkeep.suspend_unused() == [unused.username]
    used.refresh_from_db()
    demo.refresh_from_db()
    assert used.is_active
    assert demo.is_active


def test_an_account_with_an_end_opens_nothing_from_that_instant_on(north, monkeypatch):
    end = clock.now() + timedelta(hours=1)
    guest = people.account(OPERATOR, unit=north, until_at=end)
    assert (guest.is_active, may(guest, OPERATOR)) == (True, True)
    monkeypatch.setattr(clock, "now", lambda: end)
    fresh = Account.objects.get(pk=guest.pk)
    assert (fresh.is_active, may(fresh, OPERATOR), may(fresh, "staff")) == (False, False, False)
    assert guest not in Account.objects.active()


def test_whoever_gave_tokens_is_told_when_the_rights_end(admin, north, district):
    told = []

    def receiver(account, is_for_good, **_more):
        told.append((account.pk, is_for_good))

    rights_ended.connect(receiver)
    account = people.account(unit=north)
    life_actions.suspend(admin, account, "休假")
    life_actions.resume(admin, account, "返岗")
    life_actions.move(admin, account, district, "调任")
    life_actions.leave(admin, account, "退休")
    assert told == [(account.pk, False), (account.pk, True), (account.pk, True)]
