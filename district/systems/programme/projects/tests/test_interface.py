"""What money may ask of projects."""

from datetime import date

import pytest

from district.systems.programme.projects.queries import MILESTONES, may_pay
from district.systems.programme.tests.ways import project_in
from district.testing.people import organisation

pytestmark = pytest.mark.django_db


def project(stage="proposal"):
    return project_in(
        stage, number=f"P-{stage}", title="公交电子站牌", owner=organisation("transport"), purpose="x", estimate_fen=1,
        due_on=date(2027, 1, 1),
    )


def test_nothing_is_paid_for_a_project_that_has_only_been_proposed():
    found = project()
    assert not any(may_pay(found, milestone).is_allowed for milestone in MILESTONES)


def test_acceptance_is_not_paid_by_the_stage_alone_but_by_a_run():
    found = project("evaluation")
    assert may_pay(found, "signed").is_allowed
    assert may_pay(found, "delivered").is_allowed
    assert not may_pay(found, "accepted").is_allowed


def test_a_milestone_nobody_knows_is_no_reason_to_pay():
    with pytest.raises(ValueError, match="half_done"):
        may_pay(project(), "half_done")
