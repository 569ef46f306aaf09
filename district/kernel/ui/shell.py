"""The frame around every page: where the reader is, who they are, where they may go."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from district.kernel import registry
from district.kernel.people.access import may
from district.kernel.ui.languages import pick
from district.kernel.ui.live import door_url
from district.kernel.vocabulary import Page, System

THEMES = ("light", "dark")


@dataclass
class PageLink:
    """A page in the navigation."""

    title: str
    url: str
    icon: str
    is_current: bool = False


@dataclass
class PageGroup:
    """Pages of a system under one heading; the heading may be empty."""

    title: str
    pages: list[PageLink] = field(default_factory=list)


@dataclass
class SystemEntry:
    """A system in the navigation, with the pages the reader may see."""

    name: str
    title: str
    icon: str
    groups: list[PageGroup]
    is_current: bool

    @property
    def first_url(self) -> str:
        return self.groups[0].pages[0].url


class Shell:
    """What the frame of a page shows to this reader."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.system, self.page = _place(request)

    @cached_property
    def account(self) -> Any:
        """The signed-in account, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def navigation(self) -> list[SystemEntry]:
        """Systems with at least one page this reader may see, in the order of the plan's clauses."""
        entries = (self._entry(system) for system in registry.systems())
        return [entry for entry in entries if entry.groups]

    @cached_property
    def live_url(self) -> str:
        return door_url(self.request)

    def _entry(self, system: System) -> SystemEntry:
        groups: dict[str, PageGroup] = {}
        for page in system.pages:
            link = self._link(system, page) if page.nav else None
            if link is not None:
                groups.setdefault(page.group, PageGroup(page.group)).pages.append(link)
        return SystemEntry(system.name, pick(system), system.icon, list(groups.values()), system == self.system)

    def _link(self, system: System, page: Page) -> PageLink | None:
        if not may(getattr(self.request, "user", None), *registry.roles_of(system, page)):
            return None
        try:
            address = reverse(f"{system.name}:{page.key}")
        except NoReverseMatch:  # a page whose address needs arguments has no place in the navigation
            return None
        return PageLink(pick(page), address, page.icon, page == self.page and system == self.system)


def theme_of(request: HttpRequest) -> str:
    """`light` or `dark`, as the reader's cookie says."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else THEMES[0]


def _place(request: HttpRequest) -> tuple[System | None, Page | None]:
    return getattr(request, "district_page", None) or (None, None)
