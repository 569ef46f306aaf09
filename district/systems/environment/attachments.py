"""Which uploaded files are accepted as proof: by size, by name, and by what their first bytes say."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

MAX_BYTES = 20 * 1024 * 1024

_MAGIC: dict[str, tuple[str, tuple[bytes, ...]]] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK\x03\x04",)),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK\x03\x04",)),
}
"""Suffix → media type and the beginnings a file of that type may have."""

_INSIDE = {".docx": b"word/", ".xlsx": b"xl/"}
"""An Office file is a ZIP whose directory names its own folder."""


@dataclass(frozen=True)
class Attachment:
    """An accepted upload: the name people gave it (no path), media type, SHA-256 of the content."""

    name: str
    media_type: str
    sha256: str
    size: int


class RefusedAttachment(ValueError):
    """An upload that is not accepted; `code` is stable, the text is for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def read_attachment(name: str, content: bytes) -> Attachment:
    """Checks an upload. Raises RefusedAttachment: empty, too_large, bad_type, bad_content."""
    bare = PurePosixPath(name.replace("\\", "/")).name[:120]
    suffix = PurePosixPath(bare).suffix.lower()
    if not content:
        raise RefusedAttachment("empty", f"附件“{bare}”是空文件")
    if len(content) > MAX_BYTES:
        raise RefusedAttachment(
            "too_large", f"附件“{bare}”有 {len(content) / 1048576:.1f} MB，不得超过 20 MB"
        )
    if suffix not in _MAGIC:
        raise RefusedAttachment("bad_type", f"附件“{bare}”的类型不在允许之列（{'、'.join(_MAGIC)}）")
    media_type, beginnings = _MAGIC[suffix]
    inside = _INSIDE.get(suffix)
    if not content.startswith(beginnings) or (inside is not None and inside not in content):
        raise RefusedAttachment("bad_content", f"附件“{bare}”的内容与扩展名 {suffix} 不符")
    return Attachment(bare, media_type, hashlib.sha256(content).hexdigest(), len(content))
