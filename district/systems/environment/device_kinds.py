"""The kinds of devices of this system, as people read them. Pure."""

from __future__ import annotations

from typing import Final

from district.kernel.wording import term

DEVICE_KINDS: Final = {
    "air": term("空气自动站"),
    "surface_water": term("水质自动站"),
    "noise": term("噪声自动监测"),
    "gas_outlet": term("废气在线监测"),
    "gas_inlet": term("废气治理前"),
    "water_outlet": term("废水在线监测"),
    "water_inlet": term("废水治理前"),
}
"""Kind of `Device.kind` → name."""

PERIODS: Final = {"realtime": term("实时"), "minute": term("分钟"), "hour": term("小时"), "day": term("日")}
"""Period of a series → name."""

VERSIONS: Final = {2005: "HJ/T 212-2005", 2017: "HJ 212-2017", 2025: "HJ 212-2025"}

REFUSALS: Final = {
    "bad_header": term("包头错误"),
    "bad_tail": term("包尾错误"),
    "bad_length": term("长度不符"),
    "bad_crc": term("校验码错误"),
    "bad_cp": term("数据区错误"),
    "bad_field": term("字段错误"),
    "bad_split": term("分包错误"),
    "bad_time": term("时间格式错误"),
    "missing_field": term("缺少字段"),
    "duplicate_attribute": term("属性重复"),
    "no_key": term("没有解密密钥"),
    "unknown_device": term("未登记设备"),
    "wrong_password": term("密码错误"),
    "device_not_active": term("设备已暂停"),
    "time_in_future": term("时间在未来"),
    "time_too_old": term("时间过旧"),
    "value_not_numeric": term("数值非数字"),
    "value_out_of_range": term("数值超范围"),
    "value_inconsistent": term("数值自相矛盾"),
    "value_implausible": term("数值不可信"),
    "unknown_flag": term("未知数据标记"),
    "unexpected_command": term("命令不应出现"),
    "not_processed": term("处理失败"),
    "not_stored": term("未能入库"),
    "conflict": term("与已存值冲突"),
}
"""Reason of a refusal (`QuarantinedMessage.reason`) → name."""


def refusal_name(reason: str) -> str:
    """The name of a reason; an unknown one is its own name."""
    return REFUSALS.get(reason, reason)
