"""Every route with its declared readers, and what happens when somebody asks for it.

    for route in routes():
        assert route.allowed_roles is not None, route.pattern
        assert outcome(client, route) == ("admitted" if … else "refused")
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from district.kernel.vocabulary import PUBLIC, STAFF

EXAMPLES = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}

Outcome = Literal["admitted", "refused", "sign_in"]


@dataclass(frozen=True)
class Route:
    """`allowed_roles` is None when the view declares nothing; `example` is an address with made-up arguments."""

    pattern: str
    name: str
    view: Callable[..., Any]
    allowed_roles: frozenset[str] | None
    example: str

    def admits(self, roles: frozenset[str] | set[str]) -> bool:
        """Whether a signed-in account that holds `roles` is to be let in."""
        if self.allowed_roles is None:
            return False
        if not self.allowed_roles.isdisjoint({PUBLIC, "people.self"}):
            return True
        return bool(roles) if STAFF in self.allowed_roles else not self.allowed_roles.isdisjoint(roles)


def routes() -> list[Route]:
    """All routes of the site, those of Django's admin included."""
    return list(_walk(get_resolver(), "", ()))


def outcome(client: Client, route: Route, method: str = "get") -> Outcome:
    """What a request by this client comes to. A page that is not found, or wants another method, has admitted.

    So has one that turns the request away for another reason than a missing duty: a record of somebody else's.
    """
    client.raise_request_exception = False
    answer = getattr(client, method)(route.example, headers={"Accept": "text/html"})
    if answer.status_code == 401:
        return "sign_in"
    if answer.status_code == 302 and answer["Location"].startswith(resolve_url(settings.LOGIN_URL)):
        return "admitted" if route.allowed_roles and PUBLIC in route.allowed_roles else "sign_in"
    return "refused" if getattr(answer.wsgi_request, "is_refused_by_role", False) else "admitted"


def _walk(resolver: URLResolver, before: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, pattern, inner)
        else:
            yield _route(entry, pattern, spaces)


def _route(entry: URLPattern, pattern: str, spaces: tuple[str, ...]) -> Route:
    view = entry.callback
    name = ":".join((*spaces, entry.name or ""))
    return Route(pattern, name, view, declared_roles(view), _example(pattern))


def declared_roles(view: Any) -> frozenset[str] | None:
    """What `allow` noted on a view, or `ApiRoles` on every operation of an API path; None when something did not."""
    upkeep = getattr(getattr(view, "model_admin", view), "admin_site", None)
    noted = getattr(upkeep or view, "allowed_roles", None)
    if noted is not None:
        return noted
    operations = _operations(view)
    found: list[frozenset[str] | None] = [
        getattr(check, "allowed_roles", None) for operation in operations for check in operation.auth_callbacks or [None]
    ]
    known = [roles for roles in found if roles is not None]
    return frozenset().union(*known) if known and len(known) == len(found) else None


def _operations(view: Any) -> list[Any]:
    """The operations behind a view of django-ninja, which keeps them in its closure."""
    cells = [cell.cell_contents for cell in getattr(view, "__closure__", None) or ()]
    return [operation for content in cells for operation in getattr(content, "operations", ())]


def _example(pattern: str) -> str:
    """`stations/<str:code>/` → `/stations/x/`; of a regular expression only the plain start is kept."""
    plain = re.sub(r"\(\?P<[^>]*>.*", "x", pattern)
    plain = plain.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES.get(found[1] or "str", "x"), plain)
