"""What reports of the gateway do to the register."""

from __future__ import annotations

from datetime import timedelta

import pytest

from district.kernel.alerts.models import Alarm
from district.kernel.clock import now
from district.kernel.devices.models import DeviceReport
from district.kernel.devices.reports import announce_reports
from district.kernel.jobs.in_line import run_waiting
from district.systems.governance.models import (
    Camera,
    CameraMount,
    CatalogueDifference,
    VideoAlarm,
    VideoSource,
)
from district.systems.governance.video.intake import take_report
from district.systems.governance.video.queries import with_state
from district.systems.governance.video.tests.seeing import CHANNEL, camera, catalogue, channel, nvr, told

pytestmark = pytest.mark.django_db
ALARM = {"priority": 1, "method": "5", "type": "6", "zh": "入侵检测报警", "description": "围墙"}


def state_of(found: Camera) -> str:
    return with_state(Camera.objects.filter(pk=found.pk)).get().state


def test_a_camera_is_on_line_by_its_picture_and_not_by_its_registration():
    device = nvr()
    found = camera(device)
    assert state_of(found) == "offline"
    told(device, "registered", {"remote": "10.0.0.9:5060", "transport": "UDP"})
    assert state_of(found) == "unproved"
    told(device, "probe", {"is_playable": False, "reason": "no_media"}, CHANNEL)
    assert state_of(found) == "unplayable"
    told(
        device,
        "probe",
        {"is_playable": True, "reason": "", "picture_ms": 320},
        CHANNEL,
        now() + timedelta(minutes=1),
    )
    assert state_of(found) == "playable"
    found.refresh_from_db()
    assert (found.picture_ms, found.playable_reason) == (320, "")


def test_an_old_proof_counts_no_more():
    device = nvr()
    found = camera(device)
    told(device, "registered")
    told(device, "probe", {"is_playable": True, "reason": ""}, CHANNEL, now() - timedelta(minutes=31))
    assert state_of(found) == "stale"


def test_a_lost_device_takes_its_cameras_off_line_raises_an_alarm_and_clears_it_when_it_is_back():
    device = nvr()
    found = camera(device)
    told(device, "registered", at=now() - timedelta(minutes=2))
    told(device, "probe", {"is_playable": True, "reason": ""}, CHANNEL, now() - timedelta(minutes=2))
    told(device, "lost", {"reason": "keepalive_missed"}, at=now() - timedelta(minutes=1))
    found.refresh_from_db()
    assert (state_of(found), found.is_playable, found.playable_reason) == ("offline", False, "device_offline")
    assert Alarm.objects.filter(kind="video_lost", cleared_at__isnull=True).count() == 1
    told(device, "registered")
    assert Alarm.objects.filter(kind="video_lost", cleared_at__isnull=True).count() == 0


def test_reports_that_come_in_the_wrong_order_do_not_turn_the_state_back():
    device = nvr()
    told(device, "lost", {"reason": "keepalive_missed"}, at=now())
    told(device, "registered", at=now() - timedelta(seconds=30))
    assert not VideoSource.objects.get().is_registered


def test_leaving_in_good_order_raises_no_alarm():
    device = nvr()
    told(device, "registered", at=now() - timedelta(minutes=1))
    told(device, "lost", {"reason": "unregistered"})
    assert not Alarm.objects.exists()


def test_an_alarm_is_kept_once_and_raised_with_its_severity():
    device = nvr()
    camera(device)
    DeviceReport.objects.create(
        device=device, protocol="gb28181", kind="alarm", subject=CHANNEL, key="k", at=now(), payload=ALARM
    )
    assert announce_reports() == 1
    run_waiting()
    take_report(DeviceReport.objects.get().pk)
    kept = VideoAlarm.objects.get()
    alarm = Alarm.objects.get()
    assert (kept.camera.code, kept.alarm_id, alarm.severity) == (CHANNEL, alarm.pk, 4)
    assert alarm.message == "南门 入侵检测报警：围墙"


def test_the_catalogue_is_compared_and_differences_end_by_themselves():
    device = nvr()
    camera(device)
    catalogue(device, channel(name="南大门"), channel("37030600001310000002", "北门"))
    assert set(CatalogueDifference.objects.values_list("kind", "channel_code")) == {
        ("renamed", CHANNEL), ("unregistered", "37030600001310000002"),
    }  # fmt: skip
    catalogue(device, channel(), minutes=1)
    assert not CatalogueDifference.objects.filter(ended_at__isnull=True).exists()
    catalogue(device, minutes=2)
    assert CatalogueDifference.objects.get(ended_at__isnull=True).kind == "missing"


def test_half_a_catalogue_ends_no_difference_it_cannot_know_of():
    device = nvr()
    catalogue(device, channel("37030600001310000002", "北门"))
    catalogue(device, trouble="partial", minutes=1)
    assert set(CatalogueDifference.objects.filter(ended_at__isnull=True).values_list("kind", flat=True)) == {
        "unregistered", "incomplete",
    }  # fmt: skip


def test_faults_that_a_device_tells_of_come_and_go():
    device = nvr()
    found = camera(device)
    for faulty in ([CHANNEL], []):
        told(device, "faults", {"channels": faulty})
        found.refresh_from_db()
        assert found.is_faulty == bool(faulty)


def test_where_a_moving_camera_was_is_not_kept():
    device = nvr()
    found = camera(device, mount=CameraMount.MOBILE)
    told(device, "position", {"lon": 117.9, "lat": 36.8}, CHANNEL)
    found.refresh_from_db()
    assert (found.lon, found.lat) == (117.9, 36.8)
    assert not DeviceReport.objects.exists()


def test_a_probe_of_a_channel_nobody_has_registered_changes_nothing():
    told(nvr(), "probe", {"is_playable": True, "reason": ""}, "37030600001310000009")
    assert not Camera.objects.exists()
