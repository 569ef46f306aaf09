"""What departments hold comes into registers: rows of a resource, read by the rule of a grant, as writes of a source.

    source = add_source(register, resource, key_column="code", columns={"wage": "income"}, account=account)
    outcome = bring(source)

A source has seen nothing but what it said itself before. What it repeats is no new write; what it changes takes the
place of its own former value and of nobody else's, so that a clerk's correction and what was settled stay.
"""

from __future__ import annotations

import tempfile
import uuid as uuids
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import IO, Any

import orjson
from django.db import transaction

from district.kernel import clock
from district.kernel.datasets.lake_rows import published
from district.kernel.datasets.models import Resource
from district.kernel.forms.models import Entity, EntityWrite, Register, RegisterSource, WriteKind
from district.kernel.forms.refused import Refused
from district.kernel.forms.registers.history import writes_of
from district.kernel.forms.registers.layout import Layout, layout_of
from district.kernel.forms.registers.recording import Entry, locked, record
from district.kernel.forms.registers.sealing import key_of, opened
from district.kernel.grants import fetching, uses
from district.kernel.grants import refused as grants_refused
from district.kernel.grants.models.uses import Channel
from district.kernel.grants.row_rules import Rule
from district.kernel.grants.rules import columns_and_rows
from district.kernel.grants.subjects import Subjects
from district.kernel.grants.viewers import Viewer

CHANNEL = str(Channel.REGISTER)
BATCH = 2_000


@dataclass
class Outcome:
    """Rows read; records made, changed and left as they were; rows of no record, without a key, with a key twice."""

    rows: int = 0
    created: int = 0
    changed: int = 0
    same: int = 0
    unmatched: int = 0
    without_key: int = 0
    doubled: int = 0


@dataclass(frozen=True)
class _Row:
    key: str
    label: str
    division_code: str
    values: dict[str, str] = field(default_factory=dict)


def add_source(
    register: Register,
    resource: Resource,
    *,
    key_column: str,
    columns: Mapping[str, str],
    account: Any,
    label_column: str = "",
    division_column: str = "",
    creates: bool = False,
) -> RegisterSource:
    """Has `resource` fill items of `register` (`columns`: register's item → resource's item), again each night.

    Raises Refused: `no_key` when the register has no key item, `unknown_item`, and what the grant does not give:
    `no_grant`, `masked` (only values in the clear can be written), `item_not_granted`.
    """
    layout = layout_of(register)
    if not layout.key:
        raise Refused(
            "no_key", f"台账“{register.title}”没有指定关联键", field="register", value=register.name
        )
    unknown = next((item for item in columns if item not in layout.items), None)
    if unknown is not None:
        raise Refused("unknown_item", f"台账没有信息项 {unknown}", field="columns", value=unknown)
    source = RegisterSource(
        register=register, resource=resource, key_column=key_column, columns=dict(columns), creates=creates,
        label_column=label_column, division_column=division_column, created_by=account,
    )  # fmt: skip
    _rule(source)
    made, _is_new = RegisterSource.objects.update_or_create(
        register=register, resource=resource,
        defaults={
            "key_column": key_column, "columns": dict(columns), "creates": creates, "label_column": label_column,
            "division_column": division_column, "created_by": account, "is_active": True, "last_version": None,
        },
    )  # fmt: skip
    return made


def bring(source: RegisterSource, *, is_forced: bool = False) -> Outcome:
    """Writes what the resource says now. A published version that was taken already is passed over unless forced.

    Rows are read whole before the first is written, since a grant may end meanwhile; then written some thousands at a
    time, each in a transaction of its own: a run that is killed goes on at the next. Raises Refused.
    """
    version = None if source.resource.table else published(source.resource)
    if version is not None and version == source.last_version and not is_forced:
        return Outcome(**source.counts)
    outcome = Outcome()
    layout = layout_of(source.register)
    at = (version.published_at if version else None) or clock.now()
    with tempfile.TemporaryFile() as aside:
        _read(source, aside)
        seen: set[str] = set()
        for batch in _batches(aside, source):
            _write(layout, source, batch, at, outcome, seen)
    source.last_version, source.last_run_at = version, clock.now()
    source.counts, source.error = asdict(outcome), ""
    source.save(update_fields=["last_version", "last_run_at", "counts", "error"])
    return outcome


def branch_of(source: RegisterSource) -> str:
    """The name under which a source's writes follow one another."""
    return f"source:{source.pk}"


def source_name(source: RegisterSource) -> str:
    """`区公安分局：户籍人口`."""
    return f"{source.resource.provider.name}：{source.resource.title}"[:120]


def _viewer(source: RegisterSource) -> Viewer:
    unit = source.register.organisation
    return Viewer(unit.pk, unit.name, f"台账：{source.register.title}")


def _fields(source: RegisterSource) -> list[str]:
    named = [source.key_column, source.label_column, source.division_column, *source.columns.values()]
    return list(dict.fromkeys(name for name in named if name))


def _rule(source: RegisterSource) -> Rule:
    rule = columns_and_rows(_viewer(source), source.resource)
    if rule is None:
        raise Refused(
            "no_grant", f"{source.register.organisation.name}没有获得“{source.resource.title}”的授权",
            field="resource", value=source.resource.name, central=403.1,
        )  # fmt: skip
    for name in _fields(source):
        try:
            column = rule.column(name)
        except grants_refused.Refused as refused:
            raise Refused(refused.code, str(refused), field="columns", value=name, central=403.1) from refused
        if column.mask:
            raise Refused(
                "masked",
                f"信息项“{column.title}”只能脱敏使用，不能写入台账",
                field="columns",
                value=name,
                central=403.1,
            )
    return rule


