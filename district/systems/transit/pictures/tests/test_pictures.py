"""Pictures of terminals are files that only those on duty see, each look noted, gone after their time."""

from __future__ import annotations

import hashlib
import struct
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from district.edges.gateway.jt808.reporting import media as told_of
from district.kernel import clock
from district.kernel.clock import CHINA, now, stopped_at
from district.kernel.devices.models import Device, DeviceReport
from district.kernel.files import content_store
from district.kernel.files.models import StoredFile
from district.kernel.people.models import AuditEntry
from district.protocols.jt808 import encode
from district.systems.transit.models import Bus, TerminalMedia
from district.systems.transit.pictures.keeping import forget_old, keep_days, keep_media
from district.systems.transit.simulator.terminal import DEEDS, PICTURE, Terminal
from district.testing.people import account

pytestmark = pytest.mark.django_db
TAKEN = datetime(2026, 3, 10, 8, 30, tzinfo=CHINA)


def place(at: datetime = TAKEN) -> bytes:
    return encode.position(alarm=0, status=3, latitude=36.8, longitude=117.85, altitude=50, speed_kmh=20, direction=90,
                           time=f"{at:%y%m%d%H%M%S}")  # fmt: skip


def report(content: bytes = PICTURE.read_bytes(), form: int = 0, key: str = "one", at: datetime = TAKEN) -> DeviceReport:
    """As the gateway leaves it: the content kept, then told of."""
    raw = struct.pack(">IBBBB", 7, 0, form, 0, 2) + place(at)[:28] + content
    payload, kept = told_of(raw)
    content_store.write(payload["sha256"], kept)
    device, _made = Device.objects.get_or_create(code="019900000001", defaults={
        "name": "终端", "kind": "bus", "protocol": "jt808", "system": "transit", "is_simulated": True})  # fmt: skip
    Bus.objects.get_or_create(number="D001", defaults={"device": device})
    return DeviceReport.objects.create(device=device, protocol="jt808", kind="media", key=key, at=TAKEN, payload=payload)


def test_a_picture_is_kept_with_its_bus_place_and_time_and_once():
    told = report()
    media = keep_media(told.pk)
    assert media is not None
    assert (media.bus.number, media.channel, media.taken_at, media.lat, media.lon) == ("D001", 2, TAKEN, 36.8, 117.85)
    assert media.file.sha256 == hashlib.sha256(PICTURE.read_bytes()).hexdigest()
    assert media.file.name == "D001-20260310-083000-2.jpg"
    assert media.is_simulated
    assert keep_media(told.pk) is None
    assert TerminalMedia.objects.count() == StoredFile.objects.count() == 1


def test_what_is_no_picture_is_not_kept_but_said(django_capture_on_commit_callbacks: Any):
    told = report(b"MZ\x90\x00 no picture at all", key="two")
    with django_capture_on_commit_callbacks(execute=True):
        media = keep_media(told.pk)
    assert media is not None
    assert media.file is None
    assert media.refused
    assert not content_store.path_of(told.payload["sha256"]).exists()


def test_a_clock_that_was_never_set_does_not_date_a_picture():
    media = keep_media(report(key="three", at=datetime(2000, 1, 1, tzinfo=CHINA)).pk)
    assert media is not None
    assert media.taken_at == TAKEN


def test_those_on_duty_see_it_and_each_look_is_noted(client: Client):
    media = keep_media(report().pk)
    assert media is not None
    link = media.file.links.get()
    client.force_login(account("pictures.reader", "transit.reader"))
    assert client.get(f"/transit/pictures/{media.pk}/").status_code == 403
    assert client.get(f"/files/{link.pk}/").status_code == 404
    dispatcher = account("pictures.dispatcher", "transit.dispatcher")
    client.force_login(dispatcher)
    assert "D001" in client.get("/transit/pictures/").content.decode()
    shown = client.get(f"/transit/pictures/{media.pk}/").content.decode()
    assert f"/files/{link.pk}/?show=1" in shown
    assert "还没有人看过" in shown
    answer = client.get(f"/files/{link.pk}/?show=1")
    assert b"".join(answer.streaming_content) == PICTURE.read_bytes()
    assert AuditEntry.objects.filter(action="look", account=dispatcher, subject_kind="file").count() == 1
    assert dispatcher.username in client.get(f"/transit/pictures/{media.pk}/").content.decode()


def test_it_is_forgotten_when_its_time_has_passed(client: Client, django_capture_on_commit_callbacks: Any):
    media = keep_media(report().pk)
    assert media is not None
    assert forget_old() == 0
    with stopped_at(now() + timedelta(days=keep_days() + 1)), django_capture_on_commit_callbacks(execute=True):
        assert forget_old() == 1
        assert forget_old() == 0
    media.refresh_from_db()
    assert media.file is None
    assert not StoredFile.objects.exists()
    client.force_login(account("pictures.operator", "transit.operator"))
    assert "保存期限" in client.get(f"/transit/pictures/{media.pk}/").content.decode()


def test_a_simulated_bus_takes_a_picture_when_it_is_asked_to():
    terminal = Terminal("019900000001", 2013, "演示D0001", "code", place=lambda: place(clock.now()))
    terminal.state = "ready"
    header = encode.Header(0x8801, 2013, terminal.phone, 5, 0)
    DEEDS[0x8801](terminal, header, {}, encode.shot(1, 1), 100.0)
    ((message_id, body),) = terminal.others
    payload, content = told_of(body)
    assert (message_id, payload["channel"], content) == (0x0801, 1, PICTURE.read_bytes())
    terminal.tick(101.0)
    assert len(terminal.taken()) > 2
    DEEDS[0x8801](terminal, header, {}, encode.shot(9, 1), 100.0)
    assert not terminal.others
