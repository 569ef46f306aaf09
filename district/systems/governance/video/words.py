"""States and reasons in words for people."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STATE_WORDS: dict[str, Any] = {
    "playable": gettext_lazy("可出图"),
    "unplayable": gettext_lazy("不能出图"),
    "stale": gettext_lazy("探测过期"),
    "unproved": gettext_lazy("已注册，未验证"),
    "offline": gettext_lazy("离线"),
    "retired": gettext_lazy("停用"),
}
STATE_BADGES = {"playable": "green", "unplayable": "red", "stale": "orange", "unproved": "azure", "offline": "secondary",
                "retired": "secondary"}  # fmt: skip
STATE_COLOURS = {"playable": "#2b8a3e", "unplayable": "#c92a2a", "stale": "#e8590c", "unproved": "#1971c2",
                 "offline": "#868e96", "retired": "#ced4da"}  # fmt: skip

REASONS: dict[str, Any] = {
    "invite_timeout": gettext_lazy("点播请求没有应答"),
    "invite_403": gettext_lazy("设备拒绝点播"),
    "invite_404": gettext_lazy("设备不认识该通道"),
    "invite_486": gettext_lazy("设备忙"),
    "invite_488": gettext_lazy("设备不接受媒体参数"),
    "bad_sdp": gettext_lazy("媒体描述不能解析"),
    "no_media": gettext_lazy("已应答但没有媒体流"),
    "wrong_ssrc": gettext_lazy("媒体流的 SSRC 不符"),
    "not_rtp": gettext_lazy("收到的不是 RTP"),
    "wrong_format": gettext_lazy("媒体格式不符"),
    "no_video": gettext_lazy("有媒体流但没有视频"),
    "no_port": gettext_lazy("本端没有空闲的媒体端口"),
    "not_registered": gettext_lazy("设备未注册"),
    "ended_by_device": gettext_lazy("设备主动挂断"),
    "device_offline": gettext_lazy("接入设备离线"),
    "unregistered": gettext_lazy("设备主动注销"),
    "registration_expired": gettext_lazy("注册过期"),
    "keepalive_missed": gettext_lazy("连续三次没有心跳"),
    "connection_closed": gettext_lazy("连接断开"),
    "device_not_active": gettext_lazy("设备已暂停或停用"),
    "not_heard_since_start": gettext_lazy("网关重启后没有重新注册"),
    "no_answer": gettext_lazy("查询没有应答"),
    "partial": gettext_lazy("只收到一部分"),
    "no_grant": gettext_lazy("没有有效授权"),
    "no_purpose": gettext_lazy("没有写明用途"),
    "retired": gettext_lazy("摄像机已停用"),
}


def reason_text(reason: str) -> str:
    """A reason in words; one we have no words for is shown as it is."""
    if not reason:
        return ""
    if reason in REASONS:
        return str(REASONS[reason])
    refused = re.fullmatch(r"(?:invite|refused)_(\d{3})", reason)
    return _("设备应答 %(code)s") % {"code": refused[1]} if refused else reason
