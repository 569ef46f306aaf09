"""What a PDF would do by itself when opened: scripts, programs, files inside (ISO 32000-1, 7.5, 7.11, 12.6)."""

from __future__ import annotations

import re
import zlib

from district.kernel.files.refusal import Refusal

ACTIVE = {
    b"JavaScript": "JavaScript 脚本",
    b"JS": "JavaScript 脚本",
    b"Launch": "启动程序的动作",
    b"EmbeddedFile": "内嵌文件",
    b"EmbeddedFiles": "内嵌文件",
    b"GoToE": "内嵌文件",
    b"RichMedia": "富媒体",
    b"XFA": "XFA 动态表单",
    b"SubmitForm": "自动提交的动作",
    b"ImportData": "导入数据的动作",
}
MOST_UNPACKED = 64 * 1024 * 1024

_NAME = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")


def check_pdf(content: bytes) -> None:
    """Raises Refusal: active_content, encrypted, or bomb. Names are found however they are escaped or packed."""
    outside, packed = _parted(content)
    names = _names(outside)
    if b"Encrypt" in names:
        raise Refusal("encrypted", "PDF 已加密，无法检查内容；请取消加密后重新上传")
    left = MOST_UNPACKED
    for head, body in packed:
        text = _unpacked(head, body, left)
        left -= len(text)
        names |= _names(text)
    found = sorted({ACTIVE[name] for name in names & ACTIVE.keys()})
    if found:
        raise Refusal("active_content", f"PDF 含有{'、'.join(found)}，不予接收；请另存为普通 PDF 后上传")


def _parted(content: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The file without the bodies of its streams, and (dictionary, body) of each stream of objects."""
    outside: list[bytes] = []
    packed: list[tuple[bytes, bytes]] = []
    at = 0
    while found := _STREAM.search(content, at):
        outside.append(content[at : found.start()])
        head = outside[-1][outside[-1].rfind(b"obj") :]
        end = content.find(b"endstream", found.end())
        at = len(content) if end < 0 else end
        if b"ObjStm" in _names(head):
            packed.append((head, content[found.end() : at]))
        elif end < 0:  # a stream that never ends could hide the rest of the file from this check
            outside.append(content[found.end() :])
    outside.append(content[at:])
    return b"\n".join(outside), packed


def _names(text: bytes) -> set[bytes]:
    return {_ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), name) for name in _NAME.findall(text)}


def _unpacked(head: bytes, body: bytes, most: int) -> bytes:
    filters = {
        name
        for name in _names(head)
        if name.endswith((b"Decode", b"Crypt")) or name in (b"Fl", b"AHx", b"A85")
    }
    if not filters:
        return body
    if filters - {b"FlateDecode", b"Fl"}:
        raise Refusal("active_content", "PDF 的对象流用了无法检查的编码，不予接收；请另存为普通 PDF 后上传")
    try:
        packer = zlib.decompressobj()
        text = packer.decompress(body, most + 1)
    except zlib.error as error:
        raise Refusal("bad_content", "PDF 的对象流已损坏，无法检查；请重新导出后上传") from error
    if len(text) > most:
        raise Refusal("bomb", "PDF 解压后过大，不予接收")
    return text
