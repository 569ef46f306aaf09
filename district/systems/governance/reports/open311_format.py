"""Open311 GeoReport v2 as text: the same plain values as JSON and as XML, and its errors.

https://wiki.open311.org/GeoReport_v2/ — in XML a list is an element of its own with one element for each entry; the
names of those elements are given by the specification and stand in ENTRIES.
"""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree

ENTRIES = {
    "services": "service", "service_requests": "request", "errors": "error", "attributes": "attribute",
    "values": "value", "endpoints": "endpoint", "formats": "format", "tokens": "request",
}  # fmt: skip
FORMATS = {"json": "application/json; charset=utf-8", "xml": "application/xml; charset=utf-8"}
_not_in_xml = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Open311Error(Exception):
    """What is answered: the HTTP status, and its words. Several wrong fields are several errors."""

    def __init__(self, status: int, *descriptions: str) -> None:
        super().__init__("; ".join(descriptions))
        self.status = status
        self.descriptions = descriptions


def written(root: str, value: Any, form: str) -> bytes:
    """A list or a mapping as JSON (without the root) or as XML (within it)."""
    if form == "json":
        return json.dumps(value, ensure_ascii=False).encode()
    return etree.tostring(_element(root, value), xml_declaration=True, encoding="utf-8")


def errors(error: Open311Error, form: str) -> bytes:
    rows = [{"code": error.status, "description": text} for text in error.descriptions]
    return written("errors", rows, form)


def _element(name: str, value: Any) -> Any:
    element = etree.Element(name)
    if isinstance(value, dict):
        element.extend(_element(key, one) for key, one in value.items())
    elif isinstance(value, list):
        element.extend(_element(ENTRIES[name], one) for one in value)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    elif value is not None:
        element.text = _not_in_xml.sub("", str(value))
    return element
