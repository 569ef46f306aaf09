"""Where a photo was taken, and a photo without what it says about its owner (Exif 2.3, PNG 1.2)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_EXIF = b"Exif\0\0"
_GPS_POINTER = 0x8825
_ORIENTATION = 0x0112
_PNG_TEXTS = (b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME")


@dataclass(frozen=True)
class Position:
    """Degrees, WGS-84."""

    lon: float
    lat: float


def position_of(content: bytes) -> Position | None:
    """Where the camera says the photo was taken; None when it does not say, or not so that it can be read."""
    directory = _exif_of(content)
    if directory is None:
        return None
    try:
        order, tags = _directory(directory, None)
        pointer = tags.get(_GPS_POINTER)
        if pointer is None:
            return None
        _, gps = _directory(directory, struct.unpack(order + "I", pointer[2])[0])
        lat = _degrees(directory, order, gps[2]) * (-1 if gps[1][2][:1] == b"S" else 1)
        lon = _degrees(directory, order, gps[4]) * (-1 if gps[3][2][:1] == b"W" else 1)
    except (struct.error, KeyError, ZeroDivisionError, IndexError):
        return None
    return Position(lon, lat) if abs(lat) <= 90 and abs(lon) <= 180 else None


def says_more(content: bytes) -> bool:
    """Whether there is anything that `without_metadata` would take away."""
    return without_metadata(content) != content


def without_metadata(content: bytes) -> bytes:
    """The same picture without Exif, XMP, IPTC and comments; which way up it is stays. Other formats unchanged."""
    if content.startswith(b"\xff\xd8"):
        return _bare_jpeg(content)
    if content.startswith(b"\x89PNG"):
        return _bare_png(content)
    return content


def _segments(content: bytes) -> list[tuple[int, bytes, bytes]]:
    """(marker, whole segment, its data) of a JPEG up to the picture itself, which is the last one."""
    found = []
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        length = struct.unpack(">H", content[at + 2 : at + 4])[0]
        if marker == 0xDA:
            break
        found.append((marker, content[at : at + 2 + length], content[at + 4 : at + 2 + length]))
        at += 2 + length
    return [*found, (0xDA, content[at:], b"")]


def _bare_jpeg(content: bytes) -> bytes:
    kept = [b"\xff\xd8"]
    for marker, whole, data in _segments(content):
        if marker == 0xE1 and data.startswith(_EXIF):
            turned = _orientation(data[len(_EXIF) :])
            kept += [_upright_note(turned)] if turned not in (None, 1) else []
        elif marker not in (0xE1, 0xED, 0xFE):
            kept.append(whole)
    return b"".join(kept)


def _upright_note(orientation: int | None) -> bytes:
    """An Exif segment that says nothing but the orientation."""
    tiff = (
        b"II*\0"
        + struct.pack("<IH", 8, 1)
        + struct.pack("<HHIHHI", _ORIENTATION, 3, 1, orientation or 1, 0, 0)
    )
    data = _EXIF + tiff
    return b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data


def _orientation(tiff: bytes) -> int | None:
    try:
        order, tags = _directory(tiff, None)
        return int(struct.unpack(order + "H", tags[_ORIENTATION][2][:2])[0])
    except (struct.error, KeyError, IndexError):
        return None


def _bare_png(content: bytes) -> bytes:
    kept, at = [content[:8]], 8
    while at + 12 <= len(content):
        length = struct.unpack(">I", content[at : at + 4])[0]
        chunk = content[at : at + 12 + length]
        if chunk[4:8] not in _PNG_TEXTS:
            kept.append(chunk)
        at += 12 + length
    return b"".join(kept)


def _exif_of(content: bytes) -> bytes | None:
    """The TIFF directory inside a JPEG or PNG."""
    if content.startswith(b"\xff\xd8"):
        for marker, _whole, data in _segments(content):
            if marker == 0xE1 and data.startswith(_EXIF):
                return data[len(_EXIF) :]
    found = content.find(b"eXIf", 8) if content.startswith(b"\x89PNG") else -1
    return content[found + 4 :] if found > 0 else None


def _directory(tiff: bytes, at: int | None) -> tuple[str, dict[int, tuple[int, int, bytes]]]:
    """Byte order and tag → (type, count, the four bytes of the value); the first directory when `at` is None."""
    order = {b"II": "<", b"MM": ">"}[tiff[:2]]
    start = struct.unpack(order + "I", tiff[4:8])[0] if at is None else at
    (count,) = struct.unpack(order + "H", tiff[start : start + 2])
    tags = {}
    for index in range(min(count, 200)):
        entry = tiff[start + 2 + 12 * index : start + 14 + 12 * index]
        tag, kind, number = struct.unpack(order + "HHI", entry[:8])
        tags[tag] = (kind, number, entry[8:12])
    return order, tags


def _degrees(tiff: bytes, order: str, tag: tuple[int, int, bytes]) -> float:
    """Degrees, minutes and seconds as three fractions."""
    (at,) = struct.unpack(order + "I", tag[2])
    numbers = struct.unpack(order + "6I", tiff[at : at + 24])
    parts = [numbers[index] / numbers[index + 1] for index in (0, 2, 4)]
    return float(parts[0] + parts[1] / 60 + parts[2] / 3600)
