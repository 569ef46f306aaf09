"""Cases and tasks as an account may see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from district.kernel import registry
from district.kernel.cases import engine
from district.kernel.cases.models import OPEN_TASKS, Case, Task
from district.kernel.cases.posts import Post, holds, holds_for, own_keys, posts_of, unit_key
from district.kernel.cases.procedure_versions import drawing_of
from district.kernel.vocabulary import Procedure, System


def cases_visible_to(account: Any, system: str | None = None) -> QuerySet[Case]:
    """The cases an account may see, of one system or of all.

    A case is seen by who reads its procedure (`Procedure.readers`) with it in range (its place, or a unit with a
    part in it), and by every post that has or had a task in it, in whatever system, and whoever opened it. A
    confidential one only by the latter, and by the procedure's `confidants` with it in range.
    """
    if not getattr(account, "pk", None) or not account.is_active:
        return Case.objects.none()
    rule = Q(seen_by__overlap=own_keys(account))
    for name, procedures in _systems(system):
        plain = _in_range(account, name, procedures, lambda each: each.readers or None)
        secret = _in_range(account, name, procedures, lambda each: each.confidants)
        rule |= plain & Q(is_confidential=False) if plain else Q(pk__in=())
        rule |= secret & Q(is_confidential=True) if secret else Q(pk__in=())
    found = Case.objects.filter(rule)
    return found if system is None else found.filter(system=system)


def may_see(account: Any, case: Case) -> bool:
    """Whether `cases_visible_to` holds the case."""
    return cases_visible_to(account).filter(pk=case.pk).exists()


def may_lead(account: Any, case: Case) -> bool:
    """Whether the account may suspend, supervise, decide, merge and mark the case: `Procedure.leads` in range.

    A confidential case is led by those leads alone who may see it.
    """
    leads = registry.system(case.system).procedure(case.procedure).leads
    if not holds_for(account, case, leads):
        return False
    return not case.is_confidential or may_see(account, case)


def may_act(account: Any, task: Task) -> bool:
    """Whether the account holds the task's post."""
    return holds(account, task.role, task.organisation_id)


def my_tasks(account: Any) -> QuerySet[Task]:
    """What the account has claimed and not finished, and what nobody has claimed of its posts; soonest due first."""
    waiting = _tasks_of_posts(account) & Q(state="ready")
    mine = Q(claimed_by_id=account.pk, state__in=("claimed", "waiting"))
    return _open_tasks(mine | waiting)


def department_tasks(account: Any) -> QuerySet[Task]:
    """Every open task of the account's posts, whoever has claimed it; soonest due first."""
    return _open_tasks(_tasks_of_posts(account))


def visits(cases: Iterable[Case]) -> dict[int, dict[str, int]]:
    """How often each step of each case was reached, by case and key of the step."""
    found: dict[int, dict[str, int]] = {}
    rows = Task.objects.filter(case__in=list(cases), parent__isnull=True).values_list("case_id", "key")
    for case, key in rows:
        counts = found.setdefault(case, {})
        counts[key] = counts.get(key, 0) + 1
    return found


def marks(case: Case) -> dict[str, str]:
    """Elements of the case's drawing by id: `active` where it waits, `done` where it has been."""
    return engine.marks(drawing_of(case.version_id), case.workflow)


def main_of(case: Case) -> Case:
    """The case that answers for a merged one, however many mergers later; itself when it is not merged."""
    while case.merged_into is not None:
        case = case.merged_into
    return case


def _open_tasks(rule: Q) -> QuerySet[Task]:
    # Only running cases have open tasks, so the case need not be asked.
    return Task.objects.filter(rule, state__in=OPEN_TASKS).order_by("due_at", "pk")


def _tasks_of_posts(account: Any) -> Q:
    rule = Q(pk__in=())
    for post in posts_of(account):
        if post.is_whole:
            rule |= Q(role=post.role)
        else:
            own = Q(organisation_id__in=post.organisation_ids) | Q(organisation_id__isnull=True)
            rule |= Q(role=post.role) & own
    return rule


def _systems(system: str | None) -> list[tuple[str, tuple[Procedure, ...]]]:
    found: list[System] = [each for each in registry.systems() if each.procedures]
    return [(each.name, each.procedures) for each in found if system in (None, each.name)]


def _in_range(account: Any, system: str, procedures: tuple[Procedure, ...], roles_of: Any) -> Q | None:
    """The cases of these procedures in range of the posts that `roles_of` names; None of it means every role."""
    owner = registry.system(system)
    by_readers: dict[frozenset[str], list[Post]] = {}
    for post in posts_of(account):
        keys = frozenset(
            each.key for each in procedures
            if _names(owner, roles_of(each), post.role)
        )  # fmt: skip
        if keys:
            by_readers.setdefault(keys, []).append(post)
    rule: Q | None = None
    for keys, posts in by_readers.items():
        found = Q(system=system) & _range(posts, system)
        if len(keys) < len(procedures):
            found &= Q(procedure__in=sorted(keys))
        rule = found if rule is None else rule | found
    return rule


def _names(owner: System, keys: tuple[str, ...] | None, role: str) -> bool:
    if keys is None:
        return role.split(".")[0] == owner.name
    return role in {owner.full_role(key) for key in keys}


def _range(posts: list[Post], system: str) -> Q:
    if any(post.is_whole for post in posts):
        return Q()
    units = sorted({unit for post in posts for unit in post.organisation_ids})
    rule = Q(seen_by__overlap=[unit_key(system, unit) for unit in units])
    for prefix in sorted({prefix for post in posts for prefix in post.division_prefixes}):
        rule |= Q(division_code__startswith=prefix)
    return rule
