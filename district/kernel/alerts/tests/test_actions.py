from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from district.kernel.alerts import actions, queries
from district.kernel.alerts.models import Alarm, NoticeDelivery, SmsMessage
from district.kernel.alerts.notices import notify
from district.kernel.clock import now
from district.kernel.jobs.in_line import run_waiting
from district.kernel.people.models import Organisation

from .conftest import OFFICER


@pytest.fixture
def alarm(town):
    return actions.raise_alarm(
        system="environment", kind="quantity", thing="outlet:7", subject="一号排口", message="年许可量已用 92 %",
        severity=3, value=92, limit_value=90, unit="%", organisation_id=town.pk, division_code="370306102",
        roles=[OFFICER], channels=["email", "sms"],
    )


def refused(code, action, *args, **kwargs):
    with pytest.raises(actions.Refused) as told:
        action(*args, **kwargs)
    assert told.value.code == code


def test_an_alarm_is_acknowledged_handled_and_cleared_by_people_who_are_named(alarm, on_duty):
    zhang, li = on_duty("zhang"), on_duty("li")
    refused("not_handled", actions.clear, alarm, zhang, "好了")
    actions.acknowledge(alarm, zhang)
    refused("already_acknowledged", actions.acknowledge, alarm, li)
    refused("note_missing", actions.handle, alarm, li, "  ")
    actions.handle(alarm, li, "已责令限产")
    refused("already_handled", actions.handle, alarm, li, "再次")
    actions.clear(alarm, zhang, "用量已核减")
    refused("already_cleared", actions.clear, alarm, zhang, "好了")
    alarm.refresh_from_db()
    assert (alarm.acknowledged_by, alarm.handled_by, alarm.cleared_by, alarm.state) == (zhang, li, zhang, "cleared")
    steps = [(step.state, step.by) for step in alarm.steps.all()]
    assert steps == [("raised", None), ("acknowledged", zhang), ("handled", li), ("cleared", zhang)]


def test_what_ended_by_itself_can_still_be_accounted_for(alarm, on_duty):
    actions.clear_alarm(system="environment", kind="quantity", thing="outlet:7")
    handled = actions.handle(alarm, on_duty("zhang"), "已核实")
    assert (handled.state, handled.handled_by.username) == ("cleared", "zhang")
    assert actions.clear_alarm(system="environment", kind="quantity", thing="outlet:7") is None


def test_repeats_of_the_same_thing_are_merged_and_a_new_one_begins_after_the_end(alarm):
    again = {"system": "environment", "kind": "quantity", "subject": "一号排口", "message": "95 %", "severity": 4}
    assert actions.raise_alarm(**again, thing="outlet:7", value=95).pk == alarm.pk
    assert actions.raise_alarm(**again, thing="outlet:8").pk != alarm.pk
    alarm.refresh_from_db()
    assert (alarm.count, alarm.value, alarm.severity) == (2, 95, 4)
    actions.clear_alarm(system="environment", kind="quantity", thing="outlet:7")
    assert actions.raise_alarm(**again, thing="outlet:7").pk != alarm.pk


def test_only_those_with_the_role_and_the_place_in_their_scope_see_and_act(alarm, on_duty):
    other_town = Organisation.objects.create(
        code="t2", name="北郊镇政府", kind="town", path="t2", division_code="370306100"
    )
    inside = on_duty("inside", scope="own")
    outside = on_duty("outside", scope="own", organisation=other_town)
    reader = on_duty("reader", role="environment.reader")
    operator = on_duty("operator", role="kernel.operator")
    assert list(queries.alarms_seen_by(inside)) == [alarm]
    assert list(queries.alarms_seen_by(outside)) == []
    assert list(queries.alarms_seen_by(reader)) == list(queries.alarms_seen_by(operator)) == [alarm]
    assert queries.open_counts(inside) == {3: 1}
    for stranger in (outside, reader):
        refused("not_yours", actions.acknowledge, alarm, stranger)
    assert actions.acknowledge(alarm, inside).state == "acknowledged"


def test_those_on_duty_are_told_once_by_every_channel_of_the_alarm(alarm, on_duty):
    on_duty("zhang", email="zhang@example.test", phone="13800138000")
    on_duty("li")
    on_duty("wang", role="environment.reader")
    on_duty("left", status="left")
    run_waiting()
    run_waiting()
    assert sorted(notice.recipient.username for notice in alarm.notices.all()) == ["li", "zhang"]
    assert [message.to for message in mail.outbox] == [["zhang@example.test"]]
    assert [message.number for message in SmsMessage.objects.all()] == ["13800138000"]
    errors = NoticeDelivery.objects.filter(notice__recipient__username="li").values_list("error", flat=True)
    assert sorted(errors) == ["账号没有手机号", "账号没有电子邮箱"]


def test_a_channel_that_fails_is_noted_and_tried_again(on_duty, settings):
    settings.SMS_PROVIDER = "district.kernel.alerts.tests.test_actions.out_of_order"
    notify(on_duty("zhang", phone="13800138000"), title="测试", severity=1, channels=["sms"])
    assert "RuntimeError" in run_waiting()[0][1]


def out_of_order(number: str, text: str) -> None:
    raise RuntimeError("no signal")


def test_reading_gives_a_receipt_and_only_for_ones_own_notices(on_duty):
    zhang, li = on_duty("zhang"), on_duty("li")
    first = notify(zhang, title="一", severity=1)
    notify(zhang, title="二", severity=1)
    assert actions.mark_read(li, [first.pk]) == 0
    assert actions.mark_read(zhang, [first.pk]) == 1
    assert queries.unread_count(zhang) == 1
    assert actions.mark_read(zhang) == 1


def test_a_rule_put_twice_is_one_rule_and_a_bad_one_is_refused_by_its_field(db):
    fields = {"name": "离线", "kind": "offline", "severity": 2, "parameters": {"silent_s": 3600}}
    rule = actions.put_rule("environment", "offline", fields)
    changed_at = rule.changed_at
    assert actions.put_rule("environment", "offline", fields).changed_at == changed_at
    with pytest.raises(ValidationError, match="silent_s"):
        actions.put_rule("environment", "offline", {"parameters": {"silent_s": 0}})
    with pytest.raises(ValidationError, match="before"):
        actions.put_rule("environment", "odd", {
            "name": "倒挂", "kind": "expression", "parameters": {"expression": "after > before"},
            "inputs": {"after": {"item": "x", "statistic": "avg", "period": "hour"}},
        })
    with pytest.raises(ValueError, match="colour"):
        actions.put_rule("environment", "offline", {"colour": "red"})


def test_a_suppression_names_what_when_and_why(on_duty, rule):
    zhang, at = on_duty("zhang"), now()
    good = {"start_at": at, "end_at": at + timedelta(hours=2), "reason": "校准"}
    refused("too_wide", actions.suppress, zhang, **good)
    refused("order", actions.suppress, zhang, **good | {"end_at": at}, device_id=1)
    past = {"start_at": at - timedelta(2), "end_at": at - timedelta(1)}
    refused("past", actions.suppress, zhang, **good | past, device_id=1)
    refused("note_missing", actions.suppress, zhang, **good | {"reason": " "}, device_id=1)
    refused("not_yours", actions.suppress, on_duty("reader", role="environment.reader"), **good, rule=rule)
    assert actions.suppress(zhang, **good, rule=rule).by == zhang


def test_no_two_open_alarms_have_the_same_key(alarm):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Alarm.objects.create(key=alarm.key, system="x", kind="x", severity=1, subject="x", message="x", since_at=now())
