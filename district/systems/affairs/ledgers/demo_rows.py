"""Two hundred households of the demonstration: made by arithmetic, of nobody, each saying in its name that it is one."""

from __future__ import annotations

from dataclasses import dataclass

HOUSEHOLDS = 200
SIGNS = "甲乙丙丁戊己庚辛壬癸"
STEP_DEGREES = 0.0004
"""About forty metres."""
ROW = 20


@dataclass(frozen=True)
class Household:
    """What departments hold of it, and what only the village knows."""

    number: int
    division: str
    lon: float
    lat: float

    @property
    def code(self) -> str:
        return f"YS{self.division[-6:]}{self.number:03}"

    @property
    def name(self) -> str:
        return f"演示户{self.number:03}"

    @property
    def head(self) -> str:
        return f"演示{SIGNS[self.number % 10]}{SIGNS[self.number // 10 % 10]}"

    @property
    def people(self) -> int:
        return 1 + self.number * 7 % 6

    @property
    def relief(self) -> str:
        return "low" if self.number % 17 == 0 else "destitute" if self.number % 41 == 0 else "none"

    @property
    def insured(self) -> int:
        return max(self.people - (self.number % 23 == 0), 0)

    @property
    def land_mu(self) -> str:
        return f"{self.people * 1.1 + self.number % 5 * 0.3:.1f}"

    @property
    def house(self) -> str:
        return "C" if self.number % 37 == 0 else "B" if self.number % 5 == 0 else "A"

    @property
    def place(self) -> str:
        """As ODK writes it; where nobody lives."""
        return f"{self.lat:.6f} {self.lon:.6f} 0 0"

    @property
    def crop(self) -> str:
        return ("wheat", "maize", "vegetable", "fruit")[self.number * 3 % 4]

    @property
    def away(self) -> int:
        return min(self.people - 1, self.number % 3)

    @property
    def machines(self) -> int:
        return self.number % 4 % 3

    @property
    def people_now(self) -> int:
        """In a few houses somebody was born or died, and the police do not know yet."""
        return self.people + 1 if self.number % 29 == 0 else self.people


def households(division: str, lon: float, lat: float, count: int = HOUSEHOLDS) -> list[Household]:
    """In rows around the middle of a village."""
    found = []
    for number in range(1, count + 1):
        across, down = (number - 1) % ROW - ROW / 2, (number - 1) // ROW - count / ROW / 2
        found.append(Household(number, division, lon + across * STEP_DEGREES, lat - down * STEP_DEGREES))
    return found
