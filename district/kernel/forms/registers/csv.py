"""A register as the rows a phone works with (ODK entities specification: `name,label,__version,<items>`)."""

from __future__ import annotations

import csv as writer
from collections.abc import Iterator
from io import StringIO
from typing import Any

from district.kernel.forms.models import Register
from district.kernel.forms.queries import entities_visible_to
from district.kernel.forms.registers.sealing import opened

HEAD = ("name", "label", "__version")
CHUNK = 2000


def rows(register: Register, account: Any) -> Iterator[list[str]]:
    """The head, then a row for each record the account may see, in the clear, in the order they were made.

    Read in pieces: memory does not grow with the register.
    """
    items = list(register.items.values_list("name", flat=True))
    yield [*HEAD, *items]
    wanted = entities_visible_to(account, register).order_by("pk")
    for entity in wanted.only("uuid", "label", "version", "values").iterator(chunk_size=CHUNK):
        values = [opened(entity.values.get(item, "")) for item in items]
        yield [str(entity.uuid), entity.label, str(entity.version), *values]


def lines(register: Register, account: Any) -> Iterator[bytes]:
    """The same as the text of a file in UTF-8, some thousand rows at a time."""
    buffer = StringIO()
    out = writer.writer(buffer, lineterminator="\n")
    for number, row in enumerate(rows(register, account), start=1):
        out.writerow(row)
        if number % CHUNK == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
