"""The records of a register as a form's list of choices."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from district.kernel.forms.models import Register
from district.kernel.forms.queries import entities_visible_to


def list_text(account: Any, register: Register) -> str:
    """CSV as ODK writes it: `name` (the record's identifier), `label`, its version, then its items."""
    items = list(register.items.values_list("name", flat=True))
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["name", "label", "__version", *items])
    for entity in entities_visible_to(account, register).order_by("label", "pk").iterator():
        rows.writerow(
            [entity.uuid, entity.label, entity.version, *(entity.values.get(item, "") for item in items)]
        )
    return text.getvalue()
