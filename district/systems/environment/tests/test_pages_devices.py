"""The console of devices and the quarantine: who may, what is asked, what is decided."""

import pytest
from django.test import Client

from district.kernel import clock
from district.kernel.devices.models import Device, DeviceCommand, QuarantinedMessage
from district.protocols.hj212 import REQUESTS
from district.systems.environment.device_kinds import refusal_name
from district.systems.environment.pages.command_forms import CommandForm, requests_for
from district.systems.environment.queries.quarantine import counts_by_reason, quarantine_visible_to, raw_text
from district.systems.environment.tests.measured import NOW, measured_district
from district.testing.people import account, organisation

CODE = "370306A10000000000000001"


@pytest.fixture
def monitor(db):
    with clock.stopped_at(NOW):
        measured_district()
        client = Client()
        client.force_login(account("environment.monitor"))
        yield client


def refused(**fields):
    given = {
        "received_at": NOW, "protocol": "hj212", "port": 9212, "remote": "10.0.0.1:5", "device_code": CODE,
        "reason": "bad_crc", "layer": "frame", "detail": "校验码不符", "raw": b"##0001<script>alert(1)</script>\r\n",
    }  # fmt: skip
    return QuarantinedMessage.objects.create(**{**given, **fields})


def test_the_monitoring_manager_opens_the_console(monitor):
    for path in ("devices/", f"devices/{CODE}/", "devices/new", f"devices/{CODE}/edit", "quarantine/"):
        assert monitor.get(f"/environment/{path}").status_code == 200, path


def test_a_reader_has_no_console(db):
    client = Client()
    client.force_login(account("environment.reader"))
    assert client.get("/environment/devices/").status_code == 403
    assert client.post(f"/environment/devices/{CODE}/commands/read_clock").status_code == 403


def test_the_list_of_devices_asks_little_of_the_database(monitor, django_assert_max_num_queries):
    monitor.get("/environment/devices/")
    with django_assert_max_num_queries(12):
        monitor.get("/environment/devices/")


def test_every_request_of_the_protocol_has_a_form(monitor):
    for name in REQUESTS:
        status = monitor.get(f"/environment/devices/{CODE}/commands/{name}").status_code
        assert status == (200 if REQUESTS[name].since <= 2017 else 404), name
    assert {request.name for request in requests_for(2025)} == set(REQUESTS)


def test_a_request_without_parameters_is_queued_for_the_gateway(monitor):
    answer = monitor.post(f"/environment/devices/{CODE}/commands/read_realtime_interval")
    assert answer.status_code == 302
    command = DeviceCommand.objects.get()
    assert (command.command, command.state, command.device.code) == ("read_realtime_interval", "queued", CODE)
    assert command.asked_by is not None


def test_history_is_asked_for_in_chinas_time(monitor):
    given = {"begin_at": "2026-11-25T00:00", "end_at": "2026-11-25T06:00"}
    monitor.post(f"/environment/devices/{CODE}/commands/fetch_hours", given)
    assert DeviceCommand.objects.get().parameters == {
        "begin_at": "2026-11-25T00:00:00+08:00",
        "end_at": "2026-11-25T06:00:00+08:00",
    }


def test_an_empty_time_sets_the_clock_to_the_moment_of_sending(monitor):
    monitor.post(f"/environment/devices/{CODE}/commands/set_clock", {"at": "", "item": ""})
    assert DeviceCommand.objects.get().parameters == {"at": None}


def test_the_protocols_rule_is_told_before_anything_is_queued(monitor):
    answer = monitor.post(f"/environment/devices/{CODE}/commands/set_realtime_interval", {"interval_s": "5"})
    assert "应在 30 与 3600 之间" in answer.content.decode()
    assert not DeviceCommand.objects.exists()


def test_a_new_password_is_kept_sealed(monitor):
    monitor.post(f"/environment/devices/{CODE}/commands/set_password", {"password": "s3cret"})
    assert "s3cret" not in str(DeviceCommand.objects.get().parameters)
    assert "s3cret" not in monitor.get(f"/environment/devices/{CODE}/").content.decode()


def test_a_queued_request_can_be_withdrawn_and_a_sent_one_not(monitor):
    monitor.post(f"/environment/devices/{CODE}/commands/read_clock", {"item": ""})
    command = DeviceCommand.objects.get()
    monitor.post(f"/environment/devices/{CODE}/commands/{command.pk}/cancel")
    command.refresh_from_db()
    assert command.state == "cancelled"
    DeviceCommand.objects.update(state="sent")
    monitor.post(f"/environment/devices/{CODE}/commands/{command.pk}/cancel")
    command.refresh_from_db()
    assert command.state == "sent"


