"""What each system wants to be seen first (its `overview.py`), a tile a system."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from district.kernel import registry
from district.kernel.ui.tile import Number, Shown, Tile
from district.kernel.vocabulary import System


def tiles() -> list[Tile]:
    """A tile for each system that has figures for the start page."""
    return [
        Tile(f"{system.name}.figures", system.zh, system.en, _shower(system), icon=system.icon, seconds=30)
        for system in registry.systems()
        if registry.role_exists(system, "overview")
    ]


def _shower(system: System) -> Callable[[Any], Shown]:
    def show(account: Any) -> Shown:
        figures = getattr(registry.role_file(system, "overview"), "figures", None)
        found = figures(account) if figures else ()
        numbers = tuple(
            Number(each.title, each.value, each.unit, each.url, each.detail, each.colour) for each in found
        )
        return Shown(numbers=numbers, note="" if numbers else _("没有可显示的数"))

    return show
