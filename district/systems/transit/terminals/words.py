"""What is written of terminals, their commands, reports and refusals."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.devices.models import DeviceReport

from .alarm_words import NAMES

STATE_BADGES = {"connected": "green", "offline": "orange", "never": "secondary", "suspended": "yellow", "retired": "secondary"}
COMMAND_BADGES = {
    "queued": "secondary", "sent": "azure", "executing": "azure", "done": "green", "failed": "red", "refused": "red",
    "timed_out": "orange", "cancelled": "secondary",
}  # fmt: skip
ASKED = {
    "locate": gettext_lazy("查询位置"), "fetch_parameters": gettext_lazy("查询参数"),
    "fetch_attributes": gettext_lazy("查询属性"), "ask_driver": gettext_lazy("查询驾驶员"),
    "detect_link": gettext_lazy("链路检测"), "take_picture": gettext_lazy("拍照"),
    "fetch_video_attributes": gettext_lazy("查询音视频属性"),
}  # fmt: skip
"""Commands that need nothing typed."""
COMMANDS = {
    **ASKED, "set_parameters": gettext_lazy("设置参数"), "send_text": gettext_lazy("下发文字"),
    "track": gettext_lazy("临时跟踪"),
    "confirm_alarm": gettext_lazy("确认报警"), "control": gettext_lazy("终端控制"), "start_video": gettext_lazy("请求实时画面"),
    "stop_video": gettext_lazy("停止实时画面"), "fetch_recordings": gettext_lazy("查询录像"),
    "fetch_named_parameters": gettext_lazy("查询指定参数"),
}  # fmt: skip
REPORTS = {
    "registered": gettext_lazy("终端注册"), "alarm": gettext_lazy("报警"), "driver": gettext_lazy("驾驶员卡"),
    "parameters": gettext_lazy("终端参数"), "attributes": gettext_lazy("终端属性"), "can": gettext_lazy("CAN 数据"),
    "media_event": gettext_lazy("多媒体事件"), "media": gettext_lazy("多媒体数据"), "transparent": gettext_lazy("透传数据"),
    "passengers": gettext_lazy("乘客流量"), "video_attributes": gettext_lazy("音视频属性"),
    "recordings": gettext_lazy("录像清单"), "video": gettext_lazy("视频码流"),
}  # fmt: skip


def state_names() -> dict[str, str]:
    return {
        "connected": _("已连接"), "offline": _("已断开"), "never": _("未接入"), "suspended": _("暂停"), "retired": _("停用"),
    }  # fmt: skip


def doubt_words() -> dict[str, str]:
    return {
        "no_fix": _("未定位"), "shifted": _("坐标已加密，不作地图显示"), "bad_clock": _("终端时钟不对，时间以收到为准"),
        "implausible": _("位置跳变，不可信"),
    }  # fmt: skip


def refusal_words() -> dict[str, str]:
    return {
        "unknown_device": _("号码未登记"), "device_not_active": _("终端已停用"), "not_authenticated": _("未鉴权"),
        "wrong_auth_code": _("鉴权码不对"), "other_terminal": _("号码已由另一终端注册"), "bad_time": _("时间不可能"),
        "time_too_old": _("时间过早"), "value_out_of_range": _("数值超出范围"), "bad_checksum": _("校验不对"),
        "bad_escape": _("转义不对"), "bad_length": _("长度不对"), "truncated": _("报文不完整"),
        "body_too_short": _("消息体过短"), "bad_extra_item": _("附加信息越界"), "encrypted": _("消息体加密"),
        "incomplete_message": _("分包不全"), "unexpected_message": _("不认识的消息"), "bad_header": _("不是报文"),
    }  # fmt: skip


def command_name(command: str) -> str:
    return str(COMMANDS.get(command, command))


def report_words(report: DeviceReport) -> tuple[str, str]:
    """(what it is, what it says) for people."""
    told: dict[str, Any] = report.payload
    name = str(REPORTS.get(report.kind, report.kind))
    if report.kind == "alarm":
        begun = "、".join(str(NAMES.get(bit, bit)) for bit in told.get("begun", []))
        ended = "、".join(str(NAMES.get(bit, bit)) for bit in told.get("ended", []))
        parts = [_("开始：%(what)s") % {"what": begun}] if begun else []
        return name, "；".join([*parts, *([_("结束：%(what)s") % {"what": ended}] if ended else [])])
    if report.kind == "driver":
        card = _("插卡") if told.get("state") == 1 else _("拔卡")
        return name, " ".join(str(each) for each in (card, told.get("name", ""), told.get("licence", "")) if each)
    if report.kind == "registered":
        return name, " ".join(str(told[key]) for key in ("manufacturer", "model", "terminal_id", "plate") if told.get(key))
    if report.kind == "passengers":
        return name, _("上 %(on)s 人，下 %(off)s 人") % {"on": told.get("boarded", 0), "off": told.get("alighted", 0)}
    return name, ""
