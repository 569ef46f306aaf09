"""The quality mark kept with every observation: bits for what the device says of the value, and flags of our own.

Pure; works on single numbers and on numpy columns alike: `mark & EXCLUDED == 0` chooses what may be counted.
Letters: HJ 212-2017 table 8 (data marks), and local lists that are met in the field.
"""

from __future__ import annotations

from typing import Final

NORMAL: Final = 1 << 0
STOPPED: Final = 1 << 1
MAINTENANCE: Final = 1 << 2
MANUAL: Final = 1 << 3
FAULT: Final = 1 << 4
CALIBRATION: Final = 1 << 5
OVER_RANGE: Final = 1 << 6
NO_LINK: Final = 1 << 7
POWER_FAILURE: Final = 1 << 8
HIGH: Final = 1 << 9
LOW: Final = 1 << 10
LOCAL: Final = 1 << 11
"""LOCAL: a digit, whose meaning is agreed locally; bits 12–15 hold it."""

DIGIT_SHIFT: Final = 12
DEVICE_BITS: Final = 0xFFFF
"""All that the device said; the bits above are ours."""

SUBSTITUTED: Final = 1 << 16
CORRECTED: Final = 1 << 17
LATE: Final = 1 << 18
RESENT: Final = 1 << 19
SUSPECT: Final = 1 << 20
RELEASED: Final = 1 << 21
IMPORTED: Final = 1 << 22
"""LATE: came long after its period. RESENT: the device says that it sends it again. SUSPECT: doubted by a check.
RELEASED: a person let it out of quarantine. IMPORTED: history taken over."""

EXCLUDED: Final = (
    STOPPED | MAINTENANCE | FAULT | CALIBRATION | OVER_RANGE | NO_LINK | POWER_FAILURE | HIGH | LOW | LOCAL | SUSPECT
)
"""Under any of these a value does not claim to be a valid measurement (statistics use N, and S by local rule)."""

OF_LETTER: Final = {
    "N": NORMAL, "F": STOPPED, "M": MAINTENANCE, "S": MANUAL, "D": FAULT, "C": CALIBRATION, "T": OVER_RANGE,
    "B": NO_LINK, "P": POWER_FAILURE, "H": HIGH, "L": LOW,
}  # fmt: skip
FLAGS: Final = {
    "substituted": SUBSTITUTED, "corrected": CORRECTED, "late": LATE, "resent": RESENT, "suspect": SUSPECT,
    "released": RELEASED, "imported": IMPORTED,
}  # fmt: skip
ZH: Final = {
    "N": "正常", "F": "停运", "M": "维护", "S": "手工输入", "D": "故障", "C": "校准", "T": "超测量上限", "B": "通信异常",
    "P": "电源故障", "H": "超上限", "L": "超下限", "substituted": "替代", "corrected": "修正", "late": "迟到",
    "resent": "补传", "suspect": "可疑", "released": "人工放行", "imported": "历史导入",
}  # fmt: skip


def of_letter(letter: str) -> int:
    """The mark of a device's letter, in any case; 0 for the empty text. KeyError for a letter nobody has agreed on."""
    if not letter:
        return 0
    if letter.isdigit() and letter.isascii() and len(letter) == 1:
        return LOCAL | int(letter) << DIGIT_SHIFT
    return OF_LETTER[letter.upper()]


def letters_of(mark: int) -> str:
    """`N`, `F`, … or a digit; empty when the device gave no mark."""
    said = "".join(letter for letter, bit in OF_LETTER.items() if mark & bit)
    return said + (str(mark >> DIGIT_SHIFT & 0xF) if mark & LOCAL else "")


def is_counted(mark: int) -> bool:
    """Whether the value claims to be a valid measurement."""
    return not mark & EXCLUDED


def flags_of(mark: int) -> tuple[str, ...]:
    """The names of our own flags that are set."""
    return tuple(name for name, bit in FLAGS.items() if mark & bit)


def describe(mark: int) -> str:
    """For people: `正常`, `故障、补传`; empty when nothing is marked."""
    said = [ZH.get(letter, f"地方标记 {letter}") for letter in letters_of(mark)]
    return "、".join([*said, *(ZH[name] for name in flags_of(mark))])
