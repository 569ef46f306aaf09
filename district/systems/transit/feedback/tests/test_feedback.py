"""What a passenger says is worked on by its clock, answered, and rated; nobody else reads it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from district.kernel import registry
from district.kernel.cases.actions import claim, complete
from district.kernel.cases.models import Case, Evaluation
from district.kernel.cases.procedure_versions import procedure_of, publish_shipped
from district.kernel.cases.queries import cases_visible_to
from district.testing.people import account, organisation

from ..actions import Said, send
from ..query_code import query_code

pytestmark = pytest.mark.django_db
GIVEN = {"key": "k" * 32, "about": "delay", "text": "等了四十分钟", "bus": "D001", "phone": "13800000000"}


@pytest.fixture(autouse=True)
def procedures() -> None:
    organisation("transport", name="区交通运输局")
    publish_shipped(registry.system("transit"), procedure_of("transit", "passenger_feedback"))


def step(case: Case, role: str, form: dict[str, Any]) -> None:
    task = case.tasks.get(state__in=("ready", "claimed"))
    complete(claim(task, account(role, unit=organisation("transport"))), task.claimed_by, form)
    case.refresh_from_db()


def test_feedback_is_sent_answered_and_rated(client: Client):
    sent = client.post("/transit/feedback/", GIVEN)
    case = Case.objects.get()
    assert query_code(case.number) in sent.content.decode()
    assert case.due_at is not None
    asked = {"number": case.number, "code": query_code(case.number)}
    step(case, "transit.operator", {"handling": "转调度核实"})
    step(case, "transit.dispatcher", {"finding": "内部核实：司机漏班"})
    step(case, "transit.operator", {"reply": "已加开一班，谢谢监督"})
    assert case.state == "closed"
    shown = client.post("/transit/feedback-status/", asked).content.decode()
    assert "已加开一班" in shown
    assert "司机漏班" not in shown, "what was found inside stays inside"
    for _time in range(2):
        client.post("/transit/feedback-status/_rate", asked | {"score": 4, "words": "好"})
    assert Evaluation.objects.get().score == 4


def test_sent_twice_it_is_one_case(client: Client):
    for _time in range(2):
        client.post("/transit/feedback/", GIVEN)
    assert Case.objects.count() == 1


def test_without_the_right_code_nothing_is_told(client: Client):
    client.post("/transit/feedback/", GIVEN)
    case = Case.objects.get()
    wrong = f"{(int(query_code(case.number)) + 1) % 10**6:06}"
    for number, code in ((case.number, wrong), ("GJ000", query_code(case.number))):
        shown = client.post("/transit/feedback-status/", {"number": number, "code": code}).content.decode()
        assert "编号或查询码不对" in shown
        assert "四十分钟" not in shown
    client.post("/transit/feedback-status/_rate", {"number": case.number, "code": wrong, "score": 1})
    assert not Evaluation.objects.exists()


def test_what_may_be_answered_at_once_takes_two_steps():
    case = send(Said("k1", "praise", "司机师傅很好"))
    step(case, "transit.operator", {"handling": "可以答复"})
    step(case, "transit.operator", {"reply": "谢谢"})
    assert case.state == "closed"


@pytest.mark.parametrize(("field", "value", "words"), [
    ("phone", "12345", "电话号码格式不对"), ("about", "none", "关于"), ("text", "", "说明"),
    ("happened_at", "2999-01-01T08:00", "发生时间不能在将来"),
])  # fmt: skip
def test_what_cannot_be_is_said_by_its_field(client: Client, field: str, value: str, words: str):
    assert words in client.post("/transit/feedback/", GIVEN | {field: value}).content.decode()
    assert not Case.objects.exists()


def test_one_address_does_not_send_without_end(client: Client):
    shown = [
        client.post("/transit/feedback/", GIVEN | {"key": f"{n:032}"}).content.decode() for n in range(12)
    ]
    assert "提交过于频繁" in shown[-1]
    assert Case.objects.count() == 10


def test_the_telephone_is_kept_sealed_and_seen_by_duty_only(client: Client):
    client.post("/transit/feedback/", GIVEN)
    case = Case.objects.get()
    assert case.pk in cases_visible_to(
        account("transit.operator", unit=organisation("transport"))
    ).values_list("pk", flat=True)
    assert not cases_visible_to(account("transit.cashier", unit=organisation("transport"))).exists()
    assert "13800000000" not in client.get("/transit/feedback/").content.decode()
