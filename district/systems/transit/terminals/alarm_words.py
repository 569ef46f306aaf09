"""Alarm bits of a position: what they are called and how serious they are. JT/T 808-2013 and -2019, table 24."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NAMES = {
    0: _("紧急报警"), 1: _("超速报警"), 2: _("疲劳驾驶报警"), 3: _("危险预警"), 4: _("卫星定位模块故障"),
    5: _("卫星定位天线未接"), 6: _("卫星定位天线短路"), 7: _("终端主电源欠压"), 8: _("终端主电源掉电"),
    9: _("终端显示器故障"), 10: _("语音模块故障"),
    11: _("摄像头故障"), 12: _("从业资格证卡模块故障"), 13: _("超速预警"), 14: _("疲劳驾驶预警"), 15: _("违规行驶报警"),
    16: _("胎压预警"), 17: _("右转盲区异常报警"), 18: _("当天累计驾驶超时"), 19: _("超时停车"), 20: _("进出区域报警"),
    21: _("进出路线报警"), 22: _("路段行驶时间不足或过长"), 23: _("路线偏离报警"), 24: _("车速传感器故障"), 25: _("油量异常"),
    26: _("车辆被盗"), 27: _("非法点火"), 28: _("非法位移"), 29: _("碰撞报警"), 30: _("侧翻预警"), 31: _("非法开门报警"),
}  # fmt: skip
GRAVEST, GRAVE, MIDDLING, SLIGHT = 1, 2, 3, 4
SEVERITIES = {0: GRAVEST, 26: GRAVE, 29: GRAVEST, 30: GRAVE, 1: MIDDLING, 2: GRAVE, 3: GRAVE, 31: GRAVE, 27: GRAVE, 28: GRAVE}
"""Of the others SLIGHT."""


def severity_of(bit: int) -> int:
    return SEVERITIES.get(bit, SLIGHT)


def names_of(word: int) -> str:
    """The alarms of an alarm word, for people."""
    return "、".join(str(NAMES[bit]) for bit in NAMES if word >> bit & 1)
