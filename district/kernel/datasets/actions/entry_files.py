"""A department hands in many entries at once: the good ones are taken, of the others every reason is kept."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.datasets.actions.entries import add_resource, change_resource, relate
from district.kernel.datasets.actions.shelf import submit
from district.kernel.datasets.entry_layout import raw_entries
from district.kernel.datasets.entry_reading import ReadEntry, read_entry
from district.kernel.datasets.entry_rules import Problem
from district.kernel.datasets.entry_sheets import UnreadableFile, sheets_of
from district.kernel.datasets.models import EntryFile, RefusedEntry, Resource
from district.kernel.datasets.posts import may_offer
from district.kernel.datasets.refused import Refused, refused_for
from district.kernel.datasets.slugs import slug_of
from district.kernel.files.reading import read_file
from district.kernel.files.refusal import Refusal
from district.kernel.people.models import Organisation

SUFFIXES = (".csv", ".xlsx")


@transaction.atomic
def take_file(
    name: str,
    content: bytes,
    *,
    provider: Organisation,
    account: Any,
    is_submitted: bool = False,
    **fixed: Any,
) -> EntryFile:
    """Reads a file of entries; an entry that names no provider is `provider`'s, one with a known code is changed.

    `is_submitted` hands them in for review too. `fixed` is metadata that all of them get. Raises Refused when the file
    itself cannot be read.
    """
    entries = read_entries(name, content)
    file = EntryFile.objects.create(
        name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        provider=provider,
        by=account,
        read=len(entries),
    )
    units = {unit.name: unit for unit in Organisation.objects.exclude(kind__in=("village", "enterprise"))}
    taken: list[tuple[ReadEntry, Resource]] = []
    for entry in entries:
        try:
            with transaction.atomic():
                if entry.problems:
                    raise refused_for(entry.problems)
                resource, is_new = _stored(entry, _provider(entry, provider, units), account, fixed)
                if is_submitted and resource.shelf in ("draft", "withdrawn"):
                    submit(resource, account)
        except Refused as refused:
            _keep_refused(file, entry, refused)
        else:
            taken.append((entry, resource))
            file.added, file.changed = file.added + is_new, file.changed + (not is_new)
    for entry, resource in taken:
        _relate(entry, resource, account)
    file.refused = len(entries) - len(taken)
    file.save()
    file.resources.set([resource for _entry, resource in taken])
    return file


def read_entries(name: str, content: bytes) -> list[ReadEntry]:
    """All entries of a file. Raises Refused when it cannot be read or holds none."""
    try:
        suffix = read_file(name, content, SUFFIXES).suffix
        sheets = sheets_of(suffix, content)
    except (Refusal, UnreadableFile) as error:
        raise Refused("unreadable_file", str(error), field="file", value=name) from error
    found = [read_entry(raw) for sheet in sheets for raw in raw_entries(sheet)]
    if not found:
        text = _("文件里没有找到目录条目：需要一行表头（含“信息资源名称”等核心元数据名称），或核心元数据表单")
        raise Refused("no_entries", text, field="file", value=name)
    return found


def _provider(entry: ReadEntry, otherwise: Organisation, units: dict[str, Organisation]) -> Organisation:
    if not entry.provider:
        return otherwise
    if entry.provider not in units:
        text = _("没有名为“%(name)s”的单位") % {"name": entry.provider}
        raise refused_for([Problem("provider", "unknown_provider", text, entry.provider)])
    return units[entry.provider]


def _stored(
    entry: ReadEntry, provider: Organisation, account: Any, fixed: dict[str, Any]
) -> tuple[Resource, bool]:
    metadata = {**entry.metadata, **fixed}
    if entry.code:
        known = Resource.objects.filter(code=entry.code).first()
        if known is None or not may_offer(account, known.provider):
            text = _("目录里没有代码为“%(code)s”的资源；新资源的代码由平台赋予，请留空") % {
                "code": entry.code
            }
            raise refused_for([Problem("code", "unknown_code", text, entry.code)])
        items = {"items": entry.items} if entry.items else {}
        return change_resource(known, account, **items, **metadata), False
    taken = Resource.objects.filter(provider=provider).values_list("name", flat=True)
    slug = entry.slug or slug_of(entry.title, {name.split(".", 1)[1] for name in taken})
    title = metadata.pop("title", "")
    return add_resource(
        provider=provider, title=title, slug=slug, items=entry.items, account=account, **metadata
    ), True  # fmt: skip


def _relate(entry: ReadEntry, resource: Resource, account: Any) -> None:
    if entry.related:
        relate(resource, Resource.objects.filter(code__in=entry.related), account)


def _keep_refused(file: EntryFile, entry: ReadEntry, refused: Refused) -> None:
    problems = refused.problems or (Problem(refused.field, refused.code, str(refused), refused.value),)
    raw = {**entry.metadata, "provider": entry.provider, "code": entry.code, "items": entry.items}
    RefusedEntry.objects.bulk_create(
        RefusedEntry(
            file=file, position=entry.position[:60], title=entry.title[:200], field=problem.field[:60],
            value=str(problem.value)[:200], code=problem.code, words=problem.text, raw=raw,
        )
        for problem in problems
    )  # fmt: skip
