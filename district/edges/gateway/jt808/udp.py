"""JT/T 808 over UDP (clause 4.1): every source address is a connection of its own, read and answered like the others.

A datagram that cannot be taken just now is dropped: its sender, unanswered, sends again.
"""

from __future__ import annotations

import asyncio
import socket
import time
from typing import TYPE_CHECKING, Any, cast

from district.edges.gateway.link import Link

if TYPE_CHECKING:
    from district.edges.gateway.gateway import Gateway

RECEIVE_BYTES = 4 * 1024 * 1024
MOST_SOURCES = 5_000
"""Anybody can invent a source: beyond it those that have not authenticated make room."""
Address = tuple[Any, ...]


class UdpLink(Link):
    __slots__ = ("address", "datagrams", "ports")

    def __init__(self, ports: UdpPort, address: Address) -> None:
        super().__init__(ports.gateway, ports.protocol, ports.port)
        self.ports = ports
        self.address = address
        self.remote = f"{address[0]}:{address[1]}"
        self.datagrams = ports.transport

    def send(self, data: bytes) -> bool:
        """One datagram for each frame."""
        if self.is_lost or self.datagrams is None or self.datagrams.is_closing():
            return False
        for part in data.split(b"\x7e"):
            if part:
                self.datagrams.sendto(b"\x7e" + part + b"\x7e", self.address)
        return True

    def pause(self) -> None:
        self.is_paused = True

    def resume(self) -> None:
        self.is_paused = False

    def close(self) -> None:
        if not self.is_lost:
            self.is_lost = True
            self.ports.forget(self)
            self.gateway.lost(self)


class UdpPort(asyncio.DatagramProtocol):
    """The datagram side of a port."""

    def __init__(self, gateway: Gateway, protocol: str, port: int) -> None:
        self.gateway = gateway
        self.protocol = protocol
        self.port = port
        self.transport: asyncio.DatagramTransport | None = None
        self._links: dict[Address, UdpLink] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)

    def datagram_received(self, data: bytes, addr: Address) -> None:
        link = self._links.get(addr)
        if link is None:
            link = self._admitted(addr)
        if link is None or link.is_paused or link.is_lost or self.gateway.is_stopping:
            return
        if link.buffer and link.buffer != b"\x7e":
            data = b"\x7e" + data  # what the datagram before left unfinished ends here
        link.heard_at = time.monotonic()
        link.data_received(data)

    def _admitted(self, address: Address) -> UdpLink | None:
        if len(self._links) >= MOST_SOURCES:
            stranger = next((each for each in self._links.values() if not each.has_spoken), None)
            if stranger is None:
                self.gateway.counters.turned_away.inc()
                return None
            stranger.close()
        link = UdpLink(self, address)
        if not self.gateway.admit(link):
            return None
        self._links[address] = link
        return link

    def forget(self, link: UdpLink) -> None:
        self._links.pop(link.address, None)

    def error_received(self, exc: Exception) -> None:
        """Somebody's port is closed; their silence will tell."""

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()
