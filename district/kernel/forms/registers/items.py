"""What a register knows of its columns, changed: with the grade its values are sealed or opened, with the key found anew."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import transaction

from district.kernel.forms.models import Entity, EntityWrite, Register, RegisterItem
from district.kernel.forms.registers.sealing import SEALED_FROM, key_of, opened, sealed
from district.kernel.people.audit import record_act
from district.kernel.people.models import Organisation

BATCH = 2000


@transaction.atomic
def change_item(
    item: RegisterItem, *, title: str, grade: int, is_key: bool, holder: Organisation | None, account: Any
) -> RegisterItem:
    """Writes and records that are there already follow: a copy of the tables tells nothing that is sensitive now."""
    before = item.grade
    was_key = item.is_key
    Register.objects.select_for_update().get(pk=item.register_id)
    item.title, item.grade, item.is_key, item.holder = title[:80], grade, is_key, holder
    item.save(update_fields=["title", "grade", "is_key", "holder"])
    if is_key and not was_key:
        item.register.items.exclude(pk=item.pk).update(is_key=False)
    if (before >= SEALED_FROM) != (grade >= SEALED_FROM):
        _seal_anew(item)
    if is_key != was_key:
        _key_anew(item)
    record_act(
        account, "change", subject_kind="forms.register_item", subject=f"{item.register.name}.{item.name}",
        fields=["title", "grade", "is_key", "holder"],
    )  # fmt: skip
    return item


def _seal_anew(item: RegisterItem) -> None:
    grades = {item.name: item.grade}
    entities = Entity.objects.select_for_update().filter(register=item.register, values__has_key=item.name)
    _rewrite(entities.order_by("pk"), item.name, grades)
    with pgtrigger.ignore("forms.EntityWrite:append_only"):  # as it was, but for how it is kept
        _rewrite(
            EntityWrite.objects.filter(entity__register=item.register, values__has_key=item.name),
            item.name,
            grades,
        )


def _rewrite(rows: Any, name: str, grades: dict[str, int]) -> None:
    batch = []
    for row in rows.only("values").iterator(chunk_size=BATCH):
        row.values = row.values | sealed({name: opened(row.values[name])}, grades)
        batch.append(row)
        if len(batch) == BATCH:
            rows.model.objects.bulk_update(batch, ["values"])
            batch = []
    rows.model.objects.bulk_update(batch, ["values"])


def _key_anew(item: RegisterItem) -> None:
    key_item = item.register.items.filter(is_key=True).values_list("name", flat=True).first() or ""
    batch = []
    for entity in Entity.objects.filter(register=item.register).only("values", "key").iterator(BATCH):
        entity.key = key_of(opened(entity.values.get(key_item, "")))
        batch.append(entity)
        if len(batch) == BATCH:
            Entity.objects.bulk_update(batch, ["key"])
            batch = []
    Entity.objects.bulk_update(batch, ["key"])
