"""Machine names for Chinese titles: the first letters of their reading. No Django."""

from __future__ import annotations

import re
from collections.abc import Collection

MOST = 40


def slug_of(title: str, taken: Collection[str] = (), *, fallback: str = "x") -> str:
    """`学校基本信息` → `xxjbxx`; a number is added where that is taken. Letters, digits and underscores only."""
    from pypinyin import Style, lazy_pinyin

    letters = "".join(lazy_pinyin(title, style=Style.FIRST_LETTER))
    slug = re.sub(r"[^a-z0-9]+", "_", letters.lower()).strip("_")[:MOST] or fallback
    if slug[0].isdigit():
        slug = f"{fallback}{slug}"
    known = {each.lower() for each in taken}
    if slug not in known:
        return slug
    number = 2
    while f"{slug}_{number}" in known:
        number += 1
    return f"{slug}_{number}"
