"""The kinds of devices of this system, as people read them. Pure."""

from __future__ import annotations

from typing import Final

DEVICE_KINDS: Final = {
    "air": "空气自动站",
    "surface_water": "水质自动站",
    "noise": "噪声自动监测",
    "gas_outlet": "废气在线监测",
    "gas_inlet": "废气治理前",
    "water_outlet": "废水在线监测",
    "water_inlet": "废水治理前",
}
"""Kind of `Device.kind` → name."""

VERSIONS: Final = {2005: "HJ/T 212-2005", 2017: "HJ 212-2017", 2025: "HJ 212-2025"}

REFUSALS: Final = {
    "bad_header": "包头错误",
    "bad_tail": "包尾错误",
    "bad_length": "长度不符",
    "bad_crc": "校验码错误",
    "bad_cp": "数据区错误",
    "bad_field": "字段错误",
    "bad_split": "分包错误",
    "bad_time": "时间格式错误",
    "missing_field": "缺少字段",
    "duplicate_attribute": "属性重复",
    "no_key": "没有解密密钥",
    "unknown_device": "未登记设备",
    "wrong_password": "密码错误",
    "device_not_active": "设备已暂停",
    "time_in_future": "时间在未来",
    "time_too_old": "时间过旧",
    "value_not_numeric": "数值非数字",
    "value_out_of_range": "数值超范围",
    "value_inconsistent": "数值自相矛盾",
    "value_implausible": "数值不可信",
    "unknown_flag": "未知数据标记",
    "unexpected_command": "命令不应出现",
    "not_processed": "处理失败",
    "not_stored": "未能入库",
    "conflict": "与已存值冲突",
}
"""Reason of a refusal (`QuarantinedMessage.reason`) → name."""


def refusal_name(reason: str) -> str:
    """The name of a reason; an unknown one is its own name."""
    return REFUSALS.get(reason, reason)
