"""An incident is told by anybody, graded, reported within the hour of its finding, and summed up; a drill is one too."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from district.kernel import clock
from district.kernel.alerts.models import Alarm
from district.kernel.cases.actions import claim, complete
from district.kernel.cases.models import Case, Task
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused
from district.testing.people import account, organisation

from ...models import SecurityDrill, SecurityIncident
from ..incidents.actions import Seen, note_finding, report_incident, take_from_case, watch_clocks
from ..incidents.drills import DrillPlan, approve_drill, begin_drill, plan_drill, sum_up_drill
from ..today import lines
from .world import office, officer, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def procedures() -> None:
    publish()


def step(incident: SecurityIncident, key: str, by: Account, **form: Any) -> SecurityIncident:
    task = Task.objects.get(case=incident.case, key=key, state="ready")
    complete(claim(task, by), by, form)
    return take_from_case(SecurityIncident.objects.get(pk=incident.pk))


def seen(minutes_ago: int = 0) -> Seen:
    return Seen("网页被篡改", "attack", "首页出现异常内容", clock.now() - timedelta(minutes=minutes_ago))


def open_steps(incident: SecurityIncident) -> set[str]:
    return set(Task.objects.filter(case=incident.case, state="ready").values_list("key", flat=True))


def test_a_grave_one_is_reported_while_it_is_contained_and_ends_with_another_who_confirms():
    by = officer()
    found = report_incident(account("environment.officer"), seen(), "1")
    step(found, "assess", by, grade="重大", touches_persons=True, judgement="首页被改")
    assert open_steps(found) == {"report", "contain"}
    now = step(found, "report", by, reported_to="区委网信办", report_text="情况")
    assert (now.grade, now.touches_persons, now.report_due_at) == (
        "major",
        True,
        found.found_at + timedelta(hours=1),
    )
    assert now.reported_at is not None
    assert now.reported_at <= now.report_due_at
    step(found, "contain", by, containment="下线")
    step(found, "recover", by, recovery="恢复", regrade="")
    step(found, "review", by, cause="弱口令", lessons="改", notified_persons="不涉及")
    assert open_steps(found) == {"confirm"}
    ended = step(found, "confirm", office(), complete=True)
    assert (ended.closed_at is not None, Case.objects.get(pk=found.case_id).state) == (True, "closed")


def test_a_common_one_need_not_be_reported_unless_it_grows():
    by = officer()
    found = report_incident(by, seen(), "2")
    step(found, "assess", by, grade="一般", touches_persons=False, judgement="轻")
    assert open_steps(found) == {"contain"}
    step(found, "contain", by, containment="隔离")
    grown = step(found, "recover", by, recovery="恢复", regrade="较大")
    assert (grown.grade, open_steps(found)) == ("larger", {"late_report"})
    told = step(found, "late_report", by, reported_to="区委网信办", report_text="补报")
    assert (told.reported_at is not None, open_steps(found)) == (True, {"review"})


def test_an_hour_without_a_report_is_an_alarm_and_stands_in_the_leaders_today():
    by = officer()
    early = report_incident(by, seen(), "3")
    assert (watch_clocks(), Alarm.objects.count()) == (1, 0)
    SecurityIncident.objects.filter(pk=early.pk).update(found_at=clock.now() - timedelta(minutes=40))
    watch_clocks()
    assert Alarm.objects.get(cleared_at=None).severity == 3
    SecurityIncident.objects.filter(pk=early.pk).update(found_at=clock.now() - timedelta(minutes=61))
    watch_clocks()
    watch_clocks()
    assert Alarm.objects.get(cleared_at=None).severity == 4, "one alarm, graver than before"
    found = SecurityIncident.objects.get()
    assert any(found.title in line.text and "超过 1 小时" in line.text for line in lines(clock.now()))
    step(found, "assess", by, grade="较大", touches_persons=False, judgement="晚")
    late = step(found, "report", by, reported_to="区委网信办", report_text="晚报")
    assert late.reported_at is not None
    assert late.report_due_at is not None
    assert late.reported_at > late.report_due_at
    assert not Alarm.objects.filter(cleared_at=None).exists()


def test_told_twice_it_is_one_and_nobody_tells_the_future():
    by = officer()
    assert report_incident(by, seen(), "4") == report_incident(by, seen(), "4")
    with pytest.raises(Refused):
        report_incident(by, seen(-10), "5")


def test_a_drill_is_approved_by_another_and_runs_under_the_clocks_of_a_real_one():
    by, other = officer(), office()
    drill = plan_drill(by, DrillPlan("演练", "live", "断电", clock.today(), [organisation("bigdata")]))
    with pytest.raises(Refused) as refused:
        approve_drill(by, drill)
    assert refused.value.code == "own_request"
    with pytest.raises(Refused) as early:
        begin_drill(by, drill)
    assert early.value.code == "not_approved"
    with pytest.raises(IntegrityError, match="drill_needs_two"), transaction.atomic():
        SecurityDrill.objects.filter(pk=drill.pk).update(approved_by=by)
    with pytest.raises(IntegrityError, match="drill_approved_first"), transaction.atomic():
        SecurityDrill.objects.filter(pk=drill.pk).update(held_at=clock.now())
    approve_drill(other, drill)
    held = begin_drill(by, drill)
    assert held.incident is not None
    assert held.incident.is_drill
    assert open_steps(held.incident) == {"assess"}
    finding = note_finding(by, "没有授权书", organisation("bigdata"), clock.today(), drill=held)
    assert (finding.case.procedure, finding.case.organisation.code) == ("security_correction", "bigdata")
    assert finding.case.due_at is not None
    assert timezone.localdate(finding.case.due_at - timedelta(minutes=1)) == clock.today(), (
        "late after its day by itself"
    )
    sum_up_drill(by, held, "完成")
    assert lines(clock.now()) == [], "a drill does not alarm the leader"
