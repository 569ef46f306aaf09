"""Who may have which columns and rows of which resource, asked of the database each time: nothing is remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from django.db import connection
from django.db.models import Q

from district.kernel import clock
from district.kernel.datasets.models import Item, Resource, Shelf
from district.kernel.grants import masks, row_rules
from district.kernel.grants.masks import Dialect
from district.kernel.grants.models import Grant, GrantState
from district.kernel.grants.refused import Refused
from district.kernel.grants.row_rules import Rule, RuleColumn, condition
from district.kernel.grants.viewers import Viewer

SENSITIVE = 3
"""敏感级别 from which an item without a mask of its own is hidden, unless it is granted in the clear."""


def columns_and_rows(viewer: Viewer, resource: Resource) -> Rule | None:
    """The rule by which `viewer` may read `resource` now, None when not at all.

    In this order: the provider's own data, a grant to the program, a grant to the department, data that are open to
    the public. What a department shares without condition still wants a (quick) request, so that its use is known.
    """
    if resource.shelf != Shelf.PUBLISHED and viewer.organisation_id != resource.provider_id:
        return None
    items = list(resource.items.all())
    if viewer.organisation_id == resource.provider_id and viewer.client_id is None:
        return own_rule(resource, items)
    grant = live_grant(viewer, resource)
    if grant is not None:
        return rule_of(grant, resource, items)
    return open_rule(resource, items)


def live_grant(viewer: Viewer, resource: Resource) -> Grant | None:
    """The grant that counts for the viewer at this moment: one to the program itself comes first."""
    if viewer.organisation_id is None:
        return None
    now = clock.now()
    holder = Q(client=None) if viewer.client_id is None else Q(client=None) | Q(client_id=viewer.client_id)
    return (
        Grant.objects.filter(
            holder, resource=resource, grantee_id=viewer.organisation_id, state=GrantState.ACTIVE,
            starts_at__lte=now, ends_at__gt=now,
        )
        .order_by("client_id")
        .first()
    )  # fmt: skip


def rule_of(grant: Grant, resource: Resource, items: Sequence[Item]) -> Rule:
    """The rule a grant makes over the items as the catalogue has them today. Items taken off the catalogue are gone."""
    by_name = {item.name: item for item in items}
    columns = tuple(
        column(by_name[name], is_plain=name in grant.plain, stricter=grant.masks.get(name, ""))
        for name in grant.items
        if name in by_name
    )
    conditions = [_condition(each, by_name.get(each["item"])) for each in grant.conditions]
    return Rule(
        resource.pk, resource.name, columns, tuple(conditions), _division_item(items), tuple(grant.divisions),
        grant.pk, grant.revision, grant.number, grant.purpose, subject_items=_persons(items),
    )  # fmt: skip


def _condition(said: dict[str, Any], item: Item | None) -> row_rules.Condition:
    """A condition that can no longer be asked, its item gone or of another type, lets nothing through."""
    if item is not None:
        with suppress(Refused):
            return condition(item.name, item.type, said["op"], said.get("value"))
    return row_rules.Condition(said["item"], "text", "in", ())


def own_rule(resource: Resource, items: Sequence[Item]) -> Rule:
    """A department's own data: every row; sensitive items are masked as for others."""
    return Rule(
        resource.pk, resource.name, tuple(column(item) for item in items), purpose="本部门数据", is_own=True,
        subject_items=_persons(items),
    )  # fmt: skip


def open_rule(resource: Resource, items: Sequence[Item]) -> Rule | None:
    """What anybody may have: items of the first grade that identify no person, of data open to the public."""
    if not resource.is_open_to_public or resource.is_secret or resource.shelf != Shelf.PUBLISHED:
        return None
    columns = tuple(column(item) for item in items if item.grade == 1 and item.holds != "person_id")
    return Rule(resource.pk, resource.name, columns, purpose="向社会开放") if columns else None


def column(item: Item, *, is_plain: bool = False, stricter: str = "") -> RuleColumn:
    """How an item is shown: by its mask; whole only where it is granted in the clear or is not sensitive."""
    mask = "" if is_plain else item.mask or (masks.HIDDEN if item.grade >= SENSITIVE else "")
    if stricter:
        mask = stricter if masks.is_stricter(mask, stricter) else masks.HIDDEN
    return RuleColumn(item.name, item.title, item.type, mask, item.grade, item.holds)


def relation_sql(rule: Rule, dialect: Dialect, source_sql: str, **options: Any) -> tuple[str, dict[str, Any]]:
    """`row_rules.relation_sql` at this moment."""
    return row_rules.relation_sql(rule, dialect, source_sql, now=clock.now(), **options)


def still_holds(rules: Iterable[Rule]) -> bool:
    """Whether every grant behind these rules counts, unchanged, at this moment. Ask before handing out."""
    wanted = {rule.grant_id: rule.revision for rule in rules if rule.grant_id is not None}
    if not wanted:
        return True
    now = clock.now()
    held = Grant.objects.filter(
        Q(client=None) | Q(client__is_active=True),
        pk__in=wanted,
        state=GrantState.ACTIVE,
        starts_at__lte=now,
        ends_at__gt=now,
    ).values_list("pk", "revision")
    return dict(held) == wanted


def source_of(resource: Resource) -> tuple[Dialect, str]:
    """Where the rows are and a SELECT of them. Raises Refused `no_rows` when nothing was delivered yet."""
    if resource.table:
        return "postgres", table_sql(resource.table)
    from district.kernel.datasets import versions

    version = versions.published(resource)
    if version is None:
        raise Refused("no_rows", f"{resource.title}：还没有发布的数据", status=404)
    return "duckdb", versions.lake_sql(version)


def table_sql(table: str) -> str:
    return ".".join(connection.ops.quote_name(part) for part in table.split("."))


def _division_item(items: Sequence[Item]) -> str:
    return next((item.name for item in items if item.holds == "division"), "")


def _persons(items: Sequence[Item]) -> tuple[str, ...]:
    return tuple(item.name for item in items if item.holds == "person_id")
