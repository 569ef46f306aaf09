"""A change to accounts or duties that the rules do not permit."""

from __future__ import annotations


class Refused(ValueError):
    """`code` is stable for programs; `field`, `value` and the text say to people what is wrong and why."""

    def __init__(self, code: str, text: str, *, field: str = "", value: object = "") -> None:
        super().__init__(text)
        self.code = code
        self.field = field
        self.value = value
