"""The doors through which records of registers change. Whoever writes waits for the others at the same record.

    take(submission_version, questions) -> list[Taken]                     what a filled form says
    create_entity(register, values=…, label=…, account=…) -> Entity        what a program or a page says
    create_entities(register, rows, account=…) -> list[Entity]
    update_entity(entity, values=…, base_version=…, account=…) -> Taken
    settle(entity, {"item": "value"}, account=…, reason=…) -> Taken        one value for good, having seen all
    delete_entity(entity, account=…), restore_entity(entity, account=…)

Reading: `reading.values_of(entity)` (sensitive items are sealed in `entity.values`).
"""

from __future__ import annotations

import uuid as uuids
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from district.kernel import clock
from district.kernel.forms import queries, xml
from district.kernel.forms.design.questions import questions_of
from district.kernel.forms.models import (
    Entity,
    Register,
    SubmissionVersion,
    WaitingState,
    WaitingWrite,
    WriteKind,
)
from district.kernel.forms.refused import Refused
from district.kernel.forms.registers.given import Given, given_in
from district.kernel.forms.registers.history import write_key
from district.kernel.forms.registers.layout import Layout, layout_of
from district.kernel.forms.registers.merging import LABEL
from district.kernel.forms.registers.recording import Entry, Taken, locked, record
from district.kernel.people.access import may
from district.kernel.people.audit import record_act
from district.kernel.people.scope import scope_in_roles

SUBJECT = "forms.entity"
BRANCH_LONGEST = 40


@dataclass(frozen=True)
class NewEntity:
    """A record to make. `uuid` None: any."""

    values: Mapping[str, str]
    label: str = ""
    uuid: uuids.UUID | None = None
    division_code: str = ""


@transaction.atomic
def take(version: SubmissionVersion, questions: Iterable[Mapping[str, Any]]) -> list[Taken]:
    """What a filled form says of records: `questions` are those of its form's version, as stored.

    Never raises for what the form says: what cannot be taken is a `WaitingWrite` with its reason. The same form twice
    changes nothing. An edit (deprecatedID) corrects what the form before it wrote.
    """
    if "entity" not in version.xml:
        return []
    given = given_in(xml.read(version.xml.encode()), questions_of(questions))
    if not given:
        return []
    project_id = version.form_version.form.project_id
    registers = {
        register.name: register
        for register in Register.objects.filter(
            project=project_id, name__in={each.register for each in given}
        )
    }
    taken: list[Taken] = []
    for name in sorted(registers):
        taken += _take_of(registers[name], version, [each for each in given if each.register == name])
    return taken


def _take_of(register: Register, version: SubmissionVersion, given: Sequence[Given]) -> list[Taken]:
    layout = layout_of(register)
    entries = [entry for entry in _entries(layout, version, given) if entry is not None]
    held = locked(layout, [entry.uuid for entry in entries])
    ready = []
    for entry in entries:
        entity = held.get(entry.uuid)
        if entity is None and not entry.creates:
            _wait(layout, version, str(entry.uuid), "no_entity", "台账中还没有这条记录，等收到后写入")
        elif not _reaches(version.account, register, entity.division_code if entity else entry.division_code):
            words = "记录不在填报人的管辖范围内"
            _wait(layout, version, str(entry.uuid), "outside", words, str(WaitingState.REFUSED))
        else:
            ready.append(entry)
    taken = record(layout, ready, held)
    return taken + _retaken(layout, [each for each in taken if each.is_new])


def _entries(layout: Layout, version: SubmissionVersion, given: Sequence[Given]) -> Iterable[Entry | None]:
    account = version.account
    organisation = getattr(account, "organisation", None)
    times: dict[str, int] = {}
    for each in given:
        try:
            name = uuids.UUID(each.uuid)
        except ValueError:
            _wait(layout, version, each.uuid, "bad_uuid", "记录编号不是 UUID", str(WaitingState.REFUSED))
            continue
        times[each.uuid] = times.get(each.uuid, 0) + 1
        yield Entry(
            uuid=name,
            key=write_key(version.instance_id, str(times[each.uuid]) if times[each.uuid] > 1 else ""),
            kind=str(WriteKind.SUBMISSION), values=each.values, at=version.at, label=each.label,
            creates=each.creates, base_version=each.base_version, trunk_version=each.trunk_version,
            branch=_branch(each.branch), account=account, organisation=organisation, device=version.device,
            source=str(version.form_version.form)[:120], submission=version,
            division_code=_division(layout, each.values, organisation),
            is_simulated=layout.register.is_simulated,
        )  # fmt: skip


