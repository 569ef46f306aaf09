"""Why something is not released, in words and as a code."""

from __future__ import annotations


class Refused(ValueError):
    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
