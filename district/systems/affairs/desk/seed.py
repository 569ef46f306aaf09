"""A few visits of the demonstration's clerk, one of which became a matter."""

from __future__ import annotations

from datetime import timedelta

from district.kernel.clock import now
from district.kernel.people.models import Account

from ..models import Visit
from .actions import keep_visit

VISITS = (
    ("routine", "演示户一", "老人身体好，冬季取暖已检查"),
    ("policy", "演示户二", "讲了医保缴费的新办法"),
    ("safety", "演示户三", "煤炉烟道有裂缝，需要帮助更换"),
    ("care", "演示户四", "送去米面，家人外出"),
)


def seed_visits() -> None:
    """Needs the demonstration's clerk; running it again changes nothing."""
    clerk = (
        Account.objects.filter(username="affairs.clerk", is_demo=True).select_related("organisation").first()
    )
    if clerk is None or clerk.organisation is None or Visit.objects.filter(is_simulated=True).exists():
        return
    for number, (purpose, household, note) in enumerate(VISITS):
        keep_visit(
            clerk, key=f"demo-{number}", village=clerk.organisation, purpose=purpose, household=household, note=note,
            at=now() - timedelta(days=3 * number, hours=2), makes_concern=purpose == "safety", is_simulated=True,
        )  # fmt: skip
