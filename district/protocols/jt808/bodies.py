"""The other bodies a bus and its platform exchange, each as values under the names of `line`. Clause numbers are those
of JT/T 808-2013; where 2019 differs the function says so.
"""

from __future__ import annotations

from typing import Any

from .message import V2019, FrameError, Header
from .reading import Cursor, text

SHORTEST_2011, SHORTEST_2013, SHORTEST_2019 = 25, 37, 76
WIDTHS_2011, WIDTHS_2013, WIDTHS_2019 = (5, 8, 7), (5, 20, 7), (11, 30, 30)
"""Widths of manufacturer, model and terminal id."""
IMEI, SOFTWARE = 15, 20


def general_reply(header: Header, body: bytes) -> dict[str, Any]:
    """8.1, 8.2. Result 0 done, 1 failed, 2 wrong message, 3 not supported, 4 alarm confirmed."""
    cursor = Cursor(body)
    return {"reply_serial": cursor.word("应答流水号"), "reply_id": f"0x{cursor.word('应答 ID'):04X}",
            "result": cursor.byte("结果")}  # fmt: skip


def missing_parts(header: Header, body: bytes) -> dict[str, Any]:
    """8.4; the count is a BYTE in 2013, a WORD in 2019, and some senders mix them up: the length of the body decides."""
    cursor = Cursor(body)
    first = cursor.word("原始消息流水号")
    is_wide = (cursor.left - 2) == 2 * int.from_bytes(body[2:4], "big") if len(body) >= 4 else False
    is_narrow = cursor.left >= 1 and cursor.left - 1 == 2 * body[2]
    wide = is_wide if is_wide != is_narrow else header.version == V2019
    count = cursor.word("重传包总数") if wide else cursor.byte("重传包总数")
    return {"first_serial": first, "count": count,
            "indexes": [cursor.word("重传包 ID 列表") for _number in range(count)]}  # fmt: skip


def registration(header: Header, body: bytes) -> dict[str, Any]:
    """8.5. Some terminals of 2011 and 2013 put their body behind a newer header: its length tells them apart."""
    if len(body) < SHORTEST_2011:
        raise FrameError("body_too_short", f"终端注册：{len(body)} 字节，至少 {SHORTEST_2011} 字节")
    told: dict[str, Any] = {}
    if header.version == V2019 and len(body) >= SHORTEST_2019:
        widths = WIDTHS_2019
    elif len(body) >= SHORTEST_2013:
        widths = WIDTHS_2013
    else:
        widths, told = WIDTHS_2011, {"layout": "2011"}
    cursor = Cursor(body)
    told |= {"province": cursor.word("省域 ID"), "city": cursor.word("市县域 ID")}
    for name, width in zip(("manufacturer", "model", "terminal_id"), widths, strict=True):
        told[name] = cursor.text(width, name)
    return told | {"plate_colour": cursor.byte("车牌颜色"), "plate": text(cursor.rest())}


def registration_reply(header: Header, body: bytes) -> dict[str, Any]:
    """8.6. The authentication code stands there only with result 0."""
    cursor = Cursor(body)
    told: dict[str, Any] = {"reply_serial": cursor.word("应答流水号"), "result": cursor.byte("结果")}
    if told["result"] == 0:
        told["auth_code"] = text(cursor.rest())
    return told


def authentication(header: Header, body: bytes) -> dict[str, Any]:
    """8.8; in 2019 a length, the code, IMEI and software version."""
    if header.version == V2019 and body and len(body) >= 1 + body[0] + IMEI:
        cursor = Cursor(body)
        return {"auth_code": cursor.text(cursor.byte("鉴权码长度"), "鉴权码"), "imei": cursor.text(IMEI, "终端 IMEI"),
                "software_version": text(cursor.rest()[:SOFTWARE])}  # fmt: skip
    if not body:
        raise FrameError("body_too_short", "鉴权码：空")
    return {"auth_code": text(body)}


def parameters(header: Header, body: bytes) -> dict[str, Any]:
    """8.9: what a terminal is to set."""
    cursor = Cursor(body)
    return _items(cursor, cursor.byte("参数总数"))


def parameters_reply(header: Header, body: bytes) -> dict[str, Any]:
    """8.12."""
    cursor = Cursor(body)
    serial = cursor.word("应答流水号")
    return {"reply_serial": serial} | _items(cursor, cursor.byte("应答参数个数"))


def _items(cursor: Cursor, count: int) -> dict[str, Any]:
    found = []
    for number in range(count):
        name = cursor.dword(f"第 {number + 1} 项参数 ID")
        raw = cursor.take(cursor.byte(f"参数 {name:04X} 长度"), f"参数 {name:04X} 值")
        found.append({"id": f"0x{name:04X}", "len": len(raw), "hex": raw.hex()})
    return {"count": count, "params": found}


def asked_parameters(header: Header, body: bytes) -> dict[str, Any]:
    """8.11."""
    cursor = Cursor(body)
    count = cursor.byte("参数总数")
    return {"count": count, "ids": [f"0x{cursor.dword('参数 ID'):04X}" for _number in range(count)]}


def control(header: Header, body: bytes) -> dict[str, Any]:
    """8.13; parameters stand apart by semicolons. Some platforms put numbers as bytes among them: the text ends there."""
    cursor = Cursor(body)
    return {"command": cursor.byte("命令字"), "params": text(cursor.rest().partition(b"\0")[0])}


