"""How values of records and those who wrote them are shown."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from district.kernel.forms.models import EntityWrite, RegisterItem, WriteKind
from district.kernel.forms.registers.layout import GEOMETRY
from district.kernel.forms.registers.sealing import SEALED_FROM
from district.kernel.people import masking

MASKS: dict[str, Callable[[str], str]] = {
    "mobile": masking.mobile, "phone": masking.phone, "person_name": masking.person_name,
    "id_number": masking.id_number, "email": masking.email, "bank_account": masking.bank_account,
    "medical_number": masking.medical_number, "plate": masking.plate, "address": masking.address,
    "birth_date": masking.birth_date,
}  # fmt: skip
WHOLE = "******"
KIND_COLOURS = {"submission": "blue", "source": "purple", "api": "secondary", "settlement": "green"}


def is_sensitive(item: RegisterItem | None) -> bool:
    return item is not None and item.grade >= SEALED_FROM


def shown(item: RegisterItem | None, value: str, *, is_whole: bool = False) -> str:
    """A value as people read it: choices by their words, sensitive items masked unless whole."""
    if not value:
        return ""
    if is_sensitive(item) and not is_whole:
        mask = MASKS.get(item.resource_item.mask) if item and item.resource_item else None
        return mask(value) if mask else WHOLE
    return in_words(item, value)


def in_words(item: RegisterItem | None, value: str) -> str:
    """Codes of choices, one or several, as their words; a place as its latitude and longitude."""
    if item is not None and item.name == GEOMETRY:
        return ", ".join(value.split()[:2])  # altitude and accuracy are for phones
    known = item.choices if item is not None else {}
    if value in known:
        return str(known[value] or value)
    parts = value.split()
    if known and all(part in known for part in parts):
        return "、".join(str(known[part] or part) for part in parts)
    return value


def who(write: EntityWrite) -> str:
    """`苏李村 · 演示文书`, or the department's resource."""
    if write.kind == WriteKind.SOURCE:
        return write.source
    parts = [
        write.organisation.name if write.organisation else "",
        write.account.name if write.account else "",
    ]
    return " · ".join(part for part in parts if part) or write.source or _("系统")
