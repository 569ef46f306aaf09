"""Where buses send their pictures to: the media server of the installation, or the gateway's own probe."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class MediaServer:
    """`DISTRICT_VIDEO_HOST`, `DISTRICT_VIDEO_TCP_PORT`, `DISTRICT_VIDEO_UDP_PORT`: where JT/T 1078 streams are taken.

    `DISTRICT_VIDEO_PLAY`: the address to watch one at, with `{phone}` and `{channel}`.
    """

    host: str
    tcp_port: int
    udp_port: int
    play: str

    def address_of(self, phone: str, channel: int) -> str:
        """Where it can be watched, empty when nobody has said."""
        return self.play.format(phone=phone, channel=channel) if self.play else ""


def configured() -> MediaServer | None:
    """None when there is no media server: streams can then be seen to arrive, not watched."""
    host = os.environ.get("DISTRICT_VIDEO_HOST", "").strip()
    if not host:
        return None
    ports = [int(os.environ.get(f"DISTRICT_VIDEO_{name}_PORT") or usual) for name, usual in (("TCP", 1078), ("UDP", 0))]
    return MediaServer(host, ports[0], ports[1], os.environ.get("DISTRICT_VIDEO_PLAY", "").strip())
