"""How Chinese characters sound and look: what is heard or read for another is made the same. No Django.

`sound` is pinyin without tones, with the sounds that Shandong speakers and input methods mix up made one; `shape` takes
a character for the first of those it is mistaken for on paper and by OCR; `plain` makes variant and traditional forms,
full-width signs and spacing one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"
_MIXED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"), ("uang", "uan"))
_NOT_TEXT = re.compile(r"[^\w]|_")


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a list of ours, longest first."""
    found = (WORDS / f"{name}.txt").read_text("utf-8").split()
    return tuple(sorted(set(found), key=lambda word: (-len(word), word)))


@cache
def _variants() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in words("variants")}


@cache
def _shapes() -> dict[str, str]:
    """Character → the first of its group; groups that share a character are one."""
    first: dict[str, str] = {}
    for group in sorted((WORDS / "shapes.txt").read_text("utf-8").split()):
        known = [first[sign] for sign in group if sign in first]
        head = min([*known, *group])
        for sign in [*group, *(each for each, of in first.items() if of in known)]:
            first[sign] = head
    return first


def plain(text: str | None) -> str:
    """Letters, digits and characters only, variants made one, Latin in small letters."""
    if not text:
        return ""
    return _NOT_TEXT.sub("", unicodedata.normalize("NFKC", text)).lower().translate(_variants())


def sound(text: str) -> str:
    """Syllables with a blank between; what is no Chinese character stays."""
    return " ".join(_syllable(sign) for sign in text)


def shape(text: str) -> str:
    """The text as a hasty eye reads it."""
    known = _shapes()
    return "".join(known.get(sign, sign) for sign in text)


@cache
def _syllable(sign: str) -> str:
    from pypinyin import Style, pinyin

    said = pinyin(sign, style=Style.NORMAL, errors="default")[0][0]
    for mixed, one in _MIXED:
        said = said.replace(mixed, one)
    return said


def surname(name: str) -> str:
    """The surname of a plain personal name: two characters when it is a compound one, else the first."""
    return name[:2] if len(name) > 2 and name[:2] in words("compound_surnames") else name[:1]
