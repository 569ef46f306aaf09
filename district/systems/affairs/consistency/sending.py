"""What contradicts goes to the unit that can settle it, as one case of all of a register found at once, with its clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from district.kernel.cases.actions import complete, open_case
from district.kernel.cases.models import Case, CaseState, Task, TaskState
from district.kernel.cases.queries import may_act

from ..models import Contradiction

SYSTEM, PROCEDURE = "affairs", "contradiction"
HOLDER, VILLAGE = "holder", "village"


def send(rows: Sequence[Contradiction]) -> list[Case]:
    """Opens the cases; the rows know them afterwards."""
    groups: dict[tuple[Any, ...], list[Contradiction]] = defaultdict(list)
    for row in rows:
        groups[row.settler_id, row.is_village, row.entity.register_id, row.division_code].append(row)
    return [_case(group) for group in groups.values()]


def _case(rows: list[Contradiction]) -> Case:
    first = rows[0]
    register = first.entity.register
    case = open_case(
        system=SYSTEM, procedure=PROCEDURE, idempotency_key=f"contradiction-{min(row.pk for row in rows)}-{first.case_id or 0}",
        channel="system", title=f"“{register.title}”有 {len(rows)} 处数据矛盾待核实",
        text="同一记录的同一信息，不同来源说法不一。请核实后核定，核定后各处以此为准，不再重复核实。",
        form={"settler": VILLAGE if first.is_village else HOLDER, "register": register.name, "count": len(rows)},
        place={"division_code": first.division_code} if first.division_code else None,
        organisation=first.settler, is_simulated=all(row.is_simulated for row in rows),
    )  # fmt: skip
    for row in rows:
        row.case = case
    Contradiction.objects.bulk_update(rows, ("case",))
    return case


def finish_cases(cases: Iterable[int], account: Any = None) -> None:
    """Closes the cases of which nothing is left to settle; by the account where it holds the post, else by itself."""
    wanted = set(cases)
    waiting = set(
        Contradiction.objects.filter(case__in=wanted, state=Contradiction.State.OPEN).values_list("case", flat=True)
    )
    tasks = Task.objects.filter(
        case__in=wanted - waiting, case__state=CaseState.OPEN, state__in=(TaskState.READY, TaskState.CLAIMED)
    )
    for task in tasks:
        by = account if account is not None and may_act(account, task) else None
        complete(task, by, {"outcome": "全部核定"}, at_page=True)
