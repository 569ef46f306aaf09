"""The life of a supervision case."""

from datetime import datetime, timedelta

import pytest

from district.kernel.alerts.actions import raise_alarm
from district.kernel.alerts.contract import AlarmRaised
from district.kernel.alerts.models import Notice
from district.kernel.clock import CHINA
from district.kernel.people.models import Account, Duty, Organisation
from district.systems.environment.actions.file_records import Upload
from district.systems.environment.actions.reminders import remind_overdue
from district.systems.environment.actions.supervision import (
    Occurrence,
    RefusedStep,
    accept_case,
    answer_case,
    exempt_case,
    open_case,
    return_case,
)
from district.systems.environment.handlers import open_supervision
from district.systems.environment.models import StateMark, SupervisionCase
from district.systems.environment.queries.supervision import (
    case_figures,
    cases_by_kind,
    cases_visible_to,
    is_overdue,
)

from .observing import air_point, outlet

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 3, 10, tzinfo=CHINA)


def account(name: str, role: str, organisation: Organisation, scope: str = "own") -> Account:
    made = Account.objects.create_user(name, name=name, organisation=organisation)
    Duty.objects.create(account=made, role=role, organisation=organisation, scope=scope)
    return made


@pytest.fixture
def unit(db) -> Organisation:
    return Organisation.objects.create(code="unit", name="示例单位", kind="enterprise")


def a_case(kind: str = "over_limit_hour", at: datetime = AT) -> SupervisionCase:
    found = outlet("air")
    return open_case(
        Occurrence(
            kind,
            "氮氧化物超标",
            at,
            device=found.device,
            item="a21002",
            measured_value=80.0,
            limit_value=50.0,
            unit="mg/m3",
        ),
        at,
    )


def test_a_case_knows_outlet_source_and_deadline_from_its_device():
    case = a_case()
    assert (case.outlet.code, case.source.code, case.state) == ("DA001", "S1", "open")
    assert case.number == "HJ20261103-0001"
    assert case.due_at == AT + timedelta(days=1)


def test_an_alarm_opens_one_case_however_often_it_is_told():
    found = outlet("air")
    alarm = raise_alarm(
        system="environment",
        kind="over_limit_day",
        thing="x",
        subject="s",
        message="日均超标",
        severity=3,
        device_id=found.device.pk,
        item="a21002",
        value=80.0,
    )
    event = AlarmRaised(
        alarm.pk,
        alarm.key,
        "environment",
        "over_limit_day",
        3,
        "s",
        "日均超标",
        found.device.pk,
        None,
        "a21002",
        None,
        "",
        80.0,
        None,
        "",
        AT,
        AT,
    )
    open_supervision(event)
    open_supervision(event)
    case = SupervisionCase.objects.get()
    assert (case.alarm_id, case.kind, case.source) == (alarm.pk, "over_limit_day", found.source)


def test_the_alarm_behind_an_accepted_case_is_noted_as_handled(unit: Organisation):
    officer = account("officer1", "environment.officer", unit, "district")
    found = outlet("air")
    alarm = raise_alarm(
        system="environment",
        kind="quantity",
        thing="x",
        subject="s",
        message="许可量用完",
        severity=3,
        device_id=found.device.pk,
        roles=["environment.officer"],
    )
    case = open_case(Occurrence("quantity", "许可量用完", AT, device=found.device, alarm_id=alarm.pk), AT)
    answer_case(case, officer, AT, cause="a", measures="b")
    accept_case(case, officer, AT)
    alarm.refresh_from_db()
    assert alarm.handled_by == officer


def test_alarms_of_other_systems_open_nothing():
    open_supervision(
        AlarmRaised(1, "k", "traffic", "limit", 3, "s", "m", None, None, "", None, "", None, None, "", AT, AT)
    )
    assert not SupervisionCase.objects.exists()


def test_numbers_of_a_day_run_on():
    found = outlet("air")
    numbers = [open_case(Occurrence("zero", "零值", AT, outlet=found), AT).number for _ in range(3)]
    assert numbers == ["HJ20261103-0001", "HJ20261103-0002", "HJ20261103-0003"]


@pytest.mark.parametrize(
    ("kind", "state", "expected"),
    [
        ("over_limit_hour", "start_up", "exempt"),
        ("over_limit_hour", "stopped", "open"),
        ("over_limit_day", "start_up", "open"),
        ("missing", "stopped", "exempt"),
    ],
)
def test_a_declared_state_exempts_only_what_it_can_excuse(kind: str, state: str, expected: str):
    found = outlet("air")
    StateMark.objects.create(
        outlet=found,
        state=state,
        from_at=AT - timedelta(hours=1),
        until_at=AT + timedelta(hours=1),
        declared_at=AT,
    )
    case = open_case(Occurrence(kind, "告警", AT, device=found.device), AT)
    case.refresh_from_db()
    assert case.state == expected
    assert bool(case.exemption) == (expected == "exempt")


