"""First letters of Chinese names, by which people search on a phone: 大街北2站 is djb2z."""

from __future__ import annotations


def initials(name: str) -> str:
    """Lower case; letters and digits as they are."""
    from pypinyin import Style, lazy_pinyin  # its tables take a second to load

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
