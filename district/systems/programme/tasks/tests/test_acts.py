"""What may be done to milestones, deliverables and risks, by whom; and nobody for themselves."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from district.kernel.clock import now, today
from district.kernel.people.models import Duty

from ...models import Deliverable, Milestone, MilestoneChange, PlanTask
from .. import actions
from ..progress import Light
from ..queries import delays, network, task_state
from ..refused import Refused
from .people import Cast, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


def refused(code: str, act, *arguments, **named) -> None:
    with pytest.raises(Refused) as found:
        act(*arguments, **named)
    assert found.value.code == code


def test_a_milestone_is_done_when_the_last_deliverable_is_checked(cast: Cast):
    made = cast.milestone(deliverables=[(cast.lead, "方案"), (cast.town, "接入表")])
    own, of_town = made.deliverables.order_by("pk")
    actions.check(actions.hand_in(own, cast.liaison, note="见档案"), cast.office, True)
    assert Milestone.objects.get(pk=made.pk).done_on is None
    actions.check(actions.hand_in(of_town, cast.town_liaison, note="见档案"), cast.office, True)
    assert Milestone.objects.get(pk=made.pk).done_on == today()
    assert PlanTask.objects.get(pk=cast.task.pk).done_on == today()
    assert task_state(cast.task).standing.light is Light.GREEN


def test_what_is_sent_back_can_be_handed_in_again(cast: Cast):
    row = cast.milestone().deliverables.get()
    actions.hand_in(row, cast.liaison, note="初稿")
    refused("empty", actions.check, row, cast.office, False)
    back = actions.check(row, cast.office, False, "缺签章")
    assert (back.state, back.reason) == ("returned", "缺签章")
    assert actions.check(actions.hand_in(row, cast.liaison, note="补签"), cast.office, True).state == "accepted"
    refused("state", actions.hand_in, row, cast.liaison, note="再来")


def test_only_the_unit_hands_in_and_only_the_office_checks(cast: Cast):
    row = cast.milestone().deliverables.get()
    refused("not_unit", actions.hand_in, row, cast.town_liaison, note="代交")
    refused("not_unit", actions.hand_in, row, cast.office, note="代交")
    refused("empty", actions.hand_in, row, cast.liaison)
    actions.hand_in(row, cast.liaison, note="见档案")
    refused("not_office", actions.check, row, cast.liaison, True)
    refused("not_office", actions.add_milestone, cast.task, "自设", day(0), day(9), cast.liaison)


def test_nobody_checks_or_grants_their_own(cast: Cast):
    Duty.objects.create(account=cast.office, role="programme.liaison", organisation=cast.lead, scope="own")
    made = cast.milestone()
    row = actions.hand_in(made.deliverables.get(), cast.office, note="见档案")
    refused("own", actions.check, row, cast.office, True)
    change = actions.ask_change(made, day(60), "供货推迟", cast.office)
    refused("own", actions.decide_change, change, cast.office, True)
    for rows, values in (
        (Deliverable.objects.filter(pk=row.pk), {"checked_by": cast.office}),
        (MilestoneChange.objects.filter(pk=change.pk),
         {"is_granted": True, "decided_by": cast.office, "decided_at": now()}),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)
    assert actions.check(row, cast.other, True).state == "accepted"


def test_a_granted_change_moves_the_day_and_keeps_the_first(cast: Cast):
    made = cast.milestone()
    change = actions.ask_change(made, day(60), "供货推迟", cast.liaison)
    assert Milestone.objects.get(pk=made.pk).due_on == day(30)
    refused("open", actions.ask_change, made, day(70), "再推", cast.liaison)
    actions.decide_change(change, cast.office, True)
    held = Milestone.objects.get(pk=made.pk)
    assert (held.due_on, held.first_due_on) == (day(60), day(30))
    refused("decided", actions.decide_change, change, cast.office, False, "不行")
    refused("earlier", actions.ask_change, held, day(-1), "提前", cast.liaison)


def test_a_refused_change_says_why_and_moves_nothing(cast: Cast):
    made = cast.milestone()
    change = actions.ask_change(made, day(60), "供货推迟", cast.liaison)
    refused("empty", actions.decide_change, change, cast.office, False)
    actions.decide_change(change, cast.office, False, "理由不足")
    assert Milestone.objects.get(pk=made.pk).due_on == day(30)


def test_a_circle_of_links_is_refused_by_name(cast: Cast):
    one, two, three = (cast.milestone(title) for title in ("甲", "乙", "丙"))
    actions.link(one, two, cast.office)
    actions.link(two, three, cast.office)
    with pytest.raises(Refused) as found:
        actions.link(three, one, cast.office)
    assert found.value.code == "circle"
    assert "甲 → 乙 → 丙 → 甲" in str(found.value) or "丙 → 甲" in str(found.value)
    refused("circle", actions.link, one, one, cast.office)
    with pytest.raises(IntegrityError), transaction.atomic():
        one.links_out.create(after=one)


def test_a_late_milestone_shows_whom_it_makes_late(cast: Cast):
    late = cast.milestone("立项", -60, -40)
    after = cast.milestone("上线", -39, 20)
    actions.link(late, after, cast.office)
    net = network()
    assert net.made_late(late) == [after]
    assert net.path_of(cast.task) == [late, after]
    assert task_state(cast.task).standing.light is Light.RED
    assert [(each.unit.code, each.worst_days) for each in delays()] == [("transport", 40)]


def test_what_waits_for_the_office_is_no_delay_of_the_unit(cast: Cast):
    row = cast.milestone("立项", -60, -10).deliverables.get()
    assert len(delays()) == 1
    actions.hand_in(row, cast.liaison, note="见档案")
    assert delays() == []
    assert [each.worst_days for each in delays(day(-1))] == [9], "yesterday it was"


def test_a_milestone_is_taken_back_only_while_nothing_was_handed_in(cast: Cast):
    made = cast.milestone()
    refused("not_office", actions.drop_milestone, made, "设错了", cast.liaison)
    refused("empty", actions.drop_milestone, made, " ", cast.office)
    actions.hand_in(made.deliverables.get(), cast.liaison, note="见档案")
    refused("handed_in", actions.drop_milestone, made, "设错了", cast.office)
    actions.drop_milestone(cast.milestone("多余"), "设错了", cast.office)
    assert list(cast.task.milestones.all()) == [made]


def test_risks_are_of_the_matrix_and_closed_with_words(cast: Cast):
    refused("steps", actions.add_risk, cast.task, "缺货", 6, 1, "备货", day(9), cast.liaison)
    refused("review", actions.add_risk, cast.task, "缺货", 5, 1, "备货", day(-1), cast.liaison)
    refused("not_unit", actions.add_risk, cast.task, "缺货", 5, 1, "备货", day(9), cast.town_liaison)
    risk = actions.add_risk(cast.task, "缺货", 5, 4, "备货", day(9), cast.liaison)
    actions.review_risk(risk, 2, 2, "已备货", day(30), cast.office)
    refused("empty", actions.close_risk, risk, " ", cast.liaison)
    assert actions.close_risk(risk, "到货", cast.liaison).closed_by == cast.liaison
    refused("closed", actions.close_risk, risk, "到货", cast.liaison)
