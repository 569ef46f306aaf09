"""Tables of procedures, cases, tasks, the timeline and what people do about a case."""

from district.kernel.cases.models.acts import (
    CallBack,
    Card,
    Evaluation,
    Extension,
    Feedback,
    Supervision,
    Suspension,
)
from district.kernel.cases.models.cases import CASE_STATES, Case, CaseCounter, CaseState
from district.kernel.cases.models.links import AlarmCase, CaseLink, LinkKind
from district.kernel.cases.models.procedures import ProcedureVersion, VersionState
from district.kernel.cases.models.tasks import OPEN_TASKS, TASK_STATES, Task, TaskState
from district.kernel.cases.models.timeline import ACTS, Act, Entry

__all__ = [
    "ACTS",
    "CASE_STATES",
    "OPEN_TASKS",
    "TASK_STATES",
    "Act",
    "AlarmCase",
    "CallBack",
    "Card",
    "Case",
    "CaseCounter",
    "CaseLink",
    "CaseState",
    "Entry",
    "Evaluation",
    "Extension",
    "Feedback",
    "LinkKind",
    "ProcedureVersion",
    "Supervision",
    "Suspension",
    "Task",
    "TaskState",
    "VersionState",
]  # fmt: skip
