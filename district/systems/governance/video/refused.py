from __future__ import annotations


class Refused(ValueError):
    """What was asked for cannot be done; `code` is stable, the text is for people, `field` the form field it is about."""

    def __init__(self, code: str, text: str, field: str = "") -> None:
        super().__init__(text)
        self.code = code
        self.field = field
