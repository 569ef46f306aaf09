"""A picture asked of a bus: what is sent, and what is said of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from district.kernel.clock import now
from district.kernel.devices.models import DeviceCommand, DeviceReport
from district.systems.transit.models import Bus
from district.systems.transit.terminals.actions import register_terminal
from district.systems.transit.video.queries import state_of
from district.systems.transit.video.server import MediaServer
from district.testing.people import account

SERVER = MediaServer("media.example", 1078, 0, "https://media.example/{phone}/{channel}")


@pytest.mark.parametrize(("state", "waited_s", "told", "expected"), [
    ("queued", 0, "", "waiting"), ("sent", 0, "", "asked"), ("refused", 0, "", "refused"), ("timed_out", 60, "", "silent"),
    ("done", 5, "", "agreed"), ("done", 60, "", "missing"), ("done", 60, "arriving", "arriving"), ("done", 60, "ended", "ended"),
])  # fmt: skip
def test_the_state_of_a_request_is_said_plainly(state: str, waited_s: float, told: str, expected: str):
    at = now()
    command = DeviceCommand(state=state, answered_at=at - timedelta(seconds=waited_s), parameters={"channel": 1})
    report = DeviceReport(payload={"state": told}) if told else None
    assert state_of(command, report, None, at) == expected


def test_a_stream_sent_to_a_media_server_is_looked_at_there():
    command = DeviceCommand(state="done", parameters={"channel": 2, "host": "media.example"})
    assert state_of(command, None, SERVER, now()) == "at_server"
    assert SERVER.address_of("019900000001", 2) == "https://media.example/019900000001/2"


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["", "10.9.9.9"])
def test_a_dispatcher_asks_for_a_picture(client: Client, monkeypatch: pytest.MonkeyPatch, host: str):
    monkeypatch.setenv("DISTRICT_VIDEO_HOST", host)
    client.force_login(account("dispatcher.one", "transit.dispatcher"))
    bus = Bus.objects.create(number="A1")
    register_terminal(number="13370300001", bus=bus)
    answer = client.post(reverse("transit:video"), {"bus": bus.pk, "channel": "2", "stream": "1"}, follow=True)
    command = DeviceCommand.objects.get()
    assert command.command == "start_video"
    assert command.parameters.get("host", "") == host
    text = answer.content.decode()
    assert ("没有配置媒体服务器" in text) is not bool(host)
    assert "等待终端连接" in text
    client.post(reverse("transit:stop_video", args=[command.pk]))
    assert DeviceCommand.objects.filter(command="stop_video").exists()
