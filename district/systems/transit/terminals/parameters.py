"""Parameters of a terminal that people here read or set: id → name, width and how the number is read. JT/T 808 table 12."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

PARAMETERS: dict[int, tuple[Any, int, float, Any]] = {
    0x0001: (_("心跳间隔"), 4, 1, _("秒")), 0x0002: (_("应答超时"), 4, 1, _("秒")), 0x0003: (_("重传次数"), 4, 1, ""),
    0x0020: (_("汇报策略"), 4, 1, ""), 0x0022: (_("未登录汇报间隔"), 4, 1, _("秒")), 0x0027: (_("休眠汇报间隔"), 4, 1, _("秒")),
    0x0028: (_("紧急汇报间隔"), 4, 1, _("秒")), 0x0029: (_("缺省汇报间隔"), 4, 1, _("秒")),
    0x002C: (_("缺省汇报距离"), 4, 1, _("米")), 0x0030: (_("拐点补传角度"), 4, 1, "°"),
    0x0055: (_("最高速度"), 4, 1, "km/h"), 0x0056: (_("超速持续时间"), 4, 1, _("秒")),
    0x0057: (_("连续驾驶时限"), 4, 1, _("秒")), 0x0059: (_("最小休息时间"), 4, 1, _("秒")),
    0x005A: (_("最长停车时间"), 4, 1, _("秒")), 0x0080: (_("里程表读数"), 4, 0.1, "km"),
    0x0081: (_("省域 ID"), 2, 1, ""), 0x0082: (_("市域 ID"), 2, 1, ""),
    0x0084: (_("车牌颜色"), 1, 1, ""),
}  # fmt: skip
TEXTS: dict[int, Any] = {
    0x0010: _("接入点"), 0x0013: _("主服务器地址"), 0x0017: _("备份服务器地址"), 0x0083: _("车牌号"),
}  # fmt: skip
HEARTBEAT, INTERVAL, TOP_SPEED = 0x0001, 0x0029, 0x0055


def shown(told: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """(id, name, value) of the parameters of a 0x0104."""
    return [_shown(each) for each in told]


def _shown(told: dict[str, Any]) -> tuple[str, str, str]:
    name, raw = int(told["id"], 16), bytes.fromhex(told["hex"])
    known = PARAMETERS.get(name)
    if known is not None and len(raw) == known[1]:
        value = int.from_bytes(raw, "big") * known[2]
        return told["id"], str(known[0]), f"{value:g} {known[3]}".strip()
    if name in TEXTS:
        return told["id"], str(TEXTS[name]), raw.decode("gb18030", "replace").strip("\x00 ")
    return told["id"], "", told["hex"]


def items(**values: int | None) -> dict[str, str]:
    """What `set_parameters` takes: heartbeat_s, interval_s, top_speed_kmh; those that are None stay as they are."""
    names = {"heartbeat_s": HEARTBEAT, "interval_s": INTERVAL, "top_speed_kmh": TOP_SPEED}
    return {f"{names[key]:04X}": f"{value:08x}" for key, value in values.items() if value is not None}
