"""Who acts in the tests of projects."""

from __future__ import annotations

from datetime import timedelta

from district.kernel.clock import today
from district.systems.programme.models import PlanTask, Project
from district.systems.programme.projects.seed import Cast
from district.systems.programme.tests.ways import project_in
from district.testing.people import account, organisation


def cast() -> Cast:
    zhoucun = organisation("zhoucun", kind="district")
    unit = organisation("transport", parent=zhoucun)
    bureau = organisation("bigdata", parent=zhoucun, name="区大数据局")
    experts = organisation("smart_city_experts", parent=zhoucun)
    PlanTask.objects.get_or_create(
        system="transit",
        defaults={
            "clause": 11,
            "zh": "公交信息实时预报",
            "en": "Buses",
            "lead": unit,
            "begins_on": "2020-08-13",
            "due_on": "2025-12-31",
        },
    )
    return Cast(
        owner=account("programme.owner", unit=unit),
        office=account("programme.office", unit=bureau),
        finance=account("programme.finance", unit=bureau),
        liaison=account("programme.liaison", unit=unit),
        expert=account("programme.expert", unit=experts, scope="own"),
    )


def project_at(stage: str, people: Cast) -> Project:
    """A project put into a stage at once, for tests of what is done there; its way there is `test_whole_way`'s."""
    return project_in(
        stage, number=f"XM-T-{stage}", title="数据平台", owner=people.owner.organisation, purpose="x", estimate_fen=1_000_000_000,
        due_on=today() + timedelta(days=90), made_by=people.owner,
    )  # fmt: skip
