"""One search over the district. A package takes part with a `search.py`:

    def find(query: str, account: Account | None) -> list[Hit]: …

A provider shows only what the account may see, and answers at most a dozen hits in well under a second.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from district.kernel import registry
from district.kernel.ui.navigation import systems_for, upkeep_for

log = logging.getLogger(__name__)
SHORTEST = 1


@dataclass(frozen=True)
class Hit:
    """Something found. `kind` is what it is, in the language of the page."""

    title: str
    url: str
    kind: str = ""
    detail: str = ""
    icon: str = "file"


def find(query: str, account: Any) -> list[Hit]:
    """Pages first, then what the packages find. A provider whose query fails is left out, and logged."""
    sought = query.strip()
    if len(sought) < SHORTEST:
        return []
    hits = list(_pages(sought.casefold(), account))
    for name, provider in _providers():
        try:
            hits.extend(provider.find(sought, account))
        except DatabaseError:
            log.exception("search in %s failed", name)
    return hits


def _pages(sought: str, account: Any) -> Iterator[Hit]:
    for entry in systems_for(account):
        for link in entry.page_links:
            if sought in f"{link.title} {entry.title}".casefold():
                yield Hit(link.title, link.url, entry.title, icon=link.icon)
    for link in upkeep_for(account, "") if account is not None and account.is_authenticated else ():
        if sought in link.title.casefold():
            yield Hit(link.title, link.url, icon=link.icon)


@cache
def _providers() -> tuple[tuple[str, Any], ...]:
    own = __name__.rpartition(".")[0]
    systems = ((system.name, registry.role_file(system, "search")) for system in registry.systems())
    kernel = [app for app in settings.INSTALLED_APPS if app.startswith("district.kernel.") and app != own]
    return (
        *((name, file) for name, file in systems if file is not None),
        *((app, import_module(f"{app}.search")) for app in kernel if find_spec(f"{app}.search")),
    )
