"""Ledgers every village keeps, as XLSForms: written down as rows of text, made into workbooks where they are used."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from district.kernel.forms.design.sheets import Sheets, write_sheets

FOLDER = Path(__file__).parent.parent / "xlsforms"


@dataclass(frozen=True)
class Template:
    """`sheets` as pyxform and the designer know them."""

    key: str
    title: str
    form_id: str
    questions: int
    sheets: Sheets

    @property
    def workbook(self) -> bytes:
        """The XLSForm as xlsx."""
        return write_sheets(self.sheets)


@cache
def templates() -> tuple[Template, ...]:
    """In the order of their files' names."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.csv")))


def template(key: str) -> Template:
    """KeyError when there is none."""
    for each in templates():
        if each.key == key:
            return each
    raise KeyError(key)


def fresh_sheets(key: str) -> Sheets:
    """Rows of its own for somebody who is going to change them."""
    return _read(FOLDER / f"{template(key).key}.csv").sheets


def _read(path: Path) -> Template:
    sheets: dict[str, list[dict[str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sheet = row.pop("sheet")
            sheets.setdefault(sheet, []).append({name: text for name, text in row.items() if text})
    settings = sheets["settings"][0]
    asked = [row for row in sheets["survey"] if row.get("label") and not row["type"].startswith(("begin", "end"))]
    return Template(path.stem, settings["form_title"], settings["form_id"], len(asked), Sheets.of(sheets))
