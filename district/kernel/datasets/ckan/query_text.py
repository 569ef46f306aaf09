"""The part of Solr's query language that clients of a catalogue use. Pure.

air quality            both words, in title, notes, name or tags
"air quality"          the phrase
title:air -tags:雨     in a field; without
organization:(a OR b)  either
metadata_modified:[2026-01-01T00:00:00Z TO *]
*:*                    everything
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FIELDS = frozenset({
    "id", "name", "title", "notes", "text", "tags", "groups", "organization", "owner_org", "license_id", "res_format",
    "metadata_modified", "metadata_created", "state", "type", "dataset_type", "capacity", "site_id", "private",
})  # fmt: skip
_CLAUSE = re.compile(
    r"""\s*(?P<sign>[+\-!]|NOT\s+)?(?:(?P<field>[A-Za-z_*]+):)?
        (?P<value>"(?:[^"\\]|\\.)*"|\[[^\]]*\]|\((?:[^()"]|"(?:[^"\\]|\\.)*")*\)|[^\s()"]+)""",
    re.VERBOSE,
)
_RANGE = re.compile(r"\[\s*(\S+)\s+TO\s+(\S+)\s*\]")
MOST_CLAUSES = 40


class BadQuery(ValueError):
    """The text cannot be read as a query."""


@dataclass(frozen=True)
class Clause:
    """`values` are alternatives, or with `is_range` the two ends, `*` an open one. `field` empty: anywhere."""

    field: str
    values: tuple[str, ...]
    is_negated: bool = False
    is_range: bool = False


def clauses_of(text: str) -> list[Clause]:
    """What must hold, all of it. Raises BadQuery."""
    found: list[Clause] = []
    place = 0
    text = text.strip()
    while place < len(text):
        match = _CLAUSE.match(text, place)
        if match is None or match.end() == place:
            raise BadQuery(f"cannot parse {text[place : place + 40]!r}")
        place = match.end()
        clause = _clause(match)
        if clause is not None:
            found.append(clause)
        if len(found) > MOST_CLAUSES:
            raise BadQuery(f"more than {MOST_CLAUSES} clauses")
    return _joined(found)


_OR = Clause("", ("OR",))


def _clause(match: re.Match[str]) -> Clause | None:
    field, value, negated = match["field"] or "", match["value"], bool((match["sign"] or "").strip("+ "))
    if field == "*" or (value == "*" and not field) or (not field and value in ("AND", "&&")):
        return None
    if not field and value in ("OR", "||"):
        return _OR
    if field and field not in FIELDS:
        raise BadQuery(f"undefined field {field}")
    if value.startswith("["):
        ends = _RANGE.fullmatch(value)
        if ends is None:
            raise BadQuery(f"cannot parse the range {value!r}")
        return Clause(field, (ends[1], ends[2]), negated, is_range=True)
    if value.startswith("("):
        inner = [
            each
            for each in re.findall(r'"(?:[^"\\]|\\.)*"|[^\s"]+', value[1:-1])
            if each not in ("OR", "AND", "||", "&&")
        ]
        return Clause(field, tuple(_plain(each) for each in inner), negated) if inner else None
    return Clause(field, (_plain(value),), negated)


def _joined(found: list[Clause]) -> list[Clause]:
    """`a:x OR a:y` is one clause with two values, where the field is the same."""
    clauses: list[Clause] = []
    is_alternative = False
    for clause in found:
        if clause is _OR:
            is_alternative = bool(clauses)
            continue
        if is_alternative:
            last = clauses[-1]
            if (
                last.field != clause.field
                or last.is_negated
                or clause.is_negated
                or last.is_range
                or clause.is_range
            ):
                raise BadQuery("OR joins values of the same field only")
            clauses[-1] = Clause(last.field, last.values + clause.values)
            is_alternative = False
        else:
            clauses.append(clause)
    return clauses


def _plain(value: str) -> str:
    if len(value) > 1 and value.startswith('"') and value.endswith('"'):
        value = value[1:-1]
    return re.sub(r"\\(.)", r"\1", value)
