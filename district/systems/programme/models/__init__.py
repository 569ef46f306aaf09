"""Tables of the programme. Money is whole fen; months are their first day."""

from .contracts import Contract
from .meetings import Decision, Meeting
from .projects import Expert, Firm, Project
from .tasks import Milestone, PlanTask

__all__ = ["Contract", "Decision", "Expert", "Firm", "Meeting", "Milestone", "PlanTask", "Project"]
