"""Posts: which cases and tasks an account's duties reach, duty by duty.

Other than `people.scope`, which adds up all duties of a system, a duty counts here with its own role: a clerk of one
town who is also a handler in another unit does not become a clerk there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from district.kernel import registry
from district.kernel.cases.models import Case
from district.kernel.people.access import live_duties
from district.kernel.people.models import ScopeKind


@dataclass(frozen=True)
class Post:
    """A role held over the whole district, or over units and the places they govern."""

    role: str
    is_whole: bool
    organisation_ids: frozenset[int]
    division_prefixes: tuple[str, ...]

    @property
    def system(self) -> str:
        return self.role.split(".")[0]

    def has(self, organisation_id: int | None) -> bool:
        """Whether tasks of the unit are this post's; a task without a unit is everybody's who holds the role."""
        return self.is_whole or organisation_id is None or organisation_id in self.organisation_ids

    def covers(self, case: Case) -> bool:
        """Whether the case lies in the post's range: its place, or a unit that has a part in it."""
        if self.is_whole:
            return True
        if case.division_code and case.division_code.startswith(self.division_prefixes):
            return True
        return not set(case.seen_by).isdisjoint(unit_key(case.system, each) for each in self.organisation_ids)


def unit_key(system: str, organisation_id: int | None) -> str:
    """A unit with a part in a case, for readers of that system."""
    return f"u:{system}:{organisation_id or 0}"


def post_key(role: str, organisation_id: int | None) -> str:
    """A post that has or had a task."""
    return f"p:{role}:{organisation_id or 0}"


def any_post_key(role: str) -> str:
    """A role that has or had a task, in whatever unit."""
    return f"p:{role}:*"


def account_key(account_id: int) -> str:
    return f"a:{account_id}"


def keys_of_task(role: str, organisation_id: int | None) -> list[str]:
    """What a task adds to `Case.seen_by`."""
    unit = unit_key(role.split(".")[0], organisation_id)
    return [unit, post_key(role, organisation_id), any_post_key(role)]


def posts_of(account: Any) -> tuple[Post, ...]:
    """The account's posts today, found once per request (kept on the instance)."""
    found: tuple[Post, ...] | None = getattr(account, "_case_posts", None)
    if found is None:
        found = tuple(_post(duty) for duty in live_duties(account))
        if account is not None:
            account._case_posts = found
    return found


def _post(duty: Any) -> Post:
    if duty.scope == ScopeKind.DISTRICT:
        return Post(duty.role, True, frozenset(), ())
    units = [(duty.organisation_id, duty.organisation.division_code)]
    if duty.scope == ScopeKind.SUBTREE:
        units = list(duty.organisation.subtree().values_list("id", "division_code"))
    codes = {code for _, code in units if code}
    prefixes = tuple(sorted(a for a in codes if not any(a != b and a.startswith(b) for b in codes)))
    return Post(duty.role, False, frozenset(unit for unit, _ in units), prefixes)


def own_keys(account: Any) -> list[str]:
    """What in `Case.seen_by` names this account or one of its posts."""
    keys = {account_key(account.pk)}
    for post in posts_of(account):
        if post.is_whole:
            keys.add(any_post_key(post.role))
        else:
            keys |= {post_key(post.role, unit) for unit in (0, *post.organisation_ids)}
    return sorted(keys)


def holds(account: Any, role: str, organisation_id: int | None) -> bool:
    """Whether the account holds that role over that unit."""
    return any(post.role == role and post.has(organisation_id) for post in posts_of(account))


def full_roles(system: str, keys: tuple[str, ...]) -> frozenset[str]:
    owner = registry.system(system)
    return frozenset(owner.full_role(key) for key in keys)


def holds_for(account: Any, case: Case, keys: tuple[str, ...]) -> bool:
    """Whether the account holds one of these roles (keys of the case's system, or full) with the case in range."""
    roles = full_roles(case.system, keys)
    return any(post.role in roles and post.covers(case) for post in posts_of(account))
