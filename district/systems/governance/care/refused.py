"""An act on personal records or disputes that the law, the duty or the state of things does not permit."""

from __future__ import annotations


class Refused(ValueError):
    """`code` is stable for programs; the text says to people what is wrong, `field` and `value` where."""

    def __init__(self, code: str, text: str, *, field: str = "", value: object = "") -> None:
        super().__init__(text)
        self.code = code
        self.field = field
        self.value = value
