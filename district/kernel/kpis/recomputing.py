"""A second way to each figure: the published SQL of an indicator, run as it stands and held against what was measured.

A system publishes it as `systems/<system>/kpi_sql/<key>.sql`: one SELECT for PostgreSQL, which psql runs as well
(`psql -v at='2026-11-27 08:00+08' -f …`). It answers a row for each part, `part, numerator, denominator, weight, value`,
the whole last with part ''. Nothing of the measuring is used here.
"""

from __future__ import annotations

import hashlib
import importlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction

from district.kernel import registry
from district.kernel.vocabulary import Fraction

PLACE = "kpi_sql"
MOMENT = ":'at'"
LONGEST_MS = 20_000
MOST_ROWS = 200
COLUMNS = ("part", "numerator", "denominator", "weight", "value")
NEAR = 0.0101
"""Both figures are rounded to two decimals before they are compared: they may differ in the last one."""
NEAR_SHARE = 5e-5
"""Areas are added up in strips by the SQL: a part may differ by so much of itself. Counts are equal or not."""


@dataclass(frozen=True)
class PublishedSql:
    """`path` below the package; `digest`: SHA-256 of the text as published."""

    system: str
    key: str
    path: str
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def at(self, moment: datetime) -> str:
        """The text with the moment filled in: to be run as it is by anyone who may read the tables."""
        return self.text.replace(MOMENT, f"'{moment.isoformat()}'")


@dataclass(frozen=True)
class Part:
    """A row of the answer."""

    key: str
    numerator: float | None
    denominator: float | None
    weight: float
    value: float | None


@dataclass(frozen=True)
class Recomputed:
    """`trouble`: why there is no answer, "" when there is one."""

    value: float | None
    parts: tuple[Part, ...]
    took_ms: int
    trouble: str = ""


def published(system: str, key: str) -> PublishedSql | None:
    """The SQL of an indicator, None when the system has not published any."""
    if not (key.isidentifier() and system.isidentifier()):
        return None
    try:
        package = importlib.import_module(f"{registry.SYSTEMS_PACKAGE}.{system}")
    except ModuleNotFoundError:
        return None
    file = Path(str(package.__file__)).parent / PLACE / f"{key}.sql"
    if not file.is_file():
        return None
    return PublishedSql(system, key, f"district/systems/{system}/{PLACE}/{key}.sql", file.read_text("utf-8"))


@contextmanager
def read_only() -> Iterator[None]:
    """Nothing can be changed inside; measuring and SQL see the same records when no transaction was open before."""
    is_first = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if is_first:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET LOCAL transaction_read_only = on")
            cursor.execute(f"SET LOCAL statement_timeout = {LONGEST_MS}")
        yield
        transaction.set_rollback(True)


def recompute(sql: PublishedSql, at: datetime) -> Recomputed:
    """Runs it; call inside `read_only`."""
    begin = time.perf_counter()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.text.replace("%", "%%").replace(MOMENT, "%s"), [at] * sql.text.count(MOMENT))
            names = tuple(column.name for column in cursor.description or ())
            rows = cursor.fetchmany(MOST_ROWS)
    except DatabaseError as error:
        return Recomputed(None, (), _since(begin), f"{type(error).__name__}: {str(error).splitlines()[0][:200]}")
    if names[: len(COLUMNS)] != COLUMNS:
        return Recomputed(None, (), _since(begin), f"columns {', '.join(names)} instead of {', '.join(COLUMNS)}")
    parts = tuple(Part(str(row[0]), _number(row[1]), _number(row[2]), float(row[3]), _number(row[4])) for row in rows)
    whole = next((part for part in parts if part.key == ""), None)
    return Recomputed(whole.value if whole else None, parts, _since(begin), "" if whole else "no row with part ''")


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _since(begin: float) -> int:
    return round(1000 * (time.perf_counter() - begin))


def agrees(value: float | None, fractions: Sequence[Fraction], found: Recomputed) -> bool:
    """Whether the SQL came to the same figure and, where the measuring tells its parts, to the same parts."""
    if found.trouble or (value is None) != (found.value is None):
        return False
    if value is not None and found.value is not None and abs(value - found.value) > NEAR:
        return False
    of_part = {part.key: part for part in found.parts}
    return value is None or all(_same(each, of_part.get(each.key)) for each in fractions)


def _same(told: Fraction, found: Part | None) -> bool:
    if found is None or found.numerator is None or found.denominator is None:
        return False
    pairs = ((told.numerator, found.numerator), (told.denominator, found.denominator))
    return abs(told.weight - found.weight) < 1e-9 and all(
        abs(a - b) <= NEAR_SHARE * max(abs(told.denominator), abs(found.denominator)) for a, b in pairs
    )
