"""The text of a data segment: header fields and data area. HJ 212-2017 sections 6.2 and 6.3, misprints tolerated."""

from __future__ import annotations

import re

from .message import FrameError

OPENING = re.compile(rb"CP\s*=\s*&&", re.IGNORECASE)
KNOWN = {name.lower(): name for name in ("QN", "ST", "CN", "PW", "MN", "Flag", "PNUM", "PNO", "RF")}
TEXT_END = re.compile(r"//\s*(?=[,;]|\Z)")
SEPARATOR = re.compile(r"[;,]")


def parted(segment: bytes) -> tuple[bytes, bytes]:
    """Header part and data area (without its `&&`). Raises FrameError bad_cp.

    A missing `;` before CP (misprint C.19) does no harm.
    """
    opening = OPENING.search(segment)
    if opening is None:
        raise FrameError("bad_cp", "数据段没有以 CP=&& 开始的数据区")
    rest = segment[opening.end() :].rstrip(b" \t;")
    if not rest.endswith(b"&&"):
        raise FrameError("bad_cp", "数据区没有以 && 结束")
    area = rest[:-2]
    if area.endswith(b"&") or b"&&" in area:
        raise FrameError("bad_cp", "数据区里又出现 &&")
    return segment[: opening.start()], area


def text_of(data: bytes, where: str) -> str:
    """ASCII or UTF-8 as the text of 2017 says, GB 18030 for older devices. Raises FrameError bad_cp or bad_field."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FrameError("bad_cp" if where == "CP" else "bad_field", f"{where} 里有既非 UTF-8 也非 GB 18030 的字节")


def header_fields(text: str) -> dict[str, str]:
    """Field → value, names in the spelling of the standard. Raises FrameError bad_field.

    Fields end in `;`; a `,` is taken for it (misprints C.22 and C.48, and devices), empty pieces are skipped.
    """
    fields: dict[str, str] = {}
    for piece in SEPARATOR.split(text):
        if not piece.strip():
            continue
        name, equals, value = piece.partition("=")
        name = KNOWN.get(name.strip().lower(), name.strip())
        if not equals or not name:
            raise FrameError("bad_field", f"“{piece.strip()}” 不是 字段=值")
        if name in fields:
            raise FrameError("bad_field", f"字段 {name} 重复")
        fields[name] = value.strip()
    return fields


def items(area: str) -> list[list[tuple[str, str]]]:
    """The items of a data area, each a list of (name, value); empty ones are left out. Raises FrameError bad_cp.

    A text `//…//` (field information) may hold `;`, `,` and `=`: it ends at `//` before a separator or the end.
    """
    found: list[list[tuple[str, str]]] = [[]]
    at = 0
    while at < len(area):
        name, value, at, separator = _pair(area, at)
        if name or value:
            found[-1].append((name, value))
        if separator == ";":
            found.append([])
    return [item for item in found if item]


def _pair(area: str, at: int) -> tuple[str, str, int, str]:
    """(name, value, where to go on, the separator met) of the pair that begins at `at`."""
    if "//" in area:
        quoted = re.compile(r"\s*([^;,=]*)=\s*//").match(area, at)
        if quoted:
            end = TEXT_END.search(area, quoted.end())
            if end is None:
                raise FrameError("bad_cp", f"{quoted[1].strip()} 的文本没有以 // 结束")
            value = area[quoted.end() - 2 : end.start() + 2]
            return quoted[1].strip(), value, end.end() + 1, area[end.end() : end.end() + 1]
    stop = SEPARATOR.search(area, at)
    end_at = stop.start() if stop else len(area)
    piece = area[at:end_at]
    following = stop[0] if stop else ""
    if not piece.strip():
        return "", "", end_at + 1, following
    name, equals, value = piece.partition("=")
    name = name.strip()
    if not equals or not name or not name.isascii() or not name.isprintable():
        raise FrameError("bad_cp", f"数据区里的 “{piece.strip()}” 不是 名称=值")
    return name, value.strip(), end_at + 1, following
