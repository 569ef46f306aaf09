"""The kinds of files that are taken, and how each is told by its first bytes. The list itself is `kinds.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PHOTOS = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".heic"})
DOCUMENTS = frozenset({".pdf", ".docx", ".xlsx", ".pptx", ".ofd", ".txt", ".csv"})
RECORDINGS = frozenset({".mp4", ".mov", ".m4a", ".mp3", ".wav", ".amr", ".webm", ".ogg"})
VOICES = frozenset({".m4a", ".mp3", ".wav", ".amr", ".webm", ".ogg"})
"""What a phone or a browser records of a voice."""

SHOWN_IN_PAGES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp"})
"""Media types a browser may draw inside our pages."""

_BRANDS = {
    "mp4": (
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
        b"MSNV",
        b"3gp4",
        b"3gp5",
    ),
    "mov": (b"qt  ",),
    "m4a": (b"M4A ", b"mp42", b"isom"),
    "heic": (b"heic", b"heix", b"mif1", b"msf1", b"hevc"),
}
"""Major brands of ISO base media files (ISO/IEC 14496-12), at bytes 8 to 12 after `ftyp`."""

_BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "gif": (b"GIF87a", b"GIF89a"),
    "bmp": (b"BM",),
    "pdf": (b"%PDF-",),
    "office": (b"PK\x03\x04",),
    "ofd": (b"PK\x03\x04",),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"),
    "amr": (b"#!AMR",),
    "ogg": (b"OggS",),
}
_RIFF = {"webp": b"WEBP", "wav": b"WAVE"}


@dataclass(frozen=True)
class FileKind:
    """A kind that is taken. `family` names the check of its content."""

    suffix: str
    family: str
    media_type: str
    max_bytes: int
    zh: str


@cache
def file_kinds() -> dict[str, FileKind]:
    """Suffix → kind."""
    with (Path(__file__).parent / "kinds.csv").open(encoding="utf-8", newline="") as rows:
        return {
            row["suffix"]: FileKind(
                row["suffix"], row["family"], row["media_type"], int(row["max_mb"]) * 1024 * 1024, row["zh"]
            )
            for row in csv.DictReader(rows)
        }


def begins_as(family: str, content: bytes) -> bool:
    """Whether the first bytes are those of the family; text has none of its own and is checked by its reader."""
    if family == "text":
        return True
    if family in _RIFF:
        return content[:4] == b"RIFF" and content[8:12] == _RIFF[family]
    if family == "webm":  # RFC 8794: an EBML header, whose document type stands near its start
        return content[:4] == b"\x1aE\xdf\xa3" and b"webm" in content[:64]
    if family in _BRANDS:
        return content[4:8] == b"ftyp" and content[8:12] in _BRANDS[family]
    return content.startswith(_BEGINNINGS[family])
