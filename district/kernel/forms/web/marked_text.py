"""Bold, italic, links and line breaks of labels and hints, and nothing else of Markdown. Pure."""

from __future__ import annotations

import re
from html import escape

from lxml import etree, html

RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\*\*(.+?)\*\*|__(.+?)__", re.S), r"<strong>\1\2</strong>"),
    (re.compile(r"(?<![\w*])\*(?!\s)([^*\n]+?)(?<!\s)\*(?!\w)"), r"<em>\1</em>"),
    (re.compile(r"(?<!\w)_(?!\s)([^_\n]+?)(?<!\s)_(?!\w)"), r"<em>\1</em>"),
    (
        re.compile(r"\[([^\]\n]+)\]\(((?:https?://|mailto:|tel:)[^\s)]+)\)"),
        r'<a href="\2" rel="noopener noreferrer" target="_blank">\1</a>',
    ),
    (re.compile(r"^#{1,6}\s*(.+)$", re.M), r"<strong>\1</strong>"),
    (re.compile(r"\n"), "<br>"),
)
KEPT = "\ue000"
"""Stands for a value shown inside the text while its marks are read."""


def write_marked(element: etree._Element) -> None:
    """Replaces the text of a label by what its marks mean; values shown inside it stay."""
    text = element.text or ""
    shown: list[etree._Element] = []
    for child in list(element):
        text += KEPT + (child.tail or "")
        child.tail = None
        shown.append(child)
        element.remove(child)
    text = text.strip()
    marked = escape(text)
    for pattern, replacement in RULES:
        marked = pattern.sub(replacement, marked)
    read = html.fragment_fromstring(
        marked.replace(KEPT, f"<span class='{KEPT}'></span>"), create_parent="span"
    )
    element.text = read.text
    element.extend(list(read))
    for place, value in zip(element.iterfind(f".//span[@class='{KEPT}']"), shown, strict=True):
        value.tail, place.tail = place.tail, None
        parent = place.getparent()
        assert parent is not None
        parent.replace(place, value)
