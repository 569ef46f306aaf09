"""Texts about group disputes speak of places and matters. Pure checks that keep numbers of persons out of them."""

from __future__ import annotations

import re

MARKS = {
    "identity_number": re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9A-Za-z])"),
    "phone": re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])"),
    "list_of_people": re.compile(
        r"(参与人员|参加人员|上访人员|到场人员|人员名单|骨干|组织者|牵头人)[^，。；\n]{0,6}[：:有为是]"
    ),
}


def person_mark(text: str) -> str | None:
    """Which mark of a person a text bears (`identity_number`, `phone`, `list_of_people`), or None."""
    return next((name for name, mark in MARKS.items() if mark.search(text)), None)
