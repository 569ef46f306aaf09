"""A month is settled from what the platform saw; a contested line goes by a case; two persons make it final."""

from __future__ import annotations

import json
import threading
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import translation

from district.kernel import registry
from district.kernel.cases.actions import claim, complete
from district.kernel.cases.models import Case
from district.kernel.cases.procedure_versions import procedure_of, publish_shipped
from district.kernel.clock import day_bounds, now, stopped_at, today
from district.kernel.events.delivery import deliver
from district.kernel.people.models import Account, Organisation
from district.kernel.people.refused import Refused
from district.testing.people import account, organisation

from ...demo_steps import approved_contract
from ...models import Contract, Firm, Project, ServiceMinute, ServiceTerms, Statement
from ...projects.rules import months_later
from .. import actions, sampling
from ..deductions import faults
from ..forms import TermsForm, usual_rules
from ..jobs import settle_last_month
from ..levels import MINUTE
from ..measuring import measure

pytestmark = pytest.mark.django_db
TOLD = """
    SELECT id, args->>'listener', args->>'event', args->>'payload' FROM procrastinate_jobs
    WHERE task_name = 'events.deliver' AND args->>'listener' LIKE 'district.systems.programme.operation.%' ORDER BY id
"""
USCC = "91370306MA3C000018"
LEVELS = [
    {"measure": "availability", "target": 0.999, "steps": [[0.999, 10]]}, {"measure": "restore", "target": 5, "steps": [[5, 5]]},
    {"measure": "tickets", "target": 0.9, "steps": [[0.9, 5]]},
]  # fmt: skip
"""All of a short month: the contract begins two days before the month's end."""


@pytest.fixture
def company() -> Organisation:
    made = organisation("operator", kind="enterprise", name="演示运营公司")
    Organisation.objects.filter(pk=made.pk).update(uscc=USCC)
    made.refresh_from_db()
    return made


@pytest.fixture
def office() -> Account:
    return account("programme.office")


@pytest.fixture
def operator(company: Organisation) -> Account:
    return account("programme.company", unit=company, scope="own")


@pytest.fixture
def month() -> date:
    return months_later(today().replace(day=1), -1)


@pytest.fixture
def contract(office: Account, month: date, company: Organisation) -> Contract:
    owner = account("programme.owner")
    firm = Firm.objects.create(name="演示运营公司", uscc=USCC, trades=["operator"])
    project = Project.objects.create(number="YY-1", title="运营", owner=organisation(), purpose="运营", estimate_fen=100,
                                     due_on=today())  # fmt: skip
    begins = months_later(month, 1) - timedelta(days=1)
    return approved_contract(
        number="YY-1",
        title="演示运营合同",
        project=project,
        firm=firm,
        kind="operation",
        amount_fen=10_000_00,
        signed_on=begins,
        begins_on=begins,
        ends_on=today() + timedelta(days=300),
        asked_by=owner,
        decided_by=office,
        approved_at=now(),
    )


@pytest.fixture
def terms(contract: Contract, office: Account, operator: Account, month: date) -> ServiceTerms:
    asked = actions.ask_terms(
        contract, office, from_month=month, fee_fen=100_000, most_percent=30, levels=LEVELS
    )
    return actions.agree_terms(asked, operator)


def publish(key: str) -> None:
    publish_shipped(registry.system("programme"), procedure_of("programme", key))


