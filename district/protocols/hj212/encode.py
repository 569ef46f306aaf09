"""Frames as a sender builds them: header fields, data area, splitting, envelope. HJ 212-2017 sections 6.1 to 6.3."""

from __future__ import annotations

from collections.abc import Iterable

from . import sm4
from .crc import crc16

VERSION_BITS = {2005: 0, 2017: 1, 2025: 2}
LONGEST_AREA = 950
"""CP of 2017 and 2025; 2005 allows 960."""
LONGEST_SEGMENT = 9999


def envelope(segment: bytes) -> bytes:
    """The frame around a data segment. ValueError beyond four digits of length."""
    if len(segment) > LONGEST_SEGMENT:
        raise ValueError(f"数据段 {len(segment)} 字节，超过 4 位长度")
    return b"##%04d%b%04X\r\n" % (len(segment), segment, crc16(segment))


def flag_of(version: int, wants_answer: bool, is_split: bool = False) -> int:
    """Version bits, bit 1 for numbered packets, bit 0 for an answer. KeyError for a version other than 2005/2017/2025."""
    return VERSION_BITS[version] << 2 | is_split << 1 | wants_answer


def header(
    *,
    system: str,
    command: str,
    password: str,
    device: str,
    number: str | None = None,
    flag: int | None = None,
    packet: tuple[int, int] | None = None,
    is_resend: bool = False,
) -> str:
    """The fields before CP, each with its `;`. `packet` is (how many, which from 1)."""
    fields = [f"QN={_clean(number)}"] if number else []
    fields += [f"ST={_clean(system)}", f"CN={_clean(command)}", f"PW={_clean(password)}", f"MN={_clean(device)}"]
    if flag is not None:
        fields.append(f"Flag={flag}")
    if packet is not None:
        fields += [f"PNUM={packet[0]}", f"PNO={packet[1]}"]
    if is_resend:
        fields.append("RF=1")
    return ";".join(fields) + ";"


def framed(head: str, area: str, key: bytes | None = None) -> bytes:
    """The frame of a header and a data area. With `key` (SM4, 2025) the area is encrypted; length and CRC stay plain."""
    if "&&" in area:
        raise ValueError("数据区不能含 &&")
    plain = f"{head}CP=&&{area}&&".encode()
    if key is None:
        return envelope(plain)
    cipher = sm4.encrypted_area(area.encode(), key)
    return b"##%04d%bCP=&&%b&&%04X\r\n" % (len(plain), head.encode(), cipher, crc16(plain))


def packets(items: Iterable[str], common: str = "", limit: int = LONGEST_AREA) -> list[str]:
    """Data areas of at most `limit` bytes, cut between items, each beginning with `common` (DataTime).

    ValueError when one item alone is too long.
    """
    areas = [common]
    for item in items:
        longer = f"{areas[-1]};{item}" if areas[-1] else item
        if len(longer.encode()) <= limit:
            areas[-1] = longer
            continue
        alone = f"{common};{item}" if common else item
        if len(alone.encode()) > limit or areas[-1] == common:
            raise ValueError(f"一项就超过 {limit} 字节：{item[:40]}…")
        areas.append(alone)
    return areas


def _clean(value: str) -> str:
    if any(sign in value for sign in ";,=&\r\n"):
        raise ValueError(f"“{value}” 不能含 ; , = & 和换行")
    return value
