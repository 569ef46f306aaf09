"""Yellow and red cards: for each case and each task once, by the clocks, in sets and not one by one.

Nothing is carded while its case is suspended: its clock does not run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from district.kernel.alerts.notices import notify
from district.kernel.alerts.queries import accounts_on_duty
from district.kernel.cases.contract import CaseOverdue, CaseWarned
from district.kernel.cases.models import Act, Entry
from district.kernel.clock import now
from district.kernel.events import publish
from district.kernel.people.models import Account

AT_ONCE = 1000
SEVERITY = {"yellow": 2, "red": 3}
REACHED = {"yellow": "{row}.light = 'green' AND {row}.warn_at <= %(at)s AND ({row}.late_at IS NULL OR {row}.late_at > %(at)s)",
           "red": "{row}.light <> 'red' AND {row}.late_at <= %(at)s"}  # fmt: skip

TASKS = """
    WITH reached AS (
        SELECT task.id FROM cases_task task JOIN cases_case c ON c.id = task.case_id
        WHERE task.state IN ('ready', 'claimed', 'waiting') AND c.state = 'open' AND {reached}
        ORDER BY task.id LIMIT %(most)s FOR UPDATE OF task SKIP LOCKED
    ), turned AS (
        UPDATE cases_task task SET light = %(colour)s FROM reached WHERE task.id = reached.id
        RETURNING task.id, task.case_id, task.role, task.organisation_id, task.claimed_by_id, task.due_at, task.name
    ), card AS (
        INSERT INTO cases_card (case_id, task_id, colour, at, due_at, role, organisation_id, account_id)
        SELECT case_id, id, %(colour)s, %(at)s, due_at, role, organisation_id, claimed_by_id FROM turned
        ON CONFLICT DO NOTHING RETURNING task_id
    )
    SELECT turned.case_id, turned.id, turned.role, turned.organisation_id, turned.claimed_by_id, turned.due_at,
        turned.name, c.number, c.system, c.title
    FROM turned JOIN card ON card.task_id = turned.id JOIN cases_case c ON c.id = turned.case_id
"""
CASES = """
    WITH reached AS (
        SELECT c.id FROM cases_case c WHERE c.state = 'open' AND {reached}
        ORDER BY c.id LIMIT %(most)s FOR UPDATE SKIP LOCKED
    ), turned AS (
        UPDATE cases_case c SET light = %(colour)s FROM reached WHERE c.id = reached.id
        RETURNING c.id, c.organisation_id, c.due_at, c.stage, c.number, c.system, c.title
    ), card AS (
        INSERT INTO cases_card (case_id, task_id, colour, at, due_at, role, organisation_id, account_id)
        SELECT id, NULL, %(colour)s, %(at)s, due_at, '', organisation_id, NULL FROM turned
        ON CONFLICT DO NOTHING RETURNING case_id
    )
    SELECT turned.id, NULL::bigint, '', turned.organisation_id, NULL::bigint, turned.due_at, turned.stage,
        turned.number, turned.system, turned.title
    FROM turned JOIN card ON card.case_id = turned.id
"""


@dataclass(frozen=True)
class Carded:
    """A case, or one of its tasks, that has just been given a card."""

    case_id: int
    task_id: int | None
    role: str
    organisation_id: int | None
    claimed_by_id: int | None
    due_at: datetime
    name: str
    number: str
    system: str
    title: str


def give_cards(at: datetime | None = None) -> int:
    """Gives every card that is due, red ones first; returns how many."""
    at = at or now()
    given = 0
    for colour in ("red", "yellow"):
        for query, row in ((TASKS, "task"), (CASES, "c")):
            while found := _give(query.format(reached=REACHED[colour].format(row=row)), colour, at):
                given += found
    return given


@transaction.atomic
def _give(query: str, colour: str, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, {"at": at, "colour": colour, "most": AT_ONCE})
        carded = [Carded(*row) for row in cursor.fetchall()]
    act = Act.OVERDUE if colour == "red" else Act.WARN
    Entry.objects.bulk_create([
        Entry(case_id=each.case_id, task_id=each.task_id, at=at, act=act, organisation_id=each.organisation_id,
              note=each.name, after={"due_at": each.due_at.isoformat()})
        for each in carded
    ])  # fmt: skip
    told: dict[tuple[str, int | None], list[Account]] = {}
    for each in carded:
        kind = CaseOverdue if colour == "red" else CaseWarned
        publish(
            kind(
                each.case_id,
                each.number,
                each.system,
                each.task_id,
                each.role,
                each.organisation_id,
                each.due_at,
            )
        )
        if each.task_id is not None:
            _tell(each, colour, told)
    return len(carded)


def _tell(each: Carded, colour: str, known: dict[tuple[str, int | None], list[Account]]) -> None:
    """Who has claimed the task, else everybody on duty at the post."""
    title = _("【%(card)s】%(number)s %(step)s") % {
        "card": _("红牌超期") if colour == "red" else _("黄牌预警"), "number": each.number, "step": each.name,
    }  # fmt: skip
    for recipient in _recipients(each, known):
        notify(
            recipient, title=title, severity=SEVERITY[colour], body=each.title, url=f"/cases/{each.number}/"
        )


def _recipients(each: Carded, known: dict[tuple[str, int | None], list[Account]]) -> list[Any]:
    if each.claimed_by_id is not None:
        return list(Account.objects.filter(pk=each.claimed_by_id))
    post = (each.role, each.organisation_id)
    if post not in known:
        known[post] = accounts_on_duty([each.role], each.organisation_id)
    return known[post]