def told() -> int:
    """Delivers to the company's account what was told of closed cases, as the worker does; how many."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD)
        rows = cursor.fetchall()
    return sum(
        deliver(f"postgres:{key}", name, event, json.loads(payload)) for key, name, event, payload in rows
    )


def seen(contract: Contract, down: range = range(0)) -> datetime:
    """The day of the contract in the month, all up but the minutes named."""
    begin = day_bounds(contract.begins_on)[0]
    ServiceMinute.objects.bulk_create(
        ServiceMinute(at=begin + n * MINUTE, is_up=n not in down, page_ms=200) for n in range(24 * 60)
    )
    return begin


def test_nobody_agrees_to_their_own_terms(contract: Contract, office: Account, month: date):
    asked = actions.ask_terms(contract, office, from_month=month, fee_fen=1, most_percent=30, levels=LEVELS)
    with pytest.raises(Refused) as refused:
        actions.agree_terms(asked, office)
    assert refused.value.code == "own"
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceTerms.objects.filter(pk=asked.pk).update(agreed_by=office)
    assert actions.terms_of(contract, month) is None


def test_a_month_is_settled_from_the_minutes(contract: Contract, terms: ServiceTerms, month: date):
    seen(contract, range(100, 110))
    settle_last_month()
    made = Statement.objects.get()
    cut = {line["measure"]: line["deduction_fen"] for line in made.lines}
    assert cut == {"availability": 10_000, "restore": 5_000, "tickets": 0}
    assert (made.deduction_fen, made.pay_fen, made.lines[0]["part"], made.lines[0]["whole"]) == (
        15_000,
        85_000,
        1430,
        1440,
    )
    settle_last_month()
    assert Statement.objects.count() == 1


def test_minutes_nobody_looked_at_count_as_down_and_agreed_maintenance_does_not(
    contract: Contract, terms: ServiceTerms, month: date, operator: Account, office: Account
):
    begin = seen(contract)
    ServiceMinute.objects.filter(at__gte=begin + 60 * MINUTE, at__lt=begin + 90 * MINUTE).delete()
    assert measure(contract, month).measured["availability"].part == 1410
    with stopped_at(begin - timedelta(hours=1)):
        asked = actions.ask_maintenance(contract, operator, begin + 60 * MINUTE, begin + 80 * MINUTE, "升级")
        with pytest.raises(Refused):
            actions.agree_maintenance(asked, operator)
        actions.agree_maintenance(asked, office)
    found = measure(contract, month)
    assert (found.counted, found.maintained, found.measured["restore"].value) == (1420, 20, 10)
    with pytest.raises(Refused):
        actions.ask_maintenance(contract, operator, begin, begin + MINUTE, "事后补报")


def test_what_was_measured_is_not_changed(contract: Contract):
    begin = seen(contract, range(5))
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceMinute.objects.filter(at=begin).update(is_up=True)


def test_a_contested_line_goes_by_a_case_and_two_make_it_final(
    contract: Contract, terms: ServiceTerms, month: date, office: Account, operator: Account
):
    publish("service_dispute")
    seen(contract, range(100, 110))
    made = actions.make_statement(contract, month)
    with pytest.raises(Refused):
        actions.contest(made, operator, "tickets", "没有扣")
    dispute = actions.contest(made, operator, "restore", "是机房停电")
    with pytest.raises(Refused):
        actions.accept(made, operator)
    task = dispute.case.tasks.get(state__in=("ready", "claimed"))
    complete(claim(task, office), office, {"decision": "成立", "grounds": "停电公告属实"})
    assert told() == 1
    made.refresh_from_db()
    assert (made.state, made.deduction_fen, made.pay_fen) == ("sent", 10_000, 90_000)
    accepted = actions.accept(made, operator)
    with pytest.raises(Refused) as refused:
        actions.approve(accepted, operator)
    assert refused.value.code == "own"
    final = actions.approve(accepted, office)
    assert final.digest == actions.digest_of(final)
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=final.pk).update(state="sent")


def test_silence_is_acceptance_after_the_days_to_answer(
    client: Client, contract: Contract, terms: ServiceTerms, month: date, office: Account
):
    seen(contract, range(3))
    made = actions.make_statement(contract, month)
    client.force_login(office)
    assert "99.792%" in client.get(f"/programme/operation/statements/{made.pk}/").content.decode()
    assert actions.accept_silent() == 0
    with stopped_at(made.answer_by + timedelta(minutes=1)):
        assert actions.accept_silent() == 1


def test_a_company_sees_its_own_contracts_only(
    client: Client, contract: Contract, terms: ServiceTerms, operator: Account
):
    client.force_login(operator)
    assert contract.title in client.get("/programme/operation/").content.decode()
    page = client.get(f"/programme/operation/contracts/{contract.pk}/").content.decode()
    assert "低于 99.900% 扣 10%" in page
    other = organisation("other_firm", kind="enterprise")
    client.force_login(account("programme.company", unit=other, scope="own"))
    assert contract.title not in client.get("/programme/operation/").content.decode()
    assert client.get(f"/programme/operation/contracts/{contract.pk}/").status_code == 404


def test_a_fault_is_a_ticket_with_the_companys_own_clock(
    client: Client, contract: Contract, terms: ServiceTerms, operator: Account, office: Account
):
    publish("service_ticket")
    client.force_login(account("programme.liaison"))
    client.post("/programme/operation/report-fault", {"key": "k1", "title": "打不开地图", "text": "白屏"})
    client.post("/programme/operation/report-fault", {"key": "k1", "title": "打不开地图", "text": "白屏"})
    client.force_login(operator)
    page = client.get("/programme/operation/").content.decode()
    assert page.count("打不开地图") == 1
    case = Case.objects.get(procedure="service_ticket")
    complete(claim(case.tasks.get(key="handle"), operator), operator, {"handling": "已修复"})
    complete(claim(case.tasks.get(key="verify", state="ready"), office), office, {"result": "未解决"})
    assert case.tasks.filter(key="handle").count() == 2


class _Door(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        body = b'{"checks": {"database": "ok", "worker": "silent"}}' if self.path == "/health" else b"page"
        self.send_response(self.status if self.path == "/health" else 200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Tests are quiet."""


def test_a_minute_is_what_the_door_answered(monkeypatch: pytest.MonkeyPatch):
    server = HTTPServer(("127.0.0.1", 0), _Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("DISTRICT_WEB_ADDRESS", f"127.0.0.1:{server.server_port}")
    try:
        first = sampling.look()
        assert first.is_up
        assert first.page_ms is not None
        monkeypatch.setattr(_Door, "status", 503)
        assert sampling.look(first.at).pk == first.pk
        second = sampling.look(first.at + MINUTE)
        assert not second.is_up
        assert second.note == "worker: silent"
    finally:
        server.shutdown()
        server.server_close()
    third = sampling.look(first.at + 2 * MINUTE)
    assert not third.is_up
    assert third.health_ms is None


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_rules_a_form_begins_with_are_read_back(language: str):
    with translation.override(language):
        given = {"from_month": "2026-03", "fee": "100.05", "most_percent": 30, "rules": usual_rules()}
        form = TermsForm(given)
        assert form.is_valid(), form.errors
        assert form.given()["fee_fen"] == 10_005
        assert faults(form.given()["levels"]) == ""
        assert not TermsForm(given | {"rules": "可用率 99.9"}).is_valid()
