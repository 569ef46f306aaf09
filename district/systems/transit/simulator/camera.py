"""The camera of a simulated bus: sends a stream of JT/T 1078 where it is asked to. Its picture is empty: nobody can watch it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from district.protocols.jt1078 import encode
from district.protocols.jt1078.stream import packet

CHANNELS = (1, 2)
"""Beside the driver, and the doors."""
SECONDS, PER_SECOND = 30.0, 5.0
NEAR = ("127.0.0.1", "localhost", "::1")
"""A simulated camera speaks to this machine alone, whatever address it is told."""
PICTURE = b"\0\0\0\1\x65" + bytes(395)
END = 0


class Camera:
    """`asked` is told the body of a 0x9101 or 0x9102 and says whether it will do so."""

    def __init__(self, phone: str) -> None:
        self._phone = phone
        self._films: dict[int, asyncio.Task[None]] = {}

    def asked(self, message_id: int, body: bytes) -> bool:
        if message_id == encode.CONTROL:
            if len(body) > 1 and body[1] == END:
                self._end(body[0])
            return True
        length = body[0]
        host, ports = body[1 : 1 + length].decode("ascii", "replace").rstrip("\0"), body[1 + length :]
        port, channel = int.from_bytes(ports[:2], "big"), ports[4]
        if host not in NEAR or channel not in CHANNELS or not port:
            return False
        self._end(channel)
        self._films[channel] = asyncio.get_running_loop().create_task(self._film(host, port, channel))
        return True

    def _end(self, channel: int) -> None:
        film = self._films.pop(channel, None)
        if film is not None:
            film.cancel()

    async def _film(self, host: str, port: int, channel: int) -> None:
        # A server that is not there, or hangs up, is none of the bus's business.
        with suppress(OSError):
            _reader, writer = await asyncio.open_connection(host, port)
            try:
                for number in range(int(SECONDS * PER_SECOND)):
                    at_ms = int(number * 1000 / PER_SECOND)
                    writer.write(packet(self._phone, channel, number, 0, PICTURE, at_ms=at_ms))
                    await writer.drain()
                    await asyncio.sleep(1 / PER_SECOND)
            finally:
                writer.close()
