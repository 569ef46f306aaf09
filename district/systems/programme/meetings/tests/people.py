"""Who acts in the tests of meetings, letters and the appraisal."""

from __future__ import annotations

from district.kernel.people.models import Duty
from district.systems.programme.meetings.seed import Cast
from district.systems.programme.models import PlanTask
from district.testing.people import account, organisation

LEADS = ("transport", "education", "health", "environment")


def cast() -> Cast:
    """Four lead departments with a task each; the liaison is that of transport."""
    zhoucun = organisation("zhoucun", kind="district")
    bureau = organisation("bigdata", parent=zhoucun, name="区大数据局")
    for number, code in enumerate(LEADS, 1):
        PlanTask.objects.get_or_create(system=code, defaults={
            "clause": number, "zh": f"重点工作{number}", "en": f"Task {number}", "lead": organisation(code, parent=zhoucun),
            "begins_on": "2020-08-13", "due_on": "2030-12-31",
        })  # fmt: skip
    unit = organisation("transport")
    made = Cast(
        account("programme.office", unit=bureau), account("programme.liaison", unit=unit, scope="own"),
        account("programme.leader", unit=zhoucun),
    )  # fmt: skip
    Duty.objects.update(from_on="2020-01-01")  # What lies back was done by those who held the posts then.
    return made
