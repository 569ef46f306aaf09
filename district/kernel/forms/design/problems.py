"""What is wrong with a form, and where. No Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """A rule that is broken. `code` is stable; `text` says the rule in Chinese; the rest is where it was broken."""

    code: str
    text: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        """`工作表 survey 第 4 行 name 列 “1a”：名称须以字母开头`"""
        parts = (
            f"工作表 {self.sheet}" if self.sheet else "",
            f"第 {self.row} 行" if self.row else "",
            f"{self.column} 列" if self.column else "",
            f"“{self.value[:60]}”" if self.value else "",
        )
        place = " ".join(filter(None, parts))
        return f"{place}：{self.text}" if place else self.text


class BadForm(ValueError):
    """All the rules a form breaks; the text is of the first. `code` is that of the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(str(self.problems[0]))

    @property
    def code(self) -> str:
        return self.problems[0].code
