"""Pages of the cameras: who sees what, and what a request leaves behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from district.kernel.clock import today
from district.kernel.devices.models import Device, DeviceCommand
from district.systems.governance.models import Camera, CatalogueDifference, KeyPoint, VideoGrant, Viewing
from district.systems.governance.video.tests.seeing import CHANNEL, NVR, camera, catalogue, channel, nvr, told
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db
PAGES = ("cameras", "video_map", "video_alarms", "video_grants", "video_viewings", "video_sources")


@pytest.fixture
def keeper(client: Client) -> Any:
    found = account("governance.video_officer")
    client.force_login(found)
    return found


@pytest.fixture
def seen() -> Camera:
    device = nvr()
    found = camera(device, lon=117.87, lat=36.80, heading_deg=90)
    told(device, "registered", {"remote": "10.0.0.9:5060"})
    told(device, "probe", {"is_playable": True, "reason": "", "picture_ms": 300}, CHANNEL)
    catalogue(device, channel(name="别名"), channel("37030600001310000002", "北门"))
    KeyPoint.objects.create(
        code="KP1", name="东侧小学", kind="school", division_code="370306001", lon=117.8705, lat=36.80
    )
    KeyPoint.objects.create(
        code="KP2", name="西侧市场", kind="market", division_code="370306001", lon=117.8695, lat=36.80
    )
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_empty_and_full(client: Client, keeper: Any, name: str):
    assert client.get(reverse(f"governance:{name}")).status_code == 200
    device = nvr()
    camera(device, lon=117.87, lat=36.8)
    told(
        device,
        "alarm",
        {"priority": 2, "method": "5", "type": "6", "zh": "入侵检测报警", "description": ""},
        CHANNEL,
    )
    catalogue(device, channel(name="别名"))
    assert client.get(reverse(f"governance:{name}")).status_code == 200


def test_the_register_says_why_a_camera_gives_no_picture(client: Client, keeper: Any, seen: Camera):
    told(seen.device, "probe", {"is_playable": False, "reason": "wrong_ssrc"}, CHANNEL)
    text = client.get(reverse("governance:cameras")).content.decode()
    assert "媒体流的 SSRC 不符" in text
    assert "未接入流媒体服务器" in text


def test_a_viewing_says_honestly_that_no_media_server_is_connected(client: Client, keeper: Any, seen: Camera):
    page = reverse("governance:camera", args=[CHANNEL])
    answer = client.post(page, {"purpose": "检修后核对画面"}, follow=True)
    assert "本系统负责设备接入、授权和留痕，不解码也不转发视频" in answer.content.decode()
    viewing = Viewing.objects.get()
    assert (viewing.account, viewing.result, viewing.purpose) == (keeper, "allowed", "检修后核对画面")


def test_nobody_opens_the_viewing_of_another(client: Client, keeper: Any, seen: Camera):
    client.post(reverse("governance:camera", args=[CHANNEL]), {"purpose": "检修后核对画面"})
    client.force_login(account("governance.video_officer"))
    assert client.get(reverse("governance:viewing", args=[Viewing.objects.get().pk])).status_code == 404


def test_a_unit_sees_a_camera_outside_its_area_only_by_grant(client: Client, seen: Camera):
    unit = organisation("school_bureau", parent=organisation())
    client.force_login(account("governance.handler", unit=unit, scope="own"))
    page = reverse("governance:camera", args=[CHANNEL])
    assert client.get(page).status_code == 404
    grant = VideoGrant.objects.create(
        organisation=unit, purpose="校门安全", legal_basis="方案", from_on=today(), until_on=today() + timedelta(days=1),
        state="approved", asked_by=account("governance.handler"), decided_by=account("governance.video_officer"),
    )  # fmt: skip
    grant.cameras.add(seen)
    assert client.get(page).status_code == 200
    client.post(page, {"purpose": "放学时段查看"})
    assert Viewing.objects.get().grant == grant


def test_a_refused_request_is_told_and_kept(client: Client, seen: Camera):
    client.force_login(account("governance.reader"))
    answer = client.post(reverse("governance:camera", args=[CHANNEL]), {"purpose": "随便看看吧"})
    assert "没有有效授权" in answer.content.decode()
    assert Viewing.objects.get().result == "refused"


def test_a_grant_goes_through_two_hands(client: Client, keeper: Any, seen: Camera):
    given = {"organisation": organisation().pk, "cameras": [seen.pk], "purpose": "节日安保", "legal_basis": "工作方案",
             "from_on": today().isoformat(), "until_on": today().isoformat()}  # fmt: skip
    client.post(reverse("governance:new_video_grant"), given)
    page = reverse("governance:video_grant", args=[VideoGrant.objects.get().pk])
    client.post(page, {"act": "approve", "decision": ""})
    assert VideoGrant.objects.get().state == "asked"
    client.force_login(account("governance.officer"))
    client.post(page, {"act": "refuse", "decision": ""})
    assert VideoGrant.objects.get().state == "asked"
    client.post(page, {"act": "approve", "decision": "同意"})
    assert VideoGrant.objects.get().state == "approved"
    assert client.get(page).status_code == 200
    client.post(page, {"act": "revoke", "decision": "结束"})
    assert VideoGrant.objects.get().state == "revoked"


def test_coverage_counts_what_a_heading_sees(client: Client, keeper: Any, seen: Camera):
    text = client.get(reverse("governance:video_map")).content.decode()
    assert "50" in text
    features = {of: client.get(reverse("governance:video_features"), {"of": of}).json()["features"]
                for of in ("points", "cameras", "views")}  # fmt: skip
    assert {each["properties"]["name"]: each["properties"]["state"] for each in features["points"]} == {
        "东侧小学": "proved", "西侧市场": "gap",
    }  # fmt: skip
    assert features["cameras"][0]["properties"]["state"] == "playable"
    assert features["views"][0]["geometry"]["type"] == "Polygon"


def test_a_difference_is_explained_or_adopted(client: Client, keeper: Any, seen: Camera):
    renamed, unregistered = (
        CatalogueDifference.objects.get(kind=kind) for kind in ("renamed", "unregistered")
    )
    page = reverse("governance:video_difference", args=[renamed.pk])
    assert client.get(page).status_code == 200
    client.post(page, {"explanation": "设备内名称不可改"})
    renamed.refresh_from_db()
    assert (renamed.explanation, renamed.explained_by) == ("设备内名称不可改", keeper)
    client.post(reverse("governance:adopt_video_channel", args=[unregistered.pk]))
    assert Camera.objects.filter(code="37030600001310000002", name="北门").exists()


def test_a_probe_and_a_check_are_asked_of_the_gateway(client: Client, keeper: Any, seen: Camera):
    client.post(reverse("governance:probe_camera", args=[CHANNEL]))
    client.post(reverse("governance:check_video_source", args=[NVR]))
    assert set(DeviceCommand.objects.values_list("command", flat=True)) == {"probe", "fetch_catalogue"}


def test_a_source_is_registered_with_a_sealed_password_that_is_never_shown(client: Client, keeper: Any):
    from district.kernel.places.models import Division

    Division.objects.get_or_create(
        code="370306001", defaults={"name": "丝绸路街道", "level": "town", "lon": 117.88, "lat": 36.79}
    )
    given = {"code": "37030600001320000077", "name": "西门", "kind": "video_camera", "password": "Very-Secret-9", "digest": "SM3",
             "media": "TCP", "division_code": "370306001", "interval_s": "60", "status": "active"}  # fmt: skip
    answer = client.post(reverse("governance:new_video_source"), given | {"code": "37030600009990000077"})
    assert "未分配" in answer.content.decode()
    client.post(reverse("governance:new_video_source"), given)
    device = Device.objects.get(code=given["code"])
    assert (device.password, device.protocol, device.system) == ("Very-Secret-9", "gb28181", "governance")
    assert device.attributes == {"digest": "SM3", "media": "TCP"}
    page = reverse("governance:edit_video_source", args=[given["code"]])
    assert "Very-Secret-9" not in client.get(page).content.decode()
    client.post(page, given | {"password": "", "name": "西门改"})
    device.refresh_from_db()
    assert (device.name, device.password) == ("西门改", "Very-Secret-9")


def test_a_camera_is_put_in_its_place(client: Client, keeper: Any, seen: Camera):
    from district.kernel.places.models import Division

    Division.objects.get_or_create(
        code="370306001", defaults={"name": "丝绸路街道", "level": "town", "lon": 117.88, "lat": 36.79}
    )
    page = reverse("governance:edit_camera", args=[CHANNEL])
    given = {"code": CHANNEL, "name": "南门新", "division_code": "370306001", "lon": "117.88", "lat": "36.80", "mount": "fixed",
             "heading_deg": "400", "view_deg": "70", "range_m": "90", "is_in_use": "on"}  # fmt: skip
    assert client.post(page, given).status_code == 200
    assert client.post(page, given | {"heading_deg": "270"}).status_code == 302
    seen.refresh_from_db()
    assert (seen.name, seen.heading_deg) == ("南门新", 270)
