"""Failing rows, as the reader may see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from district.kernel.datasets.duck import duck, name
from district.kernel.datasets.lake_rows import lake_sql
from district.kernel.datasets.models import Item, QualityScore, Version
from district.kernel.datasets.posts import offered_units
from district.kernel.datasets.quality.checks import Check
from district.kernel.datasets.quality.judging import items_of, targets_of
from district.kernel.datasets.quality.trial import failing_sql, register_targets
from district.kernel.people import masking
from district.kernel.people.access import live_duties
from district.kernel.people.roles import PROVIDER, holders
from district.kernel.people.scope import scope_in_roles

MOST = 10_000
SENSITIVE = 3
"""Items of this grade and above are masked for everybody but the department whose data it is."""


def may_see(account: Any, version: Version) -> bool:
    """Failing rows are shown to the provider and the steward."""
    return bool(live_duties(account)) and offered_units(account).covers(version.resource.provider_id)


def sees_all(account: Any, version: Version) -> bool:
    """The department itself sees its own data as it is: it has to mend it."""
    return scope_in_roles(account, holders(PROVIDER)).covers(version.resource.provider_id)


def check_in(score: QualityScore, key: str) -> Check | None:
    """The check behind one of a score's results, as it was then."""
    for each in score.results:
        if each["key"] == key and each["failing"]:
            return Check(each["kind"], each["item"], each["dimension"], each["parameters"], rule=each["rule"])
    return None


def failing_rows(version: Version, check: Check, account: Any, most: int = MOST) -> Iterator[dict[str, Any]]:
    """Up to `most` rows in the order they came. Values the reader may not see are masked."""
    items = items_of(version)
    if check.kind == "freshness":
        return
    masks = {} if sees_all(account, version) else masks_of(version)
    shown = ", ".join(map(name, items))
    with duck() as engine:
        if check.kind == "reference" and not register_targets(engine, check, targets_of):
            return
        sql = failing_sql(check, items, lake_sql(version), version.made_by)
        engine.execute(f"SELECT _row, {shown} FROM ({sql}) ORDER BY _row LIMIT {int(most)}")  # noqa: S608
        while rows := engine.fetchmany(1000):
            for row in rows:
                found = dict(zip(["_row", *items], row, strict=True))
                yield found | {key: masked(found[key], mask) for key, mask in masks.items()}


def masks_of(version: Version) -> dict[str, str]:
    """Item → the mask it is shown under; items that are gone since are hidden."""
    known = {item.name: item for item in Item.objects.filter(resource=version.resource)}
    masks = {}
    for column in version.schema:
        item = known.get(column["name"])
        if item is None or item.mask or item.grade >= SENSITIVE:
            masks[column["name"]] = item.mask if item else ""
    return masks


def masked(value: Any, mask: str) -> Any:
    """By the function of that name in people.masking; hidden altogether where there is none."""
    if value is None:
        return None
    hide = getattr(masking, mask, None) if mask.isidentifier() else None
    if not callable(hide) or getattr(hide, "__module__", "") != masking.__name__:
        return masking.HIDDEN * 4
    return hide(value if mask == "home_coordinate" else str(value))
