"""How tasks stood day by day."""

from __future__ import annotations

from datetime import date

from ..models import TaskDay
from .queries import task_states


def keep_day(on: date) -> int:
    """Writes what the platform reckons of a day; again on the same day it is written anew. How many tasks."""
    rows = [
        TaskDay(task=state.task, on=on, light=state.standing.light, done=state.standing.done,
                planned=state.standing.planned,
                reasons=[[each.code, each.number, each.key] for each in state.standing.reasons])
        for state in task_states(on=on)
    ]  # fmt: skip
    TaskDay.objects.bulk_create(rows, update_conflicts=True, unique_fields=["task", "on"],
                                update_fields=["light", "done", "planned", "reasons"])  # fmt: skip
    return len(rows)
