"""Text of any of the usual encodings as blocks of whole lines in UTF-8. No Django.

A file that is UTF-8 as a whole is passed on as it is. Otherwise each line is decided by itself, because files are put
together from pieces: what is UTF-8 with Chinese in it is UTF-8, else what is GB 18030 is that; a line that is neither
is left empty and reported.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from district.kernel.connectors.rows import UnreadRow
from district.kernel.files.refusal import Refusal

BLOCK_BYTES = 4 * 1024 * 1024
MOST_LINE_BYTES = 32 * 1024 * 1024
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True)
class Block:
    """Whole lines in UTF-8. `first_line` counts from 1; `bytes` is how much of the file they took."""

    data: bytes
    first_line: int
    unread: tuple[UnreadRow, ...]
    bytes: int


class TextLines:
    """Iterate once. `encodings` then says which were met."""

    def __init__(self, file: IO[bytes], block_bytes: int = BLOCK_BYTES) -> None:
        self.file, self.block_bytes = file, block_bytes
        self.encodings: set[str] = set()

    def __iter__(self) -> Iterator[Block]:
        start = self.file.read(4096)
        self.file.seek(0)
        decoder = _wide_decoder(start)
        if decoder is None and (b"\0" in start or looks_active(start)):
            raise Refusal("bad_content", "内容不是数据文本（可能是程序、网页或其他格式的文件）")
        is_old_mac = decoder is None and b"\r" in start and b"\n" not in start
        rest, line, is_first = b"", 1, True
        while chunk := self.file.read(self.block_bytes):
            size = len(chunk)
            if decoder is not None:
                self.encodings.add("UTF-16")
                chunk = decoder.decode(chunk).encode("utf-8", "replace")
            if is_first:
                chunk, is_first = chunk.removeprefix(codecs.BOM_UTF8), False
            rest += chunk.replace(b"\r", b"\n") if is_old_mac else chunk
            cut = rest.rfind(b"\n") + 1
            if not cut and len(rest) > MOST_LINE_BYTES:
                raise Refusal(
                    "line_too_long", f"有一行超过 {MOST_LINE_BYTES // 1048576} MB，不是按行的数据文本"
                )
            if cut:
                yield self._block(rest[:cut], line, size)
                line += rest.count(b"\n", 0, cut)
                rest = rest[cut:]
        if rest:
            yield self._block(rest, line, 0)

    def _block(self, data: bytes, line: int, size: int) -> Block:
        if b"\0" in data:
            raise Refusal("bad_content", f"第 {line} 行之后有不属于文本的内容，文件可能已损坏")
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            if not data.isascii():
                self.encodings.add("UTF-8")
            return Block(data, line, (), size)
        unread: list[UnreadRow] = []
        lines = [self._line(each, line + number, unread) for number, each in enumerate(data.split(b"\n"))]
        return Block(b"\n".join(lines), line, tuple(unread), size)

    def _line(self, line: bytes, number: int, unread: list[UnreadRow]) -> bytes:
        if _NOT_ASCII.search(line) is None:
            return line
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            text = ""
        if text and _HAN.search(text):
            self.encodings.add("UTF-8")
            return line
        try:
            other = line.decode("gb18030")
        except UnicodeDecodeError:
            if text:
                return line
            shown = line.decode("utf-8", "replace").strip()[:400]
            words = "这一行既不是 UTF-8 也不是 GB 18030 编码，无法读出文字"
            unread.append(UnreadRow(number, {"": shown}, "bad_encoding", words))
            return b""
        self.encodings.add("GB 18030")
        return other.encode("utf-8", "replace")


def looks_active(start: bytes) -> bool:
    head = start.removeprefix(codecs.BOM_UTF8).lstrip()[:64].lower()
    return head.startswith(
        (
            b"<!doctype",
            b"<html",
            b"<?xml",
            b"<script",
            b"<svg",
            b"<table",
            b"mime-version:",
            b"%pdf-",
            b"{\\rtf",
        )
    )


def _wide_decoder(start: bytes) -> codecs.IncrementalDecoder | None:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return codecs.getincrementaldecoder("utf-16")("replace")
    half = len(start) // 2
    if half >= 8 and start[1::2].count(0) > half * 0.4 and start[::2].count(0) == 0:
        return codecs.getincrementaldecoder("utf-16-le")("replace")
    if half >= 8 and start[::2].count(0) > half * 0.4 and start[1::2].count(0) == 0:
        return codecs.getincrementaldecoder("utf-16-be")("replace")
    return None


def whole_text_encoding(file: IO[bytes]) -> str:
    """The one encoding of a text that is not made of lines. Raises Refusal when there is none."""
    start = file.read(4096)
    file.seek(0)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _wide_decoder(start) is not None:
        return "utf-16-le" if start[:1] != b"\0" else "utf-16-be"
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            while chunk := file.read(BLOCK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        finally:
            file.seek(0)
        return encoding
    raise Refusal("bad_encoding", "文本编码既不是 UTF-8 也不是 GB 18030")
