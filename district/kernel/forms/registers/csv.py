"""A register as the rows a phone works with (ODK entities specification: `name,label,__version,<items>`)."""

from __future__ import annotations

import csv as writer
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

from district.kernel.forms.models import FormVersion, Register
from district.kernel.forms.queries import entities_visible_to
from district.kernel.forms.registers.layout import GEOMETRY
from district.kernel.forms.registers.sealing import SEALED_FROM, opened
from district.kernel.people.audit import record_look

HEAD = ("name", "label", "__version")
CHUNK = 2000


def rows(register: Register, account: Any, version: FormVersion | None = None) -> Iterator[list[str]]:
    """The head, then a row for each record the account may see, in the clear, in the order they were made.

    A phone can be lost: with `version` there are only the items that its form names. Read in pieces: memory does not
    grow with the register.
    """
    items = items_of(register, version)
    yield [*HEAD, *items]
    wanted = entities_visible_to(account, register).order_by("pk")
    for entity in wanted.only("uuid", "label", "version", "values").iterator(chunk_size=CHUNK):
        values = [opened(entity.values.get(item, "")) for item in items]
        yield [str(entity.uuid), entity.label, str(entity.version), *values]


def items_of(register: Register, version: FormVersion | None = None) -> list[str]:
    """The columns behind the head. Maps ask for the place of a record without naming it."""
    items = register.items.values_list("name", flat=True)
    if version is None:
        return list(items)
    words = set(re.findall(r"[\w.-]+", version.xform))
    return [item for item in items if item == GEOMETRY or item in words]


def note_look(register: Register, account: Any, version: FormVersion | None = None) -> None:
    """Call before sensitive items are handed out."""
    named = items_of(register, version)
    seen = list(register.items.filter(name__in=named, grade__gte=SEALED_FROM).values_list("name", flat=True))
    if seen:
        record_look(account, "forms.register", register.name, "表单预填", seen)


def lines(register: Register, account: Any, version: FormVersion | None = None) -> Iterator[bytes]:
    """The same as the text of a file in UTF-8, some thousand rows at a time."""
    buffer = StringIO()
    out = writer.writer(buffer, lineterminator="\n")
    for number, row in enumerate(rows(register, account, version), start=1):
        out.writerow(row)
        if number % CHUNK == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
