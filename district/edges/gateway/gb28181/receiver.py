"""A port that waits for a picture: RTP over UDP, or over TCP with the device connecting (passive). Nothing is decoded."""

from __future__ import annotations

import asyncio
import random
import time
from types import TracebackType
from typing import Any

from district.protocols.gb28181 import PictureCheck, unframed

MOST_TRIES = 50
LARGEST_WAITING = 256 * 1024


class NoPort(OSError):
    """No port of the range is free."""


class Receiver:
    """`async with Receiver(host, "30000-30100", is_tcp=False) as place:` then `place.expect(ssrc)`, `await place.picture(8)`."""

    def __init__(self, host: str, ports: str, is_tcp: bool) -> None:
        self.host = host
        self.is_tcp = is_tcp
        self.port = 0
        self.check = PictureCheck(None)
        self.first_packet_s: float | None = None
        self.picture_s: float | None = None
        self._ports = ports
        self._began_s = time.monotonic()
        self._proved = asyncio.Event()
        self._open: asyncio.DatagramTransport | asyncio.Server | None = None
        self._connections: set[asyncio.Transport] = set()

    async def __aenter__(self) -> Receiver:
        for port in self._candidates():
            try:
                await self._listen(port)
            except OSError:
                continue
            return self
        raise NoPort(f"no free media port in {self._ports or 'any'}")

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connection in list(self._connections):
            connection.abort()
        if self._open is not None:
            self._open.close()

    def _candidates(self) -> list[int]:
        if not self._ports:
            return [0] * 3
        first, _, last = self._ports.partition("-")
        even = range(int(first) + int(first) % 2, int(last or first) + 1, 2)
        return random.sample(even, min(MOST_TRIES, len(even)))

    async def _listen(self, port: int) -> None:
        loop = asyncio.get_running_loop()
        if self.is_tcp:
            server = await loop.create_server(lambda: _Stream(self), self.host, port)
            self._open, self.port = server, server.sockets[0].getsockname()[1]
        else:
            transport, _ = await loop.create_datagram_endpoint(lambda: _Datagrams(self), (self.host, port))
            self._open, self.port = transport, transport.get_extra_info("sockname")[1]

    def expect(self, ssrc: int | None, formats: tuple[int, ...]) -> None:
        """Begins anew with what has been agreed on; a stream that was early goes on by itself."""
        if self.check.ssrc != ssrc or self.check.formats != formats:
            self.check = PictureCheck(ssrc, formats)

    def fed(self, packet: bytes) -> None:
        now_s = time.monotonic()
        is_proved = self.check.feed(packet)
        if self.first_packet_s is None and self.check.packets:
            self.first_packet_s = now_s - self._began_s
        if is_proved and not self._proved.is_set():
            self.picture_s = now_s - self._began_s
            self._proved.set()

    async def picture(self, patience_s: float) -> bool:
        """Whether one has come in time."""
        try:
            await asyncio.wait_for(self._proved.wait(), patience_s)
        except TimeoutError:
            return False
        return True


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, receiver: Receiver) -> None:
        self.receiver = receiver

    def datagram_received(self, data: bytes, addr: tuple[Any, ...]) -> None:
        self.receiver.fed(data)


class _Stream(asyncio.Protocol):
    def __init__(self, receiver: Receiver) -> None:
        self.receiver = receiver
        self.buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.receiver._connections.add(transport)  # type: ignore[arg-type] # TCP gives a Transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        for packet in unframed(self.buffer):
            self.receiver.fed(packet)
        if len(self.buffer) > LARGEST_WAITING:
            self.transport.close()
