"""Dated tables of the environment standards: `tables/*.csv`, and which edition rules on a day."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True)
class Edition:
    """One edition of a standard; `until` is its last day, None while nothing has replaced it."""

    subject: str
    name: str
    since: date
    until: date | None


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `tables/<name>.csv` in file order; FileNotFoundError when there is no such table."""
    text = files(__package__).joinpath("tables", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(MappingProxyType(row) for row in csv.DictReader(text.splitlines()))


@cache
def editions(subject: str) -> tuple[Edition, ...]:
    """All editions of `aqi`, `ambient_air`, `surface_water`, …, oldest first; LookupError for another subject."""
    found = [
        Edition(
            subject,
            row["edition"],
            date.fromisoformat(row["in_force_from"]),
            date.fromisoformat(row["in_force_until"]) if row["in_force_until"] else None,
        )
        for row in table("editions")
        if row["subject"] == subject
    ]
    if not found:
        raise LookupError(f"no standard is known for {subject!r}")
    return tuple(sorted(found, key=lambda edition: edition.since))


def edition_on(subject: str, on: date) -> Edition:
    """The edition that judges data of day `on` (Beijing time).

    Days before the oldest edition are judged by the oldest one: cities applied HJ 633-2012 and
    GB 3095-2012 from 2013 on, before they came into force everywhere.
    """
    known = editions(subject)
    return next((edition for edition in reversed(known) if edition.since <= on), known[0])


def edition_named(subject: str, name: str) -> Edition:
    """The edition of that exact name; LookupError names those that exist."""
    for edition in editions(subject):
        if edition.name == name:
            return edition
    raise LookupError(f"{name!r} is not one of {', '.join(edition.name for edition in editions(subject))}")
