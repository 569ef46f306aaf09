"""What a simulated camera sends when it is asked for a picture: a program stream that is right in form and shows nothing."""

from __future__ import annotations

import asyncio
import random
from typing import Any, cast

from district.protocols.gb28181 import RtpPacket, build_rtp, framed, pack_header, video_pes

FRAMES_PER_S = 10
CLOCK_HZ = 90_000
NOTHING = b"\x00\x00\x00\x01\x0c" + b"\xff" * 48 + b"\x80"
"""An H.264 unit of filler data."""


async def send_picture(
    host: str, port: int, ssrc: int, *, is_tcp: bool = False, seconds: float = 60.0
) -> None:
    """Sends until cancelled, or for that long: nobody is served for ever."""
    loop = asyncio.get_running_loop()
    if is_tcp:
        _, writer = await asyncio.open_connection(host, port)
        transport: asyncio.BaseTransport = writer.transport
    else:
        transport, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=(host, port))
    sequence = random.randrange(65536)
    try:
        for frame in range(int(seconds * FRAMES_PER_S)):
            clock = frame * CLOCK_HZ // FRAMES_PER_S
            payload = pack_header(clock) + video_pes(NOTHING)
            packet = build_rtp(
                RtpPacket(96, (sequence + frame) & 0xFFFF, clock, ssrc & 0xFFFFFFFF, True, payload)
            )
            if is_tcp:
                cast(asyncio.Transport, transport).write(framed(packet))
            else:
                cast(Any, transport).sendto(packet)
            await asyncio.sleep(1 / FRAMES_PER_S)
    finally:
        transport.close()
