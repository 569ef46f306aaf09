from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from district.kernel.cases import actions
from district.kernel.cases.models import Act, Case, CaseLink, Entry, Feedback, Task
from district.kernel.cases.queries import cases_visible_to, department_tasks, marks, my_tasks
from district.kernel.cases.refused import Refused
from district.kernel.clock import CHINA, stopped_at
from district.kernel.jobs.in_line import run_waiting
from district.testing.people import account, organisation
from district.testing.procedures import CLERK, CONFIDANT, HANDLER, LEAD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("version")]

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)


def opened(key: str = "one", **fields) -> Case:
    given = {
        "system": "trial",
        "procedure": "plain",
        "title": "路灯不亮",
        "channel": "hotline",
        "kind": "投诉",
    } | fields
    return actions.open_case(idempotency_key=key, **given)


def only_task(case: Case) -> Task:
    return Task.objects.get(case=case, state__in=("ready", "claimed", "waiting"), parent=None)


def refused(code: str):
    return _Refused(code)


class _Refused:
    def __init__(self, code: str):
        self.code = code

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        assert isinstance(error, Refused), f"not refused: {error!r}"
        assert error.code == self.code, f"{error.code}: {error}"
        return True


@pytest.fixture(autouse=True)
def _monday():
    with stopped_at(MONDAY):
        yield


@pytest.fixture
def clerk():
    return account(CLERK)


@pytest.fixture
def road():
    return organisation("road", name="道路处")


@pytest.fixture
def handler(road):
    return account(HANDLER, unit=road, scope="own")


@pytest.fixture
def lead():
    return account(LEAD)


def at_handling(road, clerk, key="one", **fields) -> Case:
    case = opened(key, **fields)
    actions.complete(only_task(case), clerk, {"organisation": "road"})
    return Case.objects.get(pk=case.pk)


def test_a_case_goes_from_report_to_its_end_over_three_posts(clerk, road, handler):
    with stopped_at(MONDAY):
        case = opened(place={"division_code": "370306102003", "address": "正阳路"})
        assert case.number == "TRIAL2026030200001"
        assert case.stage == "受理"
        assert (case.limit_kind, case.limit_amount) == ("working_days", 5)
        assert list(my_tasks(clerk)) == [only_task(case)]
        actions.claim(only_task(case), clerk)
        actions.complete(only_task(case), clerk, {"organisation": "road"})
        case.refresh_from_db()
        assert (case.stage, case.organisation) == ("处置", road)
        assert list(my_tasks(handler)) == [only_task(case)]
        assert list(cases_visible_to(handler)) == [case]
        actions.complete(only_task(case), handler, {"outcome": "已修好"}, note="换了灯泡")
        assert marks(Case.objects.get(pk=case.pk))["check"] == "active"
        actions.complete(only_task(case), clerk, {"passed": True})
    case.refresh_from_db()
    assert (case.state, case.outcome, case.closed_at) == ("closed", "已修好", MONDAY)
    assert not Task.objects.filter(case=case, state__in=("ready", "claimed")).exists()
    acts = list(Entry.objects.filter(case=case).values_list("act", flat=True))
    assert acts == [
        "open",
        "reach",
        "claim",
        "complete",
        "route",
        "reach",
        "complete",
        "reach",
        "complete",
        "close",
    ]


def test_the_same_key_is_the_same_case(clerk):
    assert opened("same").pk == opened("same", title="另一个标题").pk
    assert Case.objects.count() == 1


def test_numbers_follow_one_another_by_day():
    with stopped_at(MONDAY):
        assert [opened(str(n)).number[-5:] for n in range(3)] == ["00001", "00002", "00003"]
    with stopped_at(MONDAY + timedelta(days=1)):
        assert opened("next").number == "TRIAL2026030300001"


def test_what_did_not_pass_comes_back_as_another_round(clerk, road, handler):
    case = at_handling(road, clerk)
    actions.complete(only_task(case), handler)
    actions.complete(only_task(case), clerk, {"passed": False})
    task = only_task(case)
    assert (task.key, task.round) == ("accept", 2)


def test_a_task_is_returned_to_the_step_before(clerk, road, handler):
    case = at_handling(road, clerk)
    actions.return_task(only_task(case), handler, "不归我单位管")
    task = only_task(case)
    assert (task.key, task.round) == ("accept", 2)
    with refused("first_step"):
        actions.return_task(task, clerk, "退不动")
    with refused("reason_missing"):
        actions.return_task(task, clerk, " ")


