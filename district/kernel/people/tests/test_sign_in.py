from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.test import Client

from district.kernel import clock
from district.kernel.people.access import ADMIN, OPERATOR
from district.kernel.people.models import Account, AuditEntry, SignIn
from district.testing import people

pytestmark = pytest.mark.django_db

MISMATCH = "工号或密码不正确，或账号不能使用"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """Rate limits are kept in the cache."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def account() -> Account:
    return people.account("environment.reader", password=people.PASSWORD)


def sign_in(client: Client, username: str, password: str = people.PASSWORD, **more):
    return client.post("/sign-in/", {"login": username, "password": password}, **more)


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_the_right_password_opens_the_door(client, account):
    answer = sign_in(client, account.username)
    assert answer.status_code == 302
    assert is_signed_in(client)
    note = AuditEntry.objects.get(action="sign_in")
    assert (note.username, note.result, note.address) == (account.username, "ok", "127.0.0.1")


def test_after_signing_in_one_is_where_one_wanted_to_be_but_never_on_another_site(client, account):
    answer = client.post("/sign-in/?next=/account/", {"login": account.username, "password": people.PASSWORD})
    assert answer["Location"] == "/account/"
    client.logout()
    answer = client.post(
        "/sign-in/?next=https://elsewhere.example/", {"login": account.username, "password": people.PASSWORD}
    )
    assert answer["Location"] == "/"


@pytest.mark.parametrize("who", ["wrong password", "unknown account", "suspended account", "account that has left"])
def test_every_failure_gets_the_same_answer(client, account, who):
    username, password = account.username, people.PASSWORD
    if who == "wrong password":
        password = "Wrong-Horse-77"
    elif who == "unknown account":
        username = "Z99999"
    else:
        Account.objects.filter(pk=account.pk).update(status="suspended" if "suspended" in who else "left")
    answer = sign_in(client, username, password)
    assert answer.status_code == 200
    assert MISMATCH in answer.content.decode()
    assert not is_signed_in(client)
    assert AuditEntry.objects.filter(action="sign_in", result="refused", username=username).count() == 1


def test_after_five_failures_even_the_right_password_is_refused_and_after_30_minutes_it_is_not(client, account):
    for _turn in range(5):
        sign_in(client, account.username, "Wrong-Horse-77")
    answer = sign_in(client, account.username)
    assert answer.status_code == 429
    assert "登录失败次数过多" in answer.content.decode()
    assert not is_signed_in(client)
    assert AuditEntry.objects.filter(action="sign_in", result="locked", username__iexact=account.username).exists()
    from axes.models import AccessAttempt

    AccessAttempt.objects.update(attempt_time=clock.now() - timedelta(minutes=31))
    assert sign_in(client, account.username).status_code == 302
    assert is_signed_in(client)


def test_an_account_that_does_not_exist_is_locked_just_the_same(client):
    answers = [sign_in(client, "Z99999", "Wrong-Horse-77").status_code for _turn in range(6)]
    assert answers[-1] == 429


def test_another_spelling_of_the_user_name_does_not_get_around_a_lock(client):
    account = people.account(password=people.PASSWORD, username="Zhang.San")
    for _turn in range(5):
        sign_in(client, "Zhang.San", "Wrong-Horse-77")
    assert sign_in(client, "zhang.SAN").status_code == 429
    assert not is_signed_in(client)
    assert not account.sign_ins.exists()


def test_a_lock_holds_for_one_account_and_address(client, account):
    for _turn in range(6):
        sign_in(client, account.username, "Wrong-Horse-77")
    assert sign_in(client, account.username, REMOTE_ADDR="10.0.0.9").status_code == 302
    other = people.account("environment.reader", password=people.PASSWORD)
    assert sign_in(Client(), other.username).status_code == 302


def test_a_success_clears_the_count(client, account):
    for _turn in range(2):
        for _wrong in range(4):
            sign_in(client, account.username, "Wrong-Horse-77")
        assert sign_in(client, account.username).status_code == 302
        client.post("/sign-out/")


def test_the_forwarded_address_is_believed_only_behind_a_proxy(client, account, settings):
    sign_in(client, account.username, headers={"X-Forwarded-For": "1.2.3.4"})
    assert account.sign_ins.get().address == "127.0.0.1"
    settings.TRUSTED_PROXIES = 1
    sign_in(Client(), account.username, headers={"X-Forwarded-For": "6.6.6.6, 1.2.3.4"})
    assert account.sign_ins.first().address == "1.2.3.4"


def test_signing_out_ends_the_session_behind_it(client, account):
    sign_in(client, account.username)
    key = client.session.session_key
    client.post("/sign-out/")
    assert not is_signed_in(client)
    assert not Session.objects.filter(session_key=key).exists()
    assert account.sign_ins.get().end == SignIn.End.SIGNED_OUT


def test_the_session_gets_a_new_key_when_signing_in(client, account):
    session = client.session
    session["before"] = "kept"
    session.save()
    before = session.session_key
    sign_in(client, account.username)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("roles", "minutes", "goes_on"),
    [((), 29, True), ((), 31, False), ((ADMIN,), 14, True), ((ADMIN,), 16, False)],
)
def test_an_idle_session_ends_after_30_minutes_and_an_administrator_s_after_15(client, roles, minutes, goes_on):
    account = people.account(*roles, password=people.PASSWORD)
    start = clock.now()
    with clock.stopped_at(start):
        client.force_login(account)
    with clock.stopped_at(start + timedelta(minutes=minutes)):
        assert is_signed_in(client) is goes_on
    sign_in_row = account.sign_ins.get()
    assert sign_in_row.end == ("" if goes_on else SignIn.End.IDLE)


def test_a_session_in_use_goes_on_but_never_beyond_12_hours(client, account):
    start = clock.now()
    with clock.stopped_at(start):
        client.force_login(account)
    for minutes in range(25, 12 * 60, 25):
        with clock.stopped_at(start + timedelta(minutes=minutes)):
            assert is_signed_in(client)
    with clock.stopped_at(start + timedelta(hours=12, minutes=1)):
        assert not is_signed_in(client)
    assert account.sign_ins.get().end == SignIn.End.TOO_OLD


def test_a_page_that_polls_by_itself_does_not_keep_a_session_open(client, account):
    start = clock.now()
    with clock.stopped_at(start):
        client.force_login(account)
    for minutes in (10, 20, 29):
        with clock.stopped_at(start + timedelta(minutes=minutes)):
            client.get("/account/", headers={"X-Background": "1"})
    with clock.stopped_at(start + timedelta(minutes=31)):
        assert not is_signed_in(client)


def test_of_three_sessions_the_oldest_ends(account):
    clients = [Client(), Client(), Client()]
    for number, client in enumerate(clients):
        with clock.stopped_at(clock.now() + timedelta(seconds=number)):
            client.force_login(account)
    assert [is_signed_in(client) for client in clients] == [False, True, True]
    assert account.sign_ins.last().end == SignIn.End.OVER_LIMIT


def test_demo_accounts_are_shared_and_may_have_many_sessions():
    demo = people.account("environment.reader", is_demo=True)
    clients = [Client() for _turn in range(5)]
    for client in clients:
        client.force_login(demo)
    assert all(is_signed_in(client) for client in clients)


def test_a_suspended_account_is_out_with_its_next_request(client, account):
    client.force_login(account)
    Account.objects.filter(pk=account.pk).update(status="suspended")
    assert not is_signed_in(client)


def test_the_first_sign_in_leads_to_a_change_of_password_before_anything_else(client, account):
    Account.objects.filter(pk=account.pk).update(must_change_password=True)
    sign_in(client, account.username)
    assert client.get("/account/")["Location"] == "/account/password/"
    assert client.get("/account/", headers={"Accept": "application/json"}).json()["error"] == "password_change_due"
    assert client.get("/account/password/").status_code == 200
    fields = {"oldpassword": people.PASSWORD, "password1": "Battery-Staple-9", "password2": "Battery-Staple-9"}
    assert client.post("/account/password/", fields)["Location"] == "/account/"
    assert is_signed_in(client)
    account.refresh_from_db()
    assert account.check_password("Battery-Staple-9")
    assert not account.must_change_password


def test_a_password_of_ninety_days_has_to_be_changed(client, account):
    Account.objects.filter(pk=account.pk).update(password_changed_at=clock.now() - timedelta(days=91))
    client.force_login(account)
    assert client.get("/account/")["Location"] == "/account/password/"


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [("Wrong-Horse-77", "Battery-Staple-9", "Battery-Staple-9", "当前密码不正确"),
     (people.PASSWORD, "short-A1", "short-A1", "密码至少 10 个字符"),
     (people.PASSWORD, "Battery-Staple-9", "Battery-Staple-8", "两次输入的新密码不一致"),
     (people.PASSWORD, people.PASSWORD, people.PASSWORD, "不能使用最近 5 次用过的密码")],
)
def test_a_bad_new_password_is_refused_with_the_rule(client, account, old, new, again, said):
    client.force_login(account)
    answer = client.post("/account/password/", {"oldpassword": old, "password1": new, "password2": again})
    assert answer.status_code == 200
    assert said in answer.content.decode()
    account.refresh_from_db()
    assert account.check_password(people.PASSWORD)


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(client, account):
    other = Client()
    other.force_login(account)
    client.force_login(account)
    fields = {"oldpassword": people.PASSWORD, "password1": "Battery-Staple-9", "password2": "Battery-Staple-9"}
    client.post("/account/password/", fields)
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert {row.end for row in account.sign_ins.exclude(ended_at=None)} == {SignIn.End.PASSWORD}
    open_row = account.sign_ins.get(ended_at=None)
    assert open_row.session_key == client.session.session_key


def with_second_factor(account: Account) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)
    return secret


def code_now(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def test_with_a_second_factor_the_password_alone_does_not_open(client, account):
    secret = with_second_factor(account)
    assert sign_in(client, account.username)["Location"].startswith("/sign-in/code/")
    assert not is_signed_in(client)
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 200
    assert AuditEntry.objects.filter(action="second_factor", result="refused").exists()
    assert client.post("/sign-in/code/", {"code": code_now(secret)}).status_code == 302
    assert is_signed_in(client)


def test_a_code_opens_only_once(account):
    secret = with_second_factor(account)
    code = code_now(secret)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, account.username)
        client.post("/sign-in/code/", {"code": code})
    assert is_signed_in(first)
    assert not is_signed_in(second)


def test_the_secret_of_a_second_factor_is_sealed_in_the_database(account):
    secret = with_second_factor(account)
    assert secret not in str(Authenticator.objects.get(user=account).data)


def test_roles_that_need_a_second_factor_do_nothing_before_they_have_one(client, settings):
    settings.SECOND_FACTOR_REQUIRED_ROLES = (ADMIN,)
    admin = people.account(ADMIN)
    client.force_login(admin)
    assert client.get("/staff/accounts/")["Location"] == "/account/second-factor/activate/"
    with_second_factor(admin)
    assert client.get("/staff/accounts/").status_code == 200


def test_a_second_factor_is_set_up_from_a_picture_after_confirming_who_one_is(
    client, account, django_capture_on_commit_callbacks
):
    client.force_login(account)
    answer = client.get("/account/second-factor/activate/")
    assert answer["Location"].startswith("/account/confirm/")
    client.post(answer["Location"], {"password": people.PASSWORD})
    shown = client.get("/account/second-factor/activate/")
    assert "data:image/svg+xml" in shown.content.decode()
    secret = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/account/second-factor/activate/", {"code": code_now(secret)})
    assert done["Location"] == "/account/second-factor/codes/"
    assert client.get("/account/second-factor/codes/").content.decode().count("user-select-all") == 10
    assert client.get("/account/second-factor/").status_code == 200
    assert AuditEntry.objects.filter(action="second_factor_added", fields=["totp"]).exists()


def test_the_admin_site_has_no_sign_in_of_its_own(client):
    assert client.get("/admin/login/?next=/admin/")["Location"].startswith("/sign-in/")
    assert client.get("/admin/")["Location"].startswith("/sign-in/")


def test_the_admin_site_is_open_to_the_operator_and_shows_no_accounts(client):
    client.force_login(people.account(OPERATOR))
    assert client.get("/admin/").status_code == 200
    shown = client.get("/admin/").content.decode()
    assert "/admin/places/division/" in shown
    assert "/admin/people/" not in shown
    assert client.get("/admin/account/emailaddress/").status_code == 404
    client.force_login(people.account(ADMIN))
    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/login/", follow=True).status_code == 403


def test_nobody_can_sign_up(client):
    assert client.get("/sign-up/").status_code == 404
    assert client.get("/accounts/signup/").status_code == 404


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
         "Chrome · Linux"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile MicroMessenger/8.0", "微信 · Android"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_session_names_its_browser_in_words(agent: str, name: str):
    assert SignIn(browser=agent).browser_name == name


def test_a_one_time_code_is_used_up_for_every_worker(account):
    """Each worker has a connection of its own to the same cache."""
    from django.core.cache import caches
    from django.core.cache.backends.db import DatabaseCache

    secret = totp.generate_totp_secret()
    authenticator = totp.TOTP.activate(account, secret)
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    assert authenticator.validate_code(code)
    other = DatabaseCache("shared_cache", {})
    assert isinstance(caches["default"], DatabaseCache)
    assert other.get(authenticator._get_used_cache_key(code)) == "y"
    assert not authenticator.validate_code(code)


def test_rate_limits_are_counted_for_all_workers_together(rf, account, monkeypatch):
    from allauth.core.internal import ratelimit
    from django.core.cache.backends.db import DatabaseCache

    request, limits = rf.post("/"), {"change_password": "3/m/user"}
    request.user = account
    outcomes = []
    for _worker in range(4):
        monkeypatch.setattr(ratelimit, "cache", DatabaseCache("shared_cache", {}))
        outcomes.append(ratelimit.consume(request, app="account", action="change_password", user=account, config=limits))
    assert [bool(each) for each in outcomes] == [True, True, True, False]
