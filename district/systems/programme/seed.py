"""The programme's own records; running it again changes nothing."""

from __future__ import annotations

from .indicators.seed import seed_indicators
from .meetings.seed import seed_meetings
from .money.seed import seed_money
from .operation.seed import seed_operation
from .projects.seed import seed_projects
from .publicity.seed import seed_publicity
from .security.seed import seed_security
from .tasks.plan import take_plan
from .tasks.seed import seed_tasks
from .training.seed import seed_training

DEMO_ORGANISATIONS = {
    "leader": ("zhoucun", "subtree"), "liaison": ("transport", "subtree"), "owner": ("transport", "subtree"),
    "expert": "smart_city_experts", "company": "demo_enterprise",
}  # fmt: skip
"""Where the demonstration's accounts sit: a lead department speaks for itself, the office for the district."""


def seed() -> None:
    """Needs the organisations."""
    take_plan()
    seed_tasks()
    seed_projects()
    seed_security()
    seed_indicators()
    seed_money()
    seed_operation()
    seed_publicity()
    seed_training()
    seed_meetings()
