"""From manifests to URLs. A page is the view of its key in `pages.py`; a part belongs to a page and its roles.

    def stations(request): …                                  # the Page(key="stations")

    @part(of="stations", path="stations/<str:code>/_readings")
    def _readings(request, code): …                            # a fragment, a form target, a download
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from district.kernel import registry
from district.kernel.people.access import allow
from district.kernel.vocabulary import Page, System

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Part:
    """A URL that belongs to a page: same reader, or a narrower one when `roles` is given."""

    of: str
    path: str
    methods: tuple[str, ...]
    roles: tuple[str, ...] | None
    name: str


def part(
    *, of: str, path: str, methods: tuple[str, ...] = ("GET",), roles: tuple[str, ...] | None = None, name: str = ""
) -> Callable[[View], View]:
    """Marks a view as part of page `of`. Who may use it: the page's roles, narrowed to `roles` when given."""

    def mark(view: View) -> View:
        marked: Any = view
        marked.part = Part(of, path, methods, roles, name or marked.__name__.lstrip("_"))
        return view

    return mark


def system_urls(system: System) -> list[URLPattern]:
    """URL patterns of one system, named `<system>:<page or part>`; raises when a page has no view."""
    pages = registry.role_file(system, "pages")
    if pages is None:
        if system.pages:
            raise ImproperlyConfigured(f"{system.name} names pages in its manifest but has no pages.py")
        return []
    patterns = [_page_url(system, page, _view(system, pages, page)) for page in system.pages]
    for view, mark in parts_of(pages):
        patterns.append(_part_url(system, view, mark))
    return patterns


def parts_of(pages: Any) -> list[tuple[View, Part]]:
    """The parts a pages module (or package) defines or re-exports, in order of name."""
    found = [(view, view.part) for _, view in inspect.getmembers(pages, inspect.isfunction) if hasattr(view, "part")]
    return sorted(found, key=lambda pair: pair[1].path.count("<"))


def _view(system: System, pages: Any, page: Page) -> View:
    view = getattr(pages, page.key, None)
    if view is None:
        raise ImproperlyConfigured(f"{system.name}/pages.py has no view {page.key!r} for the page of that key")
    return view


def _page_url(system: System, page: Page, view: View) -> URLPattern:
    url = f"{page.key.replace('_', '-')}/" if page.path is None else page.path
    return path(url, allow(*registry.roles_of(system, page), page=page, system=system)(view), name=page.key)


def _part_url(system: System, view: View, mark: Part) -> URLPattern:
    page = system.page(mark.of)
    roles = registry.roles_of(system, page)
    if mark.roles is not None:
        roles = frozenset(system.full_role(key) for key in mark.roles)
    guarded = allow(*roles, page=page, system=system)(require_http_methods(list(mark.methods))(view))
    return path(mark.path, guarded, name=mark.name)


def guard_of(request_view: View) -> frozenset[str] | None:
    """The roles a resolved view declares, or None when it declares nothing (a test forbids that)."""
    return getattr(request_view, "allowed_roles", None)


def current_page(request: HttpRequest) -> tuple[System, Page] | None:
    """The system and page a request is in, as its guard noted them."""
    return getattr(request, "district_page", None)
