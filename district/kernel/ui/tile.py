"""Tiles of the district's dashboard. An app (a system or a package of the kernel) offers its own with a `tiles.py`:

    def orders(account) -> Shown: …       # only what this account may see; one query where possible

    TILES = (Tile("commerce.orders", "订单", "Orders", orders, roles=("commerce.officer",), icon="shopping-cart"),)

Nothing else has to be said anywhere: whoever draws a board finds it here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from district.kernel.people.access import may
from district.kernel.ui.chart import Chart
from district.kernel.ui.map import Map


@dataclass(frozen=True)
class Number:
    """A number with the address of the records behind it. `value` None: not measured, or held back (`detail` says which).

    `colour`: empty, `d-good`, `d-warn` or `d-bad`. `share` is 0 to 100, drawn as a bar; `trend` past values, oldest first.
    """

    title: Any
    value: Any
    unit: Any = ""
    url: str = ""
    detail: Any = ""
    colour: str = ""
    decimals: int = 0
    share: float | None = None
    trend: tuple[float | None, ...] = ()

    @property
    def spark(self) -> str:
        """The points of the trend for an SVG polyline, 100 wide and 24 high; empty with fewer than two values."""
        known = [(index, value) for index, value in enumerate(self.trend) if value is not None]
        if len(known) < 2:
            return ""
        low, high = min(value for _, value in known), max(value for _, value in known)
        wide, tall = 100 / (len(self.trend) - 1), 20 / ((high - low) or 1)
        return " ".join(f"{index * wide:.1f},{22 - (value - low) * tall:.1f}" for index, value in known)


@dataclass(frozen=True)
class Row:
    """A line of a list: what happened, when, and where it leads. `colour` is a Tabler colour of the `badge`."""

    title: Any
    url: str = ""
    at: datetime | None = None
    badge: Any = ""
    colour: str = "secondary"
    value: Any = ""


@dataclass(frozen=True)
class Shown:
    """What a tile shows, in this order: numbers, a chart or a map, rows, a note."""

    numbers: tuple[Number, ...] = ()
    chart: Chart | None = None
    map: Map | None = None
    rows: tuple[Row, ...] = ()
    note: Any = ""
    url: str = ""


@dataclass(frozen=True)
class Tile:
    """`key` is `<app>.<name>`. `width` 1 to 4 columns and `height` 1 to 3 rows are where a board starts from.

    `topics`: live notices after which it is asked for again; else every `seconds`. `seconds` is also how long an answer
    is kept for the same reader, or, with `is_same_for_duties`, for all readers with the same duties.
    """

    key: str
    zh: str
    en: str
    show: Callable[[Any], Shown]
    roles: tuple[str, ...] = ("staff",)
    icon: str = "square"
    width: int = 1
    height: int = 1
    topics: tuple[str, ...] = ()
    seconds: int = 15
    is_same_for_duties: bool = False


@cache
def all_tiles() -> dict[str, Tile]:
    """Every tile that is offered, by key; ValueError when two have the same."""
    found: dict[str, Tile] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("district.") or find_spec(f"{config.name}.tiles") is None:
            continue
        for tile in import_module(f"{config.name}.tiles").TILES:
            if tile.key in found:
                raise ValueError(f"two tiles are called {tile.key!r}")
            found[tile.key] = tile
    return found


def tiles_for(account: Any) -> dict[str, Tile]:
    """The tiles this account may have on a board."""
    return {key: tile for key, tile in all_tiles().items() if may(account, *tile.roles)}