def _read(source: RegisterSource, aside: IO[bytes]) -> None:
    """All rows into a file, a batch on a line; notes the use before the first of them is used."""
    rule = _rule(source)
    fields = _fields(source)
    count = 0
    subjects = Subjects()
    try:
        asked = fetching.selection(
            rule, source.resource, fields=fields, with_subjects=bool(rule.subject_items)
        )
        for batch in fetching.batches(asked, BATCH):
            count += len(batch)
            subjects.add(number for row in batch for number in row[len(fields) :])
            aside.write(
                orjson.dumps([[_text(value) for value in row[: len(fields)]] for row in batch]) + b"\n"
            )
    except grants_refused.Refused as refused:
        raise Refused(refused.code, str(refused), field="resource", value=source.resource.name) from refused
    uses.record(
        _viewer(source), rule, channel=CHANNEL, rows=count, items=fields, subjects=subjects.hashes(),
        title=source.resource.title,
    )  # fmt: skip
    aside.seek(0)


def _batches(aside: IO[bytes], source: RegisterSource) -> Iterator[list[_Row]]:
    places = {name: place for place, name in enumerate(_fields(source))}
    for line in aside:
        yield [_row(source, row, places) for row in orjson.loads(line)]


def _row(source: RegisterSource, row: Sequence[str], places: Mapping[str, int]) -> _Row:
    def of(name: str) -> str:
        return row[places[name]] if name else ""

    return _Row(
        of(source.key_column), of(source.label_column)[:120], of(source.division_column)[:12],
        {item: of(column) for item, column in source.columns.items()},
    )  # fmt: skip


@transaction.atomic
def _write(
    layout: Layout,
    source: RegisterSource,
    batch: Sequence[_Row],
    at: datetime,
    outcome: Outcome,
    seen: set[str],
) -> None:
    rows = _told_apart(batch, outcome, seen)
    if not rows:
        return
    known: dict[str, list[uuids.UUID]] = {}
    matching = Entity.objects.filter(register=source.register, key__in=list(rows), deleted_at=None)
    for key, name in matching.values_list("key", "uuid"):
        known.setdefault(key, []).append(name)
    made = {_name(source, key): key for key in rows if key not in known} if source.creates else {}
    held = locked(layout, [*made, *(name for names in known.values() for name in names)])
    before = writes_of(entity.pk for entity in held.values())
    entries = [
        _entry(layout, source, name, row, at, held, before)
        for key, row in rows.items()
        for name in known.get(key) or ([_name(source, key)] if source.creates else [])
    ]
    taken = record(layout, [entry for entry in entries if entry is not None], held, before)
    outcome.unmatched += 0 if source.creates else sum(key not in known for key in rows)
    outcome.created += sum(each.is_new for each in taken)
    outcome.changed += sum(not each.is_new for each in taken)
    outcome.same += sum(entry is None for entry in entries)


def _told_apart(batch: Sequence[_Row], outcome: Outcome, seen: set[str]) -> dict[str, _Row]:
    """By the hash of the key; of rows with the same key the first counts."""
    rows: dict[str, _Row] = {}
    for row in batch:
        outcome.rows += 1
        key = key_of(row.key)
        if not key:
            outcome.without_key += 1
        elif key in seen:
            outcome.doubled += 1
        else:
            seen.add(key)
            rows[key] = row
    return rows


def _name(source: RegisterSource, key: str) -> uuids.UUID:
    """The same however often it is made: two runs at once make one record."""
    return uuids.uuid5(uuids.NAMESPACE_OID, f"{source.register_id}:{key}")


def _entry(
    layout: Layout,
    source: RegisterSource,
    name: uuids.UUID,
    row: _Row,
    at: datetime,
    held: Mapping[uuids.UUID, Entity],
    before: Mapping[int, Sequence[EntityWrite]],
) -> Entry | None:
    """What the source says otherwise than before; None where it says the same."""
    entity = held.get(name)
    writes = before.get(entity.pk, ()) if entity else ()
    said, label = _said(writes, branch_of(source))
    values = {layout.key: row.key, **row.values} if not writes else row.values
    news = {item: value for item, value in layout.canonical(values).items() if value != said.get(item, "")}
    new_label = row.label if row.label != label else ""
    if not news and not new_label and writes:
        return None
    return Entry(
        uuid=name, key=f"{branch_of(source)}:{len(writes) + 1}", kind=str(WriteKind.SOURCE), values=news, at=at,
        label=new_label, creates=source.creates, trunk_version=0, branch=branch_of(source),
        organisation=source.resource.provider, source=source_name(source),
        division_code=row.division_code, is_simulated=source.resource.is_simulated,
    )  # fmt: skip


def _said(writes: Iterable[EntityWrite], branch: str) -> tuple[dict[str, str], str]:
    """The last the source said of each item, and of the record's name."""
    said: dict[str, str] = {}
    label = ""
    for write in writes:
        if write.branch == branch:
            said |= {item: opened(value) for item, value in write.values.items()}
            label = write.label or label
    return said, label


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
