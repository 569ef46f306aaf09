"""What a person may say about a file that the reader would otherwise find out by itself. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Options:
    """`header_row` from 0; `records` is the path to the list of records in a JSON file, `data.items`; `entry` a file in
    a zip."""

    delimiter: str = ""
    header_row: int | None = None
    sheet: str = ""
    records: str = ""
    entry: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Options:
        row = settings.get("header_row")
        texts = {name: str(settings.get(name) or "") for name in ("delimiter", "sheet", "records", "entry")}
        return cls(header_row=int(row) if row is not None and str(row).isdigit() else None, **texts)
