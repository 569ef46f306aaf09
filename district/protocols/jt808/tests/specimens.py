"""Headers and bodies the tests begin with: those of an invented bus of Zhoucun."""

from __future__ import annotations

from district.protocols.jt808 import V2013, V2019, Header, encode
from district.protocols.jt808.encode import frames_of

PHONES = {V2013: "013370306001", V2019: "00000000013370306002"}


def head(message_id: int, version: int = V2013, serial: int = 7) -> Header:
    return Header(message_id, version, PHONES[version], serial, 0, protocol_version=1 if version == V2019 else 0)


def frame(message_id: int, body: bytes = b"", version: int = V2013, serial: int = 7) -> bytes:
    return frames_of(head(message_id, version, serial), body)[0]


def place(latitude: float = 36.8, longitude: float = 117.86, time: str = "260311081530", status: int = 3,
          speed_kmh: float = 38.6, items: tuple[tuple[int, bytes], ...] = ()) -> bytes:  # fmt: skip
    return encode.position(alarm=0, status=status, latitude=latitude, longitude=longitude, altitude=45,
                           speed_kmh=speed_kmh, direction=271, time=time, items=items)  # fmt: skip
