"""A file that is not taken."""

from __future__ import annotations


class Refusal(ValueError):
    """`code` is stable, the text says to people what is wrong and what to do.

    Codes: empty, too_large, bad_type, bad_content, active_content, encrypted, bomb.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.name = ""
        """Of several uploads the one that is meant, where that is known."""