def _branch(told: str) -> str:
    """A phone's branches are UUIDs; nothing else may pass for one, least of all the name of a source."""
    try:
        return str(uuids.UUID(told))
    except ValueError:
        return ""


def _division(layout: Layout, values: Mapping[str, str], organisation: Any) -> str:
    told = values.get(layout.division, "").strip()
    return told[:12] if told.isdigit() else getattr(organisation, "division_code", "") or ""


def _reaches(account: Any, register: Register, division_code: str) -> bool:
    """Whether the account may write records of that division; the house itself, without an account, may."""
    if account is None or queries.registers_led_by(account).filter(pk=register.pk).exists():
        return True
    return may(account, *queries.FILLERS) and scope_in_roles(account, queries.FILLERS).covers(division_code)


def _wait(
    layout: Layout,
    version: SubmissionVersion,
    name: str,
    code: str,
    words: str,
    state: str = str(WaitingState.WAITING),
) -> None:
    WaitingWrite.objects.get_or_create(
        register=layout.register, uuid=name[:120], submission=version,
        defaults={"code": code, "words": words, "state": state},
    )  # fmt: skip


def _retaken(layout: Layout, made: Sequence[Taken]) -> list[Taken]:
    """Updates that had come before the records they are of."""
    if not made:
        return []
    names = [str(each.entity.uuid) for each in made]
    rows = WaitingWrite.objects.filter(register=layout.register, uuid__in=names, state=WaitingState.WAITING)
    return [taken for row in rows.order_by("pk") for taken in retake(row)]


@transaction.atomic
def retake(row: WaitingWrite) -> list[Taken]:
    """Tries once more; stays as it is while the record has not come."""
    version = row.submission
    given = given_in(xml.read(version.xml.encode()), questions_of(version.form_version.questions))
    mine = [each for each in given if each.register == row.register.name and each.uuid == row.uuid]
    if not Entity.objects.filter(register=row.register, uuid=row.uuid).exists():
        return []
    taken = _take_of(row.register, version, mine)
    if taken:
        row.state, row.taken_at = WaitingState.TAKEN, clock.now()
    else:
        row.state, row.code, row.words = WaitingState.REFUSED, "outside", "记录不在填报人的管辖范围内"
    row.save(update_fields=["state", "taken_at", "code", "words"])
    return taken


def create_entity(
    register: Register,
    *,
    values: Mapping[str, str],
    label: str = "",
    uuid: uuids.UUID | None = None,
    division_code: str = "",
    account: Any = None,
    **more: Any,
) -> Entity:
    """A new record. Raises Refused `exists` when the name is taken. `more`: as `create_entities`."""
    row = NewEntity(values, label, uuid, division_code)
    return create_entities(register, [row], account=account, **more)[0]


@transaction.atomic
def create_entities(
    register: Register,
    rows: Iterable[NewEntity],
    *,
    account: Any = None,
    source: str = "",
    device: str = "",
    at: datetime | None = None,
    is_simulated: bool = False,
) -> list[Entity]:
    """New records, all or none. Raises Refused `exists`, `unknown_item`."""
    layout = layout_of(register)
    organisation = getattr(account, "organisation", None)
    moment = at or clock.now()
    entries = []
    for row in rows:
        _check_items(layout, row.values)
        name = row.uuid or uuids.uuid4()
        entries.append(
            Entry(
                uuid=name, key=f"api:{uuids.uuid4()}", kind=str(WriteKind.API), values=row.values, at=moment,
                label=row.label, creates=True, account=account, organisation=organisation, source=source, device=device,
                division_code=row.division_code or _division(layout, row.values, organisation),
                is_simulated=is_simulated or register.is_simulated,
            )
        )  # fmt: skip
    taken = record(layout, entries)
    repeated = next((each for each in taken if not each.is_new), None)
    if repeated is not None or len({entry.uuid for entry in entries}) != len(entries):
        taken_name = str(repeated.entity.uuid) if repeated else ""
        raise Refused("exists", "已有同一编号的记录", field="uuid", value=taken_name, central=409.3)
    _retaken(layout, taken)
    return [each.entity for each in taken]


