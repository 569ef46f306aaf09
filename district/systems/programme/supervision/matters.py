"""What is late and has not been written about: where letters come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from district.kernel.clock import CHINA
from district.kernel.people.models import Organisation

from ..meetings.queries import LATE, decisions
from ..models import Milestone, MonthlyReport, SupervisionLetter

OPEN = ("open", "suspended")


@dataclass(frozen=True)
class Matter:
    """`kind` is `task`, `decision` or `report`, `pk` its key; `words` what is late, `days` by how many."""

    kind: str
    pk: int
    unit: Organisation
    words: str
    due_on: date
    days: int
    is_simulated: bool = False


def late_matters(at: datetime) -> list[Matter]:
    """Longest first; what an open letter asks about already is left out."""
    day = at.astimezone(CHINA).date()
    written = SupervisionLetter.objects.filter(case__state__in=OPEN).values_list(
        "task_id", "decision_id", "report_id"
    )
    tasks, given, reports = (
        (set(each) for each in zip(*written, strict=True)) if written else (set(), set(), set())
    )
    found = [*_tasks(day, tasks), *_decisions(at, day, given), *_reports(day, reports)]
    return sorted(found, key=lambda each: (-each.days, each.kind, each.pk))


def _tasks(day: date, written: set[int]) -> Iterable[Matter]:
    """A task by its oldest late milestone."""
    late = Milestone.objects.filter(due_on__lt=day, done_on=None).exclude(task__in=written - {None})
    for each in late.select_related("task__lead").order_by("task_id", "due_on").distinct("task_id"):
        words = _("重点工作“%(task)s”的里程碑“%(title)s”逾期") % {"task": each.task.zh, "title": each.title}
        yield Matter(
            "task",
            each.task_id,
            each.task.lead,
            words,
            each.due_on,
            (day - each.due_on).days,
            each.is_simulated,
        )


def _decisions(at: datetime, day: date, written: set[int]) -> Iterable[Matter]:
    for each in decisions(at).filter(standing=LATE).exclude(pk__in=written - {None}):
        words = _("议定事项“%(text)s”逾期") % {"text": each.text}
        days = max((day - each.due_on).days, 1)
        yield Matter("decision", each.pk, each.owner, words, each.due_on, days, each.meeting.is_simulated)


def _reports(day: date, written: set[int]) -> Iterable[Matter]:
    late = MonthlyReport.objects.filter(due_on__lt=day, first_reported_at=None).exclude(
        pk__in=written - {None}
    )
    for each in late.select_related("task__lead"):
        words = _("“%(task)s”%(month)s 月报逾期未报") % {"task": each.task.zh, "month": f"{each.month:%Y-%m}"}
        yield Matter(
            "report", each.pk, each.task.lead, words, each.due_on, (day - each.due_on).days, each.is_simulated
        )
