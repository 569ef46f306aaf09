"""A year of the appraisal by its doors: published, reckoned, objected to, final; and then it stands."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from django.urls import reverse

from district.kernel.cases.actions import claim, complete
from district.kernel.cases.models import OPEN_TASKS
from district.kernel.clock import CHINA, stopped_at
from district.kernel.people.models import Duty
from district.kernel.people.refused import Refused
from district.systems.programme.appraisal import actions, formula
from district.systems.programme.appraisal.facts import facts_of
from district.systems.programme.meetings.tests.people import cast
from district.systems.programme.models import (
    Appraisal,
    AppraisalYear,
    Deliverable,
    Milestone,
    MonthlyReport,
    PlanTask,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 9, tzinfo=CHINA)
KEPT = (IntegrityError, InternalError, ProgrammingError)


def worked(people) -> None:
    """Transport: of two milestones one in time, a report late; health helps and hands in nothing."""
    task, health = PlanTask.objects.get(system="transport"), PlanTask.objects.get(system="health").lead
    for title, due_on, done_on in (
        ("招标", "2025-03-31", "2025-03-01"),
        ("建设", "2025-06-30", "2025-08-01"),
        ("验收", "2026-06-30", None),
    ):
        milestone = Milestone.objects.create(
            task=task, title=title, begins_on="2025-01-01", due_on=due_on, done_on=done_on
        )
    Deliverable.objects.create(milestone=Milestone.objects.get(title="招标"), unit=health, title="站点清单")
    MonthlyReport.objects.create(
        task=task,
        month="2025-05-01",
        due_on="2025-05-30",
        first_reported_at=datetime(2025, 6, 3, tzinfo=CHINA),
    )
    assert milestone.done_on is None


def shown(people) -> AppraisalYear:
    with stopped_at(datetime(2025, 1, 10, 9, tzinfo=CHINA)):
        year = actions.draft(2025, formula.WEIGHTS, people.office)
        actions.publish_weights(year, people.office)
    with stopped_at(AT):
        actions.reckon(year, people.office)
        return actions.show(year, people.office)


def test_counts_are_of_the_records_of_the_year_alone():
    people = cast()
    worked(people)
    units = [task.lead for task in PlanTask.objects.select_related("lead")]
    found = facts_of(units, 2025, AT)
    transport, health = (PlanTask.objects.get(system=name).lead_id for name in ("transport", "health"))
    assert (found[transport]["tasks"]["reached"], found[transport]["tasks"]["of"]) == (1, 2)
    assert (found[transport]["reports"]["reached"], found[transport]["reports"]["of"]) == (0, 1)
    assert (found[health]["tasks"]["reached"], found[health]["tasks"]["of"]) == (0, 1)
    assert found[transport]["letters"] == {"sent": 0, "late": 0, "of": 1, "records": []}


def test_what_is_not_due_yet_does_not_count():
    people = cast()
    worked(people)
    unit = PlanTask.objects.get(system="transport").lead
    early = facts_of([unit], 2025, datetime(2025, 4, 15, tzinfo=CHINA))
    assert early[unit.pk]["tasks"]["of"] == 1


def test_published_weights_stand_in_the_action_and_in_the_database():
    people = cast()
    year = shown(people)
    with pytest.raises(Refused):
        actions.draft(2025, formula.WEIGHTS | {"tasks": 40, "decisions": 10}, people.office)
    with pytest.raises(KEPT), transaction.atomic():
        AppraisalYear.objects.filter(pk=year.pk).update(
            weights=formula.WEIGHTS | {"tasks": 40, "decisions": 10}
        )


def test_a_unit_objects_once_and_in_time_and_only_for_itself():
    people = cast()
    worked(people)
    year = shown(people)
    own, other = (year.scores.get(unit__code=code) for code in ("transport", "health"))
    with stopped_at(AT + timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            actions.object_to(other, "有误", people.liaison)
        assert refused.value.code == "scope"
        case = actions.object_to(own, "验收日期登记有误", people.liaison).objection
        with pytest.raises(Refused) as refused:
            actions.object_to(own, "再次", people.liaison)
        assert refused.value.code == "twice"
    with stopped_at(AT + timedelta(days=9)), pytest.raises(Refused) as refused:
        actions.make_final(year, people.leader)
    assert refused.value.code == "objections"
    with stopped_at(AT + timedelta(days=10)):
        task = case.tasks.get(state__in=OPEN_TASKS)
        complete(claim(task, people.office), people.office, {"finding": "属实"})
        task = case.tasks.get(state__in=OPEN_TASKS)
        complete(claim(task, people.leader), people.leader, {"is_settled": True, "reply": "已更正"})
        assert actions.make_final(year, people.leader).state == "final"


def test_a_year_is_made_final_by_another_after_the_days_to_object_and_then_stands():
    people = cast()
    worked(people)
    year = shown(people)
    Duty.objects.create(
        account=people.office,
        role="programme.leader",
        organisation=people.office.organisation,
        scope="district",
    )
    for when, who, code in ((1, people.leader, "early"), (9, people.liaison, "not_leader")):
        with stopped_at(AT + timedelta(days=when)), pytest.raises(Refused) as refused:
            actions.make_final(year, who)
        assert refused.value.code == code
    with pytest.raises(IntegrityError), transaction.atomic():
        AppraisalYear.objects.filter(pk=year.pk).update(final_by=people.office)
    with stopped_at(AT + timedelta(days=9)):
        final = actions.make_final(year, people.leader)
    rows = actions.rows_of(final)
    assert formula.check({"year": 2025, "weights": final.weights, "rows": rows, "digest": final.digest}) == []
    for change in (
        lambda: Appraisal.objects.filter(year=final).update(score=100),
        lambda: Appraisal.objects.filter(year=final).delete(),
        lambda: AppraisalYear.objects.filter(pk=final.pk).update(digest=""),
    ):
        with pytest.raises(KEPT), transaction.atomic():
            change()


def test_all_staff_see_what_is_shown_with_its_records_and_take_it_along(client):
    people = cast()
    worked(people)
    year = shown(people)
    client.force_login(people.liaison)
    unit = reverse("programme:appraisal_unit", args=[2025, "transport"])
    assert unit in client.get(reverse("programme:appraisal") + "?year=2025").content.decode()
    assert "招标" in client.get(unit).content.decode()
    export = client.get(reverse("programme:appraisal_export", args=[2025])).json()
    assert formula.check(export) == []
    assert {row["unit"] for row in export["rows"]} == set(year.scores.values_list("unit__code", flat=True))
    with stopped_at(AT + timedelta(days=2)):
        score = year.scores.get(unit__code="transport")
        client.post(reverse("programme:object_to_appraisal", args=[score.pk]), {"reason": "有误"})
    score.refresh_from_db()
    assert score.objection is not None
