"""When two written values say the same: pure.

`1,200` and `1200.0`, `2020-1-2` and `2020年01月02日`, `男` and code `1`, `是` and `true` say the same; so do numbers
within a tolerance. What cannot be read as its type is compared as text, so that nothing that differs passes for equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

TRUE = frozenset({"是", "有", "真", "1", "true", "yes", "y", "t"})
FALSE = frozenset({"否", "无", "假", "0", "false", "no", "n", "f"})
NUMBERS, DATES = ("integer", "number"), ("date", "datetime")
DAY = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})(?!\d)")
JOINTS = re.compile(r"[\s,，、。.;；:：()（）·\-—_/]+")

Plain = str | bool | date | Decimal


@dataclass(frozen=True)
class Meaning:
    """How values of an item are read. `codes`: code → words, either of which may be written.

    Numbers agree when they are no further apart than `absolute`, or than `percent` of the greater one.
    """

    type: str = "text"
    codes: Mapping[str, str] = field(default_factory=dict)
    absolute: Decimal = Decimal(0)
    percent: Decimal = Decimal(0)

    def read(self, value: str) -> Plain:
        """The value in the one form in which it is compared."""
        text = unicodedata.normalize("NFKC", str(value)).strip()
        text = self._code(text)
        if self.type in NUMBERS:
            return _number(text)
        if self.type in DATES:
            return _day(text)
        if self.type == "boolean":
            return _truth(text)
        return JOINTS.sub("", text).casefold()

    def agree(self, one: str, other: str) -> bool:
        return self._same(self.read(one), self.read(other))

    def all_agree(self, values: Iterable[str]) -> bool:
        """Whether no two of them contradict."""
        read = [self.read(each) for each in values]
        numbers = [each for each in read if isinstance(each, Decimal)]
        if len(numbers) == len(read):
            return not read or self._same(min(numbers), max(numbers))
        return all(each == read[0] and type(each) is type(read[0]) for each in read)

    def knows(self, value: str, known: Iterable[str]) -> bool:
        """Whether the value says the same as one of those known."""
        return any(self.agree(value, each) for each in known)

    def _code(self, text: str) -> str:
        if text in self.codes:
            return text
        return next((code for code, words in self.codes.items() if words == text), text)

    def _same(self, one: Plain, other: Plain) -> bool:
        if isinstance(one, Decimal) and isinstance(other, Decimal):
            apart = abs(one - other)
            return apart <= self.absolute or apart <= self.percent * max(abs(one), abs(other)) / 100
        return type(one) is type(other) and one == other


def _number(text: str) -> Decimal | str:
    try:
        read = Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return text
    return read if read.is_finite() else text


def _day(text: str) -> date | str:
    found = DAY.match(text)
    if found is None:
        return text
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return text


def _truth(text: str) -> bool | str:
    lower = text.casefold()
    return True if lower in TRUE else False if lower in FALSE else text
