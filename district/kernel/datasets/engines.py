"""The engine analytics run on: DuckDB, or Spark where DISTRICT_SPARK names one. No Django."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from itertools import count

import ibis
import ibis.expr.types as ir

from district.kernel import home
from district.kernel.clock import CHINA
from district.kernel.datasets.lake import lake
from district.kernel.datasets.merging import Part
from district.kernel.datasets.version_files import ROW, RUN

IBIS_TYPES = {
    "text": "string", "integer": "int64", "number": "float64", "boolean": "boolean", "date": "date",
    "datetime": "timestamp('UTC')",
}  # fmt: skip

_views = count(1)


def engine() -> ibis.BaseBackend:
    """A connection of DuckDB; or the session of Spark at `DISTRICT_SPARK` (`local[2]`, `spark://host:7077`)."""
    address = os.environ.get("DISTRICT_SPARK")
    return spark(address) if address else lake()


@cache
def spark(address: str, shuffles: int = 8) -> ibis.BaseBackend:
    """One session for a process. Needs pyspark and Java."""
    from pyspark.sql import SparkSession

    bind = os.environ.get("DISTRICT_SPARK_BIND") or "127.0.0.1"
    # In one process large results are fetched from the driver's host as well: not by a name that leads elsewhere.
    host: dict[str, bool | float | int | str | None] = {"spark.driver.host": bind} if address.startswith("local") else {}
    session = (
        SparkSession.builder.master(address)
        .appName("district")
        .config("spark.sql.session.timeZone", CHINA.key)
        .config("spark.sql.shuffle.partitions", shuffles)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", os.environ.get("DISTRICT_SPARK_MEMORY") or "2g")
        .config("spark.driver.bindAddress", bind)
        .config(map=host)
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return ibis.pyspark.connect(session)


def end_spark(backend: ibis.BaseBackend) -> None:
    """Ends the session and the Java process behind it, which would otherwise live as long as this one."""
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    backend._session.stop()
    spark.cache_clear()
    if gateway is not None:
        gateway.shutdown()
        SparkContext._gateway = SparkContext._jvm = None
        gateway.proc.stdin.close()
        gateway.proc.wait(30)


def parquet(backend: ibis.BaseBackend, paths: Sequence[str]) -> ir.Table:
    """The rows of Parquet files with the same columns."""
    if backend.name != "pyspark":
        return backend.read_parquet(list(paths))
    view = f"files_{next(_views)}"
    backend._session.read.parquet(*paths).createOrReplaceTempView(view)
    return backend.table(view)


def table_of_files(
    backend: ibis.BaseBackend, parts: Sequence[Part], columns: Sequence[tuple[str, str]]
) -> ir.Table:
    """The rows of files of a version: the columns, `_row`, `_run`."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for part in parts:
        kinds.setdefault(part.columns, []).append(str(home.lake() / part.path))
    tables = []
    for present, paths in kinds.items():
        table = parquet(backend, paths)
        shown = [
            table[name] if name in present else ibis.null(IBIS_TYPES[kind]).name(name)
            for name, kind in columns
        ]
        tables.append(table.select(*shown, ROW, RUN))
    return tables[0] if len(tables) == 1 else ibis.union(*tables)
