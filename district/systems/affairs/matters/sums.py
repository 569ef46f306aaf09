"""Sums of a task at every level, from the submissions themselves, by the prefix of their division, in one statement.

A row of the result is one division (4, 6, 9 or 12 digits) or, with an empty code, everything. What was filled in for
a town as such (9 digits) stands in a line of that code among its villages, what has no division in one of the empty
code, so that the lines below a division always come to its own.

Each submission is counted once: on time, late, or returned (`hasIssues`, `rejected`); deleted ones are not counted.
Numbers are summed over those not returned; what is not a number is counted as unreadable and left out of the sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import Any

from django.db import connection

from ..models import AnswerKind, Assignment

RETURNED = ("hasIssues", "rejected")
NUMBER = r"^\s*[+-]?[0-9]{1,15}(\.[0-9]{1,9})?\s*$"
PARTS = ("on_time", "late", "returned", "expected", "units", "units_in", "units_late", "units_returned")


class Level(IntEnum):
    """Digits of a division's code at a level; everything together is 0."""

    ALL = 0
    CITY = 4
    DISTRICT = 6
    TOWN = 9
    VILLAGE = 12


@dataclass(frozen=True)
class Line:
    """The sums of one division at one level. `code` is shorter than the level where a unit above filled in itself."""

    level: Level
    code: str
    on_time: int
    late: int
    returned: int
    expected: int
    units: int
    units_in: int
    units_late: int
    units_returned: int
    numbers: tuple[Decimal, ...]
    unreadable: tuple[int, ...]

    @property
    def received(self) -> int:
        return self.on_time + self.late

    @property
    def share(self) -> float | None:
        """Of what is expected; None where nobody knows how much that is."""
        if self.expected:
            return min(1.0, self.received / self.expected)
        return self.units_in / self.units if self.units else None


@dataclass(frozen=True)
class Sums:
    """All lines of a task; `questions` are the paths the numbers belong to."""

    questions: tuple[str, ...]
    lines: tuple[Line, ...]

    def of(self, level: Level, code: str = "") -> Line | None:
        return next((line for line in self.lines if (line.level, line.code) == (level, code)), None)

    def below(self, level: Level, code: str = "") -> list[Line]:
        """The lines of the next level that lie in a division."""
        order = list(Level)
        if level is Level.VILLAGE:
            return []
        lower = order[order.index(level) + 1]
        return [line for line in self.lines if line.level is lower and line.code[: int(level)] == code]

    def agrees(self, level: Level, code: str = "") -> bool:
        """Whether the lines below come to the division's own line, in every column."""
        whole, parts = self.of(level, code), self.below(level, code)
        if whole is None or level is Level.VILLAGE:
            return whole is not None or not parts
        nothing = [0] * len(_columns(whole))
        return _columns(whole) == [sum(column) for column in zip(nothing, *map(_columns, parts), strict=True)]


def sums(assignment: Assignment, questions: Sequence[str] = (), within: str = "") -> Sums:
    """The sums of a task in the division `within` (a prefix, empty for all), numbers of the questions at these paths.

    The questions of a task without a form are its answers: one number, whatever `questions` says.
    """
    paths = tuple(questions) if assignment.form_id else (("",) if _is_number(assignment) else ())
    statement, parameters = _statement(assignment, paths, within)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return Sums(paths, tuple(_line(row, len(paths)) for row in cursor.fetchall()))


def _is_number(assignment: Assignment) -> bool:
    return bool(assignment.answer_kind == AnswerKind.NUMBER)


def _columns(line: Line) -> list[Any]:
    return [*(getattr(line, part) for part in PARTS), *line.numbers, *line.unreadable]


def _statement(assignment: Assignment, paths: tuple[str, ...], within: str) -> tuple[str, list[Any]]:
    sources, parameters = [], []
    for source, given in (
        _pieces(assignment, paths),
        _submissions(assignment, paths),
        _records(assignment, paths),
    ):
        if source:
            sources.append(source)
            parameters += given
    counted = ", ".join(f"coalesce(sum({part}), 0)" for part in PARTS)
    numbers = "".join(f", coalesce(sum(n{i}), 0), coalesce(sum(u{i}), 0)" for i in range(len(paths)))
    # The levels are each grouped from the rows: no level is made from the one below.
    statement = f"""
        SELECT grouping(c4), grouping(c6), grouping(c9), grouping(c12), c4, c6, c9, c12, {counted}{numbers}
        FROM (SELECT left(code, 4) AS c4, left(code, 6) AS c6, left(code, 9) AS c9, code AS c12, * FROM (
            {" UNION ALL ".join(sources)}) AS each WHERE left(code, %s) = %s) AS placed
        GROUP BY GROUPING SETS ((), (c4), (c6), (c9), (c12))
        ORDER BY 1 DESC, 2 DESC, 3 DESC, 4 DESC, c4, c6, c9, c12"""  # noqa: S608 - parts and numbers of our own
    return statement, [*parameters, len(within), within]


