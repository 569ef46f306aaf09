"""A source, or a delivery from it, that cannot be had as it is."""

from __future__ import annotations

from typing import Any

from district.kernel.people import refused


class Refused(refused.Refused):
    """`code` is stable, the text is Chinese for people. `is_passing`: may be gone at the next try (network, load).

    Neither text nor value ever holds a secret: whoever raises passes them through `scrubbing.scrub`.
    """

    def __init__(
        self, code: str, text: str, *, field: str = "", value: Any = "", is_passing: bool = False
    ) -> None:
        super().__init__(code, text, field=field, value=value)
        self.is_passing = is_passing
