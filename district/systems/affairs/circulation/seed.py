"""Matters of the demonstration's village: settled there, risen by its wish, risen by the clock. Invented people only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from district.kernel.cases.posts import posts_of
from district.kernel.clock import now, stopped_at
from district.kernel.people.models import Account, Organisation

from ..models import Concern
from .actions import Party, ask_up, open_concern, rate, rise_by_clock, settle
from .queries import task_of
from .query_code import query_code

CLERK, TOWN, MANAGER = "affairs.clerk", "affairs.town", "affairs.manager"
TWO = (Party("applicant", "演示甲", "13900000001"), Party("respondent", "演示乙"))
ONE = (Party("household", "演示丙", "13900000002"),)
SETTLED_HERE = (
    ("dispute", "两户因排水沟走向有争执", TWO, "mediated", "双方同意共同清理，按原走向排水"),
    ("request", "希望在村口加装一盏路灯", ONE, "done", "已加装太阳能路灯"),
    ("errand", "行动不便，请代办医保缴费", ONE, "done", "已代办，凭据送到家"),
    ("sanitation", "垃圾桶满溢三天", ONE, "done", "当天清运，改为一日一清"),
    ("facility", "健身器材松动", ONE, "done", "已紧固，旧件更换"),
    ("dispute", "院墙滴水引起争吵", TWO, "mediated", "加装雨水槽"),
)
ROSE_BY_WISH = ("safety", "河边护栏断了一段", ONE, "done", "镇里已更换护栏")
ROSE_BY_CLOCK = ("dispute", "宅基地边界久议不下", TWO)
ROSE_TWICE = ("dispute", "出租屋押金与维修费争议", TWO)
RUNNING = (
    ("request", "灌溉井水泵不出水", ONE),
    ("dispute", "树枝越界遮光", TWO),
)


def seed_concerns() -> None:
    """Needs the demonstration's accounts; running it again changes nothing."""
    people = {
        account.username: account
        for account in Account.objects.filter(username__in=(CLERK, TOWN, MANAGER), is_demo=True)
    }
    clerk = people.get(CLERK)
    if len(people) < 3 or clerk is None or clerk.organisation is None:
        return
    if Concern.objects.filter(is_simulated=True).exists():
        return
    for account in people.values():
        posts_of(account)  # as they are today: kept on the account, also for acts of the past
    village, at = clerk.organisation, now()
    for number, (kind, matter, parties, way, outcome) in enumerate(SETTLED_HERE):
        start = at - timedelta(days=12 + 24 * number)
        row = _opened(clerk, village, start, f"here{number}", kind, matter, parties)
        _at(start + timedelta(days=1, hours=number), settle, clerk, row, way, outcome)
        _at(start + timedelta(days=2), rate, row.case.number, query_code(row.case.number), 5 - number % 2)
    kind, matter, parties, way, outcome = ROSE_BY_WISH
    row = _opened(clerk, village, at - timedelta(days=40), "wish", kind, matter, parties)
    _at(at - timedelta(days=39), ask_up, clerk, row, "护栏归镇里管")
    _at(at - timedelta(days=37), settle, people[TOWN], row, way, outcome)
    row = _opened(clerk, village, at - timedelta(days=14), "clock", *ROSE_BY_CLOCK)
    _let_run_out(row)
    row = _opened(clerk, village, at - timedelta(days=70), "twice", *ROSE_TWICE)
    _let_run_out(row)
    _let_run_out(row)
    _at(
        at - timedelta(days=36), settle, people[MANAGER], row, "court", "告知双方依法起诉，并提供法律援助电话"
    )
    for number, (kind, matter, parties) in enumerate(RUNNING):
        _opened(
            clerk,
            village,
            at - timedelta(days=1, hours=3 * number),
            f"running{number}",
            kind,
            matter,
            parties,
        )


def _opened(
    clerk: Account,
    village: Organisation,
    at: datetime,
    key: str,
    kind: str,
    matter: str,
    parties: tuple[Party, ...],
) -> Concern:
    return _at(at, open_concern, clerk, key=f"demo-{key}", kind=kind, matter=matter, village=village, parties=parties,
               opened_at=at, is_simulated=True)  # fmt: skip


def _let_run_out(row: Concern) -> None:
    """The step's days are over before now."""
    task = task_of(row)
    if task is not None and task.late_at is not None:
        _at(min(task.late_at + timedelta(minutes=1), now()), rise_by_clock, task.pk)


def _at(moment: datetime, act: Any, *arguments: Any, **named: Any) -> Any:
    """An act of the past."""
    with stopped_at(moment):
        return act(*arguments, **named)