def _row(paths: tuple[str, ...], **given: str) -> str:
    columns = [f"{given.get(part, '0')} AS {part}" for part in PARTS]
    for i in range(len(paths)):
        columns += [f"{given.get(f'n{i}', '0::numeric')} AS n{i}", f"{given.get(f'u{i}', '0')} AS u{i}"]
    return ", ".join(columns)


def _submissions(assignment: Assignment, paths: tuple[str, ...]) -> tuple[str, list[Any]]:
    if assignment.form_id is None:
        return "", []
    is_returned = "review_state IN ('hasIssues', 'rejected')"
    columns = {
        "on_time": f"(NOT {is_returned} AND created_at < %s)::int",
        "late": f"(NOT {is_returned} AND created_at >= %s)::int",
        "returned": f"({is_returned})::int",
    }
    parameters: list[Any] = [assignment.late_at, assignment.late_at]
    for i, path in enumerate(paths):
        columns[f"n{i}"] = (
            f"CASE WHEN NOT {is_returned} AND values->>%s ~ %s THEN (values->>%s)::numeric ELSE 0 END"
        )
        columns[f"u{i}"] = (
            f"(NOT {is_returned} AND coalesce(values->>%s, '') <> '' AND values->>%s !~ %s)::int"
        )
        parameters += [path, NUMBER, path, path, path, NUMBER]
    source = (
        f"SELECT division_code::text AS code, {_row(paths, **columns)} FROM forms_submission "  # noqa: S608
        "WHERE form_id = %s AND deleted_at IS NULL AND created_at >= %s AND (%s::timestamptz IS NULL OR created_at < %s)"
    )
    return source, [
        *parameters,
        assignment.form_id,
        assignment.issued_at,
        assignment.ended_at,
        assignment.ended_at,
    ]


def _records(assignment: Assignment, paths: tuple[str, ...]) -> tuple[str, list[Any]]:
    """What is expected: one form for each record of the register."""
    if assignment.register_id is None:
        return "", []
    source = (
        f"SELECT division_code::text, {_row(paths, expected='1')} FROM forms_entity "  # noqa: S608
        "WHERE register_id = %s AND deleted_at IS NULL"
    )
    return source, [assignment.register_id]


def _pieces(assignment: Assignment, paths: tuple[str, ...]) -> tuple[str, list[Any]]:
    """The units that do it: those that have not passed it on; without a form their answers are what is summed."""
    is_in = "piece.state IN ('handed_in', 'accepted')"
    columns = {
        "units": "1",
        "units_in": f"({is_in})::int",
        "units_late": f"({is_in} AND piece.handed_in_at >= piece.late_at)::int",
        "units_returned": "(piece.state = 'returned')::int",
    }
    if assignment.form_id is None:
        columns |= {
            "on_time": f"({is_in} AND piece.handed_in_at < piece.late_at)::int",
            "late": f"({is_in} AND piece.handed_in_at >= piece.late_at)::int",
            "returned": "(piece.state = 'returned')::int",
            "expected": "1",
        }
        if paths:
            columns["n0"] = f"CASE WHEN {is_in} THEN coalesce(piece.number, 0) ELSE 0 END"
    source = (
        f"SELECT piece.division_code::text AS code, {_row(paths, **columns)} FROM affairs_piece piece "  # noqa: S608
        "WHERE piece.assignment_id = %s "
        "AND NOT EXISTS (SELECT FROM affairs_piece lower WHERE lower.parent_id = piece.id)"
    )
    return source, [assignment.pk]


def _line(row: Sequence[Any], count: int) -> Line:
    grouped, codes, rest = row[:4], row[4:8], row[8:]
    at = next((index for index, is_out in enumerate(grouped) if not is_out), None)
    level, code = (Level.ALL, "") if at is None else (list(Level)[at + 1], codes[at])
    numbers = rest[len(PARTS) :]
    counts: list[int] = [int(each) for each in rest[: len(PARTS)]]
    return Line(
        level=level,
        code=code,
        **dict(zip(PARTS, counts, strict=True)),
        numbers=tuple(Decimal(numbers[2 * i]) for i in range(count)),
        unreadable=tuple(int(numbers[2 * i + 1]) for i in range(count)),
    )
