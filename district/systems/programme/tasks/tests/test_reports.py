"""Monthly reports: asked for on the 25th, due on the last working day, written by one and decided by another."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.alerts.models import Notice
from district.kernel.cases.calendar import is_working_day
from district.kernel.clock import CHINA, now, today
from district.kernel.people.models import Duty

from ...models import MonthlyReport
from .. import actions
from ..days import keep_day
from ..months import last_working_day, report_due_on
from ..queries import turned_red
from ..refused import Refused
from ..today import lines
from .people import Cast, day
from .test_acts import refused


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_report_is_due_on_the_last_working_day(asked_on: date):
    due_on = report_due_on(asked_on)
    assert due_on > asked_on
    assert is_working_day(due_on)
    last = last_working_day(asked_on)
    assert due_on == last if asked_on < last else due_on > last


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


def report_of_october(cast: Cast) -> MonthlyReport:
    (made,) = actions.ask_for_reports(date(2026, 10, 25))
    return made


def test_reports_are_asked_for_once_from_the_25th_on(cast: Cast):
    assert actions.ask_for_reports(date(2026, 10, 24)) == []
    made = report_of_october(cast)
    assert actions.ask_for_reports(date(2026, 10, 27)) == []
    assert made.due_on == date(2026, 10, 30)
    assert made.case is not None
    assert made.case.organisation == cast.lead
    assert made.case.due_at is not None
    assert made.case.due_at.astimezone(CHINA).date() == made.due_on


def test_a_finished_task_is_not_asked(cast: Cast):
    cast.done(cast.milestone())
    assert actions.ask_for_reports(date(2026, 10, 25)) == []


def test_a_report_is_sent_back_corrected_and_accepted(cast: Cast):
    cast.milestone("立项", -60, -40)
    made = report_of_october(cast)
    actions.report(made, cast.liaison, "完成部署")
    refused("state", actions.report, made, cast.liaison, "又一次")
    refused("empty", actions.decide_report, made, cast.office, False)
    actions.decide_report(made, cast.office, False, "缺少数据")
    actions.report(made, cast.liaison, "完成部署，接入 6 条线路")
    held = actions.decide_report(made, cast.office, True)
    assert (held.state, held.returns, held.figures["light"]) == ("accepted", 1, "red")
    assert held.case is not None
    held.case.refresh_from_db()
    assert held.case.state == "closed"


def test_only_the_lead_reports_and_nobody_decides_their_own(cast: Cast):
    made = report_of_october(cast)
    refused("not_unit", actions.report, made, cast.town_liaison, "代报")
    Duty.objects.create(account=cast.office, role="programme.liaison", organisation=cast.lead, scope="own")
    actions.report(made, cast.office, "完成部署")
    refused("own", actions.decide_report, made, cast.office, True)
    refused("not_office", actions.decide_report, made, cast.liaison, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlyReport.objects.filter(pk=made.pk).update(decided_by=cast.office)
    assert actions.decide_report(made, cast.other, True).state == "accepted"


def test_a_late_report_is_told_once_to_office_and_leaders(cast: Cast):
    report_of_october(cast)
    assert actions.escalate_late_reports(date(2026, 10, 30)) == 0
    assert actions.escalate_late_reports(date(2026, 10, 31)) == 1
    assert actions.escalate_late_reports(date(2026, 11, 1)) == 0
    told = set(Notice.objects.values_list("recipient_id", flat=True))
    assert told == {cast.office.pk, cast.other.pk, cast.leader.pk}


def test_what_turned_red_is_told_from_the_day_before(cast: Cast):
    late = cast.milestone("立项", -60, -31)
    cast.milestone("验收", 0, 100, weight=9)
    keep_day(day(-1))
    assert [state.task for state in turned_red(day(-1))] == [cast.task]
    assert any("立项" in line.text for line in lines(now()))
    cast.done(late)
    assert turned_red(day(-1)) == []
    keep_day(today())
    keep_day(today())
    assert cast.task.days.count() == 2


def test_refusals_carry_a_code_and_words(cast: Cast):
    with pytest.raises(Refused) as found:
        actions.report(report_of_october(cast), cast.town_liaison, "代报")
    assert "联络员" in str(found.value)
