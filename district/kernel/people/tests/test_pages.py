import pytest
from django.test import Client

from district.kernel.people.access import ADMIN, AUDITOR
from district.kernel.people.models import Account, AuditEntry, Duty, SignIn
from district.testing import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits(tmp_path, monkeypatch):
    from django.core.cache import cache

    from district.kernel.people import audit_anchors

    cache.clear()
    monkeypatch.setattr(audit_anchors, "anchors_file", lambda: tmp_path / "audit_anchors")


@pytest.fixture
def district():
    return people.organisation("zhoucun", name="周村区人民政府")


@pytest.fixture
def north(district):
    return people.organisation("town_north", parent=district, kind="town", name="北郊镇人民政府")


@pytest.fixture
def admin(client, district) -> Account:
    account = people.account(ADMIN, unit=district, password=people.PASSWORD)
    client.force_login(account)
    return account


def confirmed(client: Client) -> Client:
    """Has confirmed who they are, as sensitive steps ask."""
    client.post("/account/confirm/", {"password": people.PASSWORD})
    return client


def text(answer) -> str:
    return answer.content.decode()


def test_ones_own_account_shows_duties_and_sessions(client, district):
    account = people.account("environment.officer", unit=district, phone="13800138000")
    client.force_login(account)
    shown = text(client.get("/account/"))
    assert "环境监管员" in shown
    assert "13800138000" in shown
    assert "当前" in shown


def test_ones_own_phone_is_changed_when_it_is_one(client, district):
    account = people.account(unit=district)
    client.force_login(account)
    wrong = client.post("/account/profile/", {"name": "张三", "phone": "12", "email": ""})
    assert wrong.status_code == 422
    assert "手机号为 11 位数字" in text(wrong)
    client.post("/account/profile/", {"name": "张三", "phone": "13900139000", "email": ""})
    account.refresh_from_db()
    assert (account.name, account.phone) == ("张三", "13900139000")


def test_language_and_look_are_remembered_with_the_account(client, district):
    account = people.account(unit=district)
    client.force_login(account)
    answer = client.post("/account/preferences/", {"language": "en", "theme": "dark"})
    assert (answer.cookies["django_language"].value, answer.cookies["theme"].value) == ("en", "dark")
    account.refresh_from_db()
    assert (account.language, account.theme) == ("en", "dark")


def test_one_ends_ones_own_sessions_but_nobody_elses(client, district):
    account, stranger = people.account(unit=district), people.account(unit=district)
    elsewhere = Client()
    elsewhere.force_login(account)
    Client().force_login(stranger)
    client.force_login(account)
    theirs = SignIn.objects.get(account=stranger)
    assert client.post(f"/account/sessions/{theirs.pk}/end/").status_code == 404
    client.post("/account/sessions/others/end/")
    assert elsewhere.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200
    own = SignIn.objects.get(account=account, ended_at=None)
    client.post(f"/account/sessions/{own.pk}/end/")
    assert client.get("/account/").status_code == 302


def test_the_list_of_accounts_shows_phones_masked(client, admin, north):
    people.account(unit=north, phone="13800138000")
    shown = text(client.get("/staff/accounts/"))
    assert "138****8000" in shown
    assert "13800138000" not in shown


def test_an_administrator_of_a_town_sees_the_town_alone(client, district, north):
    outside, inside = people.account(unit=district), people.account(unit=north)
    client.force_login(people.account(ADMIN, unit=north, scope="subtree"))
    shown = text(client.get("/staff/accounts/"))
    assert inside.username in shown
    assert outside.username not in shown
    assert client.get(f"/staff/accounts/{outside.username}/").status_code == 404


def test_a_phone_is_shown_whole_for_a_reason_which_is_noted(client, admin, north):
    subject = people.account(unit=north, phone="13800138000")
    address = f"/staff/accounts/{subject.username}/"
    assert "13800138000" not in text(client.get(address))
    assert client.post(f"{address}phone/", {"reveal-reason": ""}).status_code == 422
    assert not AuditEntry.objects.filter(action="look").exists()
    assert "13800138000" in text(client.post(f"{address}phone/", {"reveal-reason": "核对联系方式"}))
    note = AuditEntry.objects.get(action="look")
    assert (note.username, note.subject, note.purpose, note.fields) == (
        admin.username, subject.username, "核对联系方式", ["phone", "email"],
    )


