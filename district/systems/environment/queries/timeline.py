"""The life of a source as one timeline: entries of its file, and what the records themselves tell."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from district.kernel.ui import formats
from district.kernel.ui.saying import said

from ..items import printed_unit, zh_of
from ..models import Correction, FileRecord, Outlet, Permit, PermitLimit, Source, SupervisionCase
from ..record_kinds import record_kinds

RECORD_ICON = "file"


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened to a source on a day. `kind` is a record kind, or one of EVENT_KINDS.

    `details` are (label, value) pairs; `record` is the file entry behind it, if it is one; `key` names the
    record of another table it came from, e.g. `case:ZC2026-000123`.
    """

    on: date
    kind: str
    zh: str
    icon: str
    title: str
    details: tuple[tuple[str, str], ...] = ()
    record: FileRecord | None = field(default=None, compare=False)
    key: str = ""


EVENT_KINDS = {
    "permit_issued": (_("许可证核发"), "certificate"),
    "permit_changed": (_("许可证变更"), "certificate"),
    "limit_changed": (_("限值变更"), "ruler-2"),
    "case_opened": (_("告警立案"), "alert-triangle"),
    "case_closed": (_("督办办结"), "circle-check"),
    "correction": (_("数据修正"), "edit"),
}


def kinds_of_entries() -> dict[str, str]:
    """Every kind a timeline may hold, key → Chinese name, file entries first."""
    events = {key: str(words) for key, (words, _icon) in EVENT_KINDS.items()}
    return {key: kind.zh for key, kind in record_kinds().items()} | events


def timeline(source: Source, kinds: set[str] | None = None, limit: int = 500) -> list[TimelineEntry]:
    """Latest first, at most `limit` entries; `kinds` narrows, None takes all."""
    entries: list[TimelineEntry] = []
    for part in (_records, _permits, _permit_changes, _limit_changes, _cases, _corrections):
        entries += part(source)
    if kinds:
        entries = [entry for entry in entries if entry.kind in kinds]
    entries.sort(key=lambda entry: (entry.on, entry.key), reverse=True)
    return entries[:limit]


def _records(source: Source) -> list[TimelineEntry]:
    entries = []
    for record in source.records.filter(is_withdrawn=False).select_related("outlet"):
        kind = record_kinds().get(record.kind)
        entries.append(
            TimelineEntry(
                record.happened_on,
                record.kind,
                kind.zh if kind else record.kind,
                kind.icon if kind else RECORD_ICON,
                record.title,
                _details(record),
                record,
                f"record:{record.pk:09d}",
            )
        )
    return entries


def _details(record: FileRecord) -> tuple[tuple[str, str], ...]:
    pairs = [
        (_("文号"), record.number),
        (_("单位"), record.issuer),
        (_("排口"), record.outlet.code if record.outlet else ""),
    ]
    kind = record_kinds().get(record.kind)
    for element in kind.fields if kind else ():
        value: Any = record.fields.get(element.key, "")
        text = f"{value:g}" if isinstance(value, float) else str(value)
        pairs.append((element.zh, f"{text} {element.unit}".strip() if text else ""))
    return tuple((label, text) for label, text in pairs if text)


def _event(on: date, kind: str, title: str, key: str, *details: tuple[str, str]) -> TimelineEntry:
    zh, icon = EVENT_KINDS[kind]
    return TimelineEntry(
        on, kind, str(zh), icon, title, tuple(pair for pair in details if pair[1]), None, key
    )


def _permits(source: Source) -> list[TimelineEntry]:
    return [
        _event(
            permit.issued_on,
            "permit_issued",
            _("核发排污许可证 %(number)s") % {"number": permit.number},
            f"permit:{permit.number}",
            (_("管理类别"), permit.get_level_display()),
            (_("发证机关"), permit.issuer),
            (_("有效期"), f"{permit.valid_from_on} — {permit.valid_until_on}"),
        )
        for permit in source.permits.all()
    ]


def _versions(model: type[Permit] | type[PermitLimit], **where: Any) -> dict[int, list[Any]]:
    """Versions of rows from their change history, oldest first, by id of the row."""
    history = apps.get_model("environment", f"{model.__name__}Event")
    found: dict[int, list[Any]] = {}
    for version in history.objects.filter(**where).order_by("pgh_created_at", "pgh_id"):
        found.setdefault(version.pgh_obj_id, []).append(version)
    return found


def _permit_changes(source: Source) -> list[TimelineEntry]:
    watched = ("valid_until_on", "status", "level", "special_requirements")
    entries = []
    for versions in _versions(Permit, source=source).values():
        for before, after in itertools.pairwise(versions):
            changed = [name for name in watched if getattr(before, name) != getattr(after, name)]
            if changed:
                labels = "、".join(str(Permit._meta.get_field(name).verbose_name) for name in changed)
                entries.append(
                    _event(
                        timezone.localdate(after.pgh_created_at),
                        "permit_changed",
                        _("许可证 %(number)s 变更：%(labels)s") % {"number": after.number, "labels": labels},
                        f"permit:{after.pgh_id}",
                    )
                )
    return entries


