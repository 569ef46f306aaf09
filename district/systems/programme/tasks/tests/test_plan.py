import csv

import pytest

from district.kernel import home, registry
from district.kernel.people.models import Organisation
from district.kernel.people.seed import seed_organisations
from district.systems.programme.models import PlanTask
from district.systems.programme.tasks.plan import clauses, take_plan


def test_the_plan_has_twenty_one_tasks_and_the_documentation_says_the_same_of_them():
    with (home.CHECKOUT / "docs" / "clauses.csv").open(encoding="utf-8") as file:
        said = {row["name"]: row for row in csv.DictReader(file)}
    assert [clause.number for clause in clauses()] == list(range(1, 22))
    for clause in clauses():
        assert int(said[clause.system]["clause"]) == clause.number
        assert f"{clause.due_on:%Y-%m}" == said[clause.system]["due"]


@pytest.mark.django_db
def test_every_lead_of_a_manifest_is_the_lead_of_its_task_and_taking_the_plan_twice_changes_nothing():
    seed_organisations()
    take_plan()
    first = list(PlanTask.objects.values())
    take_plan()
    assert list(PlanTask.objects.values()) == first
    assert len(first) == 21
    for system in registry.systems():
        if system.clause <= 21:
            task = PlanTask.objects.get(system=system.name)
            assert system.lead.split("、")[0] == task.lead.name
            assert task.due_on.strftime("%Y-%m") == system.due
    assert PlanTask.objects.get(system="network").helpers.filter(kind="town").count() == Organisation.objects.filter(
        kind="town"
    ).count()
