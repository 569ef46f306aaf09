"""The range of data an account may see in a system, from its duties there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from district.kernel.people.models import Duty, Organisation, ScopeKind
from district.kernel.vocabulary import System

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Scope:
    """`is_whole` covers everything; else rows of these organisations, or in divisions beginning with a prefix."""

    is_whole: bool = False
    organisation_ids: frozenset[int] = frozenset()
    division_prefixes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.is_whole or self.organisation_ids or self.division_prefixes)

    def covers(self, key: str | int | None) -> bool:
        """A str is a division code, an int the id of an organisation; None is covered by the whole only."""
        if self.is_whole or key is None:
            return self.is_whole
        if isinstance(key, int):
            return key in self.organisation_ids
        return bool(key) and key.startswith(self.division_prefixes)

    def filter(
        self, queryset: QuerySet[Row], *, division_field: str = "", organisation_field: str = ""
    ) -> QuerySet[Row]:
        """The rows of `queryset` inside the scope, by either field; nothing when neither is inside."""
        if self.is_whole:
            return queryset
        wanted = self.condition(division_field=division_field, organisation_field=organisation_field)
        return queryset.filter(wanted) if wanted else queryset.none()

    def condition(self, *, division_field: str = "", organisation_field: str = "") -> Q:
        """What `filter` asks of a row; empty both for the whole and where nothing is inside: look at `is_whole` first."""
        wanted = Q()
        if self.is_whole:
            return wanted
        if division_field:
            for prefix in self.division_prefixes:
                wanted |= Q(**{f"{division_field}__startswith": prefix})
        if organisation_field and self.organisation_ids:
            wanted |= Q(**{f"{organisation_field}__in": self.organisation_ids})
        return wanted


def scope_of(account: Any, system: System | str) -> Scope:
    """What the account's live duties in a system cover together. `people` and `kernel` name the kernel's own roles."""
    from district.kernel.people.access import live_duties

    name = system if isinstance(system, str) else system.name
    return _covered_by([duty for duty in live_duties(account) if duty.role.split(".")[0] == name])


def scope_in_roles(account: Any, roles: Collection[str]) -> Scope:
    """What the account's live duties in these roles (full keys) cover together."""
    from district.kernel.people.access import live_duties

    return _covered_by([duty for duty in live_duties(account) if duty.role in roles])


def _covered_by(duties: list[Duty]) -> Scope:
    if any(duty.scope == ScopeKind.DISTRICT for duty in duties):
        return Scope(is_whole=True)
    ids: set[int] = set()
    prefixes: set[str] = set()
    for duty in duties:
        ids.add(duty.organisation_id)
        if duty.organisation.division_code:
            prefixes.add(duty.organisation.division_code)
        if duty.scope == ScopeKind.SUBTREE:
            below = duty.organisation.subtree().values_list("id", "division_code")
            ids.update(identity for identity, _code in below)
            prefixes.update(code for _identity, code in below if code)
    return Scope(False, frozenset(ids), _shortest(prefixes))


def scope_includes(scope: Scope, organisation: Organisation | None) -> bool:
    """Whether a unit itself lies in the scope."""
    return scope.covers(organisation.pk if organisation else None)


def _shortest(prefixes: set[str]) -> tuple[str, ...]:
    """Prefixes that are not covered by a shorter one."""
    return tuple(
        sorted(code for code in prefixes if not any(code != other and code.startswith(other) for other in prefixes))
    )