def test_others_and_the_late_are_refused(clerk, road, handler, lead):
    case = opened()
    task = only_task(case)
    with refused("not_post"):
        actions.claim(task, handler)
    actions.claim(task, clerk)
    with refused("claimed"):
        actions.complete(task, account(CLERK))
    actions.complete(task, clerk, {"organisation": "road"})
    with refused("not_open"):
        actions.complete(task, clerk)
    with refused("no_organisation"):
        actions.complete(only_task(case), handler, {"organisation": "nowhere"})
    with refused("not_lead"):
        actions.suspend(case, clerk, "等材料")


def test_a_task_is_handed_over_to_another_unit(clerk, road, handler):
    case, other = at_handling(road, clerk), organisation("water", name="供水处")
    actions.hand_over(only_task(case), handler, other, "管线归供水处")
    case.refresh_from_db()
    assert case.organisation == other
    assert list(my_tasks(handler)) == []
    assert list(cases_visible_to(handler)) == [case], "who had a part in it still sees it"
    newcomer = account(HANDLER, unit=other, scope="own")
    actions.complete(only_task(case), newcomer)


def test_the_lead_of_a_joint_task_waits_for_all_helpers(clerk, road, handler):
    case, other = at_handling(road, clerk), organisation("water", name="供水处")
    [helper] = actions.invite(only_task(case), handler, [other, road], "一起看现场")
    with refused("helpers"):
        actions.complete(only_task(case), handler)
    worker = account(HANDLER, unit=other, scope="own")
    assert list(department_tasks(worker)) == [helper]
    actions.complete(helper, worker, {"opinion": "管线完好"})
    actions.complete(only_task(case), handler)
    assert only_task(case).key == "check"


def test_the_clock_stands_while_a_case_is_suspended(clerk, road, handler, lead):
    with stopped_at(MONDAY):
        case = at_handling(road, clerk)
        due = case.due_at
        actions.suspend(case, lead, "等待备件")
        with refused("suspended"):
            actions.complete(only_task(case), handler)
    case.refresh_from_db()
    assert case.due_at is None
    with stopped_at(MONDAY + timedelta(days=2)):
        actions.resume(case, lead)
    case.refresh_from_db()
    assert case.due_at == due + timedelta(days=1), (
        "of the two days one would have counted: that of the start does not"
    )
    assert only_task(case).due_at == case.due_at


def test_an_extension_is_asked_for_and_decided_by_another(clerk, road, handler, lead):
    with stopped_at(MONDAY):
        case = at_handling(road, clerk)
        with refused("amount"):
            actions.ask_extension(case, handler, 0.5, "备件")
        asked = actions.ask_extension(case, handler, 2, "备件未到")
        with refused("not_lead"):
            actions.decide_extension(asked, handler, True)
        actions.decide_extension(asked, lead, True, "同意")
        with refused("decided"):
            actions.decide_extension(asked, lead, False)
    later = Case.objects.get(pk=case.pk).due_at
    assert later == case.due_at + timedelta(days=2)


def test_a_merged_reporter_is_answered_with_the_main_case(clerk, road, handler, lead):
    main, duplicate = at_handling(road, clerk, "main"), opened("again", kind="咨询")
    actions.merge(duplicate, main, clerk, "同一盏灯")
    duplicate.refresh_from_db()
    assert (duplicate.state, duplicate.merged_into) == ("merged", main)
    assert not Task.objects.filter(case=duplicate, state="ready").exists()
    actions.complete(only_task(main), handler, {"outcome": "已修好"})
    actions.complete(only_task(main), clerk)
    duplicate.refresh_from_db()
    assert duplicate.closed_at is not None
    assert "已修好" in Feedback.objects.get(case=duplicate).text
    with refused("answered"):
        actions.unmerge(duplicate, lead)


def test_one_act_takes_a_merged_case_out_again(clerk, lead):
    main, duplicate = opened("main"), opened("again")
    actions.claim(only_task(duplicate), clerk)
    before = only_task(duplicate)
    actions.merge(duplicate, main, clerk, "以为是同一件")
    actions.unmerge(duplicate, lead)
    duplicate.refresh_from_db()
    after = only_task(duplicate)
    assert (duplicate.state, duplicate.merged_into, after.pk) == ("open", None, before.pk)
    assert (after.state, after.claimed_by) == ("claimed", clerk)
    actions.complete(after, clerk, {"accepted": False})


