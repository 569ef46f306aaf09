"""Reports of the gateway → the register: who is registered, what lists say, whether pictures come, alarms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from district.kernel.alerts.actions import clear_alarm, raise_alarm
from district.kernel.clock import now
from district.kernel.devices.models import DeviceReport
from district.kernel.ui.live import tell
from district.systems.governance.models import (
    Camera,
    CameraMount,
    CatalogueDifference,
    VideoAlarm,
    VideoSource,
)

from .catalogue_check import Listed, differences

SYSTEM, PROTOCOL = "governance", "gb28181"
TOPIC = "governance.cameras"
ROLES = ("governance.video_officer", "governance.dispatcher")
SEVERITY_OF_PRIORITY = {1: 4, 2: 3, 3: 2, 4: 1}
"""警情级别 1 is the gravest, the kernel's severity 4 is."""


@transaction.atomic
def take_report(report_id: int) -> None:
    """Does what a report asks for; one that has been taken already, or is older than what is known, changes nothing."""
    report = DeviceReport.objects.select_related("device").get(pk=report_id)
    source, _ = VideoSource.objects.select_for_update().get_or_create(device=report.device)
    takers = {
        "registered": _registered, "lost": _lost, "catalogue": _catalogue, "device_info": _device_info, "faults": _faults,
        "probe": _probe, "alarm": _alarm, "position": _position,
    }  # fmt: skip
    taker = takers.get(report.kind)
    if taker is not None:
        taker(report, source)
        tell(TOPIC, {"kind": report.kind, "channel": report.subject})


def _registered(report: DeviceReport, source: VideoSource) -> None:
    if source.state_at is not None and source.state_at >= report.at:
        return
    told = report.payload
    source.is_registered, source.state_at, source.lost_reason = True, report.at, ""
    source.remote, source.transport = told.get("remote", "")[:64], told.get("transport", "")[:8]
    source.agent = told.get("agent", "")[:80]
    source.save()
    clear_alarm(system=SYSTEM, kind="video_lost", thing=report.device.code)


def _lost(report: DeviceReport, source: VideoSource) -> None:
    if source.state_at is not None and source.state_at >= report.at:
        return
    was_registered = source.is_registered
    source.is_registered, source.state_at = False, report.at
    source.lost_reason = report.payload.get("reason", "")[:40]
    source.save()
    Camera.objects.filter(device=report.device).update(
        is_playable=False, playable_reason="device_offline", probed_at=report.at
    )
    if was_registered and source.lost_reason != "unregistered":
        device = report.device
        raise_alarm(
            system=SYSTEM, kind="video_lost", thing=device.code, subject=device.name, severity=2, since_at=report.at,
            message=f"{device.name} 离线", device_id=device.pk, division_code=device.division_code, roles=ROLES,
        )  # fmt: skip


def _catalogue(report: DeviceReport, source: VideoSource) -> None:
    if source.catalogue_at is not None and source.catalogue_at >= report.at:
        return
    told, device = report.payload, report.device
    heard = [each for each in told.get("channels", []) if len(each["id"]) > 8]
    source.catalogue_at, source.catalogue_trouble = report.at, told.get("trouble", "")[:40]
    source.catalogue_total, source.catalogue_received = told.get("total"), told.get("received")
    source.save()
    by_code = {each["id"]: each for each in heard}
    for camera in Camera.objects.filter(code__in=by_code):
        _note_channel(camera, by_code[camera.code], report)
    register = {
        camera.code: Listed(
            camera.code, camera.name, camera.lon, camera.lat, camera.device.code if camera.device else ""
        )
        for camera in Camera.objects.filter(is_in_use=True).select_related("device")
    }
    listed = [
        Listed(each["id"], each["name"], each["lon"], each["lat"]) for each in heard if _is_camera(each)
    ]
    found = differences(
        device.code, listed, register, told.get("received") or 0, told.get("total"), source.catalogue_trouble
    )  # fmt: skip
    _keep_differences(source, found, report.at)


def _is_camera(told: dict[str, Any]) -> bool:
    return told["id"][10:13] in ("131", "132") or len(told["id"]) != 20


