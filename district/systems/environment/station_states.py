"""The words and colours a station's state is shown with. Pure."""

from __future__ import annotations

from typing import Final

from district.kernel.wording import Sentence, term

from .air_quality import grade_of, grades
from .surface_water import WaterGrade, water_grades

GREY: Final = "#8a94a6"
GREEN, RED, ORANGE, BLUE = "#2f9e44", "#d6336c", "#f08c00", "#1971c2"

KINDS: Final = {
    "air": term("环境空气"),
    "surface_water": term("地表水"),
    "noise": term("声环境"),
    "gas": term("废气排口"),
    "waste_water": term("废水排口"),
}

STATES: Final = {
    "normal": term("正常"),
    "over": term("超标"),
    "offline": term("离线"),
    "stopped": term("停运"),
    "suspended": term("暂停"),
    "unwatched": term("未联网"),
}
STATE_BADGES: Final = {
    "normal": "green",
    "over": "red",
    "offline": "secondary",
    "stopped": "azure",
    "suspended": "secondary",
    "unwatched": "secondary",
}
STATE_COLOURS: Final = {
    "normal": GREEN,
    "over": RED,
    "offline": GREY,
    "stopped": BLUE,
    "suspended": GREY,
    "unwatched": GREY,
}

CLASS: Final = Sentence("%(name)s 类")
CLASS_AND_QUALITY: Final = Sentence("%(name)s 类 %(quality)s")

ROMAN: Final = {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V", "劣Ⅴ": "劣V"}


def plain_class(name: str) -> str:
    """`Ⅳ` → `IV`: classes are configured with either sign."""
    return ROMAN.get(name.removesuffix("类"), name.removesuffix("类"))


def water_grade(name: str) -> WaterGrade | None:
    """The grade of a class by its name; None for an unknown or empty one."""
    wanted = plain_class(name)
    return next((grade for grade in water_grades().values() if grade.name == wanted), None)


def aqi_level(aqi: int | None) -> int:
    """1 (best) to 6 of an AQI, 0 of none: the number in the class names of the style sheet."""
    return 0 if aqi is None else grades().index(grade_of(aqi)) + 1


def aqi_steps() -> list[tuple[float | None, str, str]]:
    """(upper bound, colour, text) of the grades, for maps and calendars."""
    return [(grade.high, grade.colour, grade.zh) for grade in grades()]


def water_choices() -> list[tuple[str, str, str]]:
    """(class, colour, text), best first."""
    return [
        (grade.name, grade.colour, CLASS_AND_QUALITY(name=grade.name, quality=grade.quality_zh))
        for grade in water_grades().values()
    ]
