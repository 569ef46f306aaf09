"""What is published says what is in the books, in the words of OCDS 1.1, of organisations only."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from district.kernel.clock import now
from district.systems.programme.models import Contract, Payment
from district.systems.programme.money.actions import (
    Funding,
    Term,
    ask_payment,
    decide_payment,
    pay,
    return_payment,
)
from district.systems.programme.money.tests import books

from .. import ocds
from ..processes import processes
from .facts import wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract() -> Contract:
    """Under way, 300 of 600 paid, 100 of it returned; and one of a tester, not approved."""
    who = books.people()
    line = books.line(who, 1_000_000)
    books.money_in(who, 1_000_000)
    project = books.project(stage="delivery", made_at=now() - timedelta(days=90))
    made = books.contract(
        who,
        project,
        600_00,
        [Funding(line, 600_00)],
        [Term("首付款", 300_00, "signed"), Term("尾款", 300_00, "accepted")],
    )
    k, term = made.commitments.get(), made.terms.get(order=1)
    for number, fen in enumerate((200_00, 100_50)):
        payment = decide_payment(
            ask_payment(k, fen - 50 * number, "进度", who.owner, term=term), True, who.finance
        )
        pay(payment, f"V{number}", who.treasurer)
    return_payment(Payment.objects.latest("pk"), "退票", who.other_treasurer)
    books.asked_contract(who, project, 100_00, [Funding(line, 100_00)])
    return made


def test_the_open_record_says_what_was_contracted_and_paid(contract: Contract):
    package = json.loads(Client().get("/programme/open-contracting.json").content)
    assert wrong(package) == []
    record = package["records"][0]
    newest = record["compiledRelease"]
    assert record["ocid"] == "ocds-000000-XM2026-T1"
    assert [each["tag"][0] for each in record["releases"]] == [
        "planning",
        "award",
        "contract",
        *["implementation"] * 3,
    ]
    assert [each["id"] for each in newest["contracts"]] == [contract.number]
    said = newest["contracts"][0]
    assert said["value"] == {"amount": 600, "currency": "CNY"}
    moved = [
        (each["value"]["amount"], each["payee"]["id"][:7]) for each in said["implementation"]["transactions"]
    ]
    assert moved == [(200, "CN-USCC"), (100, "CN-USCC"), (100, "CN-3703")]
    assert [step["status"] for step in said["implementation"]["milestones"]] == ["met", "scheduled"]
    roles = {each["name"]: each["roles"] for each in newest["parties"]}
    assert roles["演示公司1"] == ["supplier", "payee", "payer"]


def test_a_release_once_published_stays_as_it_is_when_more_becomes_known(contract: Contract):
    before = {each["id"]: each for process in processes() for each in ocds.releases(process)}
    who = Payment.objects.first()
    k, term = contract.commitments.get(), contract.terms.get(order=1)
    more = decide_payment(ask_payment(k, 50_00, "再付", who.asked_by, term=term), True, who.decided_by)
    pay(more, "V9", who.paid_by)
    after = {each["id"]: each for process in processes() for each in ocds.releases(process)}
    assert len(after) == len(before) + 1
    assert {key: after[key] for key in before} == before


def test_nobody_is_named_and_nothing_undecided_is_published(contract: Contract):
    text = "".join(
        Client().get(f"/programme/{name}").content.decode()
        for name in (
            "open-contracting.json",
            "open-contracting/releases.json",
            "open/",
            f"open/projects/{contract.project.number}/",
        )
    )
    lines = (
        b"".join(Client().get("/programme/open-contracting.jsonl").streaming_content).decode().splitlines()
    )
    assert [json.loads(line)["tag"] for line in lines] == [["compiled"]]
    payment = Payment.objects.first()
    people = {payment.asked_by, payment.decided_by, payment.paid_by}
    assert not any(person.name in text or person.username in text for person in people)
    assert Contract.objects.get(state="asked").number not in text
    assert Client().get("/programme/open-contracting.json?project=none").status_code == 404


def test_the_prefix_is_the_publishers(contract: Contract, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DISTRICT_OCID_PREFIX", "ocds-a1b2c3")
    assert processes()[0].ocid.startswith("ocds-a1b2c3-")