def test_an_answer_is_returned_answered_again_and_accepted(unit: Organisation):
    officer, enterprise = (
        account("officer1", "environment.officer", unit),
        account("ent1", "environment.enterprise", unit),
    )
    case = a_case()
    answer_case(
        case, enterprise, AT, cause="喷氨中断", measures="已恢复", upload=Upload("p.pdf", b"%PDF-1.7")
    )
    return_case(case, officer, AT + timedelta(hours=1), "请补充运行记录")
    answer_case(case, enterprise, AT + timedelta(hours=2), cause="喷氨中断", measures="已恢复，附记录")
    accept_case(case, officer, AT + timedelta(hours=3))
    case.refresh_from_db()
    assert (case.state, case.closed_at) == ("accepted", AT + timedelta(hours=3))
    assert [step.kind for step in case.steps.all()] == [
        "opened",
        "answered",
        "returned",
        "answered",
        "accepted",
    ]
    assert case.steps.get(attachment_name="p.pdf").attachment_type == "application/pdf"


def test_steps_that_do_not_fit_the_state_are_refused(unit: Organisation):
    officer = account("officer1", "environment.officer", unit)
    case = a_case()
    for step in (lambda: accept_case(case, officer, AT), lambda: return_case(case, officer, AT, "x")):
        with pytest.raises(RefusedStep) as refusal:
            step()
        assert refusal.value.code == "wrong_state"
    exempt_case(case, officer, AT, "设备校准")
    with pytest.raises(RefusedStep):
        answer_case(case, officer, AT, cause="a", measures="b")


@pytest.mark.parametrize(
    ("cause", "measures", "upload", "code"),
    [
        ("", "b", None, "required"),
        ("a", " ", None, "required"),
        ("a", "b", Upload("x.exe", b"MZ"), "bad_type"),
    ],
)
def test_an_answer_without_its_parts_is_refused(unit: Organisation, cause, measures, upload, code):
    with pytest.raises(RefusedStep) as refusal:
        answer_case(
            a_case(),
            account("e1x", "environment.enterprise", unit),
            AT,
            cause=cause,
            measures=measures,
            upload=upload,
        )
    assert refusal.value.code == code


def test_an_enterprise_sees_its_own_cases_only(unit: Organisation):
    other = Organisation.objects.create(code="other", name="别家", kind="enterprise")
    mine, theirs = outlet("air"), outlet("air", "S2")
    mine.source.organisation, theirs.source.organisation = unit, other
    mine.source.save()
    theirs.source.save()
    for each in (mine, theirs):
        open_case(Occurrence("zero", "零值", AT, outlet=each), AT)
    open_case(Occurrence("offline", "掉线", AT, point=air_point()), AT)
    seen = cases_visible_to(account("ent1", "environment.enterprise", unit))
    assert [case.outlet for case in seen] == [mine]
    staff = account("officer1", "environment.officer", unit, "district")
    assert cases_visible_to(staff).count() == 3


def test_an_overdue_case_is_reminded_of_once_a_day(unit: Organisation):
    case = a_case()
    case.source.organisation = unit
    case.source.save()
    enterprise = account("ent1", "environment.enterprise", unit)
    late = case.due_at + timedelta(hours=1)
    assert not is_overdue(case, case.due_at)
    assert remind_overdue(late) == 1
    assert remind_overdue(late + timedelta(hours=2)) == 0
    assert remind_overdue(late + timedelta(hours=25)) == 1
    case.refresh_from_db()
    assert case.reminders == 2
    assert Notice.objects.filter(recipient=enterprise).count() == 2


def test_figures_count_each_case_in_one_state(unit: Organisation):
    officer = account("officer1", "environment.officer", unit)
    case = a_case()
    answer_case(case, officer, AT, cause="a", measures="b")
    accept_case(case, officer, AT + timedelta(hours=6))
    found = outlet("air", "S2")
    open_case(Occurrence("zero", "零值", AT, outlet=found), AT)
    figures = case_figures(SupervisionCase.objects.all(), AT + timedelta(days=9))
    assert (figures.opened, figures.waiting, figures.overdue, figures.accepted) == (2, 1, 1, 1)
    assert figures.answer_hours == pytest.approx(6.0)
    assert sorted(cases_by_kind(SupervisionCase.objects.all())) == [("小时超标", 1, 1), ("零值", 1, 0)]
