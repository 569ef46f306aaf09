"""A change to the catalogue that its rules do not permit."""

from __future__ import annotations

from district.kernel.datasets.entry_rules import Problem
from district.kernel.people import refused


class Refused(refused.Refused):
    """`problems` are all the rules an entry breaks, where it is an entry that was refused; the text is of the first."""

    def __init__(
        self, code: str, text: str, *, field: str = "", value: object = "", problems: tuple[Problem, ...] = ()
    ) -> None:
        super().__init__(code, text, field=field, value=value)
        self.problems = problems


def refused_for(problems: list[Problem]) -> Refused:
    """One refusal for all the problems of an entry."""
    first = problems[0]
    text = "；".join(problem.text for problem in problems)
    return Refused(first.code, text, field=first.field, value=first.value, problems=tuple(problems))