@transaction.atomic
def update_entity(
    entity: Entity,
    *,
    values: Mapping[str, str],
    label: str = "",
    base_version: int | None = None,
    account: Any = None,
    source: str = "",
    device: str = "",
    at: datetime | None = None,
) -> Taken:
    """New values of items; those that are not named stay.

    `base_version` is the version the writer had on his screen. Raises Refused `stale` (409) when it is not the newest;
    None stands for whatever is newest. Raises `unknown_item`, `deleted`.
    """
    layout = layout_of(entity.register)
    _check_items(layout, values)
    held = locked(layout, [entity.uuid])
    current = held[entity.uuid]
    if current.deleted_at is not None:
        raise Refused("deleted", "记录已删除", field="uuid", value=str(entity.uuid), central=404.1)
    if base_version is not None and base_version != current.version:
        raise Refused(
            "stale", f"记录已是第 {current.version} 版，您改的是第 {base_version} 版", field="baseVersion",
            value=base_version, central=409.15,
        )  # fmt: skip
    entry = Entry(
        uuid=entity.uuid, key=f"api:{uuids.uuid4()}", kind=str(WriteKind.API), values=values, at=at or clock.now(),
        label=label, base_version=current.version, account=account, source=source, device=device,
        organisation=getattr(account, "organisation", None),
    )  # fmt: skip
    return record(layout, [entry], held)[0]


@transaction.atomic
def settle(
    entity: Entity,
    values: Mapping[str, str],
    *,
    account: Any,
    reason: str = "",
    seen_version: int | None = None,
    at: datetime | None = None,
) -> Taken:
    """Chooses the value of items, for good: what anybody had written before is answered by it.

    `seen_version`: the version he decided on; raises Refused `stale` when more has come since. The key `label` stands
    for the record's name.
    """
    layout = layout_of(entity.register)
    items = {item: value for item, value in values.items() if item != LABEL}
    _check_items(layout, items)
    held = locked(layout, [entity.uuid])
    current = held[entity.uuid]
    if seen_version is not None and seen_version != current.version:
        raise Refused(
            "stale",
            "核实期间又有新的填报，请看过后再核实",
            field="version",
            value=seen_version,
            central=409.15,
        )
    entry = Entry(
        uuid=entity.uuid, key=f"settled:{uuids.uuid4()}", kind=str(WriteKind.SETTLEMENT), values=items,
        at=at or clock.now(), label=values.get(LABEL, ""), base_version=current.version, account=account,
        organisation=getattr(account, "organisation", None), reason=reason,
    )  # fmt: skip
    return record(layout, [entry], held)[0]


def _check_items(layout: Layout, values: Mapping[str, str]) -> None:
    unknown = next((item for item in values if item not in layout.items), None)
    if unknown is not None:
        raise Refused(
            "unknown_item", f"台账“{layout.register.title}”没有信息项 {unknown}", field=unknown, value=values[unknown],
            central=400.28,
        )  # fmt: skip


@transaction.atomic
def delete_entity(entity: Entity, *, account: Any) -> None:
    """Out of lists and phones; its writes stay, and what still comes for it is kept with them."""
    _mark(entity, clock.now(), account, "delete")


@transaction.atomic
def restore_entity(entity: Entity, *, account: Any) -> None:
    _mark(entity, None, account, "restore")


def _mark(entity: Entity, at: datetime | None, account: Any, act: str) -> None:
    entity.deleted_at, entity.updated_at = at, clock.now()
    entity.save(update_fields=["deleted_at", "updated_at"])
    record_act(account, act, subject_kind=SUBJECT, subject=entity.uuid)


__all__ = [
    "NewEntity", "Taken", "create_entities", "create_entity", "delete_entity", "restore_entity", "retake", "settle",
    "take", "update_entity",
]  # fmt: skip
