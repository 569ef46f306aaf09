"""Who may do what. Every view declares its readers with `allow`; every query is narrowed by `scope_of`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

from django.http import HttpRequest, HttpResponseBase

from district.kernel.people.models import Account, Duty
from district.kernel.people.refusals import refuse_anonymous, refuse_role
from district.kernel.people.roles import ADMIN, AUDITOR, OPERATOR, SELF, is_known
from district.kernel.people.scope import Scope, scope_of
from district.kernel.vocabulary import PUBLIC, STAFF, Page, System

__all__ = [
    "ADMIN", "AUDITOR", "OPERATOR", "SELF", "Scope", "allow", "allows", "live_duties", "may", "roles_of", "scope_of",
]

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class _User(Protocol):
    is_authenticated: Any


def live_duties(account: Any) -> tuple[Duty, ...]:
    """The account's duties in force today, read once per request (kept on the instance)."""
    if not isinstance(getattr(account, "pk", None), int) or not account.is_active:
        return ()
    # By attribute: a request's user is a lazy proxy, which must share what it finds with the account behind it.
    found: tuple[Duty, ...] | None = getattr(account, "_live_duties", None)
    if found is None:
        found = tuple(Duty.objects.live().filter(account_id=account.pk).select_related("organisation"))
        account._live_duties = found
    return found


def roles_of(account: Any) -> frozenset[str]:
    """The full role keys an account holds today."""
    return frozenset(duty.role for duty in live_duties(account))


def may(account: Any, *role_keys: str) -> bool:
    """Whether the account holds one of the roles; `public` is everybody, `staff` anybody with a live duty."""
    if PUBLIC in role_keys:
        return True
    if SELF in role_keys and getattr(account, "is_authenticated", False) and account.is_active:
        return True
    held = roles_of(account)
    return bool(held) if STAFF in role_keys else not held.isdisjoint(role_keys)


def allow(*role_keys: str, page: Page | None = None, system: System | None = None) -> Callable[[View], View]:
    """Guards a view: anonymous readers are sent to the sign-in page, wrong duties get 403.

    Raises ValueError at import for a role that no manifest names, or for none at all.
    """
    roles = frozenset(role_keys)
    unknown = sorted(key for key in roles if not is_known(key))
    if unknown or not roles:
        raise ValueError(f"allow(): unknown roles {unknown}" if unknown else "allow() needs at least one role")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if page is not None:
                request.district_page = (system, page)
            refusal = None if PUBLIC in roles else _refusal(request, roles)
            return refusal or admitted(view, request, *args, **kwargs)

        noted: Any = guarded
        noted.allowed_roles = roles
        return noted

    return guard


def admitted(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Runs a view for somebody let in. Tests of the guards put a short answer in its place."""
    return view(request, *args, **kwargs)


def allows(view: Callable[..., Any], account: Any) -> bool:
    """Whether a guarded view would let the account in: for links that should not be shown in vain."""
    roles: frozenset[str] = getattr(view, "allowed_roles", frozenset())
    return may(account, *roles)


def _refusal(request: HttpRequest, roles: frozenset[str]) -> HttpResponseBase | None:
    account: Account | _User = request.user
    if not account.is_authenticated:
        return refuse_anonymous(request)
    return None if may(account, *roles) else refuse_role(request)
