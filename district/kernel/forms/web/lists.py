"""The records of a register as a form's list of choices: of the reader's divisions, and only the items the form names."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any

from district.kernel.datasets.models import Grade
from district.kernel.forms.models import FormVersion, Register
from district.kernel.forms.registers.csv import HEAD, rows
from district.kernel.people.audit import record_look

GEOMETRY = "geometry"
"""The place of a record: maps of other clients ask for it without naming it."""


def list_text(account: Any, register: Register, version: FormVersion) -> str:
    """CSV as ODK writes it. A phone can be lost: what its form does not ask for is not on it."""
    told = rows(register, account)
    head = next(told)
    words = set(re.findall(r"[\w.-]+", version.xform))
    columns = [place for place, name in enumerate(head) if name in (*HEAD, GEOMETRY) or name in words]
    _note_look(account, register, {head[place] for place in columns})
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([head[place] for place in columns])
    for row in told:
        writer.writerow([row[place] for place in columns])
    return text.getvalue()


def _note_look(account: Any, register: Register, names: set[str]) -> None:
    sensitive = register.items.filter(name__in=names, grade__gte=Grade.THREE).values_list("name", flat=True)
    if sensitive:
        record_look(account, "register", str(register.pk), "forms.fill", tuple(sensitive))
