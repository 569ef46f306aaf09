"""视频报警: what cameras and recorders have told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table
from district.protocols.gb28181.tables import ALARM_METHODS

from ...models import VideoAlarm
from ..intake import TOPIC
from ..queries import alarms_visible_to


def video_alarms(request: HttpRequest) -> HttpResponseBase:
    priorities = {1: _("一级警情"), 2: _("二级警情"), 3: _("三级警情"), 4: _("四级警情")}
    table = Table(
        "alarms",
        columns=[
            Column("at", _("报警时间"), format="second", filter="date"),
            Column("priority", _("警情级别"), filter="choice", choices=priorities,
                   badge={1: "red", 2: "orange", 3: "yellow", 4: "azure"}),
            Column("zh", _("报警内容"), filter="text"),
            Column("camera.name", _("摄像机"), filter="text", link=_camera_url),
            Column("device.name", _("接入设备"), filter="text"),
            Column("method", _("报警方式"), filter="choice", choices=ALARM_METHODS),
            Column("description", _("描述")),
            Column("alarm_id", _("告警"), format=lambda value: _("查看"), link=_alarm_url),
            Column("received_at", _("接收时间"), format="second", shown=False),
        ],
        source=alarms_visible_to(request.user), order="-at", title=_("视频报警"), empty=_("还没有报警"), live=TOPIC,
    )  # fmt: skip
    return table.respond(request) or page(request, "governance/video/alarms.html", {"table": table})


def _camera_url(row: VideoAlarm) -> str | None:
    return reverse("governance:camera", args=[row.camera.code]) if row.camera else None


def _alarm_url(row: VideoAlarm) -> str | None:
    return f"/alerts/{row.alarm_id}/" if row.alarm_id else None
