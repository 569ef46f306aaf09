"""An upload is read before it is kept: its size, its type by content, and whether it would act by itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic

from district.kernel.files.kinds import FileKind, begins_as, file_kinds
from district.kernel.files.pdf_content import check_pdf
from district.kernel.files.photo_content import Position, position_of
from district.kernel.files.refusal import Refusal
from district.kernel.files.zip_content import check_package

MOST_BYTES = max(kind.max_bytes for kind in file_kinds().values())
"""Nothing larger is taken: read one byte more than this to find out."""

_ACTIVE_TEXT = re.compile(rb"^\s*(<!doctype|<html|<svg|<script|<\?xml|<!--|mime-version:)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class ReadFile:
    """An upload that may be kept: the name people gave it (no path), media type, SHA-256 of the content, bytes."""

    name: str
    suffix: str
    media_type: str
    sha256: str
    size: int
    position: Position | None = None


def read_file(name: str, content: bytes, taken: Collection[str] | None = None) -> ReadFile:
    """Checks an upload; `taken` narrows the suffixes. Raises Refusal, see its codes."""
    bare = bare_name(name)
    kind = _kind_of(bare, taken)
    if not content:
        raise Refusal("empty", f"附件“{bare}”是空文件")
    if len(content) > kind.max_bytes:
        most = kind.max_bytes // 1048576
        raise Refusal("too_large", f"附件“{bare}”有 {len(content) / 1048576:.1f} MB，不得超过 {most} MB")
    if not begins_as(kind.family, content):
        raise Refusal("bad_content", f"附件“{bare}”的内容与扩展名 {kind.suffix} 不符{_looks_like(content)}")
    try:
        _check_content(kind, content)
    except Refusal as refusal:
        raise Refusal(refusal.code, f"附件“{bare}”：{refusal}") from refusal
    return ReadFile(
        bare,
        kind.suffix,
        kind.media_type,
        hashlib.sha256(content).hexdigest(),
        len(content),
        position_of(content),
    )


def bare_name(name: str) -> str:
    """The last part of a path in either style, without characters that hide what it is; the suffix is kept."""
    bare = _CONTROL.sub("", PurePosixPath(name.replace("\\", "/")).name).strip() or "附件"
    suffix = PurePosixPath(bare).suffix
    return bare if len(bare) <= 120 else bare[: 120 - len(suffix)] + suffix


def _kind_of(bare: str, taken: Collection[str] | None) -> FileKind:
    suffix = PurePosixPath(bare).suffix.lower()
    allowed = [each for each in file_kinds() if taken is None or each in taken]
    if suffix not in allowed:
        raise Refusal("bad_type", f"附件“{bare}”的类型不在允许之列（{'、'.join(allowed)}）")
    return file_kinds()[suffix]


def _check_content(kind: FileKind, content: bytes) -> None:
    if kind.family == "pdf":
        check_pdf(content)
    elif kind.family in ("office", "ofd"):
        check_package(content, kind.suffix)
    elif kind.family == "text":
        _check_text(content)


def _check_text(content: bytes) -> None:
    if _ACTIVE_TEXT.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise Refusal("active_content", "内容是网页或脚本，不是文本，不予接收")
    if b"\0" in content:
        raise Refusal("bad_content", "内容不是文本")
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return
    raise Refusal("bad_content", "文本编码既不是 UTF-8 也不是 GB 18030")


def _looks_like(content: bytes) -> str:
    """What the content seems to be, in brackets; empty when it cannot be told."""
    try:
        found = puremagic.magic_string(content[:65536])
    except (puremagic.PureError, ValueError):
        return ""
    return f"（看起来是 {found[0].extension or found[0].name}）" if found else ""
