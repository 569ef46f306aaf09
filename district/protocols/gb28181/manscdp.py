"""The XML of MESSAGE and NOTIFY bodies (MANSCDP). GB/T 28181-2016 Annex A."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from .message import FrameError

ROOTS = ("Notify", "Query", "Response", "Control")
DECLARATION = re.compile(r"\s*<\?xml[^>]*?\?>")
ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w-]+)[\"']")
DEEPEST = 12
LARGEST = 512 * 1024

Tree = dict[str, Any]
"""Element name → text, tree, or list of them where the name comes several times."""


@dataclass(frozen=True, slots=True)
class Body:
    """A command. `tree` holds the children of the root; `items` the `Item`s of a list, as trees."""

    root: str
    command: str
    serial: str
    device_id: str
    tree: Tree
    items: tuple[Tree, ...] = ()
    declared_items: int | None = None
    """The attribute Num of the list."""

    def text(self, name: str) -> str:
        """The text of a child, empty when it is absent or has children of its own."""
        value = self.tree.get(name, "")
        return value if isinstance(value, str) else ""

    @property
    def total(self) -> int:
        """SumNum, or what came when it is not said."""
        text = self.text("SumNum")
        return int(text) if text.isdigit() else len(self.items)


def text_of(body: bytes) -> str:
    """Decoded by the declaration, then as GB 18030, which contains GB 2312 and GBK. Raises FrameError bad_encoding."""
    found = ENCODING.search(body[:200])
    declared = found[1].decode("ascii").lower() if found else "gb18030"
    if body.startswith(b"\xef\xbb\xbf"):
        return _decoded(body[3:], "utf-8") or _refuse(declared)
    first = "gb18030" if declared in ("gb2312", "gbk", "gb18030", "gb-2312") else declared
    for codec in (first, "gb18030", "utf-8"):
        text = _decoded(body, codec)
        if text is not None:
            return text
    return _refuse(declared)


def _decoded(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _refuse(declared: str) -> str:
    raise FrameError("bad_encoding", f"正文不是 {declared}，也不是 GB 18030")


def parse_body(body: bytes) -> Body:
    """Raises FrameError: bad_xml (also for a document type), bad_encoding, bad_root, missing_field, too_long."""
    if len(body) > LARGEST:
        raise FrameError("too_long", f"正文 {len(body)} 字节，超过 {LARGEST}")
    text = text_of(body).strip("\x00\r\n\t ")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise FrameError("bad_xml", "XML 不得含 DOCTYPE 或 ENTITY")
    try:
        root = ElementTree.fromstring(DECLARATION.sub("", text, count=1).strip())  # noqa: S314 - no DTD can be in it
    except (ElementTree.ParseError, ValueError) as error:
        raise FrameError("bad_xml", f"XML 不能解析：{error}") from error
    if root.tag not in ROOTS:
        raise FrameError("bad_root", f"根元素 {root.tag[:40]}：应为 {'、'.join(ROOTS)}")
    tree = cast(Tree, _tree(root, 0)) if len(root) else {}
    command, serial, device = (_mandatory(tree, name) for name in ("CmdType", "SN", "DeviceID"))
    items, declared = _items(root)
    return Body(root.tag, command, serial, device, tree, items, declared)


def _tree(element: ElementTree.Element, depth: int) -> Tree | str:
    if depth > DEEPEST:
        raise FrameError("bad_xml", f"XML 嵌套超过 {DEEPEST} 层")
    if not len(element):
        return (element.text or "").strip()
    tree: Tree = {}
    for child in element:
        value = _tree(child, depth + 1)
        if child.tag in tree:
            known = tree[child.tag]
            tree[child.tag] = [*known, value] if isinstance(known, list) else [known, value]
        else:
            tree[child.tag] = value
    return tree


def _mandatory(tree: Tree, name: str) -> str:
    value = tree.get(name)
    if not isinstance(value, str) or not value:
        raise FrameError("missing_field", f"缺少 {name}")
    return value


def _items(root: ElementTree.Element) -> tuple[tuple[Tree, ...], int | None]:
    for child in root:
        if child.tag.endswith("List") and (child.find("Item") is not None or child.get("Num") is not None):
            trees = (_tree(item, 2) for item in child.findall("Item"))
            number = (child.get("Num") or "").strip()
            return tuple(each for each in trees if isinstance(each, dict)), int(
                number
            ) if number.isdigit() else None
    return (), None


def build_body(
    root: str, command: str, serial: int | str, device_id: str, fields: Mapping[str, Any] | None = None,
    items: Sequence[Mapping[str, Any]] | None = None, list_name: str = "DeviceList", encoding: str = "GB2312",
) -> bytes:  # fmt: skip
    """The XML of a command. `fields` may hold trees and lists; `items` become `<list_name Num="n"><Item>…`."""
    parts = [
        f'<?xml version="1.0" encoding="{encoding}"?>', f"<{root}>", f"<CmdType>{escape(command)}</CmdType>",
        f"<SN>{serial}</SN>", f"<DeviceID>{escape(device_id)}</DeviceID>", *_elements(fields or {}),
    ]  # fmt: skip
    if items is not None:
        parts.append(f'<{list_name} Num="{len(items)}">')
        for item in items:
            parts += ["<Item>", *_elements(item), "</Item>"]
        parts.append(f"</{list_name}>")
    text = "\r\n".join([*parts, f"</{root}>", ""])
    return text.encode("utf-8" if encoding.upper() == "UTF-8" else "gb18030")


def _elements(fields: Mapping[str, Any]) -> list[str]:
    lines: list[str] = []
    for name, value in fields.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Mapping):
                lines += [f"<{name}>", *_elements(each), f"</{name}>"]
            elif each is not None:
                lines.append(f"<{name}>{escape(str(each))}</{name}>")
    return lines
