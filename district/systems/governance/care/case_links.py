"""Requests, mediations and group events run as cases of the kernel: its clock, bench, supervision and timeline.

A case bears the number of what it is about and nothing of a person; what is sealed stays in the guarded tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from district.kernel.cases.actions import ask_extension, complete, decide_extension, open_case
from district.kernel.cases.models import Case, Task, TaskState
from district.kernel.cases.queries import may_act
from district.kernel.cases.refused import Refused as CaseRefused
from district.kernel.clock import CHINA, now
from district.kernel.people.models import Account, Organisation

from .refused import Refused

SYSTEM = "governance"
CHANNEL = "department"


def begin_case(
    procedure: str, number: str, title: str, organisation: Organisation, by: Account, *, on: date | None = None,
    is_confidential: bool = True, is_simulated: bool = False,
) -> str:  # fmt: skip
    """Opens the case of that number, once, and returns the case's own number. `on` is a day of the past."""
    opened_at = datetime.combine(on, time(9), CHINA) if on and on < now().date() else None
    case = open_case(
        system=SYSTEM, procedure=procedure, idempotency_key=number, title=f"{title} {number}", channel=CHANNEL,
        place={"division_code": organisation.division_code}, account=by, organisation=organisation,
        is_confidential=is_confidential, is_simulated=is_simulated, opened_at=opened_at,
    )  # fmt: skip
    return case.number


def take_step(case_number: str, by: Account, form: Mapping[str, Any]) -> None:
    """Completes the open step of a case. The drawing names the care page for it, so that
    the bench leads here and decides nothing by itself.

    Who decides here by duty of care need not hold the step's post: then the platform notes it, with who in the note.
    Raises Refused with the kernel's code and words.
    """
    task = (
        Task.objects.filter(case__number=case_number, state__in=(TaskState.READY, TaskState.CLAIMED))
        .order_by("pk")
        .first()
    )
    if task is None:
        return
    holder = by if may_act(by, task) and task.claimed_by_id in (None, by.pk) else None
    try:
        complete(task, holder, form, by.name, at_page=True)
    except CaseRefused as refusal:
        raise Refused(refusal.code, str(refusal), field=refusal.field, value=refusal.value) from refusal


def extend_case(case_number: str, days: int, reason: str) -> None:
    """As the parties agreed: later by whole days."""
    case = Case.objects.filter(number=case_number, state="open").first()
    if case is not None:
        decide_extension(ask_extension(case, None, 24 * days, reason), None, True, reason)