def test_a_new_account_shows_its_password_once(client, admin, north):
    fields = {"username": "Z10086", "name": "张三", "organisation": "town_north", "reason": "新录用"}
    answer = client.post("/staff/new-account/", fields)
    opened = Account.objects.get(username="Z10086")
    password = text(answer).split('user-select-all">')[1].split("<")[0]
    from html import unescape

    assert opened.check_password(unescape(password))
    assert "no-store" in answer["Cache-Control"]
    again = client.post("/staff/new-account/", fields)
    assert again.status_code == 422
    assert "已有账号" in text(again)


def test_a_sensitive_step_asks_who_one_is_and_then_goes_on(client, admin, north):
    subject = people.account(unit=north)
    address = f"/staff/accounts/{subject.username}/steps/suspend/"
    answer = client.post(address, {"suspend-reason": "停职"})
    assert answer["Location"].startswith("/account/confirm/")
    subject.refresh_from_db()
    assert subject.status == "active"
    client.post(answer["Location"], {"password": people.PASSWORD})
    subject.refresh_from_db()
    assert subject.status == "suspended"


def test_every_step_can_be_taken_on_the_page(client, admin, north, district):
    subject = people.account(unit=north)
    address = f"/staff/accounts/{subject.username}/"
    confirmed(client)
    for step, status in (("suspend", "suspended"), ("resume", "active"), ("reset-second-factor", "active")):
        assert client.post(f"{address}steps/{step}/", {f"{step}-reason": "试"}).status_code == 302
        subject.refresh_from_db()
        assert subject.status == status
    assert "首次登录密码" in text(client.post(f"{address}steps/reset-password/", {"reset-password-reason": "遗忘"}))
    client.post(f"{address}move/", {"move-organisation": "zhoucun", "move-reason": "调动"})
    subject.refresh_from_db()
    assert subject.organisation == district
    duty = {"role": "environment.reader", "organisation": "zhoucun", "scope": "own", "from_on": "2026-01-01", "reason": "新岗位"}
    client.post(f"{address}duties/", {f"duty-{key}": value for key, value in duty.items()})
    granted = Duty.objects.get(account=subject)
    client.post(f"{address}duties/{granted.pk}/end/", {"reason": "轮岗"})
    granted.refresh_from_db()
    assert granted.ended_at
    client.post(f"{address}steps/leave/", {"leave-reason": "退休"})
    shown = text(client.get(address))
    assert "已离职" in shown
    assert "退休" in shown


def test_a_refusal_is_shown_with_its_rule(client, admin, district):
    auditor = people.account(AUDITOR, unit=district)
    confirmed(client)
    duty = {"role": ADMIN, "organisation": "zhoucun", "scope": "district", "from_on": "2026-01-01", "reason": "试"}
    answer = client.post(
        f"/staff/accounts/{auditor.username}/duties/", {f"duty-{key}": value for key, value in duty.items()}
    )
    assert answer.status_code == 409
    assert "三员分立" in text(answer)


def test_change_history_says_who_changed_it_by_which_page(client, admin, north):
    subject = people.account(unit=north)
    confirmed(client).post(f"/staff/accounts/{subject.username}/steps/suspend/", {"suspend-reason": "停职"})
    event = subject.events.order_by("pgh_id").last()
    assert event.pgh_context.metadata["username"] == admin.username
    assert event.pgh_context.metadata["url"].endswith("/steps/suspend/")


def test_the_auditor_reads_the_trail_and_the_administrator_does_not(client, admin, district):
    assert client.get("/staff/audit/").status_code == 403
    auditor = people.account(AUDITOR, unit=district)
    client.force_login(auditor)
    assert client.get("/staff/accounts/").status_code == 403
    shown = text(client.get("/staff/audit/"))
    assert admin.username in shown
    assert AuditEntry.objects.filter(action="audit_read", username=auditor.username).count() == 1


def test_the_auditor_verifies_the_chain_on_the_page(client, district):
    client.force_login(people.account(AUDITOR, unit=district))
    assert "记录链完整" in text(client.post("/staff/audit/verify/"))
    assert AuditEntry.objects.filter(action="audit_verified", result="ok").exists()


def test_all_staff_see_the_tree_of_units_and_find_in_it(client, district, north):
    client.force_login(people.account("environment.reader", unit=north))
    assert "北郊镇人民政府" in text(client.get("/staff/organisations/"))
    found = text(client.get("/staff/organisations/?q=北郊"))
    assert "周村区人民政府" in found
    assert "没有符合的单位" in text(client.get("/staff/organisations/?q=火星"))


def test_the_tree_costs_the_same_few_queries_however_many_units(client, district, django_assert_max_num_queries):
    for number in range(40):
        people.organisation(f"unit_{number}", parent=district)
    client.force_login(people.account("environment.reader", unit=district))
    with django_assert_max_num_queries(8):
        client.get("/staff/organisations/")
