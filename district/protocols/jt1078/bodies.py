"""Bodies of messages from terminals. JT/T 1078-2016 tables 11, 12, 23 and 25."""

from __future__ import annotations

from typing import Any

from district.protocols.jt808.reading import Cursor

SAMPLE_RATES_KHZ = (8.0, 22.05, 44.1, 48.0)
SAMPLE_BITS = (8, 16, 32)


def attributes(body: bytes) -> dict[str, Any]:
    """0x1003. Codings are the numbers of table 12: 98 H.264, 99 H.265, 6 G.711A, 26 ADPCMA."""
    cursor = Cursor(body)
    told: dict[str, Any] = {"audio_coding": cursor.byte("输入音频编码方式"), "audio_channels": cursor.byte("输入音频声道数")}
    rate, bits = cursor.byte("输入音频采样率"), cursor.byte("输入音频采样位数")
    told["sample_rate_khz"] = SAMPLE_RATES_KHZ[rate] if rate < len(SAMPLE_RATES_KHZ) else None
    told["sample_bits"] = SAMPLE_BITS[bits] if bits < len(SAMPLE_BITS) else None
    told |= {"audio_frame_bytes": cursor.word("音频帧长度"), "has_audio_output": bool(cursor.byte("是否支持音频输出"))}
    told |= {"video_coding": cursor.byte("视频编码方式"), "most_audio_channels": cursor.byte("最大音频物理通道数")}
    return told | {"most_video_channels": cursor.byte("最大视频物理通道数")}


def passengers(body: bytes) -> dict[str, Any]:
    """0x1005: how many got on and off between two instants, Beijing time."""
    cursor = Cursor(body)
    return {"begin": cursor.moment("起始时间"), "end": cursor.moment("结束时间"), "boarded": cursor.word("上车人数"),
            "alighted": cursor.word("下车人数")}  # fmt: skip


def recordings(body: bytes) -> dict[str, Any]:
    """0x1205: what is kept on board. `kind` 0 sound and picture, 1 sound, 2 picture; `stream` 1 main, 2 sub."""
    cursor = Cursor(body)
    told: dict[str, Any] = {"reply_serial": cursor.word("流水号"), "count": cursor.dword("音视频资源总数")}
    found = []
    for number in range(told["count"]):
        field = f"第 {number + 1} 项"
        found.append({
            "channel": cursor.byte(field), "begin": cursor.moment(field), "end": cursor.moment(field),
            "alarm_hex": cursor.take(8, field).hex(), "kind": cursor.byte(field), "stream": cursor.byte(field),
            "storage": cursor.byte(field), "bytes": cursor.dword(field),
        })  # fmt: skip
    return told | {"items": found}


def uploaded(body: bytes) -> dict[str, Any]:
    """0x1206: how an upload of a file ended."""
    cursor = Cursor(body)
    return {"reply_serial": cursor.word("应答流水号"), "result": cursor.byte("结果")}


IDS = {0x1003: attributes, 0x1005: passengers, 0x1205: recordings, 0x1206: uploaded}


def read(message_id: int, body: bytes) -> dict[str, Any]:
    """The values of a message in IDS. Raises FrameError `body_too_short`."""
    return IDS[message_id](body)
