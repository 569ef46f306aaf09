"""A filled form as it comes in: its identity, answers and the files it names. Pure.

Answers are keyed by path without the root (`income/wage`); a repeat is a list of objects keyed by path within it.
Empty answers are left out, so is `meta`.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from lxml import etree

from district.kernel.forms import xml
from district.kernel.forms.shape import Shape

META = "meta"


@dataclass(frozen=True)
class Head:
    """Who a submission says it is: read before its form is known."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    instance_name: str
    is_encrypted: bool
    root: etree._Element


@dataclass(frozen=True)
class Filled:
    values: dict[str, Any]
    files: tuple[str, ...]
    """Names of the files it says belong to it, in order, each once."""


def head_of(content: bytes) -> Head:
    """Raises xml.Unreadable."""
    root = xml.read(content)
    meta = next((each for each in xml.children(root) if xml.name_of(each) == META), None)
    told = (
        {xml.name_of(each): (each.text or "").strip() for each in xml.children(meta)}
        if meta is not None
        else {}
    )
    encrypted = root.get("encrypted") == "yes" or any(
        xml.name_of(each) == "base64EncryptedKey" for each in xml.children(root)
    )
    instance_id = told.get("instanceID") or root.get("instanceID") or ""
    return Head(
        root.get("id") or etree.QName(root).namespace or "", root.get("version") or "",
        instance_id or f"uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content.hex())}", told.get("deprecatedID", ""),
        told.get("instanceName", ""), encrypted, root,
    )  # fmt: skip


def filled(head: Head, shape: Shape) -> Filled:
    """The answers, read by the shape of the form's version. Raises xml.Unreadable when it is nested too deep."""
    files: dict[str, None] = {}
    values = _answers(head.root, "", "", shape.repeats, shape.uploads, files, 0)
    return Filled(values, tuple(files))


def _answers(
    element: etree._Element,
    path: str,
    key: str,
    repeats: frozenset[str],
    uploads: frozenset[str],
    files: dict[str, None],
    depth: int,
) -> dict[str, Any]:
    """`path` is whole, `key` is from the innermost repeat on; both end in `/` unless empty."""
    if depth > xml.DEEPEST:
        raise xml.Unreadable("too_deep", f"XML 的层次超过 {xml.DEEPEST} 层")
    found: dict[str, Any] = {}
    for child in xml.children(element):
        name = xml.name_of(child)
        whole, own = path + name, key + name
        if whole in repeats:
            row = _answers(child, f"{whole}/", "", repeats, uploads, files, depth + 1)
            found.setdefault(own, []).append(row)
        elif len(child):
            inner = _answers(child, f"{whole}/", f"{own}/", repeats, uploads, files, depth + 1)
            if whole != META:
                found |= inner
        elif child.text and child.text.strip():
            if whole in uploads:
                files[child.text.strip()] = None
            if not whole.startswith(f"{META}/"):
                found[own] = child.text
    return found
