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
    "ACTS", "Act", "AlarmCase", "CASE_STATES", "CallBack", "Card", "Case", "CaseCounter", "CaseLink", "CaseState",
    "Entry", "Evaluation", "Extension", "Feedback", "LinkKind", "OPEN_TASKS", "ProcedureVersion", "Supervision",
    "Suspension", "TASK_STATES", "Task", "TaskState", "VersionState",
]  # fmt: skip
