"""The probe that a terminal may be told to send its picture to: says whether a stream arrives, and ends it after a while."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections import Counter
from typing import TYPE_CHECKING, Any, cast

from district.edges.gateway.group import Refusal, Report
from district.edges.gateway.jt808.sessions import PROTOCOL as TERMINALS
from district.protocols.jt1078 import StreamError, StreamReader

if TYPE_CHECKING:
    import psycopg

    from district.edges.gateway.directory import Known
    from district.edges.gateway.gateway import Gateway

log = logging.getLogger("district.gateway")

PROTOCOL = "jt1078"
LONGEST_S, MOST_BYTES = 60.0, 32 * 1024 * 1024
"""Enough to see that it arrives; a stream costs the bus its data plan."""
SILENT_S = 10.0
TELL_S = 2.0
MOST_CONNECTIONS = 64
KINDS = {0: "i_frames", 1: "p_frames", 2: "b_frames", 3: "sound", 4: "transparent"}


class NoCommands:
    """Nobody asks anything of a stream."""

    def look_for(self, connection: psycopg.Connection[Any]) -> None:
        return


class MediaDoor:
    """One per gateway. Lives in the event loop."""

    def __init__(self, gateway: Gateway, port: int) -> None:
        self.gateway = gateway
        self.port = port
        self.commands = NoCommands()
        self.streams: set[Stream] = set()
        self._server: asyncio.Server | None = None

    async def start_listening(self, bind: str) -> None:
        """Raises OSError when the port is taken."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Stream(self), bind, self.port, backlog=64)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        for stream in list(self.streams):
            stream.end("stopped")

    def close(self) -> None:
        """Nothing is left to be said."""

    def state(self) -> dict[str, Any]:
        """For /health."""
        return {"streams": len(self.streams)}

    def expected(self, phone: str, channel: int) -> Known | None:
        """The terminal, when somebody has asked it for this channel a short while ago."""
        dialect = self.gateway.dialects.get(TERMINALS)
        known: Known | None = dialect.register.find(phone) if dialect is not None else None
        asked_s = self.gateway.terminal_commands.videos.get((known.id, channel), -1e9) if known else -1e9
        return known if time.monotonic() - asked_s < 600.0 else None

    def refuse(self, stream: Stream, reason: str, detail: str, device: str, raw: bytes) -> None:
        group = self.gateway.new_group(PROTOCOL)
        refusal = Refusal(group.received_at, PROTOCOL, self.port, stream.remote, device, reason, "semantic", detail, raw[:256])
        if self.gateway.keeps_from(refusal, {}, stream.remote.rpartition(":")[0]):
            group.refusals.append(refusal)
            self.gateway.hand_over(group)


class Stream(asyncio.Protocol):
    """One connection of a terminal."""

    def __init__(self, door: MediaDoor) -> None:
        self.door = door
        self.known: Known | None = None
        self.channel = 0
        self.remote = ""
        self.reader = StreamReader()
        self.began_s = time.monotonic()
        self.heard_s = self.began_s
        self.bytes = self.packets = self.lost = 0
        self.kinds: Counter[str] = Counter()
        self._last_sequence = -1
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        peer = transport.get_extra_info("peername") or ("", 0)
        self.remote = f"{peer[0]}:{peer[1]}"
        if len(self.door.streams) >= MOST_CONNECTIONS or self.door.gateway.is_stopping:
            self._transport.abort()
            return
        self.door.streams.add(self)
        self._timer = asyncio.get_running_loop().call_later(TELL_S, self._tick)

    def data_received(self, data: bytes) -> None:
        self.heard_s = time.monotonic()
        self.bytes += len(data)
        try:
            packets = self.reader.feed(data)
        except StreamError as error:
            self.door.refuse(self, "no_stream", str(error), self.known.code if self.known else "", data)
            self._abort()
            return
        for each in packets:
            if self.known is None and not self._begins(each.phone, each.channel, data):
                return
            self.packets += 1
            self.kinds[KINDS[each.kind]] += 1
            if self._last_sequence >= 0:
                self.lost += (each.sequence - self._last_sequence - 1) & 0xFFFF
            self._last_sequence = each.sequence

    def _begins(self, phone: str, channel: int, data: bytes) -> bool:
        self.known, self.channel = self.door.expected(phone, channel), channel
        if self.known is None:
            self.door.refuse(self, "unasked_stream", f"没有向 {phone} 请求过通道 {channel} 的画面", phone, data)
            self._abort()
            return False
        self._report("arriving")
        return True

    def _tick(self) -> None:
        now = time.monotonic()
        if now - self.began_s > LONGEST_S or self.bytes > MOST_BYTES:
            self.end("long_enough")
        elif now - self.heard_s > SILENT_S:
            self.end("silent")
        else:
            self._timer = asyncio.get_running_loop().call_later(TELL_S, self._tick)
            if self.known is not None:
                self.door.gateway.desk.tell("transit.video", {"device": self.known.id, "channel": self.channel, **self.told()})

    def told(self) -> dict[str, Any]:
        seconds = max(0.1, time.monotonic() - self.began_s)
        return {"packets": self.packets, "bytes": self.bytes, "lost": self.lost, "seconds": round(seconds, 1),
                "kbit_s": round(self.bytes * 8 / seconds / 1000), "kinds": dict(self.kinds)}  # fmt: skip

    def _report(self, state: str, why: str = "") -> None:
        assert self.known is not None
        group = self.door.gateway.new_group(PROTOCOL)
        payload = {"state": state, "why": why, "channel": self.channel, **self.told()}
        group.reports.append(
            Report(self.known.id, PROTOCOL, "video", str(self.channel), uuid.uuid4().hex, group.received_at, payload)
        )
        self.door.gateway.hand_over(group)

    def end(self, why: str) -> None:
        if self.known is not None and self in self.door.streams:
            self.door.streams.discard(self)
            self._report("ended", why)
        self._abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self.end("closed")
        self.door.streams.discard(self)

    def _abort(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._transport is not None and not self._transport.is_closing():
            self._transport.abort()
