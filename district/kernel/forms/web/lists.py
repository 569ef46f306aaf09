"""The records of a register as a form's list of choices: of the reader's divisions, and only the items the form names."""

from __future__ import annotations

from typing import Any

from district.kernel.forms.models import FormVersion, Register
from district.kernel.forms.registers.csv import lines, note_look


def list_text(account: Any, register: Register, version: FormVersion) -> str:
    """CSV as ODK writes it; the look at sensitive items is noted."""
    note_look(register, account, version)
    return b"".join(lines(register, account, version)).decode()
