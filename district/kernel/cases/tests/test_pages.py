from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse

from district.kernel.cases import actions
from district.kernel.cases.models import Case, Entry, Task
from district.kernel.files.models import FileLink
from district.kernel.people.models import AuditEntry
from district.testing.people import account, organisation
from district.testing.procedures import CLERK, HANDLER, LEAD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("version")]


@pytest.fixture(autouse=True, scope="module")
def _urls():
    """The site's addresses, put together before the trial system is there: it has no pages of its own."""
    assert get_resolver().url_patterns


@pytest.fixture
def clerk():
    return account(CLERK)


@pytest.fixture
def handler():
    return account(HANDLER, unit=organisation("road", name="道路处"), scope="own")


@pytest.fixture
def lead():
    return account(LEAD)


def opened(key: str = "one", **fields) -> Case:
    given = {"system": "trial", "procedure": "plain", "title": "路灯不亮", "channel": "hotline"} | fields
    return actions.open_case(idempotency_key=key, **given)


def only_task(case: Case) -> Task:
    return Task.objects.get(case=case, state__in=("ready", "claimed", "waiting"), parent=None)


def signed_in(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def text_of(client: Client, name: str, *args, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(f"cases:{name}", args=args) + query)
    assert answer.status_code == status, answer.content[:2000]
    return answer.content.decode()


def acted(client: Client, case: Case, act: str, status: int = 302, **fields) -> str:
    answer = client.post(reverse("cases:act", args=[case.number, act]), fields)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def test_the_work_bench_shows_what_waits_for_the_post(clerk, handler):
    case = opened()
    assert case.number in text_of(signed_in(clerk), "bench")
    assert case.number not in text_of(signed_in(handler), "bench")
    assert case.number not in text_of(signed_in(clerk), "bench", query="?tab=waiting")


def test_a_step_is_done_on_the_page_of_its_case(clerk, handler):
    case = opened(reporter={"name": "张三丰", "phone": "13800138000"})
    task, client = only_task(case), signed_in(clerk)
    shown = text_of(client, "case", case.number)
    assert "张*丰" not in shown or "13800138000" not in shown
    assert "13800138000" not in shown
    url = reverse("cases:complete", args=[case.number, task.pk])
    assert client.post(url, {}).status_code == 422
    photo = SimpleUploadedFile("现场.jpg", b"\xff\xd8\xff\xe0\x00\x04ab\xff\xda\x00\x02\xff\xd9")
    answer = client.post(url, {f"t{task.pk}-opinion": "已受理", f"t{task.pk}-photos": photo})
    assert answer.status_code == 302
    task.refresh_from_db()
    link = FileLink.objects.get(subject=case.number)
    assert (task.state, task.form) == ("done", {"opinion": "已受理", "photos": [link.pk]})
    assert "已受理" in text_of(client, "case", case.number)


def test_a_file_that_would_act_is_refused_and_nothing_is_done(clerk):
    case = opened()
    task = only_task(case)
    bad = SimpleUploadedFile("a.jpg", b"<script>")
    url = reverse("cases:complete", args=[case.number, task.pk])
    answer = signed_in(clerk).post(url, {f"t{task.pk}-opinion": "x", f"t{task.pk}-photos": bad})
    assert answer.status_code == 409
    assert "与扩展名" in answer.content.decode()
    assert only_task(case) == task


def test_a_stranger_finds_no_case(handler):
    case = opened(place={"division_code": "370306101"})
    stranger = signed_in(account("trial.other"))
    text_of(stranger, "case", case.number, status=404)
    assert case.number not in text_of(stranger, "cases")
    assert (
        stranger.post(
            reverse("cases:act", args=[case.number, "suspend"]), {"suspend-reason": "x"}
        ).status_code
        == 404
    )


def test_only_acts_of_ones_own_duty_are_offered_and_taken(clerk, lead):
    case = opened()
    for_clerk, for_lead = (
        text_of(signed_in(clerk), "case", case.number),
        text_of(signed_in(lead), "case", case.number),
    )
    suspend = reverse("cases:act", args=[case.number, "suspend"])
    assert suspend not in for_clerk
    assert suspend in for_lead
    assert "不在您的职责内" in acted(signed_in(clerk), case, "suspend", 409, **{"suspend-reason": "x"})
    acted(signed_in(lead), case, "suspend", **{"suspend-reason": "等待材料"})
    case.refresh_from_db()
    assert case.state == "suspended"
    acted(signed_in(lead), case, "resume")


@pytest.mark.parametrize(
    ("act", "fields", "entry"),
    [
        ("supervise", {"supervise-text": "尽快"}, "supervise"),
        ("feedback", {"feedback-text": "正在办理"}, "feedback"),
        ("ask_extension", {"ask_extension-amount": "2", "ask_extension-reason": "复杂"}, "ask_extension"),
        ("mark_confidential", {"mark_confidential-reason": "举报人"}, "confide"),
        ("call_back", {"call_back-is_reached": "yes", "call_back-is_satisfied": "no"}, "call_back"),
        ("cancel", {"cancel-reason": "误报"}, "cancel"),
    ],
)  # fmt: skip
def test_what_a_lead_does_stands_in_the_timeline(lead, clerk, act: str, fields: dict, entry: str):
    case = opened()
    acted(signed_in(lead), case, act, **fields)
    assert Entry.objects.filter(case=case, act=entry, account=lead).exists()


def test_a_form_that_is_not_right_is_shown_again(lead):
    case = opened()
    assert "is-invalid" in acted(signed_in(lead), case, "supervise", 422, **{"supervise-text": ""})
    assert not case.supervisions.exists()


def test_two_cases_are_merged_and_parted_with_one_click(lead):
    case, main = opened(), opened("two")
    client = signed_in(lead)
    acted(client, case, "merge", **{"merge-number": main.number, "merge-reason": "同一事"})
    shown = text_of(client, "case", main.number)
    assert reverse("cases:act", args=[case.number, "unmerge"]) in shown
    acted(client, case, "unmerge")
    case.refresh_from_db()
    assert case.state == "open"


def test_the_reporter_is_shown_to_who_handles_the_case_and_the_look_is_noted(clerk, handler):
    case = opened(reporter={"name": "张三丰", "phone": "13800138000"})
    assert "13800138000" in text_of(signed_in(clerk), "reporter", case.number)
    assert AuditEntry.objects.filter(action="look", subject=case.number, account=clerk).count() == 1
    text_of(signed_in(account("trial.reader")), "reporter", case.number, status=404)


def test_several_tasks_are_claimed_and_done_at_once(clerk):
    cases = [opened(str(number)) for number in range(3)]
    tasks = [only_task(case).pk for case in cases]
    client = signed_in(clerk)
    client.post(reverse("cases:bulk"), {"task": tasks, "act": "claim"})
    assert set(Task.objects.filter(pk__in=tasks).values_list("state", flat=True)) == {"claimed"}
    asked = client.post(reverse("cases:bulk"), {"task": tasks, "act": "complete"})
    assert asked.status_code == 200
    client.post(reverse("cases:bulk"), {"task": tasks, "act": "complete", "sent": "1", "opinion": "同意"})
    assert set(Task.objects.filter(pk__in=tasks).values_list("state", flat=True)) == {"done"}


def test_tasks_of_others_are_not_touched_in_bulk(handler):
    task = only_task(opened())
    signed_in(handler).post(reverse("cases:bulk"), {"task": [task.pk], "act": "claim"})
    task.refresh_from_db()
    assert task.state == "ready"


def test_the_list_is_paged_by_key_in_both_directions(clerk):
    numbers = [opened(str(number)).number for number in range(45)]
    client = signed_in(clerk)
    first = text_of(client, "cases", query="?cases-rows=20")
    assert numbers[-1] in first
    assert numbers[24] not in first
    last_pk = Case.objects.get(number=numbers[25]).pk
    assert f"cases-before={last_pk}" in first
    second = text_of(client, "cases", query=f"?cases-rows=20&cases-before={last_pk}&cases-page=2")
    assert numbers[24] in second
    assert numbers[25] not in second
    first_pk = Case.objects.get(number=numbers[24]).pk
    back = text_of(client, "cases", query=f"?cases-rows=20&cases-after={first_pk}&cases-page=1")
    assert numbers[44] in back
    assert numbers[24] not in back


def test_a_list_is_narrowed_by_any_column(clerk):
    one, other = opened("1", channel="web"), opened("2", channel="hotline")
    found = text_of(signed_in(clerk), "cases", query="?cases.channel=web")
    assert one.number in found
    assert other.number not in found


def test_the_list_shows_the_cases_behind_an_indicator(clerk):
    case = opened()
    client = signed_in(clerk)
    assert case.number in text_of(client, "cases", query="?set=opened")
    assert case.number not in text_of(client, "cases", query="?set=closed")


def test_the_drawing_is_given_out_and_marked_with_a_case(clerk):
    case = opened()
    client = signed_in(clerk)
    shown = text_of(client, "procedure", "trial", "plain", query=f"?case={case.number}")
    assert '"accept":"active"' in shown.replace(" ", "")
    assert b"bpmn:process" in client.get(reverse("cases:drawing", args=[case.version_id])).content
    text_of(client, "procedure", "trial", "nothing", status=404)


def test_pages_over_many_cases_open_with_and_without_any(clerk):
    client = signed_in(clerk)
    for number in range(2):
        text_of(client, "procedures")
        text_of(client, "procedure", "trial", "plain")
        text_of(client, "flow", "trial", "plain")
        for group in ("unit", "town", "procedure", "channel", "classification", "system"):
            text_of(client, "indicators", query=f"?group={group}")
        case = opened(str(number))
        actions.complete(only_task(case), clerk, {"accepted": False})


def edited(client: Client, view: str, status: int = 302, **fields) -> str:
    answer = client.post(reverse(f"cases:{view}", args=["trial", "plain"]), fields)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def test_a_lead_drafts_tries_publishes_and_migrates(lead, clerk, version):
    ended, running = opened("ended"), opened("running")
    actions.complete(only_task(ended), clerk, {"accepted": False})
    client = signed_in(lead)
    bpmn = version.bpmn.replace('value="5 working_days"', 'value="3 working_days"')
    edited(client, "save", bpmn=bpmn, note="", table_name="limits.dmn", table=version.dmn["limits.dmn"])
    assert text_of(client, "editor", "trial", "plain", query="?draft=2")
    assert "试算 1 件，走法相同 1 件" in edited(client, "try", 200, draft="2")
    assert "5 working_days → 3 working_days" in text_of(
        client, "compare", "trial", "plain", query="?old=1&new=2"
    )
    edited(client, "publish", draft="2", note="")
    assert Case.objects.get(pk=running.pk).version.number == 1
    edited(client, "publish", draft="2", note="缩短办理时限")
    assert opened("later").version.number == 2
    assert "1 件" in edited(client, "migrate", 200, old="1", new="2")
    assert Case.objects.get(pk=running.pk).version.number == 2


def test_a_wrong_drawing_is_told_and_not_kept(lead, version):
    bpmn = version.bpmn.replace('value="5 working_days"', 'value="soon"')
    assert "soon" in edited(signed_in(lead), "save", 422, bpmn=bpmn)
    script = version.bpmn.replace("</bpmn:process>", '<bpmn:scriptTask id="s"/></bpmn:process>')
    assert "scriptTask" in edited(signed_in(lead), "save", 422, bpmn=script)
    assert not type(version).objects.filter(state="draft").exists()


def test_who_does_not_lead_a_procedure_does_not_change_it(clerk, version):
    text_of(signed_in(clerk), "editor", "trial", "plain", status=403)
    edited(signed_in(clerk), "save", 403, bpmn=version.bpmn)
