"""Where messages come from and go to: a source address of the UDP port, or a TCP connection."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from district.protocols.gb28181 import FrameError, SipFramer

if TYPE_CHECKING:
    from district.edges.gateway.directory import Known
    from district.edges.gateway.gb28181.door import SipDoor

RECEIVE_BYTES = 4 * 1024 * 1024


class Peer:
    """`source` is the real address. `devices` are those that have registered from here."""

    transport_name = "UDP"

    def __init__(self, source: tuple[str, int], port: int, our_host: str) -> None:
        self.source = source
        self.port = port
        self.our_host = our_host
        self.devices: dict[int, Known] = {}

    @property
    def remote(self) -> str:
        return f"{self.source[0]}:{self.source[1]}"

    def is_same_place(self, other: Peer) -> bool:
        return (self.transport_name, self.source) == (other.transport_name, other.source)

    def send(self, data: bytes) -> bool:
        """False when there is no way to send any more."""
        raise NotImplementedError


class UdpPeer(Peer):
    def __init__(
        self, transport: asyncio.DatagramTransport, source: tuple[str, int], port: int, our_host: str
    ) -> None:
        super().__init__(source, port, our_host)
        self._transport = transport

    def send(self, data: bytes) -> bool:
        if self._transport.is_closing():
            return False
        self._transport.sendto(data, self.source)
        return True


class TcpPeer(Peer, asyncio.Protocol):
    """One connection. It is closed when its bytes make no sense, when it is idle, or leaves a message unfinished."""

    transport_name = "TCP"

    def __init__(self, door: SipDoor) -> None:
        super().__init__(("", 0), door.port, "")
        self.door = door
        self.heard_at = time.monotonic()
        self.unfinished_at = 0.0
        self._framer = SipFramer()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        peer = transport.get_extra_info("peername") or ("", 0)
        self.source = (str(peer[0]), int(peer[1]))
        self.our_host = str((transport.get_extra_info("sockname") or ("",))[0])
        if not self.door.admit(self):
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self.door.gateway.counters.received.inc(len(data))
        self.heard_at = time.monotonic()
        try:
            messages = self._framer.feed(data)
        except FrameError as error:
            self.door.refuse_bytes(self, data, error.code, error.detail)
            self.close()
            return
        self.unfinished_at = (self.unfinished_at or self.heard_at) if self._framer.waiting else 0.0
        for raw in messages:
            self.door.received(raw, self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.door.connection_lost(self)

    def send(self, data: bytes) -> bool:
        if self._transport is None or self._transport.is_closing():
            return False
        self._transport.write(data)
        return True

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class UdpPort(asyncio.DatagramProtocol):
    """The datagram side of the port."""

    def __init__(self, door: SipDoor, host_of: Callable[[str], str]) -> None:
        self.door = door
        self._host_of = host_of
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)
        # The catalogue of a platform comes as thousands of datagrams in a row.
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)

    def datagram_received(self, data: bytes, addr: tuple[Any, ...]) -> None:
        self.door.gateway.counters.received.inc(len(data))
        if not data.strip(b"\x00\r\n "):
            return  # a ping that keeps a NAT open
        assert self._transport is not None
        host, port = str(addr[0]), int(addr[1])
        self.door.received(data, UdpPeer(self._transport, (host, port), self.door.port, self._host_of(host)))


def local_address_towards(host: str) -> str:
    """Our address on the way to a host, as the routing table says; nothing is sent."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((host, 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
