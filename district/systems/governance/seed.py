"""The demonstration's own records of the governance system, one module a sub-feature; running it again changes nothing."""

from __future__ import annotations

from .care.seed import DEMO_TOWN, seed_care
from .grid.seed import seed_grid
from .insight.seed import seed_history
from .reports.seed import seed_reports
from .video.seed import seed_video

DEMO_ORGANISATIONS = {"carer": DEMO_TOWN, "care_lead": DEMO_TOWN}


def seed() -> None:
    """Needs the organisations and divisions."""
    seed_grid()
    seed_history()
    seed_care()
    seed_video()
    seed_reports()
