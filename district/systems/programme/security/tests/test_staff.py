"""Whoever leaves has nothing left; whoever comes for a time has nothing after it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district.kernel import clock
from district.kernel.cases.models import Case
from district.kernel.forms.models import ApiSession, AppUser, Project
from district.kernel.people.access import may
from district.kernel.people.models import Account, Duty, SignIn
from district.kernel.people.refused import Refused
from district.testing.people import account, organisation

from ...models import StaffNotice, SupplierAccess
from ..people.measuring import minutes_taken, withdrawn_in_time
from ..people.notices import Notice, carry_out_due, give_notice, read_list, rights_of, withdraw_notice
from ..people.orphans import leavers_still_in, notices_late, orphans
from ..people.suppliers import Wanted, approve_access, ask_access, end_access, end_due
from .world import contract, office, officer, publish

pytestmark = pytest.mark.django_db
ROLES = ("environment.officer", "governance.clerk", "transit.operator", "people.auditor")
RIGHTS = st.lists(st.sampled_from(["session", "token", "phone", *ROLES]), max_size=8, unique=True)


@pytest.fixture(autouse=True)
def procedures() -> None:
    publish()


def at(monkeypatch: pytest.MonkeyPatch, moment: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def give(person: Account, right: str) -> None:
    if right == "session":
        Session.objects.create(
            session_key=f"k{person.pk}", session_data="x", expire_date=clock.now() + timedelta(hours=1)
        )
        SignIn.objects.create(account=person, session_key=f"k{person.pk}")
    elif right == "token":
        ApiSession.objects.create(
            account=person, token_hash=f"t{person.pk}", expires_at=clock.now() + timedelta(hours=9)
        )
    elif right == "phone":
        project = Project.objects.create(name=f"p{person.pk}", organisation=organisation())
        AppUser.objects.create(
            project=project, account=person, display_name="手机", token_hash=f"h{person.pk}"
        )
    else:
        Duty.objects.create(account=person, role=right, organisation=organisation())


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RIGHTS, st.sampled_from(["left", "moved"]))
def test_whoever_leaves_or_moves_keeps_no_session_duty_token_or_phone(rights: list[str], kind: str):
    with transaction.atomic():
        by, person = officer(), account()
        for right in rights:
            give(person, right)
        before = rights_of(person)
        assert sum(before.values()) == len(rights)
        unit = organisation("bigdata") if kind == "moved" else None
        notice = give_notice(by, Notice(kind, person.username, clock.now(), "文号 1", unit))
        assert notice.state == "done"
        assert set(rights_of(person).values()) == {0}
        assert notice.ended == before, "what was taken away is noted"
        assert not Session.objects.filter(session_key=f"k{person.pk}").exists()
        fresh = Account.objects.get(pk=person.pk)
        assert not may(fresh, "staff")
        assert fresh.is_active == (kind == "moved")
        assert person not in leavers_still_in()
        transaction.set_rollback(True)


def test_a_notice_waits_for_its_time_and_the_minutes_run_from_then(monkeypatch: pytest.MonkeyPatch):
    start = clock.now()
    person = account("environment.officer")
    notice = give_notice(officer(), Notice("left", person.username, start + timedelta(hours=2), "文号 2"))
    assert (notice.state, carry_out_due()) == ("waiting", 0)
    at(monkeypatch, start + timedelta(hours=2, minutes=3))
    assert carry_out_due() == 1
    notice.refresh_from_db()
    assert (notice.state, round(minutes_taken(notice) or -1)) == ("done", 3)
    assert withdrawn_in_time() == (1, 1)
    assert Case.objects.get(pk=notice.case_id).procedure == "account_leaving"
    assert carry_out_due() == 0


def test_a_notice_that_was_not_carried_out_within_the_hour_is_told(monkeypatch: pytest.MonkeyPatch):
    start = clock.now()
    person = account("environment.officer")
    notice = give_notice(officer(), Notice("left", person.username, start + timedelta(hours=2), "文号 3"))
    at(monkeypatch, start + timedelta(hours=3, minutes=1))
    assert list(notices_late()) == [notice]
    assert [each.kind for each in orphans() if each.username == person.username] == ["notice"]
    carry_out_due()
    assert withdrawn_in_time() == (0, 1)


def test_the_same_notice_sent_twice_is_one():
    by, person = officer(), account()
    said = Notice("left", person.username, clock.now(), "文号 4", key="hr-77")
    assert give_notice(by, said) == give_notice(by, said)
    assert StaffNotice.objects.count() == 1


def test_who_joins_waits_for_an_account_administrator():
    notice = give_notice(
        officer(), Notice("joined", "Z90001", clock.now(), "文号 5", organisation("bigdata"))
    )
    assert notice.state == "waiting"
    account(username="Z90001")
    carry_out_due()
    notice.refresh_from_db()
    assert notice.state == "done"


def test_nobody_gives_notice_of_oneself_and_nobody_else_gives_any():
    by = officer()
    for who, name in ((by, by.username), (account("environment.officer"), account().username)):
        with pytest.raises(Refused) as refused:
            give_notice(who, Notice("left", name, clock.now(), "文号 6"))
        assert refused.value.code in ("own_account", "not_keeper")
    with pytest.raises(IntegrityError, match="notice_not_of_oneself"), transaction.atomic():
        StaffNotice.objects.create(
            kind="left",
            username=by.username,
            account=by,
            given_by=by,
            reason="x",
            effective_at=clock.now(),
            due_at=clock.now(),
        )


def test_a_notice_can_be_taken_back_before_its_time_only():
    by, person = officer(), account()
    notice = give_notice(by, Notice("left", person.username, clock.now() + timedelta(days=1), "文号 7"))
    withdraw_notice(by, notice)
    with pytest.raises(Refused):
        withdraw_notice(by, notice)
    assert Account.objects.get(pk=person.pk).is_active


def test_a_list_of_the_personnel_office_is_read_line_by_line():
    organisation("bigdata", name="区大数据局")
    rows = (
        "Z1,离职,2026-11-27 18:00,,文 1",
        "Z2,调动,2026-11-28,bigdata,",
        "Z3,升职,2026-11-28,,",
        "Z4,离职,昨天,,",
        "Z5,调动,2026-11-28,无此单位,",
    )
    text = "\ufeff" + "\n".join(("工号,事项,生效时间,到任单位,依据", *rows)) + "\n"
    found = list(read_list(text))
    assert [line for line, _said in found] == [2, 3, 4, 5, 6]
    assert [said.kind for _line, said in found if isinstance(said, Notice)] == ["left", "moved"]
    assert [said.field for _line, said in found if isinstance(said, Refused)] == [
        "事项",
        "生效时间",
        "到任单位",
    ]
    assert [type(said) for _line, said in read_list("姓名\n张三\n")] == [Refused]


def wanted(**more: Any) -> Wanted:
    given = {
        "contract": contract(),
        "person": "工程师",
        "username": "sup-1",
        "role": "environment.monitor",
        "organisation": organisation("bigdata"),
        "purpose": "升级",
        "from_at": clock.now(),
        "until_at": clock.now() + timedelta(days=3),
    }
    return Wanted(**{**given, **more})


def test_access_of_a_supplier_ends_at_its_time_though_no_job_runs(monkeypatch: pytest.MonkeyPatch):
    start = clock.now()
    until = start + timedelta(days=3)
    access, password = approve_access(office(), ask_access(officer(), wanted(until_at=until)))
    assert access.account is not None
    assert access.account.check_password(password)
    at(monkeypatch, until - timedelta(seconds=1))
    assert may(Account.objects.get(pk=access.account_id), "environment.monitor")
    at(monkeypatch, until)
    guest = Account.objects.get(pk=access.account_id)
    assert (guest.is_active, may(guest, "environment.monitor")) == (False, False)
    SignIn.objects.create(account=guest, session_key="left-over")
    assert [each.kind for each in orphans() if each.username == "sup-1"] == ["leaver", "access"]
    assert end_due() == 1
    assert set(rights_of(guest).values()) == {0}
    assert [each for each in orphans() if each.username == "sup-1"] == []


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"role": "people.admin"}, "role"),
        ({"role": "programme.security"}, "role"),
        ({"role": "nobody.knows"}, "role"),
        ({"until_at": clock.now() + timedelta(days=100)}, "too_long"),
        ({"until_at": clock.now() - timedelta(days=1)}, "times"),
    ],
)
def test_what_no_supplier_is_given(what: dict[str, Any], code: str):
    with pytest.raises(Refused) as refused:
        ask_access(officer(), wanted(**what))
    assert refused.value.code == code
    assert not SupplierAccess.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"state": "asked"}, "contract"),
        ({"state": "terminated"}, "contract"),
        ({"ends_on": clock.today()}, "outside_contract"),
    ],
)
def test_without_a_contract_over_the_whole_time_there_is_no_access(fields: dict[str, Any], code: str):
    with pytest.raises(Refused) as refused:
        ask_access(officer(), wanted(contract=contract(**fields)))
    assert refused.value.code == code


def test_when_the_contract_ends_the_access_ends():
    agreed = contract()
    access, _password = approve_access(office(), ask_access(officer(), wanted(contract=agreed)))
    assert end_due() == 0
    agreed.state = "terminated"
    agreed.save()
    assert end_due() == 1
    access.refresh_from_db()
    assert (access.state, access.account.status) == ("ended", "left")


def test_nobody_approves_access_asked_for_by_oneself():
    by = officer()
    access = ask_access(by, wanted())
    with pytest.raises(Refused) as refused:
        approve_access(by, access)
    assert refused.value.code == "own_request"
    with pytest.raises(IntegrityError, match="access_needs_two"), transaction.atomic():
        SupplierAccess.objects.filter(pk=access.pk).update(decided_by=by)
    approve_access(office(), access)
    with pytest.raises(Refused) as again:
        approve_access(office(), access)
    assert again.value.code == "decided"
    end_access(office(), access, "提前")
    end_access(office(), access, "两次")
    assert SupplierAccess.objects.get().words == "提前"
