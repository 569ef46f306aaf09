"""Texts that may be shown, stored and logged though a secret was near. No Django."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, quote_plus

HIDDEN = "●●●"
SHORTEST_SCRUBBED = 4
"""A shorter secret would be found in any text."""


def scrub(text: Any, values: Iterable[str]) -> str:
    """The text with every secret taken out, also where it stands encoded for an address or a header."""
    said = str(text)
    forms = {form for value in values if value for form in _forms(value)}
    for form in sorted(forms, key=len, reverse=True):
        said = said.replace(form, HIDDEN)
    return re.sub(r"(://[^/\s:@]*):[^/\s@]*@", rf"\1:{HIDDEN}@", said)


def _forms(value: str) -> set[str]:
    plain = {value} if len(value) >= SHORTEST_SCRUBBED else set()
    coded = {
        quote(value, safe=""),
        quote_plus(value),
        base64.b64encode(value.encode()).decode(),
        json.dumps(value)[1:-1],
    }
    return plain | {form for form in coded if len(form) >= SHORTEST_SCRUBBED}
