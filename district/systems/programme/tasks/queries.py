"""How tasks stand, reckoned from their milestones whenever it is asked; nobody's entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from district.kernel import registry
from district.kernel.clock import CHINA, today
from district.kernel.kpis.queries import latest_values
from district.kernel.people.models import Organisation
from district.kernel.vocabulary import Kpi

from ..models import Deliverable, Milestone, MilestoneChange, MilestoneLink, PlanTask, TaskDay
from .network import Arrow, Node, Outlook, critical_path, made_late_by, outlook
from .progress import Light, Standing, Step, standing

State = Deliverable.State
OPEN = (State.DUE, State.RETURNED)


@dataclass(frozen=True)
class Measured:
    """An indicator of the task's own system beside its newest value."""

    kpi: Kpi
    value: float | None
    on: date | None


@dataclass(frozen=True)
class TaskState:
    """A task, its milestones and where it stands."""

    task: PlanTask
    milestones: tuple[Milestone, ...]
    standing: Standing

    @property
    def is_simulated(self) -> bool:
        return any(each.is_simulated for each in self.milestones)


@dataclass(frozen=True)
class Network:
    """All milestones with what they wait for, and what is to be expected of each."""

    milestones: dict[int, Milestone]
    arrows: tuple[Arrow, ...]
    expected: dict[int, Outlook]

    def path_of(self, task: PlanTask) -> list[Milestone]:
        """The chain that decides when the task is done; it may lead through other tasks."""
        own = [key for key, each in self.milestones.items() if each.task_id == task.pk and each.done_on is None]
        return [self.milestones[key] for key in critical_path(self.expected, own)]

    def made_late(self, milestone: Milestone) -> list[Milestone]:
        """Whom this one makes late."""
        return [self.milestones[key] for key in made_late_by(milestone.pk, self.expected)]


@dataclass(frozen=True)
class Delay:
    """What a unit has not handed in though the day is past; `worst_days` the longest."""

    unit: Organisation
    deliverables: tuple[Deliverable, ...]
    worst_days: int


def step_of(milestone: Milestone) -> Step:
    """Needs its deliverables fetched before."""
    states = [each.state for each in milestone.deliverables.all()]
    return Step(milestone.pk, milestone.begins_on, milestone.due_on, milestone.first_due_on, milestone.weight,
                milestone.done_on, bool(states) and not any(state in OPEN for state in states))  # fmt: skip


def task_states(tasks: Iterable[PlanTask] | None = None, on: date | None = None) -> list[TaskState]:
    """All tasks, or those given, in order of their clauses; five queries whatever their number."""
    day = on or today()
    wanted = PlanTask.objects.select_related("lead").prefetch_related(
        "helpers", Prefetch("milestones", Milestone.objects.prefetch_related("deliverables"))
    )
    if tasks is not None:
        wanted = wanted.filter(pk__in=[task.pk for task in tasks])
    return [_state(task, day) for task in wanted]


def task_state(task: PlanTask, on: date | None = None) -> TaskState:
    return task_states([task], on)[0]


def _state(task: PlanTask, day: date) -> TaskState:
    milestones = tuple(task.milestones.all())
    return TaskState(task, milestones, standing([step_of(each) for each in milestones], task.due_on, day))


def network(on: date | None = None) -> Network:
    """Of all tasks together: a milestone may wait for one of another task."""
    milestones = {each.pk: each for each in Milestone.objects.select_related("task__lead")}
    arrows = tuple(Arrow(*row) for row in MilestoneLink.objects.values_list("before_id", "after_id", "lag_days"))
    nodes = [Node(each.pk, each.begins_on, each.due_on, each.done_on) for each in milestones.values()]
    return Network(milestones, arrows, outlook(nodes, arrows, on or today()))


def delays(on: date | None = None) -> list[Delay]:
    """By unit, the longest delay first, as of the end of a day. What waits to be checked is no delay of the unit's."""
    day = on or today()
    ended_at = datetime.combine(day, time.max, CHINA)
    late: dict[Organisation, list[Deliverable]] = defaultdict(list)
    missing = Q(state__in=OPEN) | Q(handed_in_at__gt=ended_at)
    found = Deliverable.objects.filter(missing, milestone__due_on__lt=day).select_related("unit", "milestone__task")
    for each in found.order_by("milestone__due_on", "pk"):
        late[each.unit].append(each)
    return sorted(
        (Delay(unit, tuple(rows), (day - rows[0].milestone.due_on).days) for unit, rows in late.items()),
        key=lambda delay: (-delay.worst_days, delay.unit.order, delay.unit.code),
    )


def waiting_deliverables() -> QuerySet[Deliverable]:
    """Handed in and not checked yet, the longest waiting first."""
    return (
        Deliverable.objects.filter(state=State.HANDED_IN)
        .select_related("milestone__task", "unit", "handed_in_by")
        .order_by("handed_in_at", "pk")
    )


def waiting_changes() -> QuerySet[MilestoneChange]:
    """Days a lead asks to be moved that nobody has decided yet, the longest waiting first."""
    return (
        MilestoneChange.objects.filter(is_granted=None)
        .select_related("milestone__task__lead", "asked_by")
        .order_by("asked_at", "pk")
    )


def measured(systems: Sequence[str] | None = None) -> dict[str, list[Measured]]:
    """The indicators of each system as last measured; a clause without a system has none."""
    values = {(each.system, each.key): each for each in latest_values()}
    found = {}
    for system in registry.systems():
        if systems is None or system.name in systems:
            rows = [(kpi, values.get((system.name, kpi.key))) for kpi in system.kpis]
            found[system.name] = [Measured(kpi, row.value if row else None, row.on if row else None) for kpi, row in rows]
    return found


def figures_of(state: TaskState) -> dict[str, Any]:
    """What is frozen into an accepted report: the platform's figures of the day."""
    seen = state.standing
    return {
        "light": seen.light, "done": seen.done, "planned": seen.planned,
        "reasons": [[each.code, each.number, each.key] for each in seen.reasons],
        "milestones": [[each.title, each.due_on.isoformat(), each.done_on.isoformat() if each.done_on else ""]
                       for each in state.milestones],
    }  # fmt: skip


def turned_red(since: date, on: date | None = None) -> list[TaskState]:
    """Tasks that are red and were not on the last day kept before or on `since`."""
    before = {
        row.task_id: row.light
        for row in TaskDay.objects.filter(on__lte=since).order_by("task_id", "-on").distinct("task_id")
    }
    return [
        state for state in task_states(on=on)
        if state.standing.light is Light.RED and before.get(state.task.pk, Light.RED) != Light.RED
    ]  # fmt: skip
