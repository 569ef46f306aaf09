"""The demonstration's contract, levels, two months of minutes and their statement: invented, and marked so."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection

from district.kernel.cases.actions import claim, complete
from district.kernel.clock import day_bounds, now, today
from district.kernel.people.credit_codes import credit_check, organisation_check
from district.kernel.people.models import Account, Organisation

from ..demo_accounts import demo_accounts
from ..demo_steps import approved_contract
from ..models import Contract, Firm, Project
from ..projects.rules import months_later
from . import actions
from .levels import MINUTE

NUMBER = "YY-DEMO-1"
LEVELS = [
    {"measure": "availability", "target": 0.999, "steps": [[0.999, 2], [0.995, 5], [0.99, 10]]},
    {"measure": "restore", "target": 60, "steps": [[60, 2], [240, 5]]},
    {"measure": "response", "target": 2000, "steps": [[2000, 2], [5000, 5]]},
    {"measure": "tickets", "target": 0.95, "steps": [[0.95, 2], [0.85, 5]]},
    {"measure": "devices", "target": 0.9, "steps": [[0.9, 1], [0.7, 3]]},
    {"measure": "jobs", "target": 0.99, "steps": [[0.99, 1], [0.95, 3]]},
]
FEE_FEN = 8_000_000
OUTAGE = 2 * 24 * 60 + 600
"""The first minute of the invented outage, counted from the first minute of all: in the month that is settled."""
FAULTS = (
    ("地图打不开", "演示：二楼窗口电脑打开地图白屏。", 60),
    ("报表导出慢", "演示：月报导出超过一分钟。", 5),
)
"""Title, words, hours ago."""


def seed_operation(cast: Mapping[str, Account] | None = None) -> None:
    """By role who acts, the demo accounts unless told otherwise; needs the published procedures and the demo enterprise."""
    accounts = cast or demo_accounts()
    company = Organisation.objects.filter(code="demo_enterprise").first()
    wanted = [accounts.get(role) for role in ("office", "company", "owner", "finance", "liaison")]
    if company is None or None in wanted or Contract.objects.filter(number=NUMBER).exists():
        return
    office, operator, owner, finance, liaison = (each for each in wanted if each is not None)
    contract = _contract(company, owner, finance)
    month = months_later(today().replace(day=1), -1)
    asked = actions.ask_terms(
        contract, office, from_month=month, fee_fen=FEE_FEN, most_percent=30, levels=LEVELS, is_simulated=True
    )
    actions.agree_terms(asked, operator)
    _minutes(day_bounds(max(month, today() - timedelta(days=38)))[0])
    for number, (title, text, hours) in enumerate(FAULTS):
        case = actions.report_fault(liaison, f"demo-{number}", f"{title}（演示）", text, company, is_simulated=True,
                                    opened_at=now() - timedelta(hours=hours))  # fmt: skip
        if number == 0:
            complete(
                claim(case.tasks.get(key="handle"), operator),
                operator,
                {"handling": "演示：已更新显卡驱动。"},
            )
    made = actions.make_statement(contract, month)
    cut = next((line["measure"] for line in made.lines if line["deduction_fen"]), "")
    if cut:
        actions.contest(made, operator, cut, "演示：中断由市级专线割接引起，附通知。")


def _contract(company: Organisation, owner: Account, finance: Account) -> Contract:
    """The firm is the demo enterprise by its credit code, which it is given here where it has none."""
    if not company.uscc:
        company.uscc = demo_code()
        company.save()
    firm, _made = Firm.objects.get_or_create(
        uscc=company.uscc, defaults={"name": company.name, "trades": ["operator"], "is_simulated": True}
    )
    unit = owner.organisation or company
    project, _made = Project.objects.get_or_create(
        number=NUMBER,
        defaults={
            "title": "智慧周村平台运营服务（演示）",
            "owner": unit,
            "purpose": "平台日常运营和维护",
            "is_simulated": True,
            "estimate_fen": FEE_FEN * 12,
            "due_on": today() + timedelta(days=300),
            "made_by": owner,
        },
    )
    begins = months_later(today().replace(day=1), -2)
    return approved_contract(
        number=NUMBER, title="智慧周村平台运营服务合同（演示）", project=project, firm=firm, kind=Contract.Kind.OPERATION,
        amount_fen=FEE_FEN * 12, signed_on=begins, begins_on=begins, ends_on=months_later(begins, 12) - timedelta(days=1),
        asked_by=owner, decided_by=finance, approved_at=now(), is_simulated=True,
    )  # fmt: skip


def demo_code() -> str:
    """A 统一社会信用代码 in form, with right check characters, of nobody."""
    body = "91370306MADEM0000"[:16]
    organisation = body[8:16]
    body = body[:16] + organisation_check(organisation)
    return body + credit_check(body)


MINUTES = """
    INSERT INTO programme_serviceminute (at, is_up, health_ms, page_ms, devices, devices_online, note, is_simulated)
    SELECT at, n <> ALL(%(down)s), 20, CASE WHEN n <> ALL(%(down)s) THEN 180 + n * 7919 %% 331 + n %% 97 * 4 END, 80, 76,
        CASE WHEN n = ANY(%(down)s) THEN '演示：专线割接' ELSE '' END, true
    FROM generate_series(%(begin)s, %(end)s - interval '1 minute', interval '1 minute') WITH ORDINALITY AS minute (at, n)
    ON CONFLICT DO NOTHING
"""


def _minutes(begin: datetime) -> None:
    """Up to today's beginning, all up but a few: from then on the platform's own looks follow."""
    chance = random.Random(23)
    end = day_bounds(today())[0]
    count = round((end - begin) / MINUTE)
    down = {chance.randrange(1, count) for _n in range(20)} | set(range(OUTAGE, OUTAGE + 70))
    with connection.cursor() as cursor:
        cursor.execute(MINUTES, {"begin": begin, "end": end, "down": sorted(down)})
