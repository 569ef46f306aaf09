"""What a source says of many parties at once, as columns. No Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

NAMES = {"name": "legal", "former_name": "former", "alias": "alias", "short_name": "short"}
"""Keys of facts that are names, and the kind of name."""

LONGEST = {"name": 200, "value": 500}


@dataclass(frozen=True)
class Related:
    """Somebody each row also names: `numbers` of `number_kind`, `names`, and how they stand to the row's party."""

    kind: str
    number_kind: str
    numbers: Sequence[str | None]
    names: Sequence[str | None]


@dataclass(frozen=True)
class Delivery:
    """Columns of equal length.

    `facts` maps a key (`name`, `phone`, `address` …) to a column. `local_keys` name each row within its source: a row
    whose number is missing or wrong is then kept as a party of its own, to be linked later; without them it is refused.
    """

    number_kind: str
    numbers: Sequence[str | None]
    facts: Mapping[str, Sequence[str | None]]
    at: datetime
    local_keys: Sequence[str | None] | None = None
    related: Sequence[Related] = ()
    is_simulated: bool = False

    def __post_init__(self) -> None:
        for key, column in self.facts.items():
            if len(column) != len(self.numbers):
                raise ValueError(f"{key}: {len(column)} values for {len(self.numbers)} numbers")


@dataclass
class Receipt:
    """`rows` read; `made` new parties; `refused` code → rows; `local` rows kept under their source's own key."""

    rows: int = 0
    made: int = 0
    local: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    def add(self, other: Receipt) -> None:
        self.rows, self.made, self.local = (
            self.rows + other.rows,
            self.made + other.made,
            self.local + other.local,
        )
        for code, count in other.refused.items():
            self.refused[code] = self.refused.get(code, 0) + count
