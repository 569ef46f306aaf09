"""The wire between a terminal and the gateway: TCP or UDP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol, cast


class Wire(Protocol):
    """What a ride needs of it."""

    @property
    def is_open(self) -> bool: ...
    def send(self, frames: list[bytes]) -> None: ...
    def close(self) -> None: ...


class _Stream(asyncio.Protocol):
    def __init__(self, heard: Callable[[bytes], None]) -> None:
        self._heard = heard
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard(data)

    def connection_lost(self, fault: Exception | None) -> None:
        self.transport = None

    @property
    def is_open(self) -> bool:
        return self.transport is not None

    def send(self, frames: list[bytes]) -> None:
        if self.transport is not None:
            self.transport.write(b"".join(frames))

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()
            self.transport = None


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, heard: Callable[[bytes], None]) -> None:
        self._heard = heard
        self.transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # asyncio's own datagram transport is none by its class (3.11).
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, address: object) -> None:
        self._heard(data)

    def error_received(self, fault: Exception) -> None:
        self.close()

    def connection_lost(self, fault: Exception | None) -> None:
        self.transport = None

    @property
    def is_open(self) -> bool:
        return self.transport is not None

    def send(self, frames: list[bytes]) -> None:
        for frame in frames:
            if self.transport is not None:
                self.transport.sendto(frame)

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()
            self.transport = None


async def connect(host: str, port: int, heard: Callable[[bytes], None], is_udp: bool = False) -> Wire:
    """Raises OSError when nobody is there (UDP notices that later)."""
    loop = asyncio.get_running_loop()
    if is_udp:
        _transport, datagrams = await loop.create_datagram_endpoint(lambda: _Datagrams(heard), remote_addr=(host, port))
        return datagrams
    _connection, stream = await loop.create_connection(lambda: _Stream(heard), host, port)
    return stream
