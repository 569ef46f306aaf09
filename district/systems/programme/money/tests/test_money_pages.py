"""The pages of the money: each opens, what is refused is said in words, and an auditor reads all and changes nothing."""

from __future__ import annotations

import json

import pytest
from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.test import Client

from district.kernel.clock import today
from district.systems.programme.models import BudgetLine, Contract, Payment, Posting
from district.testing.people import account, organisation

from .. import ledger
from ..seed import seed_money

pytestmark = pytest.mark.django_db
ROOT = "/programme"
READERS = ("finance", "treasurer", "office", "owner", "leader", "auditor")


@pytest.fixture
def people() -> dict[str, Client]:
    unit = organisation("transport", kind="department")
    found = {}
    for post in READERS:
        found[post] = Client()
        found[post].force_login(account(f"programme.{post}", unit=unit, is_demo=True))
    seed_money()
    return found


def test_the_demonstration_balances_and_is_made_once(people: dict[str, Client]):
    before = Posting.objects.count()
    seed_money()
    assert Posting.objects.count() == before > 20
    assert ledger.imbalance() == {}
    assert set(Payment.objects.values_list("state", flat=True)) == {
        "asked",
        "approved",
        "refused",
        "paid",
        "returned",
    }


def test_every_page_opens_for_every_reader(people: dict[str, Client]):
    line, contract = BudgetLine.objects.order_by("pk").first(), Contract.objects.order_by("pk").first()
    subsidy = contract.project.subsidies.model.objects.get(kind="interest")
    addresses = [
        "/money/",
        "/contracts/",
        "/payments/",
        "/receipts/",
        "/subsidies/",
        "/loans/",
        f"/money/lines/{line.pk}/",
        f"/contracts/{contract.pk}/",
        f"/subsidies/{subsidy.pk}/",
        f"/loans/{subsidy.loan_id}/",
        *(f"/payments/{number}/" for number in Payment.objects.values_list("number", flat=True)),
    ]
    for post, client in people.items():
        # All of them for one; for each other reader another two, so that it stays quick.
        first = READERS.index(post)
        for address in addresses if post == "owner" else addresses[first :: len(READERS)]:
            answer = client.get(ROOT + address)
            assert answer.status_code == 200, (post, address)
    own = {
        "owner": ("/contracts/new", "/subsidies/new"),
        "finance": ("/money/new", "/loans/new", f"/money/years/{today().year}/"),
    }
    for post, more in own.items():
        for address in more:
            assert people[post].get(ROOT + address).status_code == 200, address
    assert people["owner"].get(f"{ROOT}/ledger/").status_code == 403
    text = people["finance"].get(f"{ROOT}/money/?year={today().year}").content.decode()
    assert "YS-ZX-01" in text
    assert "¥" in text


def test_an_auditor_reads_all_and_changes_nothing(people: dict[str, Client]):
    auditor, waiting = people["auditor"], Payment.objects.get(state="asked")
    page = auditor.get(f"{ROOT}/payments/{waiting.number}/").content.decode()
    assert 'name="act"' not in page
    for act in ("approve", "refuse", "pay", "withdraw", "return"):
        auditor.post(
            f"{ROOT}/payments/{waiting.number}/", {"act": act, "note": "", "voucher": "V", "reason": "x"}
        )
    waiting.refresh_from_db()
    assert waiting.state == "asked"
    assert auditor.get(f"{ROOT}/money/new").status_code == 403


def test_the_ledger_taken_along_shows_what_is_left_out_or_changed(people: dict[str, Client]):
    answer = people["auditor"].get(f"{ROOT}/ledger/postings.jsonl")
    rows = [json.loads(row) for row in b"".join(answer.streaming_content).decode().splitlines()]

    def first_wrong(rows: list[dict]) -> int | None:
        head = "0" * 64
        for number, row in enumerate(rows):
            said = {key: value for key, value in row.items() if key != "digest"}
            digest = Hash(SM3())
            digest.update(
                json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
            )
            if row["previous"] != head or digest.finalize().hex() != row["digest"]:
                return number
            head = row["digest"]
        return None

    assert len(rows) > 50
    assert sum(row["amount_fen"] for row in rows) == 0
    assert first_wrong(rows) is None
    assert first_wrong(rows[:7] + rows[8:]) == 7
    assert first_wrong([*rows[:9], rows[9] | {"amount_fen": 1}, *rows[10:]]) == 9


def test_what_is_refused_is_said_on_the_page(people: dict[str, Client]):
    finance, owner, office = people["finance"], people["owner"], people["office"]
    new = {
        "act": "line",
        "code": "ZX-900",
        "title": "新指标",
        "year": today().year,
        "source": "special",
        "basis": "批复",
        "unit": organisation("transport").pk,
        "amount_fen": "1000.00",
    }
    assert finance.post(f"{ROOT}/money/new", new).status_code == 302
    line = BudgetLine.objects.get(code="ZX-900")
    answer = finance.post(f"{ROOT}/money/lines/{line.pk}/", {"act": "approve"})
    assert answer.status_code == 200
    assert "本人经办过" in answer.content.decode()
    contract = Contract.objects.filter(state="approved").order_by("-pk").first()
    commitment = contract.commitments.order_by("pk").first()
    asked = {"act": "pay", "commitment": commitment.pk, "amount_fen": "9999999", "reason": "超额"}
    assert owner.post(f"{ROOT}/contracts/{contract.pk}/", asked).status_code == 302
    payment = Payment.objects.order_by("-pk").first()
    answer = office.post(f"{ROOT}/payments/{payment.number}/", {"act": "approve", "note": ""})
    assert answer.status_code == 200
    assert "超出合同" in answer.content.decode()


def test_a_contract_is_entered_with_its_lines_and_terms(people: dict[str, Client]):
    before = Contract.objects.latest("pk")
    line = BudgetLine.objects.get(code="YS-ZX-01")
    day = today().isoformat()
    fields = {
        "act": "contract",
        "title": "新合同",
        "project": before.project_id,
        "firm": before.firm_id,
        "kind": "test",
        "amount_fen": "5000",
        "signed_on": day,
        "begins_on": day,
        "ends_on": day,
        "line_1": line.pk,
        "line_1_fen": "5000",
        "term_1": "一次付清",
        "term_1_fen": "4000",
        "term_1_condition": "none",
    }
    client = people["owner"]
    refused = client.post(f"{ROOT}/contracts/new", fields)
    assert refused.status_code == 200
    assert "应等于合同金额" in refused.content.decode()
    assert client.post(f"{ROOT}/contracts/new", fields | {"term_1_fen": "5000"}).status_code == 302
    made = Contract.objects.latest("pk")
    assert (made.title, made.terms.count(), made.commitments.get().state) == ("新合同", 1, "held")
