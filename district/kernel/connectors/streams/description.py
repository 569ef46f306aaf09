"""Which messages of which broker: the settings of a source of kind `mqtt` or `nats`, checked. No Django."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from district.kernel.connectors import certificates
from district.kernel.connectors.refused import Refused

PORTS = {"mqtt": 1883, "nats": 4222}
MQTT_VERSIONS = ("3.1.1", "5")


@dataclass(frozen=True)
class Wanted:
    """`topic`: an MQTT filter or a NATS subject; `stream`: of JetStream, found by the subject where it is empty.

    `name` is how the broker remembers us between connections: client id or durable consumer; another topic is another
    one, as the broker would go on with the old. `id_path`: where a
    message has its own identity (JSONPath); `record_path`: where it has its records, if it is not one itself.
    `every_s`, `most_rows`: a version is made when the oldest message has waited so long, or so many wait.
    """

    kind: str
    host: str
    port: int
    topic: str
    name: str
    user: str = ""
    stream: str = ""
    version: str = "3.1.1"
    is_encrypted: bool = False
    authority: str = ""
    id_path: str = ""
    record_path: str = ""
    every_s: int = 60
    most_rows: int = 50_000
    most_bytes: int = 1_000_000


def wanted_of(kind: str, settings: Mapping[str, Any], number: int) -> Wanted:
    """`number` is that of the source. Raises Refused naming the setting that is wrong."""
    host, topic = str(settings.get("host") or "").strip(), str(settings.get("topic") or "").strip()
    if not host:
        raise Refused("setting_missing", "没有填写消息服务器的主机", field="host")
    if (
        not topic
        or len(topic) > 400
        or re.search(r"\s|\x00", topic)
        or (kind == "mqtt" and not _is_filter(topic))
    ):
        raise Refused("topic_wrong", f"主题“{topic[:80]}”不合法", field="topic", value=topic[:80])
    version = str(settings.get("version") or "3.1.1")
    if version not in MQTT_VERSIONS:
        raise Refused("setting_wrong", "MQTT 版本应为 3.1.1 或 5", field="version", value=version)
    return Wanted(
        kind=kind, host=host, topic=topic, version=version, port=_number(settings, "port", PORTS[kind], 1, 65_535),
        name=str(settings.get("name") or f"district-{number}-{crc32(topic.encode()):08x}"), user=str(settings.get("user") or ""),
        stream=str(settings.get("stream") or ""), is_encrypted=bool(settings.get("is_encrypted") or settings.get("authority")),
        authority=certificates.checked(settings["authority"]) if settings.get("authority") else "",
        id_path=str(settings.get("id_path") or ""), record_path=str(settings.get("record_path") or ""),
        every_s=_number(settings, "every_s", 60, 10, 86_400), most_rows=_number(settings, "most_rows", 50_000, 1, 1_000_000),
        most_bytes=_number(settings, "most_bytes", 1_000_000, 1, 16_000_000),
    )  # fmt: skip


def _is_filter(topic: str) -> bool:
    """MQTT 3.1.1, 4.7.1: `+` and `#` stand for whole levels, `#` for the last."""
    levels = topic.split("/")
    return all(
        ("#" not in level or level == "#") and ("+" not in level or level == "+") for level in levels
    ) and ("#" not in levels[:-1])


def _number(settings: Mapping[str, Any], name: str, default: int, least: int, most: int) -> int:
    value = settings.get(name)
    if value in (None, ""):
        return default
    if not str(value).isdigit() or not least <= int(value) <= most:
        raise Refused(
            "setting_wrong", f"设置“{name}”应为 {least} 至 {most} 的整数", field=name, value=str(value)[:80]
        )
    return int(value)
