"""Entries of the catalogue are added and changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.datasets.actions.coding import classified
from district.kernel.datasets.contract import ResourceChanged
from district.kernel.datasets.entry_rules import Problem, grade_of, problems_of
from district.kernel.datasets.loosening import loosened
from district.kernel.datasets.models import Item, Resource, Shelf
from district.kernel.datasets.posts import is_steward, may_change, may_offer
from district.kernel.datasets.refused import Refused, refused_for
from district.kernel.events import publish as tell
from district.kernel.people.models import Organisation

METADATA = frozenset({
    "title", "en", "abstract", "library", "theme", "format", "share", "share_condition", "legal_ground", "share_way",
    "is_open_to_public", "open_condition", "cycle", "is_secret", "keep_days", "is_simulated",
})  # fmt: skip
ITEM_FIELDS = (
    "name", "title", "en", "type", "unit", "length", "grade", "mask", "code_table", "is_key", "is_required", "holds",
)  # fmt: skip
ITEM_DEFAULTS: dict[str, Any] = {
    "en": "", "type": "text", "unit": "", "length": None, "grade": 1, "mask": "", "code_table": "", "is_key": False,
    "is_required": False, "holds": "",
}  # fmt: skip

Items = Iterable[Mapping[str, Any] | Item]


@transaction.atomic
def add_resource(
    *, provider: Organisation, title: str, slug: str, items: Items, account: Any, **metadata: Any
) -> Resource:
    """A new entry, a draft, numbered and named `<unit code>.<slug>`.

    `metadata` are fields of METADATA, `items` mappings (or Items) with at least `name` and `title`. `account` None is
    the platform itself. Raises Refused with every rule the entry breaks.
    """
    _known(metadata)
    if not may_offer(account, provider):
        text = _("您不能为“%(unit)s”登记信息资源") % {"unit": provider.name}
        raise Refused("not_yours", text, field="provider", value=provider.code)
    name = f"{provider.code}.{slug}"
    if Resource.objects.filter(name=name).exists():
        raise Refused("name_taken", _("机器名 %(name)s 已被使用") % {"name": name}, field="slug", value=slug)
    if Resource.objects.filter(provider=provider, title=title.strip()).exists():
        text = _("本单位已有名为“%(title)s”的资源，修改它请写明资源代码") % {"title": title.strip()}
        raise Refused("title_taken", text, field="title", value=title)
    resource = Resource(provider=provider, name=name, title=title.strip(), **metadata)
    return stored(resource, items)


def stored(resource: Resource, items: Items) -> Resource:
    """Checks, numbers and writes a new entry and its items. For the doors of this package: nobody is asked who they are."""
    rows = item_rows(items)
    _check(resource, rows, is_complete=False)
    for field, value in classified(resource).items():
        setattr(resource, field, value)
    _validated(resource)
    resource.save(force_insert=True)
    put_items(resource, rows)
    return resource


@transaction.atomic
def change_resource(resource: Resource, account: Any, **changes: Any) -> Resource:
    """Changes metadata, and with `items=` the whole list of items. Nothing is written where nothing differs.

    A published entry stays complete. What lets more people see more of it (a wider share class, a lower grade, less
    of a mask) is for the steward; a department may always do the opposite. Raises Refused.
    """
    items = changes.pop("items", None)
    _known(changes)
    found = Resource.objects.select_for_update(of=("self",)).select_related("provider").get(pk=resource.pk)
    if account is not None and not may_change(account, found):
        text = _("“%(title)s”由 %(unit)s 维护，您不能修改") % {
            "title": found.title,
            "unit": found.provider.name,
        }
        raise Refused("not_yours", text, field="resource", value=found.code)
    before = item_rows(found.items.all())
    rows = before if items is None else item_rows(items)
    if found.shelf == Shelf.PUBLISHED and account is not None and not is_steward(account):
        _check_not_loosened(found, changes, before, rows)
    return rewritten(found, changes, rows)


def rewritten(resource: Resource, changes: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Resource:
    """Writes what differs of an entry that is locked, and tells it where the entry is published."""
    fields = [name for name, value in changes.items() if getattr(resource, name) != value]
    for name in fields:
        setattr(resource, name, changes[name])
    is_other_rows = [dict(row) for row in rows] != item_rows(resource.items.all())
    if not fields and not is_other_rows:
        return resource
    is_published = resource.shelf == Shelf.PUBLISHED
    _check(resource, rows, is_complete=is_published)
    for field, value in classified(resource).items():
        setattr(resource, field, value)
        fields.append(field)
    _validated(resource)
    resource.updated_at = now()
    resource.save()
    if is_other_rows:
        put_items(resource, rows)
        fields.append("items")
    if is_published:
        tell(ResourceChanged(resource.pk, resource.name, resource.title, resource.provider_id, tuple(fields)))
    return resource


def relate(resource: Resource, others: Iterable[Resource], account: Any) -> None:
    """关联资源代码: sets the entries this one belongs together with. Raises Refused."""
    if account is not None and not may_change(account, resource):
        raise Refused("not_yours", _("您不能修改这条资源"), field="resource", value=resource.code)
    resource.related.set([other for other in others if other.pk != resource.pk])


def item_rows(items: Items) -> list[dict[str, Any]]:
    """Items as plain mappings with every field, in order."""
    return [
        {
            field: getattr(item, field)
            if isinstance(item, Item)
            else item.get(field, ITEM_DEFAULTS.get(field, ""))
            for field in ITEM_FIELDS
        }
        for item in items
    ]


def put_items(resource: Resource, rows: Sequence[Mapping[str, Any]]) -> None:
    """Makes the items those given: those of the same name are changed, so that what refers to them stays."""
    known = {item.name: item for item in resource.items.all()}
    gone = known.keys() - {str(row["name"]) for row in rows}
    resource.items.filter(name__in=gone).delete()
    for position, row in enumerate(rows, 1):
        wanted = {**row, "position": position}
        item = known.get(str(row["name"])) or Item(resource=resource)
        if item.pk and all(getattr(item, field) == value for field, value in wanted.items()):
            continue
        for field, value in wanted.items():
            setattr(item, field, value)
        try:
            item.clean_fields(exclude=["resource"])
        except ValidationError as error:
            raise refused_for(_problems("items", f"{row['name']} ", error)) from None
        item.save()


def resource_grade(resource: Resource) -> int:
    """敏感级别 of an entry: that of its most sensitive item."""
    return grade_of(item_rows(resource.items.all()))


def entry_of(resource: Resource) -> dict[str, Any]:
    """The fields the rules look at."""
    return {field: getattr(resource, field) for field in METADATA}


def _check(resource: Resource, rows: Sequence[Mapping[str, Any]], *, is_complete: bool) -> None:
    found = problems_of(entry_of(resource), rows, is_complete=is_complete)
    if found:
        raise refused_for(found)


def _check_not_loosened(
    resource: Resource, changes: Mapping[str, Any], before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> None:
    entry = entry_of(resource)
    wider = loosened(entry, {**entry, **changes}, before, after)
    if wider:
        text = _("资源已发布，放宽共享、开放或敏感级别须由数据管理员办理：%(what)s") % {
            "what": "、".join(wider)
        }
        raise Refused("loosening_needs_review", text, field=wider[0])


def _validated(resource: Resource) -> None:
    try:
        resource.clean_fields(exclude=["provider"])
    except ValidationError as error:
        raise refused_for(_problems("", "", error)) from None


def _problems(field: str, prefix: str, error: ValidationError) -> list[Problem]:
    return [
        Problem(field or name, "invalid", f"{prefix}{_label(name, field)}：{message}")
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _label(name: str, of_item: str) -> str:
    model = Item if of_item else Resource
    return str(model._meta.get_field(name).verbose_name)


def _known(metadata: Mapping[str, Any]) -> None:
    unknown = set(metadata) - METADATA
    if unknown:
        raise ValueError(f"a resource has no {', '.join(sorted(unknown))} to be set")
