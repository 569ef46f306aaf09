"""What the grid does not accept: field, value and rule, in Chinese for people, with a code for machines."""

from __future__ import annotations


class Refused(ValueError):
    """`code` is stable; `field` and `value` say what was given."""

    def __init__(self, code: str, text: str, *, field: str = "", value: object = "") -> None:
        super().__init__(text)
        self.code, self.text, self.field, self.value = code, text, field, value

    def as_json(self) -> dict[str, str]:
        return {"error": self.code, "field": self.field, "value": str(self.value), "detail": self.text}
