"""Whether what a message says can be: a message that fails is kept in quarantine, not counted and not drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from .message import Finding, Message
from .position import SHIFTED

FASTEST_KMH = 250.0
"""A project setting: no road vehicle is faster."""
WIDEST_DEGREE = 360
"""The standard ends at 359; 360 is seen for north."""
AHEAD = timedelta(minutes=10)
"""How far a terminal's clock may run before ours; a project setting."""


def findings(message: Message, received_at: datetime | None = None) -> list[Finding]:
    """What is impossible in a message; empty when it may be believed.

    `received_at`: Beijing time without a zone, as in the message; only with it is a time too late and 0, 0 no place.
    """
    body = message.body or {}
    places = body.get("locations") or ([body["location"]] if "location" in body else [body] if "latitude" in body else [])
    several = len(places) > 1
    found = []
    for number, place in enumerate(places, 1):
        for each in of_position(place, received_at):
            found.append(Finding(each.code, f"第 {number} 条：{each.detail}") if several else each)
    return found


def of_position(place: dict[str, Any], received_at: datetime | None = None) -> Iterator[Finding]:
    """What is impossible in one position."""
    for name, zh, most in (("latitude", "纬度", 90), ("longitude", "经度", 180)):
        if not -most <= place[name] <= most:
            yield Finding("value_out_of_range", f"{zh} {place[name]}，应在 ±{most} 度之内")
    if place["direction"] > WIDEST_DEGREE:
        yield Finding("value_out_of_range", f"方向 {place['direction']}，应为 0 至 359 度")
    if place["speed"] > FASTEST_KMH:
        yield Finding("value_out_of_range", f"速度 {place['speed']} km/h，应不超过 {FASTEST_KMH:g} km/h")
    at = _moment(place["time"])
    if at is None:
        if place["positioned"] or any(sign in "123456789abcdef" for sign in place["time"][2:]):
            yield Finding("bad_time", f"时间 {place['time']} 不存在")
    elif received_at is not None and at > received_at + AHEAD:
        yield Finding("bad_time", f"时间 {place['time']} 比收到时间 {received_at:%Y-%m-%dT%H:%M:%S} 晚 10 分钟以上")
    if received_at is not None and is_at_origin(place):
        yield Finding("value_out_of_range", "已定位而经纬度均为 0")


def is_at_origin(place: dict[str, Any]) -> bool:
    """Says it has a fix at 0, 0: what some terminals send before the first one. Readable, but no place to draw."""
    return place["positioned"] and not (place["latitude"] or place["longitude"] or place["status"] & SHIFTED)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S")  # noqa: DTZ007 - Beijing time without a zone
    except ValueError:
        return None