def test_mergers_do_not_go_in_circles(clerk):
    one, two, three = opened("1"), opened("2"), opened("3")
    actions.merge(one, two, clerk, "同一件")
    with refused("same_case"):
        actions.merge(two, one, clerk, "同一件")
    actions.merge(two, three, clerk, "同一件")
    with refused("same_case"):
        actions.merge(three, one, clerk, "同一件")


def test_a_task_waits_for_the_case_it_asked_of_another_department(clerk, road, handler):
    case = at_handling(road, clerk)
    task = only_task(case)
    asked = actions.ask(task, handler, system="trial", procedure="plain", title="请提供管线图")
    assert only_task(case).state == "waiting"
    with refused("waiting"):
        actions.complete(task, handler)
    actions.complete(only_task(asked), clerk, {"accepted": False, "outcome": "无图"})
    run_waiting()
    assert only_task(case).state == "ready"
    case.refresh_from_db()
    assert case.form["answers"] == [{"number": asked.number, "outcome": "无图", "is_cancelled": False}]
    actions.complete(only_task(case), handler)
    assert CaseLink.objects.get(kind="asked").answered_at is not None


def test_a_confidential_case_is_seen_by_its_posts_and_confidants_only(clerk, road, handler, lead):
    reader, confidant, stranger = account("trial.reader"), account(CONFIDANT), account(LEAD)
    case = at_handling(road, clerk)
    assert cases_visible_to(reader).exists()
    actions.mark_confidential(case, lead, "涉及举报人")
    assert not cases_visible_to(reader).exists()
    assert not cases_visible_to(stranger).exists()
    assert cases_visible_to(confidant).exists()
    assert cases_visible_to(handler).exists()
    with refused("not_lead"):
        actions.disclose(case, stranger, "想看")


def test_supervision_feedback_call_back_and_evaluation(clerk, road, handler, lead):
    case = at_handling(road, clerk)
    supervision = actions.supervise(case, lead, "请加快")
    assert supervision.organisation == road
    actions.answer_supervision(supervision, handler, "明日完成")
    with refused("answered"):
        actions.answer_supervision(supervision, handler, "又一次")
    actions.give_feedback(case, handler, "正在办理")
    with refused("not_closed"):
        actions.evaluate(case, clerk, side="reporter", score=5)
    actions.complete(only_task(case), handler)
    actions.complete(only_task(case), clerk)
    actions.call_back(case, clerk, is_reached=True, is_solved=True, is_satisfied=True)
    with refused("not_reached"):
        actions.call_back(case, clerk, is_reached=False, is_satisfied=True)
    actions.evaluate(case, clerk, side="reporter", score=5)
    with refused("evaluated"):
        actions.evaluate(case, clerk, side="reporter", score=1)
    with refused("not_lead"):
        actions.evaluate(case, clerk, side="supervisor", score=1)
    acts = set(Entry.objects.filter(case=case).values_list("act", flat=True))
    assert {Act.SUPERVISE, Act.ANSWER_SUPERVISION, Act.FEEDBACK, Act.CALL_BACK, Act.EVALUATE} <= acts


def test_a_lead_may_cancel_a_case(clerk, lead):
    case = opened()
    actions.cancel(case, lead, "重复登记")
    case.refresh_from_db()
    assert case.state == "cancelled"
    assert not Task.objects.filter(case=case, state="ready").exists()


@pytest.mark.parametrize(("field", "value", "code"), [
    ("title", " ", "title"), ("idempotency_key", "", "idempotency_key"), ("procedure", "none", "no_procedure"),
    ("place", {"division_code": "37"}, "division_code"), ("place", {"town": "1"}, "place"),
    ("form", {"x": object()}, "form"), ("form", {"x": float("nan")}, "form"),
])  # fmt: skip
def test_what_cannot_be_opened_is_refused_by_field(field, value, code):
    key = {"idempotency_key": value} if field == "idempotency_key" else {}
    given = {
        "system": "trial",
        "procedure": "plain",
        "title": "标题",
        "channel": "hotline",
        "idempotency_key": "k",
    }
    with refused(code):
        actions.open_case(**(given | {field: value} | key))
    assert not Case.objects.exists()
