from datetime import timedelta

import pytest
from django.test import Client

from district.kernel.alerts import actions
from district.kernel.alerts.models import Rule, Suppression
from district.kernel.clock import now
from district.testing.people import account

from .conftest import OFFICER


def client_of(*roles, **fields):
    client = Client()
    client.force_login(account(*roles, **fields))
    return client


@pytest.fixture
def alarm(town):
    return actions.raise_alarm(
        system="environment", kind="quantity", thing="outlet:7", subject="一号排口", message="<b>年许可量</b>已用 92 %",
        severity=3, value=92.0, limit_value=90.0, unit="%", organisation_id=town.pk, division_code="370306102",
        roles=[OFFICER],
    )


def test_the_list_shows_open_alarms_and_escapes_what_devices_say(alarm):
    client = client_of(OFFICER)
    shown = client.get("/alerts/?open=1")
    assert "&lt;b&gt;年许可量" in shown.text
    assert f"/alerts/{alarm.pk}/" in shown.text
    actions.clear_alarm(system="environment", kind="quantity", thing="outlet:7")
    assert f"/alerts/{alarm.pk}/" not in client.get("/alerts/?open=1").text
    assert f"/alerts/{alarm.pk}/" in client.get("/alerts/").text


def test_an_alarm_is_dealt_with_step_by_step_on_its_page(alarm):
    client = client_of(OFFICER)
    address = f"/alerts/{alarm.pk}/"
    assert "解除</button>" not in client.get(address).text
    assert client.post(f"{address}acknowledge/").status_code == 302
    refused = client.post(f"{address}handle/", {"note": " "})
    assert (refused.status_code, "请填写处置情况" in refused.text) == (409, True)
    assert client.post(f"{address}handle/", {"note": "已限产"}).status_code == 302
    assert client.post(f"{address}clear/", {"note": "已复核"}).status_code == 302
    shown = client.get(address).text
    assert "已限产" in shown
    assert "已复核" in shown
    assert client.post(f"{address}explode/").status_code == 404


def test_readers_see_no_buttons_and_are_refused(alarm):
    client = client_of("environment.reader")
    assert "acknowledge" not in client.get(f"/alerts/{alarm.pk}/").text
    assert client.post(f"/alerts/{alarm.pk}/acknowledge/").status_code == 403


def test_an_alarm_outside_the_scope_is_not_there(alarm):
    from district.testing.people import organisation

    elsewhere = organisation("beijiao", name="北郊镇", kind="town", division_code="370306100")
    assert client_of(OFFICER, scope="own", unit=elsewhere).get(f"/alerts/{alarm.pk}/").status_code == 404


@pytest.mark.parametrize("kind", ["limit", "rate", "constant", "zero", "missing", "offline", "expression"])
def test_the_operator_finds_a_form_for_every_kind_of_rule(db, kind):
    assert client_of("kernel.operator").get(f"/alert-rules/new/{kind}/").status_code == 200
    assert client_of(OFFICER).get(f"/alert-rules/new/{kind}/").status_code == 403


def test_a_rule_is_made_changed_and_its_history_kept(db):
    client = client_of("kernel.operator")
    form = {
        "system": "environment", "key": "pm25", "name": "PM2.5 超限", "severity": "3", "item": "a34004",
        "above": "75", "for_count": "2", "roles": [OFFICER], "channels": ["email"], "is_enabled": "on",
    }
    assert client.post("/alert-rules/new/limit/", form).status_code == 302
    rule = Rule.objects.get()
    assert (rule.parameters, rule.roles) == ({"above": 75.0, "for_count": 2}, [OFFICER])
    address = f"/alert-rules/{rule.pk}/"
    officer = client_of(OFFICER)
    assert officer.post(address, form | {"above": "60", "key": "other"}).status_code == 302
    rule.refresh_from_db()
    assert (rule.parameters["above"], rule.key) == (60.0, "pm25")
    assert "above=75.0" in client.get(address).text
    refused = client.post(address, form | {"above": "5", "below": "9"})
    assert (refused.status_code, "必须小于 above" in refused.text) == (422, True)


def test_a_rule_is_read_but_not_changed_by_those_it_does_not_tell(rule):
    client = client_of("environment.reader")
    shown = client.get(f"/alert-rules/{rule.pk}/")
    assert "75" in shown.text
    assert "<form" not in shown.text.split('id="content"')[1]
    assert client.post(f"/alert-rules/{rule.pk}/", {}).status_code == 403
    assert "PM2.5 超限" in client.get("/alert-rules/").text


def test_silence_is_set_for_a_known_device_by_those_who_may(rule, device):
    start = now()
    form = {
        "device": "D-1", "reason": "校准", "start_at": f"{start:%Y-%m-%dT%H:%M}",
        "end_at": f"{start + timedelta(hours=2):%Y-%m-%dT%H:%M}",
    }
    client = client_of(OFFICER)
    assert "没有编码为" in client.post("/alert-rules/suppressions/", form | {"device": "X"}).text
    assert client.post("/alert-rules/suppressions/", form).status_code == 302
    assert Suppression.objects.get().device_id == device.pk
    reader = client_of("environment.reader").post("/alert-rules/suppressions/", form)
    assert (reader.status_code, "权限" in reader.text) == (422, True)
    assert "王村镇站" in client.get("/alert-rules/suppressions/").text