def _limit_changes(source: Source) -> list[TimelineEntry]:
    """A limit changes when a later row for the same outlet, item and period begins, or when a row is rewritten."""
    entries = []
    limits = PermitLimit.objects.filter(permit__source=source).select_related("outlet")
    chains: dict[tuple, list[PermitLimit]] = {}
    for limit in limits.order_by("valid_from_on"):
        chains.setdefault((limit.outlet_id, limit.item, limit.period), []).append(limit)
    for chain in chains.values():
        for old, new in itertools.pairwise(chain):
            entries.append(_limit_entry(new.valid_from_on, new, old.limit, new.limit, f"limit:{new.pk}"))
    by_id = {limit.pk: limit for chain in chains.values() for limit in chain}
    for pk, versions in _versions(PermitLimit, permit__source=source).items():
        for before, after in itertools.pairwise(versions):
            if before.limit != after.limit and pk in by_id:
                on = timezone.localdate(after.pgh_created_at)
                entries.append(
                    _limit_entry(on, by_id[pk], before.limit, after.limit, f"limit:{after.pgh_id}")
                )
    return entries


def _limit_entry(on: date, limit: PermitLimit, old: float, new: float, key: str) -> TimelineEntry:
    title = _("%(outlet)s %(item)s %(period)s限值 %(old)s → %(new)s") % {
        "outlet": limit.outlet.code, "item": said(zh_of(limit.item)), "period": limit.get_period_display(),
        "old": f"{old:g}", "new": f"{new:g} {printed_unit(limit.unit)}",
    }
    return _event(on, "limit_changed", title, key, (_("依据"), limit.basis))


def _cases(source: Source) -> list[TimelineEntry]:
    entries = []
    for case in source.cases.select_related("outlet"):
        outlet = case.outlet.code if case.outlet else ""
        entries.append(
            _event(
                timezone.localdate(case.opened_at),
                "case_opened",
                case.title,
                f"case:{case.number}",
                (_("编号"), case.number),
                (_("排口"), outlet),
                (_("状态"), case.get_state_display()),
            )
        )
        if case.closed_at and case.state in (SupervisionCase.State.ACCEPTED, SupervisionCase.State.EXEMPT):
            entries.append(
                _event(
                    timezone.localdate(case.closed_at),
                    "case_closed",
                    f"{case.number} {case.get_state_display()}",
                    f"case:{case.number}:closed",
                )
            )
    return entries


def _corrections(source: Source) -> list[TimelineEntry]:
    rows = Correction.objects.filter(
        state=Correction.State.CONFIRMED, series__device__environment_outlet__source=source
    )
    return [
        _event(
            timezone.localdate(row.decided_at or row.requested_at),
            "correction",
            f"{said(zh_of(row.series.item))} {formats.hour(row.at)} {_number(row.old_value)} → {_number(row.new_value)}",
            f"correction:{row.pk}",
            (_("原因"), row.reason),
        )
        for row in rows.select_related("series")
    ]


def _number(value: float | None) -> str:
    return str(_("无效")) if value is None else f"{value:g}"


@dataclass(frozen=True)
class Version:
    """How an entry of the file stood from a moment on, and the names of what had changed."""

    at: datetime
    title: str
    happened_on: date
    changed: tuple[str, ...]


COMPARED = (
    "happened_on",
    "title",
    "number",
    "issuer",
    "summary",
    "fields",
    "outlet_id",
    "attachment_sha256",
    "is_withdrawn",
)


def versions_of(record: FileRecord) -> list[Version]:
    """The versions of an entry, newest first."""
    history = apps.get_model("environment", "FileRecordEvent")
    rows = list(history.objects.filter(pgh_obj_id=record.pk).order_by("pgh_created_at", "pgh_id"))
    found = []
    for before, after in itertools.pairwise([None, *rows]):
        changed = (
            ()
            if before is None
            else tuple(_name_of(name) for name in COMPARED if getattr(before, name) != getattr(after, name))
        )
        if before is None or changed:
            found.append(Version(after.pgh_created_at, after.title, after.happened_on, changed))
    return found[::-1]


def _name_of(field: str) -> str:
    if field == "attachment_sha256":
        return str(FileRecord._meta.get_field("attachment").verbose_name)
    if field == "is_withdrawn":
        return str(FileRecord._meta.get_field("withdrawn_reason").verbose_name)
    if field == "outlet_id":
        return str(Outlet._meta.verbose_name)
    return str(FileRecord._meta.get_field(field).verbose_name)
