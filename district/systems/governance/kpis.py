"""What the province asks of video: 重点公共区域视频监控联网率."""

from __future__ import annotations

from datetime import datetime

from district.kernel.vocabulary import Fraction, KpiValue
from district.kernel.wording import term

from .models import Camera, KeyPoint
from .video.coverage import Point, covered
from .video.queries import view_of
from .video.states import camera_state

STATES = {
    "playable": term("可出图"), "unplayable": term("不能出图"), "stale": term("探测过期"), "unproved": term("未探测"),
    "offline": term("离线"),
}  # fmt: skip


def video_networked_rate(at: datetime) -> KpiValue:
    """Of the cameras in use that see a key point those that are networked: registered, with a picture within half an hour.

    Source: the indicators of Shandong's smart cities; the target is the line of four stars.
    """
    points = [Point(point.pk, point.lon, point.lat) for point in KeyPoint.objects.all()]
    cameras = {
        camera.pk: camera
        for camera in Camera.objects.filter(is_in_use=True, lon__isnull=False, lat__isnull=False)
        .select_related("device__video_source").order_by("code")
    }  # fmt: skip
    seeing = {pk for pks in covered(points, [view_of(each) for each in cameras.values()]).values() for pk in pks}
    if not seeing:
        return KpiValue(None, at, note=term("没有登记能看到关键点位的摄像机"))
    states = {pk: _state(cameras[pk], at) for pk in cameras if pk in seeing}
    networked = sum(state == "playable" for state in states.values())
    return KpiValue(
        round(100 * networked / len(states), 2), at, {},
        tuple({term("通道编码"): cameras[pk].code, term("摄像机"): cameras[pk].name, term("状态"): STATES[state],
               term("最近探测"): _told(cameras[pk].probed_at), term("计入"): state == "playable"}
              for pk, state in states.items()),
        term("重点公共区域按关键点位计：视野内有关键点位的在用摄像机为分母，已注册且三十分钟内出过图的为分子"),
        (Fraction("", networked, len(states), term("摄像机"), term("台")),),
    )  # fmt: skip


def _state(camera: Camera, at: datetime) -> str:
    source = getattr(camera.device, "video_source", None) if camera.device else None
    return camera_state(is_in_use=True, is_registered=bool(source and source.is_registered), is_playable=camera.is_playable,
                        probed_at=camera.probed_at, now=at)  # fmt: skip


def _told(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
