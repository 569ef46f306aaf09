"""Something about forms, submissions or registers that the rules do not permit."""

from __future__ import annotations

from district.kernel.people import refused


class Refused(refused.Refused):
    """`code` is ours and stable; `central` is the code of ODK Central for it, whose whole part is the HTTP status."""

    def __init__(
        self, code: str, text: str, *, field: str = "", value: object = "", central: float = 400.8
    ) -> None:
        super().__init__(code, text, field=field, value=value)
        self.central = central

    @property
    def status(self) -> int:
        return int(self.central)
