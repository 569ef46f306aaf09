"""A change to parties that cannot be made."""

from __future__ import annotations


class Refused(ValueError):
    """`code` is stable for programs, the text is for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
