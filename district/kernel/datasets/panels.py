"""Panels of an entry's page that other packages bring: its quality, who holds a grant on it.

A kernel package or a system puts them in a module `pages/panels.py` (or `panels.py` where its pages are one file):

    @panel("quality", order=40)
    def quality(request, resource) -> Markup | None: …

None leaves the panel out. A panel shows only what the reader may see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.http import HttpRequest
from markupsafe import Markup

from district.kernel import registry
from district.kernel.datasets.models import Resource

PanelFunction = Callable[[HttpRequest, Resource], Markup | None]


@dataclass(frozen=True)
class Panel:
    """`key` is its anchor on the page; the smallest order stands first."""

    key: str
    order: int
    show: PanelFunction


_panels: dict[str, Panel] = {}


def panel(key: str, *, order: int = 100) -> Callable[[PanelFunction], PanelFunction]:
    """Marks a function as a panel; ValueError when another has its key."""

    def mark(function: PanelFunction) -> PanelFunction:
        known = _panels.get(key)
        if known is not None and known.show.__qualname__ != function.__qualname__:
            raise ValueError(f"two panels are called {key!r}")
        _panels[key] = Panel(key, order, function)
        return function

    return mark


def panels_of(request: HttpRequest, resource: Resource) -> list[tuple[str, Markup]]:
    """Key and content of each panel that has something to show to this reader."""
    _found()
    shown = (
        (each.key, each.show(request, resource))
        for each in sorted(_panels.values(), key=lambda each: each.order)
    )
    return [(key, content) for key, content in shown if content is not None]


@cache
def _found() -> None:
    """Loads the modules of panels, once."""
    packages = [f"district.kernel.{name}" for name in settings.KERNEL]
    packages += [f"{registry.SYSTEMS_PACKAGE}.{system.name}" for system in registry.systems()]
    for package in packages:
        for module in (f"{package}.pages.panels", f"{package}.panels"):
            if module != __name__ and _is_there(module):
                import_module(module)
                break


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # `pages` is a file or not there at all
        return False
