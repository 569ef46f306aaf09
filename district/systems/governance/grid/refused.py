"""What the grid does not accept: field, value and rule, in Chinese for people, with a code for machines."""

from __future__ import annotations

from district.kernel.people import refused


class Refused(refused.Refused):
    """Raised by the actions of the grid."""

    @property
    def text(self) -> str:
        return str(self)

    def as_json(self) -> dict[str, str]:
        return {"error": self.code, "field": self.field, "value": str(self.value), "detail": self.text}