def _note_channel(camera: Camera, told: dict[str, Any], report: DeviceReport) -> None:
    camera.is_reported_on, camera.catalogue_seen_at = told["is_on"], report.at
    camera.manufacturer = camera.manufacturer or told["manufacturer"][:80]
    camera.model = camera.model or told["model"][:80]
    camera.device = camera.device or report.device
    camera.save(update_fields=["is_reported_on", "catalogue_seen_at", "manufacturer", "model", "device"])


def _keep_differences(source: VideoSource, found: list[Any], at: datetime) -> None:
    open_ones = {
        (each.channel_code, each.kind): each for each in source.differences.filter(ended_at__isnull=True)
    }
    for each in found:
        known = open_ones.pop((each.channel_code, each.kind), None)
        if known is None:
            CatalogueDifference.objects.create(
                source=source, channel_code=each.channel_code, channel_name=each.channel_name[:120], kind=each.kind,
                detail=each.detail[:300], found_at=at, seen_at=at,
            )  # fmt: skip
        else:
            known.detail, known.seen_at = each.detail[:300], at
            known.save(update_fields=["detail", "seen_at"])
    # A list that did not come whole says nothing about what it lacks.
    is_whole = not source.catalogue_trouble
    gone = [
        each.pk
        for (_, kind), each in open_ones.items()
        if is_whole or kind not in ("missing", "unregistered")
    ]
    CatalogueDifference.objects.filter(pk__in=gone).update(ended_at=at)


def _device_info(report: DeviceReport, source: VideoSource) -> None:
    told = report.payload
    for field, name in (("manufacturer", "Manufacturer"), ("model", "Model"), ("firmware", "Firmware")):
        if isinstance(told.get(name), str):
            setattr(source, field, told[name][:80])
    source.save()


def _faults(report: DeviceReport, source: VideoSource) -> None:
    faulty = report.payload.get("channels", [])
    cameras = Camera.objects.filter(device=report.device)
    cameras.filter(code__in=faulty).update(is_faulty=True)
    cameras.exclude(code__in=faulty).filter(is_faulty=True).update(is_faulty=False)


def _probe(report: DeviceReport, source: VideoSource) -> None:
    camera = Camera.objects.select_for_update().filter(code=report.subject).first()
    if camera is None or (camera.probed_at is not None and camera.probed_at >= report.at):
        return
    told = report.payload
    camera.is_playable, camera.playable_reason = bool(told.get("is_playable")), told.get("reason", "")[:40]
    camera.probed_at = report.at
    if camera.is_playable:
        camera.picture_at, camera.picture_ms = report.at, told.get("picture_ms")
    camera.save(update_fields=["is_playable", "playable_reason", "probed_at", "picture_at", "picture_ms"])


def _alarm(report: DeviceReport, source: VideoSource) -> None:
    told, device = report.payload, report.device
    camera = Camera.objects.filter(code=report.subject).first()
    kept, is_new = VideoAlarm.objects.get_or_create(
        report_id=report.pk,
        defaults={
            "device": device, "camera": camera, "channel_code": report.subject[:20], "priority": told["priority"],
            "method": told["method"][:4], "kind": told["type"][:8], "zh": told["zh"][:40],
            "description": told["description"][:300], "at": report.at, "received_at": now(),
        },
    )  # fmt: skip
    if not is_new:
        return
    name = camera.name if camera else device.name
    words = f"{name} {told['zh']}" + (f"：{told['description']}" if told["description"] else "")
    alarm = raise_alarm(
        system=SYSTEM, kind="video", thing=f"{report.subject}.{told['method']}.{told['type']}", subject=name, message=words,
        severity=SEVERITY_OF_PRIORITY.get(told["priority"], 1), since_at=report.at, device_id=device.pk,
        organisation_id=camera.organisation_id if camera else None,
        division_code=camera.division_code if camera else device.division_code, roles=ROLES,
    )  # fmt: skip
    kept.alarm_id = alarm.pk
    kept.save(update_fields=["alarm_id"])


def _position(report: DeviceReport, source: VideoSource) -> None:
    """Where a moving camera is now; the past is not kept, so that nobody's way can be followed."""
    told = report.payload
    if "lon" in told and "lat" in told:
        Camera.objects.filter(code=report.subject, mount=CameraMount.MOBILE).update(
            lon=told["lon"], lat=told["lat"]
        )
    report.delete()
