"""XML of strangers, read without doing anything it says: no entities, no outside files, no unbounded depth."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

MOST_BYTES = 10 * 1024 * 1024
DEEPEST = 60


class Unreadable(ValueError):
    """`code`: `too_large`, `not_xml`, `doctype`, `too_deep`."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def read(content: bytes) -> etree._Element:
    """The root element. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large", f"XML 有 {len(content)} 字节，不得超过 {MOST_BYTES} 字节")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, collect_ids=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("not_xml", f"不是完整的 XML：{str(error)[:120]}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("doctype", "XML 不得带 DOCTYPE")
    return root


def text_of(content: bytes) -> str:
    """The document as text, whatever its encoding; call after `read`."""
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        encoding = (
            etree.fromstring(content, etree.XMLParser(resolve_entities=False)).getroottree().docinfo.encoding
        )
        return content.decode(encoding or "utf-8", "replace")


def name_of(element: etree._Element) -> str:
    """The name without its namespace."""
    return etree.QName(element).localname


def children(element: etree._Element) -> Iterator[etree._Element]:
    """The elements inside; what is no element is passed over."""
    return (each for each in element if isinstance(each.tag, str))
