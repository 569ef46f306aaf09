"""An act on a request or a grant, or a use of data, that the rules do not permit."""

from __future__ import annotations

from district.kernel.people import refused


class Refused(refused.Refused):
    """`status` is the HTTP status an interface answers with."""

    def __init__(
        self, code: str, text: str, *, field: str = "", value: object = "", status: int = 400
    ) -> None:
        super().__init__(code, text, field=field, value=value)
        self.status = status
