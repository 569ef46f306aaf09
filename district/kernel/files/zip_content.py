"""What is inside Office and OFD packages (ISO/IEC 29500-2; GB/T 33190): macros, outside links, bombs."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from xml.etree import ElementTree

from district.kernel.files.refusal import Refusal

DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, RuntimeError, ValueError,
           OverflowError, OSError, struct.error, KeyError)  # fmt: skip
"""What `zipfile` raises over packages whose directory lies: places before the start, sizes that cannot be."""
MOST_ENTRIES = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 150
RATIO_FROM = 4 * 1024 * 1024
"""An entry this large, unpacked, may not be packed more tightly than MOST_RATIO."""
MOST_RELATIONS = 4 * 1024 * 1024

MAIN_FOLDER = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
MAIN_PART = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml"}
HYPERLINK = "/hyperlink"

_ACTIVE_PARTS = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|activex/.*|oleobject[^/]*\.bin|.*\.(exe|dll|js|vbs|hta|scr|html?|svg|jar))$"
)
_FIELD = re.compile(rb"<(?:\w+:)?instrText[^>]*>([^<]*)<")


def check_package(content: bytes, suffix: str) -> None:
    """Raises Refusal: bad_content, bomb, encrypted, or active_content."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            check_sizes(entries, len(content))
            if suffix == ".ofd":
                _require(package, "OFD.xml")
            else:
                _require(package, MAIN_PART[suffix])
            _check_parts(entries)
            _check_relations(package)
            if suffix == ".docx":
                _check_fields(package)
    except Refusal:
        raise
    except DAMAGED as error:
        raise Refusal("bad_content", f"文件内容与扩展名 {suffix} 不符，或已损坏") from error


def check_sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Refuses a package that would unpack to much more than it seems, whose entries overlap, or that is encrypted."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refusal("bomb", "压缩包解开后过大或文件过多，不予接收")
    if sum(entry.compress_size for entry in entries) > size:
        raise Refusal("bomb", "压缩包的条目互相重叠，不予接收")
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
            raise Refusal("bomb", f"压缩包中的 {entry.filename} 压缩比异常，不予接收")
        if entry.flag_bits & 1:
            raise Refusal("encrypted", "文件已加密，无法检查内容；请取消加密后重新上传")


def _require(package: zipfile.ZipFile, part: str) -> None:
    if part not in package.namelist():
        raise zipfile.BadZipFile(part)


def _check_parts(entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        if _ACTIVE_PARTS.search(entry.filename.lower()):
            what = "宏" if "vba" in entry.filename.lower() else "可执行或内嵌对象"
            raise Refusal("active_content", f"文件含有{what}（{entry.filename}），不予接收；请去除后重新上传")


def _check_relations(package: zipfile.ZipFile) -> None:
    for name in package.namelist():
        if not name.endswith(".rels"):
            continue
        for relation in _xml(package, name).iter():
            outside = relation.get("TargetMode", "").lower() == "external"
            if outside and not relation.get("Type", "").endswith(HYPERLINK):
                kind = relation.get("Type", "").rsplit("/", 1)[-1]
                raise Refusal(
                    "active_content", f"文件引用了外部内容（{kind}），不予接收；请断开外部链接后重新上传"
                )


def _xml(package: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if package.getinfo(name).file_size > MOST_RELATIONS:
        raise Refusal("bomb", f"{name} 过大，不予接收")
    text = package.read(name)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refusal("active_content", f"{name} 的写法无法检查，不予接收")
    try:
        return ElementTree.fromstring(text)  # noqa: S314 - without a document type there are no entities to expand
    except ElementTree.ParseError as error:
        raise Refusal("bad_content", f"{name} 不是有效的 XML") from error


def _check_fields(package: zipfile.ZipFile) -> None:
    """A DDE field starts a program when the document is opened; Word splits its text over runs."""
    for name in package.namelist():
        if name.startswith("word/") and name.endswith(".xml"):
            said = b"".join(_FIELD.findall(package.read(name))).upper()
            if b"DDEAUTO" in said or re.search(rb"(^|\s)DDE\s", said):
                raise Refusal("active_content", "文档含有 DDE 域，不予接收；请去除后重新上传")
