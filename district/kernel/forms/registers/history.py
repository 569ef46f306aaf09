"""The writes of records as merging knows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from district.kernel.forms.models import EntityWrite, WriteKind
from district.kernel.forms.registers.merging import LABEL, Write
from district.kernel.forms.registers.sealing import opened_all

LONGEST_KEY = 120


def writes_of(entity_ids: Iterable[int], *, with_writers: bool = False) -> dict[int, list[EntityWrite]]:
    """Entity → its writes in the order the server took them. One statement."""
    found: dict[int, list[EntityWrite]] = defaultdict(list)
    rows = EntityWrite.objects.filter(entity__in=entity_ids).select_related("submission")
    if with_writers:
        rows = rows.select_related("submission", "account", "organisation")
    for row in rows.defer("submission__xml").order_by("entity", "version"):
        found[row.entity_id].append(row)
    return found


def as_merged(rows: Iterable[EntityWrite]) -> list[Write]:
    """The writes of one entity."""
    known = list(rows)
    before = {row.key: _corrects(row) for row in known}
    return [_write(row, before) for row in known]


def _write(row: EntityWrite, before: Mapping[str, str]) -> Write:
    values = opened_all(row.values)
    if row.label:
        values[LABEL] = row.label
    return Write(
        row.key, row.version, row.at, values, trunk=trunk_of(row), branch=row.branch, step=_step(row),
        after=_chain(row.key, before), settles=row.kind == WriteKind.SETTLEMENT,
    )  # fmt: skip


def trunk_of(row: EntityWrite) -> int:
    """The version on the writer's screen. A branch without a trunk began with a record made on that phone: its first."""
    if row.trunk_version is not None:
        return row.trunk_version
    if row.branch:
        return 1
    return row.base_version or 0


def _step(row: EntityWrite) -> int:
    return row.version if row.kind == WriteKind.SOURCE else row.base_version or 0


def _corrects(row: EntityWrite) -> str:
    """The key of the write this one corrects: that of the filled form it is an edit of."""
    if row.submission is None or not row.submission.deprecated_id:
        return ""
    return write_key(row.submission.deprecated_id, row.key.partition("#")[2])


def write_key(instance_id: str, part: str = "") -> str:
    """`part` tells several writes of one form to one record apart."""
    suffix = f"#{part}" if part else ""
    return instance_id[: LONGEST_KEY - len(suffix)] + suffix


def _chain(key: str, before: Mapping[str, str]) -> tuple[str, ...]:
    """What it corrects, the first one first; also those that have not come."""
    found: list[str] = []
    current = before.get(key, "")
    while current and current not in found and current != key:
        found.append(current)
        current = before.get(current, "")
    return tuple(reversed(found))
