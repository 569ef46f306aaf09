"""The quality mark kept with every observation: one letter from the device, and flags of our own.

A mark is a small integer (int2). Bits 0–4 number the device's letter (HJ 212-2017 table 8 and local lists), bits 5–14
are flags. Pure; usable on numpy columns as well as on single numbers.
"""

from __future__ import annotations

from typing import Final

LETTERS: Final = ("", "N", "F", "M", "S", "D", "C", "T", "B", "P", "H", "L", *"0123456789")
"""The number of a letter is its place here; only ever append."""

LETTER_BITS: Final = 0b11111
SUBSTITUTED: Final = 1 << 5
CORRECTED: Final = 1 << 6
LATE: Final = 1 << 7
RESENT: Final = 1 << 8
SUSPECT: Final = 1 << 9
RELEASED: Final = 1 << 10
IMPORTED: Final = 1 << 11
"""LATE: came long after its period. RESENT: the device says that it sends it again. SUSPECT: outside what is plausible
for the series, yet not impossible. RELEASED: a person let it out of quarantine. IMPORTED: history taken over."""

FLAGS: Final = {
    "substituted": SUBSTITUTED, "corrected": CORRECTED, "late": LATE, "resent": RESENT, "suspect": SUSPECT,
    "released": RELEASED, "imported": IMPORTED,
}  # fmt: skip
NAMES: Final = {
    "N": "正常", "F": "停运", "M": "维护", "S": "手工输入", "D": "故障", "C": "校准", "T": "超测量上限", "B": "通信异常",
    "P": "电源故障", "H": "超上限", "L": "超下限", "substituted": "替代", "corrected": "修正", "late": "迟到",
    "resent": "补传", "suspect": "可疑", "released": "人工放行", "imported": "历史导入",
}  # fmt: skip

_NUMBER: Final = {letter: number for number, letter in enumerate(LETTERS)}
COUNTED_LETTERS: Final = frozenset(_NUMBER[letter] for letter in ("", "N", "S"))
"""Letters under which a value claims to be a measurement; the others say themselves that it is none."""


def of_letter(letter: str) -> int:
    """The mark of a device's letter, in any case. KeyError for one that neither standard nor local lists know."""
    return _NUMBER[letter.upper()]


def letter_of(mark: int) -> str:
    """`N`, `F`, … or the empty text when the device gave none."""
    number = mark & LETTER_BITS
    return LETTERS[number] if number < len(LETTERS) else "?"


def is_counted(mark: int) -> bool:
    """Whether the value claims to be a valid measurement."""
    return (mark & LETTER_BITS) in COUNTED_LETTERS and not mark & SUSPECT


def flags_of(mark: int) -> tuple[str, ...]:
    """The names of the flags that are set."""
    return tuple(name for name, bit in FLAGS.items() if mark & bit)


def describe(mark: int) -> str:
    """For people: `正常`, `故障、补传`; empty when nothing is marked."""
    letter = letter_of(mark)
    parts = [NAMES.get(letter, f"地方标记 {letter}")] if letter else []
    return "、".join([*parts, *(NAMES[name] for name in flags_of(mark))])
