"""A small world of money for tests: people, a project, a firm, lines, what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from district.kernel.clock import today
from district.systems.programme.models import BudgetLine, Contract, Firm, Project
from district.systems.programme.tests.ways import project_in
from district.testing.people import account, organisation

from ..actions import (
    Funding,
    Term,
    ask_contract,
    ask_line,
    confirm_receipt,
    decide_contract,
    decide_line,
    register_receipt,
)


@dataclass
class People:
    """One of each, and a second of who decides."""

    owner: Any
    finance: Any
    other_finance: Any
    treasurer: Any
    other_treasurer: Any


def people() -> People:
    unit = organisation("transport", kind="department")
    made = [
        account(f"programme.{post}", unit=unit)
        for post in ("owner", "finance", "finance", "treasurer", "treasurer")
    ]
    return People(*made)


def firm(number: int = 1) -> Firm:
    """A firm with a credit code whose check is right."""
    from district.kernel.people.credit_codes import credit_check

    body = f"91370306MA3C{number:05d}"
    return Firm.objects.get_or_create(
        uscc=body + credit_check(body), defaults={"name": f"演示公司{number}", "trades": ["supplier"]}
    )[0]


def project(number: str = "XM2026-T1", stage: str = "proposal", **fields: Any) -> Project:
    return project_in(
        stage, number=number, title="演示项目", owner=organisation("transport", kind="department"), purpose="演示",
        estimate_fen=100_000_000, due_on=today() + timedelta(days=200), **fields,
    )  # fmt: skip


def line(
    who: People,
    fen: int,
    code: str = "ZX-001",
    source: str = "special",
    year: int | None = None,
    **fields: Any,
) -> BudgetLine:
    made = ask_line(
        year=year or today().year, code=code, title="演示指标", source=source, unit=organisation("transport"), amount_fen=fen,
        basis="演示批复", account=who.finance, **fields,
    )  # fmt: skip
    return decide_line(made, True, who.other_finance)


def money_in(who: People, fen: int, document: str = "D1", source: str = "special") -> None:
    made = register_receipt(
        source=source,
        giver="演示财政",
        document=document,
        amount_fen=fen,
        received_on=today(),
        account=who.finance,
    )
    confirm_receipt(made, True, who.treasurer)


def asked_contract(
    who: People, of: Project, fen: int, funding: list[Funding], terms: list[Term] | None = None
) -> Contract:
    day: date = today()
    return ask_contract(
        title="演示合同", project=of, firm=firm(), kind="supply", amount_fen=fen, signed_on=day, begins_on=day,
        ends_on=day + timedelta(days=100), funding=funding, account=who.owner, terms=terms or [],
    )  # fmt: skip


def contract(
    who: People, of: Project, fen: int, funding: list[Funding], terms: list[Term] | None = None
) -> Contract:
    return decide_contract(asked_contract(who, of, fen, funding, terms), True, who.finance)
