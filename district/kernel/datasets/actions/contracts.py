"""What systems lend by their contracts appears in the catalogue by itself, changes with them, and goes with them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.datasets.actions.entries import item_rows, rewritten, stored
from district.kernel.datasets.actions.shelf import put_on_shelf, taken_off
from district.kernel.datasets.catalogue import Entry, entries
from district.kernel.datasets.models import Resource, Shelf
from district.kernel.people.models import Organisation
from district.kernel.vocabulary import Column, Dataset, System


@transaction.atomic
def sync_contracts() -> int:
    """Brings the catalogue in line with the contracts; returns how many entries are new, changed or withdrawn.

    An entry whose provider is not among the organisations yet is left for the next time.
    """
    units = {unit.code: unit for unit in Organisation.objects.exclude(kind__in=("village", "enterprise"))}
    by_name = {unit.name: unit for unit in units.values()}
    lent = {f"{entry.system.name}.{entry.dataset.key}": entry for entry in entries()}
    known = {
        resource.name: resource
        for resource in Resource.objects.select_for_update(of=("self",))
        .exclude(system="")
        .select_related("provider")
    }
    changed = 0
    for name, entry in lent.items():
        provider = units.get(entry.dataset.provider) or by_name.get(lead_of(entry.system))
        if provider is not None:
            changed += _sync(name, entry, provider, known.get(name))
    for name in known.keys() - lent.keys():
        if known[name].shelf != Shelf.WITHDRAWN:
            taken_off(known[name], None, _("系统不再提供"))
            changed += 1
    return changed


def lead_of(system: System) -> str:
    """The name of the unit that leads a system: the first where there are several."""
    return system.lead.replace("，", "、").split("、")[0]


def metadata_of(system: System, dataset: Dataset) -> dict[str, Any]:
    """A contract's words as fields of an entry."""
    return {
        "title": dataset.zh, "en": dataset.en, "table": dataset.table, "library": dataset.library,
        "theme": dataset.theme, "share": dataset.share, "legal_ground": dataset.legal_ground, "cycle": dataset.updates,
        "is_open_to_public": dataset.is_open_to_public, "share_way": "共享平台方式", "format": "数据库",
        "abstract": dataset.abstract or f"{system.zh}系统提供的{dataset.zh}。",
        "share_condition": dataset.share_condition or _default_condition(dataset),
        "open_condition": dataset.open_condition or ("无条件" if dataset.is_open_to_public else ""),
    }  # fmt: skip


def _default_condition(dataset: Dataset) -> str:
    return "限政务部门履行职责使用，申请时写明用途。" if dataset.share == "conditional" else ""


def item_of(column: Column) -> dict[str, Any]:
    """A contract's column as an item."""
    return {
        "name": column.name, "title": column.zh, "en": column.en, "type": column.type, "unit": column.unit,
        "length": column.length, "grade": column.sensitivity, "mask": column.mask, "code_table": column.code_table,
        "is_key": column.is_key, "is_required": column.is_required, "holds": column.holds,
    }  # fmt: skip


def _sync(name: str, entry: Entry, provider: Organisation, resource: Resource | None) -> bool:
    metadata = metadata_of(entry.system, entry.dataset)
    rows = item_rows(item_of(column) for column in entry.dataset.columns)
    if resource is None:
        made = stored(Resource(name=name, system=entry.system.name, provider=provider, **metadata), rows)
        put_on_shelf(made, None, _("系统合同自动编目"))
        return True
    before = resource.updated_at
    if resource.provider_id != provider.pk:
        metadata["provider"] = provider
    rewritten(resource, metadata, rows)
    if resource.shelf != Shelf.PUBLISHED:
        put_on_shelf(resource, None, _("系统合同自动编目"))
        return True
    return resource.updated_at != before
