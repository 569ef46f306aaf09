"""What a system's intake says of a series when it is seen for the first time. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class SeriesFacts:
    """Its unit, the decimals shown, and the range outside which a value is quarantined (None: no bound)."""

    unit: str = ""
    decimals: int = 2
    low: float | None = None
    high: float | None = None

    def in_unit(self, unit: str) -> SeriesFacts:
        """The same in the unit that is configured for the device."""
        return replace(self, unit=unit)


NO_FACTS = SeriesFacts()
