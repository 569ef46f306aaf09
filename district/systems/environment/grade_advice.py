"""What a grade of air means for people, in plain words of our own after the grades of HJ 633. Pure."""

from __future__ import annotations

from typing import Final

from district.kernel.wording import term

ADVICE: Final = (
    term("空气清新，适合各种户外活动。"),
    term("空气可以接受，极少数特别敏感的人宜减少户外活动。"),
    term("老人、儿童和有心肺疾病的人，减少长时间、高强度的户外锻炼。"),
    term("老人、儿童和病人避免长时间户外锻炼；其他人适量减少户外运动。"),
    term("老人、儿童和病人宜留在室内；其他人减少户外运动。"),
    term("所有人避免户外活动，关好门窗；必须外出时做好防护。"),
)
"""By level, 一级 to 六级."""


def advice_for(level: int) -> str:
    """Advice for level 1 to 6; empty for 0, no data."""
    return ADVICE[level - 1] if 1 <= level <= len(ADVICE) else ""