def attributes(header: Header, body: bytes) -> dict[str, Any]:
    """8.15; model and terminal id are 30 bytes wide in 2019."""
    model, identity = (30, 30) if header.version == V2019 else (20, 7)
    cursor = Cursor(body)
    told: dict[str, Any] = {
        "type": cursor.word("终端类型"), "manufacturer": cursor.text(5, "制造商 ID"),
        "model": cursor.text(model, "终端型号"), "terminal_id": cursor.text(identity, "终端 ID"),
        "iccid": cursor.take(10, "SIM 卡 ICCID").hex(),
    }  # fmt: skip
    for name, zh in (("hardware_version", "硬件版本号"), ("firmware_version", "固件版本号")):
        if cursor.left:
            told[name] = cursor.text(min(cursor.byte(f"{zh}长度"), cursor.left), zh)
    if cursor.left >= 2:
        told |= {"gnss": cursor.byte("GNSS 模块属性"), "radio": cursor.byte("通信模块属性")}
    return told


def tracking(header: Header, body: bytes) -> dict[str, Any]:
    """8.21. An interval of 0 ends it and has no time behind it."""
    cursor = Cursor(body)
    told = {"interval_s": cursor.word("时间间隔")}
    return told | ({"valid_s": cursor.dword("位置跟踪有效期")} if told["interval_s"] or cursor.left >= 4 else {})


def confirmed_alarm(header: Header, body: bytes) -> dict[str, Any]:
    """8.22."""
    cursor = Cursor(body)
    return {"alarm_serial": cursor.word("报警消息流水号"), "alarm_bits": cursor.dword("人工确认报警类型")}


def message_text(header: Header, body: bytes) -> dict[str, Any]:
    """8.23; 2019 adds the kind of the text."""
    cursor = Cursor(body)
    told: dict[str, Any] = {"flag": cursor.byte("标志")}
    if header.version == V2019:
        told["text_type"] = cursor.byte("文本类型")
    return told | {"text": text(cursor.rest())}


def driver(header: Header, body: bytes) -> dict[str, Any]:
    """8.47: the card of the driver in (1) or out (2)."""
    cursor = Cursor(body)
    told: dict[str, Any] = {"state": cursor.byte("状态"), "time": cursor.moment("时间")}
    if told["state"] != 1 or not cursor.left:
        return told
    told["card_result"] = cursor.byte("IC 卡读取结果")
    if told["card_result"] == 0:
        told["name"] = cursor.text(cursor.byte("驾驶员姓名长度"), "驾驶员姓名")
        told["licence"] = cursor.text(20, "从业资格证编码")
        told["issuer"] = cursor.text(cursor.byte("发证机构名称长度"), "发证机构名称")
        told["valid_until"] = cursor.take(4, "证件有效期").hex()
    return told


def can_data(header: Header, body: bytes) -> dict[str, Any]:
    """8.50: what came over the CAN bus of the vehicle; `channel` 1 for CAN2, `is_extended` a frame of 29 bits."""
    cursor = Cursor(body)
    count, time = cursor.word("数据项个数"), cursor.take(5, "CAN 总线数据接收时间").hex()
    found = []
    for _number in range(count):
        name = cursor.dword("CAN ID")
        found.append({"id": f"0x{name & 0x1FFFFFFF:X}", "channel": name >> 31, "is_extended": bool(name >> 30 & 1),
                      "hex": cursor.take(8, "CAN 数据").hex()})  # fmt: skip
    return {"count": count, "time": f"{time[:2]}:{time[2:4]}:{time[4:6]}.{time[6:]}", "frames": found}


def media_event(header: Header, body: bytes) -> dict[str, Any]:
    """8.52. Type 0 picture, 1 sound, 2 video."""
    cursor = Cursor(body)
    return {"media_id": cursor.dword("多媒体数据 ID"), "media_type": cursor.byte("多媒体类型"),
            "format": cursor.byte("多媒体格式编码"), "event": cursor.byte("事件项编码"),
            "channel": cursor.byte("通道 ID")}  # fmt: skip


def shot(header: Header, body: bytes) -> dict[str, Any]:
    """8.55: take pictures or a film now."""
    cursor = Cursor(body)
    told: dict[str, Any] = {"channel": cursor.byte("通道 ID"), "command": cursor.word("拍摄命令"),
                            "interval_s": cursor.word("拍照间隔")}  # fmt: skip
    for name in ("save", "resolution", "quality", "brightness", "contrast", "saturation", "chroma"):
        told[name] = cursor.byte(name)
    return told


def transparent(header: Header, body: bytes) -> dict[str, Any]:
    """8.61, 8.62."""
    cursor = Cursor(body)
    return {"type": cursor.byte("透传消息类型"), "data_hex": cursor.rest().hex()}


def server_time(header: Header, body: bytes) -> dict[str, Any]:
    """2019: UTC, unlike every other time of the protocol."""
    return {"time_utc": Cursor(body).moment("服务器时间")}


def nothing(header: Header, body: bytes) -> dict[str, Any]:
    """Heartbeat, log-off, questions without a parameter. A vendor's bytes behind them do no harm."""
    return {}
