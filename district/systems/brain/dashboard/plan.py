"""A board as it is drawn: placed tiles, from a saved board or from what a role starts with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from district.kernel.people.access import roles_of
from district.kernel.ui.tile import Tile, tiles_for

WIDEST, TALLEST, MOST_PAGES = 4, 3, 6

LEADER = (
    ("brain.map", "brain.events", "brain.alarms", "brain.cases", "brain.kpis", "brain.towns", "brain.health"),
    ("brain.flows", "brain.data", "brain.exchange"),
)
STEWARD = (
    ("brain.data", "brain.exchange", "brain.late", "brain.volume", "brain.health"),
    ("brain.map", "brain.events", "brain.alarms", "brain.cases", "brain.kpis", "brain.towns", "brain.flows"),
)
STARTS = {
    "brain.leader": LEADER,
    "brain.steward": STEWARD,
    "brain.provider": STEWARD,
    "brain.analyst": LEADER,
}
"""What a role sees until somebody saves a board; tiles nobody has named come after it, so that new ones are seen."""


@dataclass(frozen=True)
class Placed:
    """A tile with its place on a board."""

    tile: Tile
    page: int
    width: int
    height: int


def start_for(account: Any) -> list[Placed]:
    """The board of the account's role."""
    held = roles_of(account)
    pages = next((pages for role, pages in STARTS.items() if role in held), LEADER)
    offered = tiles_for(account)
    named = {key for page in pages for key in page}
    found = [
        Placed(offered[key], number, offered[key].width, offered[key].height)
        for number, page in enumerate(pages, 1) for key in page if key in offered
    ]  # fmt: skip
    return found + [
        Placed(tile, len(pages), tile.width, tile.height) for key, tile in offered.items() if key not in named
    ]


def placed(rows: Iterable[Any], account: Any) -> list[Placed]:
    """Saved rows as tiles; one that is no longer offered to this reader is left out."""
    offered = tiles_for(account)
    return [Placed(offered[row.key], row.page, row.width, row.height) for row in rows if row.key in offered]


def pages_of(tiles: Iterable[Placed]) -> list[list[Placed]]:
    """The tiles screen by screen, empty screens left out."""
    found: dict[int, list[Placed]] = {}
    for each in tiles:
        found.setdefault(each.page, []).append(each)
    return [found[number] for number in sorted(found)]
