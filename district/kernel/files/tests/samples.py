"""Small files of each kind, made on the spot."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)
RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OFFICE_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def package(parts: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return made.getvalue()


def docx(**more: str | bytes) -> bytes:
    names = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    return package({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<document/>"} | names)


def relation(kind: str, target: str) -> str:
    return RELATIONS.format(
        f'<Relationship Id="r1" Type="{OFFICE_TYPE}{kind}" Target="{target}" TargetMode="External"/>'
    )


def pdf(body: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + body + b">>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    )


def pdf_with_object_stream(
    inside: bytes, filters: bytes = b"/FlateDecode", packed: bytes | None = None
) -> bytes:
    body = zlib.compress(inside) if packed is None else packed
    head = (
        b"2 0 obj\n<< /Type /ObjStm /Filter "
        + filters
        + b" /Length "
        + str(len(body)).encode()
        + b" >>\nstream\n"
    )
    return pdf() + head + body + b"\nendstream\nendobj\n"


def exif(*, lat: float, lon: float, orientation: int = 1) -> bytes:
    """The TIFF part of an Exif segment, big-endian, with a GPS directory in degrees, minutes, seconds."""
    first = 8
    gps = first + 2 + 2 * 12 + 4
    values = gps + 2 + 4 * 12 + 4
    entry = struct.Struct(">HHI4s")
    tags = [
        entry.pack(0x0112, 3, 1, struct.pack(">HH", orientation, 0)), entry.pack(0x8825, 4, 1, struct.pack(">I", gps)),
    ]  # fmt: skip
    gps_tags = [
        entry.pack(1, 2, 2, b"N\0\0\0" if lat >= 0 else b"S\0\0\0"), entry.pack(2, 5, 3, struct.pack(">I", values)),
        entry.pack(3, 2, 2, b"E\0\0\0" if lon >= 0 else b"W\0\0\0"), entry.pack(4, 5, 3, struct.pack(">I", values + 24)),
    ]  # fmt: skip
    return (
        b"MM\0*" + struct.pack(">I", first) + struct.pack(">H", 2) + b"".join(tags) + struct.pack(">I", 0)
        + struct.pack(">H", 4) + b"".join(gps_tags) + struct.pack(">I", 0) + _sexagesimal(lat) + _sexagesimal(lon)
    )  # fmt: skip


def _sexagesimal(degrees: float) -> bytes:
    seconds = round(abs(degrees) * 3_600 * 1_000)
    return struct.pack(">6I", seconds // 3_600_000, 1, seconds // 60_000 % 60, 1, seconds % 60_000, 1_000)


def jpeg(tiff: bytes | None = None, comment: bytes = b"") -> bytes:
    parts = [b"\xff\xd8", _segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")]
    parts += [_segment(0xE1, b"Exif\0\0" + tiff)] if tiff else []
    parts += [_segment(0xFE, comment)] if comment else []
    return b"".join([*parts, _segment(0xDB, bytes(65)), b"\xff\xda\x00\x08", bytes(20), b"\xff\xd9"])


def _segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def png(**texts: str) -> bytes:
    chunks = [_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))]
    chunks += [_chunk(b"tEXt", f"{key}\0{text}".encode("latin-1")) for key, text in texts.items()]
    chunks += [_chunk(b"IDAT", zlib.compress(b"\0\0")), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
