"""Which checked rows have been taken before, or come twice in one delivery. In DuckDB, in bounded memory. No Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from district.kernel.connectors.staging import POSITION
from district.kernel.datasets.duck import CHECKING_MB, duck, literal, name

NONE = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Found:
    """Positions, sorted. `repeated`: the same row is there already. `clashing`: its key is, with other values."""

    repeated: np.ndarray
    clashing: np.ndarray

    @property
    def dropped(self) -> np.ndarray:
        return np.union1d(self.repeated, self.clashing)


def find(
    parts: Sequence[Path], columns: Sequence[str], keys: Sequence[str], mode: str, published_sql: str | None
) -> Found:
    """Rows of the parts that are not to be written.

    Without a key, a row of an appended delivery is a repeat when all its values are published already; a row that
    stands twice in one delivery is two rows. With a key: in an upsert the last row of a key holds, and rows that
    would change nothing are repeats; otherwise the first holds.
    """
    if not parts or (not keys and (mode != "append" or published_sql is None)):
        return Found(NONE, NONE)
    delivered = f"read_parquet([{', '.join(literal(str(part)) for part in parts)}])"
    with duck(CHECKING_MB) as engine:

        def positions(sql: str) -> np.ndarray:
            found = engine.execute(f"SELECT {POSITION} FROM ({sql}) ORDER BY 1").fetchnumpy()[POSITION]  # noqa: S608
            return np.asarray(found, dtype=np.int64)

        if not keys:
            assert published_sql is not None
            return Found(positions(_rows_there(delivered, columns, published_sql)), NONE)
        repeated = clashing = NONE
        listed = ", ".join(map(name, keys))
        doubles = f"SELECT {listed} FROM {delivered} GROUP BY ALL HAVING count(*) > 1"  # noqa: S608 - quoted
        engine.execute(f"CREATE TEMP TABLE doubled AS {doubles}")
        if engine.execute("SELECT EXISTS (SELECT 1 FROM doubled)").fetchone() == (True,):
            same, again = _doubles(delivered, columns, keys, "DESC" if mode == "upsert" else "ASC")
            repeated, clashing = positions(same), positions(again)
            if mode == "upsert":
                repeated, clashing = np.union1d(repeated, clashing), NONE
        if published_sql is not None and mode != "replace":
            there, other = _keys_there(delivered, columns, keys, published_sql)
            repeated = np.union1d(repeated, positions(there))
            if mode == "append":
                clashing = np.union1d(clashing, positions(other))
        clashing = np.setdiff1d(clashing, repeated)
        return Found(repeated, clashing)


def _rows_there(delivered: str, columns: Sequence[str], published_sql: str) -> str:
    listed = ", ".join(map(name, columns))
    same = " AND ".join(f"n.{name(column)} IS NOT DISTINCT FROM o.{name(column)}" for column in columns)
    return f"""
        WITH n AS (SELECT {listed}, {POSITION}, row_number() OVER (PARTITION BY {listed} ORDER BY {POSITION}) AS nth
                   FROM {delivered}),
             o AS (SELECT {listed}, count(*) AS times FROM ({published_sql}) GROUP BY ALL)
        SELECT n.{POSITION} FROM n JOIN o ON {same} WHERE n.nth <= o.times"""  # noqa: S608 - quoted


def _doubles(delivered: str, columns: Sequence[str], keys: Sequence[str], order: str) -> tuple[str, str]:
    """Rows behind the one that holds, with the same values and with others."""
    listed, every = ", ".join(map(name, keys)), ", ".join(map(name, columns))
    same_key = " AND ".join(f"d.{name(key)} IS NOT DISTINCT FROM doubled.{name(key)}" for key in keys)
    ranked = f"""
        SELECT {POSITION}, row({every}) AS whole,
               first_value(row({every})) OVER w AS holder, row_number() OVER w AS nth
        FROM (SELECT d.* FROM {delivered} d SEMI JOIN doubled ON {same_key})
        WINDOW w AS (PARTITION BY {listed} ORDER BY {POSITION} {order})"""  # noqa: S608 - quoted
    return tuple(
        f"SELECT {POSITION} FROM ({ranked}) WHERE nth > 1 AND whole IS {negation} DISTINCT FROM holder"  # noqa: S608
        for negation in ("NOT", "")
    )  # type: ignore[return-value]


def _keys_there(
    delivered: str, columns: Sequence[str], keys: Sequence[str], published_sql: str
) -> tuple[str, str]:
    same_key = " AND ".join(f"n.{name(key)} IS NOT DISTINCT FROM o.{name(key)}" for key in keys)
    others = [column for column in columns if column not in keys]
    same = (
        " AND ".join(f"n.{name(column)} IS NOT DISTINCT FROM o.{name(column)}" for column in others) or "true"
    )
    joined = f"SELECT n.{POSITION} FROM {delivered} n JOIN ({published_sql}) o ON {same_key}"  # noqa: S608 - quoted
    return f"{joined} WHERE {same}", f"{joined} WHERE NOT ({same})"
