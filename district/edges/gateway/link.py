"""One connection: bytes in, bounded; bytes out."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from district.edges.gateway.directory import Known
    from district.edges.gateway.gateway import Gateway


class Link(asyncio.Protocol):
    __slots__ = (
        "allowance", "allowance_at", "buffer", "devices", "gateway", "has_spoken", "heard_at", "is_held_back", "is_lost",
        "is_paused", "made_at", "port", "protocol", "remote", "talk", "transport", "unfinished_at", "wrong_passwords",
    )  # fmt: skip

    def __init__(self, gateway: Gateway, protocol: str, port: int) -> None:
        self.gateway = gateway
        self.protocol = protocol
        self.port = port
        self.transport: asyncio.Transport | None = None
        self.buffer = bytearray()
        self.devices: dict[int, Known] = {}
        self.remote = ""
        self.talk: Any = None
        """What the protocol keeps of this connection."""
        self.made_at = self.heard_at = time.monotonic()
        self.unfinished_at = 0.0
        self.allowance = float(gateway.limits.burst_frames)
        self.allowance_at = self.made_at
        self.wrong_passwords = 0
        self.has_spoken = self.is_paused = self.is_held_back = self.is_lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        peer = transport.get_extra_info("peername") or ("", 0)
        self.remote = f"{peer[0]}:{peer[1]}"
        self.transport.set_write_buffer_limits(high=self.gateway.limits.unsent)
        if not self.gateway.admit(self):
            self.is_lost = True
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        self.gateway.has_data(self, len(data))

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.is_lost:
            self.is_lost = True
            self.gateway.lost(self)

    def pause_writing(self) -> None:
        """The other side does not read our replies: it gets no more until it does."""
        self.is_held_back = True
        self.pause()

    def resume_writing(self) -> None:
        self.is_held_back = False
        self.gateway.may_resume(self)

    def send(self, data: bytes) -> bool:
        """False when the connection is gone."""
        if self.is_lost or self.transport is None or self.transport.is_closing():
            return False
        self.transport.write(data)
        return True

    def pause(self) -> None:
        if not self.is_paused and not self.is_lost and self.transport is not None:
            self.is_paused = True
            self.transport.pause_reading()

    def resume(self) -> None:
        if self.is_paused and not self.is_lost and not self.is_held_back and self.transport is not None:
            self.is_paused = False
            self.transport.resume_reading()

    def close(self) -> None:
        if self.transport is not None and not self.is_lost:
            self.transport.close()

    def spend(self, frames: int, now_s: float, per_s: int, burst: int) -> float:
        """Takes frames from the allowance; gives the seconds to wait before reading on, 0 mostly."""
        self.allowance = min(float(burst), self.allowance + (now_s - self.allowance_at) * per_s) - frames
        self.allowance_at = now_s
        return -self.allowance / per_s if self.allowance < 0 else 0.0
