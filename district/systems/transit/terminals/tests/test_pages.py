"""The pages of terminals: what they show, and who may do what."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from district.kernel.clock import now
from district.kernel.devices.models import Device, DeviceCommand, DeviceReport, QuarantinedMessage
from district.systems.transit.models import Bus
from district.systems.transit.terminals.actions import register_terminal
from district.testing.people import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def device() -> Device:
    return register_terminal(number="13370300001", bus=Bus.objects.create(number="A1", plate="演示D0001"))


def signed_in(client: Client, role: str) -> Client:
    client.force_login(account(f"{role}.one", role))
    return client


def test_the_list_shows_terminals_and_strangers_that_knock(client: Client, device: Device):
    QuarantinedMessage.objects.create(
        received_at=now(), protocol="jt808", port=8808, remote="10.0.0.9:1", device_code="013370309999", layer="semantic",
        reason="unknown_device", raw=b"",
    )  # fmt: skip
    text = signed_in(client, "transit.operator").get(reverse("transit:terminals")).content.decode()
    assert device.code in text
    assert "013370309999" in text


def test_an_operator_registers_and_a_dispatcher_may_not(client: Client):
    address = reverse("transit:new_terminal")
    assert signed_in(client, "transit.dispatcher").get(address).status_code == 403
    answer = signed_in(client, "transit.operator").post(address, {"number": "13370300002"})
    assert answer.status_code == 302
    assert Device.objects.get().code == "013370300002"


def test_commands_reach_the_queue_with_what_was_typed(client: Client, device: Device):
    signed_in(client, "transit.operator")
    address = reverse("transit:terminal", args=[device.pk])
    client.post(f"{address}?do=text", {"text": "前方绕行"})
    client.post(f"{address}?do=parameters", {"interval_s": "5"})
    client.post(reverse("transit:ask_terminal", args=[device.pk]), {"command": "locate"})
    asked = list(DeviceCommand.objects.order_by("pk").values_list("command", "parameters"))
    assert asked == [
        ("send_text", {"text": "前方绕行", "is_urgent": False}), ("set_parameters", {"items": {"0029": "00000005"}}),
        ("locate", {}),
    ]  # fmt: skip


def test_one_terminal_says_what_it_told_and_warns_of_another_plate(client: Client, device: Device):
    Device.objects.update(attributes={"terminal": {"plate": "演示D0002", "terminal_id": "T1", "version": 2019}})
    DeviceReport.objects.create(
        device=device, protocol="jt808", kind="parameters", key="1", at=now(),
        payload={"params": [{"id": "0x0029", "len": 4, "hex": "0000000a"}]},
    )  # fmt: skip
    text = signed_in(client, "transit.dispatcher").get(reverse("transit:terminal", args=[device.pk])).content.decode()
    assert "演示D0002" in text
    assert "10 秒" in text
    assert "作废鉴权码" not in text
