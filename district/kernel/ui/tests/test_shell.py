from __future__ import annotations

import json
import re

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from district.kernel import registry
from district.kernel.alerts.models import Notice
from district.kernel.ui import search
from district.kernel.ui.models import SavedView
from district.kernel.ui.navigation import systems_for
from district.kernel.ui.pages import errors
from district.testing.people import account

pytestmark = pytest.mark.django_db
SYSTEM = registry.systems()[0]


def signed_in(*roles: str) -> tuple[Client, object]:
    client, who = Client(), account(*roles)
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client, who


@pytest.mark.parametrize("role", [*(SYSTEM.full_role(role.key) for role in SYSTEM.roles), None])
def test_the_navigation_shows_exactly_the_pages_a_reader_may_see(role: str | None):
    from django.contrib.auth.models import AnonymousUser

    who = account(role) if role else AnonymousUser()
    shown = {link.title for entry in systems_for(who) for link in entry.page_links if entry.name == SYSTEM.name}

    allowed = {page.zh for page in SYSTEM.pages if page.nav and (
        "public" in page.roles or (role and ("staff" in page.roles or role in registry.roles_of(SYSTEM, page))))}
    assert shown == allowed


def test_every_page_has_its_own_nonce_in_header_and_import_map(client: Client):
    first, second = client.get("/"), client.get("/")

    nonces = [re.search(r"'nonce-([^']+)'", answer["Content-Security-Policy"]).group(1) for answer in (first, second)]
    assert nonces[0] != nonces[1]
    assert f'<script type="importmap" nonce="{nonces[0]}">' in first.content.decode()


def test_the_policy_allows_no_inline_code_no_frames_and_no_foreign_scripts(client: Client):
    policy = client.get("/")["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert f"connect-src 'self' http://testserver:{settings.LIVE_PORT};" in policy


def test_only_https_promises_https(client: Client):
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert "Strict-Transport-Security" in client.get("/", secure=True).headers


@pytest.mark.parametrize("path", ["/", "/search/?q=x"])
def test_our_pages_carry_no_inline_style_handler_or_script(client: Client, path: str):
    html = client.get(path).content.decode()

    assert not re.search(r"<[^>]+\sstyle=", html)
    assert not re.search(r"<[^>]+\son[a-z]+=", html)
    for script in re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL):
        assert "src=" in script[0] or "application/json" in script[0] or "importmap" in script[0]


def test_chinese_comes_first_whatever_the_browser_prefers(client: Client):
    assert 'lang="zh-CN"' in client.get("/", HTTP_ACCEPT_LANGUAGE="en").content.decode()


def test_the_choice_of_language_and_theme_is_remembered(client: Client):
    answer = client.post("/ui/preferences/", {"language": "en", "theme": "dark", "next": "/search/"})

    assert answer["Location"] == "/search/"
    html = client.get("/").content.decode()
    assert 'lang="en"' in html
    assert 'data-bs-theme="dark"' in html


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_preferences_lead_nowhere_else(client: Client, target: str):
    assert client.post("/ui/preferences/", {"theme": "dark", "next": target})["Location"] == "/"


def test_unknown_preferences_are_not_remembered(client: Client):
    answer = client.post("/ui/preferences/", {"language": "xx", "theme": "<b>"})
    assert not answer.cookies


@pytest.mark.parametrize(("view", "status", "text"), [
    (errors.bad_request, 400, "请求有误"), (errors.forbidden, 403, "没有权限"), (errors.not_found, 404, "没有这个页面"),
    (errors.csrf_failure, 403, "页面已过期"), (errors.server_error, 500, "系统出了问题"),
])
def test_an_error_says_what_to_do_in_our_own_frame(rf: RequestFactory, view, status: int, text: str):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/x/", HTTP_ACCEPT="text/html")
    request.user = AnonymousUser()
    answer = view(request)
    assert answer.status_code == status
    assert text in answer.content.decode()
    assert "返回首页" in answer.content.decode()

    program = rf.get("/api/x", HTTP_ACCEPT="application/json")
    program.user = AnonymousUser()
    assert "error" in json.loads(view(program).content)


def test_the_page_for_a_broken_server_asks_no_database(rf: RequestFactory, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert errors.server_error(rf.get("/x/")).status_code == 500


def test_a_missing_page_answers_in_the_frame(client: Client):
    answer = client.get("/nix/", HTTP_ACCEPT="text/html")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()


def test_the_search_finds_pages_a_reader_may_see_and_no_others():
    page = next(page for page in SYSTEM.pages if "public" not in page.roles)
    role = SYSTEM.full_role(page.roles[0])
    _, officer = signed_in(role)
    _, nobody = signed_in()

    assert page.zh in [hit.title for hit in search.find(page.zh, officer)]
    assert page.zh not in [hit.title for hit in search.find(page.zh, nobody)]
    assert search.find("  ", officer) == []


def test_what_is_searched_for_is_escaped(client: Client):
    assert "<b>x" not in client.get("/search/", {"q": "<b>x"}).content.decode()


def test_unread_notices_are_counted_and_read_together():
    client, who = signed_in("kernel.operator")
    Notice.objects.create(recipient=who, severity=3, title="甲站超标", url="/x/")
    Notice.objects.create(recipient=account("kernel.operator"), severity=3, title="别人的")

    html = client.get("/notices/").content.decode()
    assert "通知，1 条未读" in html
    assert "甲站超标" in html
    assert "别人的" not in html
    client.post("/notices/read/")
    assert "通知，0 条未读" in client.get("/notices/").content.decode()


def test_a_view_is_kept_replaced_and_forgotten_by_its_owner_only():
    client, who = signed_in("kernel.operator")
    fields = {"title": "超标", "table": "samples", "path": "/ui/gallery/", "query": "samples.grade=over"}

    assert client.post("/ui/views/", fields)["Location"] == "/ui/gallery/?samples.grade=over"
    client.post("/ui/views/", fields | {"query": "samples.grade=near"})
    view = SavedView.objects.get(account=who)
    assert view.query == "samples.grade=near"
    assert "超标" in client.get("/ui/gallery/").content.decode()

    stranger, _ = signed_in("kernel.operator")
    assert stranger.post(f"/ui/views/{view.pk}/forget/").status_code == 404
    client.post(f"/ui/views/{view.pk}/forget/")
    assert not SavedView.objects.filter(pk=view.pk).exists()


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", ""])
def test_a_view_leads_to_a_page_of_ours(path: str):
    client, who = signed_in("kernel.operator")
    client.post("/ui/views/", {"title": "x", "table": "t", "path": path, "query": ""})
    assert not SavedView.objects.filter(account=who).exists()


def test_the_start_page_shows_targets_to_all_and_alarms_to_staff_only(client: Client):
    staff, _ = signed_in("kernel.operator")
    kpi = next(kpi for system in registry.systems() for kpi in system.kpis)

    public = client.get("/").content.decode()
    assert kpi.zh in public
    assert "未解除告警" not in public
    assert "未解除告警" in staff.get("/").content.decode()


def test_the_gallery_answers_in_few_queries(django_assert_max_num_queries):
    client, _ = signed_in("kernel.operator")
    client.get("/ui/gallery/")
    with django_assert_max_num_queries(12):
        assert client.get("/ui/gallery/").status_code == 200