def test_the_list_of_commands_follows_only_while_one_is_open(monitor):
    address = f"/environment/devices/{CODE}/commands/_list"
    monitor.post(f"/environment/devices/{CODE}/commands/read_clock", {"item": ""})
    assert "every 2s" in monitor.get(address).content.decode()
    DeviceCommand.objects.update(state="done", result={"fields": {"SystemTime": "20261126182000"}})
    text = monitor.get(address).content.decode()
    assert "every 2s" not in text
    assert "20261126182000" in text


def test_a_device_is_registered_with_a_sealed_password_and_edited_without_showing_it(monitor):
    given = {
        "code": "370306X1", "name": "新设备", "kind": "air", "version": "2017", "password": "654321",
        "division_code": "", "lon": "117.8", "lat": "36.8", "interval_s": "60", "status": "active",
    }  # fmt: skip
    from district.kernel.places.models import Division

    Division.objects.get_or_create(code="370306001", defaults={"name": "某街道", "level": "town", "lon": 117.9, "lat": 36.8})
    given["division_code"] = "370306001"
    answer = monitor.post("/environment/devices/new", given)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    device = Device.objects.get(code="370306X1")
    assert (device.password, device.system, device.attributes["version"]) == ("654321", "environment", 2017)
    assert "654321" not in monitor.get("/environment/devices/370306X1/edit").content.decode()
    monitor.post("/environment/devices/370306X1/edit", {**given, "password": "", "status": "suspended"})
    device.refresh_from_db()
    assert (device.password, device.status) == ("654321", "suspended")


def test_half_a_position_is_refused(monitor):
    given = {"code": "x", "name": "x", "kind": "air", "version": "2017", "password": "1", "lon": "117.8", "lat": ""}
    assert "经度和纬度须同时填写" in monitor.post("/environment/devices/new", given).content.decode()


def test_a_refused_message_is_shown_escaped_with_its_reason(monitor):
    message = refused()
    text = monitor.get(f"/environment/quarantine/{message.pk}/").content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "校验码错误" in text


def test_discarding_keeps_the_message_with_who_and_why(monitor):
    message = refused()
    monitor.post(f"/environment/quarantine/{message.pk}/discard", {"note": "线路干扰"})
    message.refresh_from_db()
    assert (message.state, message.note) == ("discarded", "线路干扰")
    assert message.decided_by is not None
    again = monitor.post(f"/environment/quarantine/{message.pk}/discard", {"note": "再来一次"})
    assert "已经处理过" in again.content.decode()


def test_a_decision_needs_a_reason(monitor):
    message = refused()
    monitor.post(f"/environment/quarantine/{message.pk}/discard", {"note": ""})
    message.refresh_from_db()
    assert message.state == "pending"


def test_a_message_of_an_unregistered_device_cannot_be_released(monitor):
    message = refused(device_code="nobody", reason="unknown_device", readings=[{"value": 1.0}])
    answer = monitor.post(f"/environment/quarantine/{message.pk}/release", {"note": "试试"})
    assert "没有登记" in answer.content.decode()
    assert "登记此设备" in monitor.get(f"/environment/quarantine/{message.pk}/").content.decode()


def test_who_watches_one_town_sees_the_refusals_of_its_devices_only(db):
    with clock.stopped_at(NOW):
        measured_district()
        town = organisation("town_y", name="某镇", division_code="370306102")
        mine, other, unknown = refused(device_code="370306A10000000000000009"), refused(), refused(device_code="?")
        person = account("environment.monitor", unit=town, scope="own")
        assert set(quarantine_visible_to(person)) == {mine}
        assert set(quarantine_visible_to(account("environment.monitor"))) == {mine, other, unknown}


def test_counts_by_reason_include_those_that_were_not_kept_byte_by_byte(monitor):
    refused(repeats=9)
    refused(reason="unknown_device")
    rows = QuarantinedMessage.objects.all()
    assert counts_by_reason(rows, NOW) == [("bad_crc", 10), ("unknown_device", 1)]
    assert refusal_name("something_new") == "something_new"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [(b"##0001\r\n", "##0001\\x0d\n"), ("污".encode(), "污"), ("污".encode("gb18030"), "污"), (b"\xff\x00", "\\xff\\x00")],
)
def test_raw_bytes_are_shown_as_text_in_any_encoding(raw, shown):
    assert raw_text(QuarantinedMessage(raw=raw)) == shown


def test_a_command_form_offers_the_items_of_the_device():
    device = Device(code="x", attributes={"items": ["a34004", "a34002"]})
    form = CommandForm(device, REQUESTS["calibrate"])
    assert [code for code, _name in form.fields["item"].choices] == ["a34004", "a34002"]
