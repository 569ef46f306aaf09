"""Topping up on the phone and what cashiers see, asked for as browsers and providers do."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from district.kernel.people.models import AuditEntry
from district.testing.people import account

from ...models import Card, Payment, PaymentNotice, Refund, TestPayment, TopUp
from .. import ledger
from ..actions import issue_card
from ..seed import number_of, seed_cards
from ..testing_provider import TEST

pytestmark = pytest.mark.django_db
NUMBER = number_of(3)


@pytest.fixture
def card() -> Card:
    return issue_card(NUMBER)


def order_of(client: Client, number: str = NUMBER) -> TopUp:
    answer = client.post("/transit/cards/", {"number": number, "amount": "5000"})
    assert answer.status_code == 302, answer.content.decode()
    return TopUp.objects.latest("pk")


def test_a_passenger_tops_up_and_sees_the_receipt_without_the_whole_number(client: Client, card: Card):
    order = order_of(client, f"{NUMBER[:6]} {NUMBER[6:]}")
    paying = client.get(order.pay_url).content.decode()
    assert "测试" in paying
    receipt = client.post(order.pay_url, {"outcome": "twice"}, follow=True).content.decode()
    assert "已到账" in receipt
    assert "¥50.00" in receipt
    assert NUMBER not in receipt
    assert NUMBER[-4:] in receipt
    assert (ledger.balance_of(card), PaymentNotice.objects.get().times) == (5000, 2)


@pytest.mark.parametrize(("number", "words"), [
    (NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10), "校验位"), ("12", "19 位"), (number_of(77), "没有这张卡"),
])  # fmt: skip
def test_a_number_that_is_none_is_refused_in_words(client: Client, card: Card, number: str, words: str):
    answer = client.post("/transit/cards/", {"number": number, "amount": "5000"})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not TopUp.objects.exists()


def test_numbers_are_not_guessed_at_the_form(client: Client, card: Card):
    said = [
        client.post("/transit/cards/", {"number": number_of(each), "amount": "5000"}).content.decode() for each in range(80, 92)
    ]
    assert "没有这张卡" in said[0]
    assert "请求过于频繁" in said[-1]


def test_a_notice_is_taken_at_the_door_only_with_the_providers_signature(client: Client, card: Card):
    order = order_of(client)
    headers, body = TEST.settle(TestPayment.objects.get(about=order.number), True)
    address = "/transit/cards/notices/test/"
    forged = client.post(address, body.replace(b"5000", b"9000"), content_type="application/json", headers=headers)
    unsigned = client.post(address, body, content_type="application/json")
    assert [(each.status_code, each.json()["code"]) for each in (forged, unsigned)] == [(400, "forged")] * 2
    assert ledger.balance_of(card) == 0
    answers = [client.post(address, body, content_type="application/json", headers=headers) for _ in range(2)]
    assert [(each.status_code, each.json()["code"]) for each in answers] == [(200, "booked"), (200, "repeated")]
    assert ledger.balance_of(card) == 5000
    nobody = client.post("/transit/cards/notices/nobody/", body, content_type="application/json", headers=headers)
    assert nobody.status_code == 404


def test_cashiers_refund_in_two_and_who_sees_a_whole_number_is_noted(client: Client, card: Card):
    order = order_of(client)
    client.post(order.pay_url, {"outcome": "paid"})
    address = f"/transit/card-orders/{order.number}/"
    one, other = account("transit.cashier"), account("transit.operator")
    client.force_login(one)
    assert NUMBER not in client.get(address).content.decode()
    assert NUMBER in client.post(address, {"act": "look", "purpose": "持卡人来电核对"}).content.decode()
    look = AuditEntry.objects.filter(action="look").latest("seq")
    assert (look.account, look.subject) == (one, f"****{card.tail}")
    assert client.post(address, {"act": "refund", "yuan": "60", "reason": "多充"}).status_code == 400
    client.post(address, {"act": "refund", "yuan": "20.50", "reason": "多充"})
    refund = Refund.objects.get()
    client.post(address, {"act": "approve", "refund": refund.number})
    refund.refresh_from_db()
    assert refund.state == "asked"
    client.force_login(other)
    assert refund.number in client.get("/transit/card-orders/").content.decode()
    client.post(address, {"act": "approve", "refund": refund.number})
    refund.refresh_from_db()
    assert (refund.state, ledger.balance_of(card)) == ("sent", 2950)


def test_the_ledger_and_the_statements_are_shown_and_taken_along(client: Client):
    seed_cards()
    seed_cards()
    assert (TopUp.objects.count(), Payment.objects.count()) == (5, 3)
    client.force_login(account("transit.cashier"))
    body = client.get("/transit/card-ledger/").content.decode()
    assert "账本平衡" in body
    assert "卡内余额" in body
    link = re.search(r'href="([^"]*(?:csv|xlsx)[^"]*)"', body)
    assert link is not None
    assert client.get(link[1].replace("&amp;", "&")).status_code == 200
    answer = client.post("/transit/reconciliation/", {"day": "2020-01-01"}, follow=True).content.decode()
    assert "与账本一致" in answer


def test_others_do_not_see_the_money(client: Client):
    client.force_login(account("transit.editor"))
    assert {client.get(f"/transit/{each}/").status_code for each in ("card-orders", "card-ledger", "reconciliation")} == {403}
