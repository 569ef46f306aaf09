"""A demonstration of the programme's money, through the doors everybody uses: lines of three sources, contracts, payments in
each state, a loan with interest support, a guarantee. Needs the demonstration's accounts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from district.kernel.clock import now, today
from district.kernel.people.credit_codes import credit_check
from district.kernel.people.models import Account, Duty, Organisation

from ..demo_steps import brought_to
from ..models import BudgetLine, Contract, Firm, Payment, Project
from .actions import (
    Funding,
    Term,
    ask_change,
    ask_contract,
    ask_interest_support,
    ask_line,
    ask_payment,
    ask_subsidy,
    confirm_receipt,
    decide_contract,
    decide_line,
    decide_payment,
    decide_subsidy,
    move_loan,
    pay,
    register_guarantee,
    register_loan,
    register_receipt,
    return_payment,
)

WAN = 1_000_000
POSTS = ("owner", "office", "finance", "treasurer")
PROJECTS = (
    ("XM-YS-901", "数据交换平台扩容（演示）", 300, "delivery"),
    ("XM-YS-902", "公交到站预报服务（演示）", 180, "delivery"),
    ("XM-YS-903", "环境监测点补点（演示）", 90, "delivery"),
)
LINES = (
    ("YS-ZX-01", "专项资金·平台建设（演示）", "special", 260),
    ("YS-ZX-02", "专项资金·应用建设（演示）", "special", 150),
    ("YS-SJ-01", "上级补助·试点示范（演示）", "superior", 120),
    ("YS-SH-01", "社会资本·合作建设（演示）", "social", 80),
)
RECEIPTS = (("special", "区财政局", 300), ("superior", "省级主管部门", 120), ("social", "演示投资公司", 30))


def seed_money() -> None:
    """Nothing where there are accounts of no demonstration, or lines already."""
    people = _people()
    unit = Organisation.objects.filter(code="transport").first()
    if people is None or unit is None or BudgetLine.objects.filter(is_simulated=True).exists():
        return
    lines = {row[0]: _line(row, unit, people) for row in LINES}
    for number, (source, giver, wan) in enumerate(RECEIPTS, 1):
        made = register_receipt(
            source=source,
            giver=giver,
            document=f"演示凭证{number}",
            amount_fen=wan * WAN,
            received_on=today(),
            account=people["finance"],
            is_simulated=True,
        )
        confirm_receipt(made, True, people["treasurer"])
    projects = [_project(row, unit, people) for row in PROJECTS]
    firms = [_firm(number) for number in (1, 2, 3)]
    _contracts(lines, projects, firms, people)
    _support(lines, firms, people)
    ask_change(lines["YS-ZX-02"], 10 * WAN, "年中追加（演示）", people["office"])


def _people() -> dict[str, Any] | None:
    found = {}
    for post in POSTS:
        duty = (
            Duty.objects.live()
            .filter(role=f"programme.{post}", account__is_demo=True)
            .select_related("account")
            .first()
        )
        if duty is None:
            return None
        found[post] = Account.objects.get(pk=duty.account_id)
    return found


def _line(row: tuple[str, str, str, int], unit: Organisation, people: dict[str, Any]) -> BudgetLine:
    code, title, source, wan = row
    asked = ask_line(
        year=today().year,
        code=code,
        title=title,
        source=source,
        unit=unit,
        amount_fen=wan * WAN,
        basis="演示批复文件",
        account=people["office"],
        is_simulated=True,
    )
    return decide_line(asked, True, people["finance"])


def _project(row: tuple[str, str, int, str], unit: Organisation, people: dict[str, Any]) -> Project:
    number, title, wan, stage = row
    project, is_new = Project.objects.get_or_create(
        number=number,
        defaults={
            "title": title,
            "owner": unit,
            "purpose": "演示项目，用来说明资金如何审批、支付和公开",
            "estimate_fen": wan * WAN,
            "due_on": today() + timedelta(days=180),
            "made_at": now() - timedelta(days=120),
            "is_simulated": True,
        },
    )
    if is_new:
        brought_to(project, stage, people["owner"], people["office"], now() - timedelta(days=60))
    return project


def _firm(number: int) -> Firm:
    body = f"91370306MA0YQ{number:04d}"
    defaults = {"name": f"演示科技公司{number}", "trades": ["supplier"], "is_simulated": True}
    return Firm.objects.get_or_create(uscc=body + credit_check(body), defaults=defaults)[0]


def _contracts(
    lines: dict[str, BudgetLine], projects: list[Project], firms: list[Firm], people: dict[str, Any]
) -> None:
    terms = [
        Term("首付款", 60 * WAN, "signed"),
        Term("进度款", 80 * WAN),
        Term("验收款", 60 * WAN, "accepted"),
    ]
    built = _contract(projects[0], firms[0], 200, [Funding(lines["YS-ZX-01"], 200 * WAN)], people, terms)
    _paid(built, 60, "首付款", people, built.terms.get(order=1))
    _paid(built, 40, "第一笔进度款", people, built.terms.get(order=2))
    decide_payment(
        _asked(built, 40, "第二笔进度款", people, built.terms.get(order=2)), True, people["finance"]
    )
    bus = _contract(
        projects[1],
        firms[1],
        150,
        [Funding(lines["YS-ZX-02"], 90 * WAN), Funding(lines["YS-SJ-01"], 60 * WAN)],
        people,
    )
    _paid(bus, 30, "首付款", people)
    back = _paid(bus, 20, "账号有误的一笔", people)
    return_payment(back, "收款账号有误，银行退回（演示）", people["finance"])
    _asked(bus, 25, "进度款", people)
    decide_payment(_asked(bus, 5, "超前申请", people), False, people["finance"], "未到付款时间")
    _contract(projects[2], firms[2], 40, [Funding(lines["YS-SH-01"], 40 * WAN)], people, is_decided=False)


def _contract(
    project: Project,
    firm: Firm,
    wan: int,
    funding: list[Funding],
    people: dict[str, Any],
    terms: list[Term] | None = None,
    is_decided: bool = True,
) -> Contract:
    begins = today() - timedelta(days=30)
    made = ask_contract(
        title=f"{project.title}合同",
        project=project,
        firm=firm,
        kind="supply",
        amount_fen=wan * WAN,
        signed_on=begins,
        begins_on=begins,
        ends_on=begins + timedelta(days=240),
        funding=funding,
        account=people["owner"],
        terms=terms or [],
        is_simulated=True,
    )
    return decide_contract(made, True, people["finance"]) if is_decided else made


def _asked(contract: Contract, wan: int, reason: str, people: dict[str, Any], term: Any = None) -> Payment:
    commitment = contract.commitments.order_by("pk").first()
    assert commitment is not None
    return ask_payment(commitment, wan * WAN, reason, people["owner"], term=term, is_simulated=True)


def _paid(contract: Contract, wan: int, reason: str, people: dict[str, Any], term: Any = None) -> Payment:
    approved = decide_payment(_asked(contract, wan, reason, people, term), True, people["finance"], "同意")
    return pay(approved, f"演示支付{approved.number}", people["treasurer"])


def _support(lines: dict[str, BudgetLine], firms: list[Firm], people: dict[str, Any]) -> None:
    day: date = today()
    finance = people["finance"]
    loan = register_loan(
        number="演示贷款2026-1",
        borrower=firms[1],
        lender="演示银行周村支行",
        principal_fen=500 * WAN,
        rate=Decimal("3.45"),
        begins_on=day - timedelta(days=200),
        ends_on=day + timedelta(days=900),
        account=finance,
        is_simulated=True,
    )
    for back, wan in ((200, 300), (120, 200), (40, -100)):
        move_loan(loan, day - timedelta(days=back), wan * WAN, f"演示借据{back}", finance)
    register_guarantee(
        number="演示担保2026-1",
        loan=loan,
        guarantor="演示融资担保公司",
        amount_fen=200 * WAN,
        begins_on=loan.begins_on,
        ends_on=loan.ends_on,
        account=finance,
        is_simulated=True,
    )
    asked = ask_interest_support(
        loan=loan,
        begins_on=day - timedelta(days=180),
        ends_on=day - timedelta(days=1),
        share=Decimal(50),
        cap_fen=5 * WAN,
        basis="演示贴息办法",
        funding_of=lines["YS-SJ-01"],
        account=people["owner"],
        is_simulated=True,
    )
    decide_subsidy(asked, True, finance)
    ask_subsidy(
        kind="outsourcing",
        title="数据标注服务外包补贴（演示）",
        firm=firms[2],
        basis="演示补贴办法",
        amount_fen=8 * WAN,
        funding=[Funding(lines["YS-SJ-01"], 8 * WAN)],
        account=people["owner"],
        is_simulated=True,
    )
