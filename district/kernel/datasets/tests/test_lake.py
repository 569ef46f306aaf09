import math
from datetime import date, datetime, timedelta

import ibis
import numpy as np
import pandas as pd
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlglot
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from ibis.config import Config

from district.kernel.clock import CHINA
from district.kernel.datasets import lake as lakes
from district.kernel.datasets.parquet import write_parquet, write_query
from district.kernel.datasets.rollups import counted, daily, hourly
from district.kernel.devices.columns import Columns
from district.kernel.devices.lake_files import path_of, write_day
from district.kernel.devices.marks import EXCLUDED, of_letter

DAY = date(2026, 5, 1)
MIDNIGHT = datetime(2026, 5, 1, tzinfo=CHINA)


PLAIN = pa.schema([("series_id", pa.int32()), ("value", pa.float64())])


def columns(rows):
    """Rows of (series, minutes after midnight in China, value, mark)."""
    at = [int((MIDNIGHT + timedelta(minutes=minute)).timestamp() * 1e6) for _, minute, _, _ in rows]
    return Columns(
        np.array([row[0] for row in rows], np.int32), np.array(at, "datetime64[us]"),
        np.array([row[2] for row in rows], np.float64), np.array([row[3] for row in rows], np.int32),
    )  # fmt: skip


def put(root, day, rows):
    write_day(day, [columns(rows)], root)
    return path_of(day, root)


decimals = st.integers(-(10**9), 10**9).map(lambda number: number / 1000)
rows = st.lists(
    st.tuples(
        st.integers(1, 4), st.integers(0, 1439), decimals | st.floats(-1e6, 1e6), st.sampled_from([0, 1, 4])
    ),
    min_size=1,
    max_size=200,
)


@settings(max_examples=25, deadline=None)
@given(rows)
def test_rollups_equal_pandas(tmp_path_factory, rows):
    root = tmp_path_factory.mktemp("lake")
    put(root, DAY, rows)
    engine = lakes.lake(threads=1)
    table = lakes.observations(engine, root)
    frame = pd.DataFrame(rows, columns=["series_id", "minute", "value", "mark"])
    for expression, key in ((hourly(table), frame.minute // 60), (daily(table), frame.minute * 0)):
        found = engine.to_pandas(expression).sort_values(list(expression.columns[:2]))
        wanted = frame.groupby(["series_id", key]).value.agg(["mean", "min", "max", "count"])
        assert np.allclose(found[["mean", "low", "high", "n"]].to_numpy(), wanted.to_numpy())


def test_hours_and_days_begin_in_china(tmp_path):
    put(tmp_path, DAY, [(1, 0, 1.0, 0), (1, 59, 3.0, 0), (1, 23 * 60 + 59, 5.0, 0)])
    engine = lakes.lake(threads=1)
    table = lakes.observations(engine, tmp_path)
    hours = engine.to_pandas(hourly(table).order_by("hour"))
    assert [pd.Timestamp(hour).tz_convert(CHINA).hour for hour in hours.hour] == [0, 23]
    assert list(hours["mean"]) == [2.0, 5.0]
    assert [each.day for each in engine.to_pandas(daily(table)).day] == [1]


def test_only_the_files_of_the_days_asked_for_are_read(tmp_path):
    put(tmp_path, DAY, [(1, 0, 1.0, 0)])
    other = path_of(date(2026, 5, 2), tmp_path)
    other.parent.mkdir(parents=True)
    put(tmp_path, date(2026, 5, 3), [(1, 2880, 9.0, 0)])
    engine = lakes.lake(threads=1)
    table = lakes.observations(engine, tmp_path)
    put(tmp_path, date(2026, 5, 2), [(1, 1440, 5.0, 0)]).write_bytes(b"not parquet")
    one = table.filter(table.day == DAY)
    assert engine.to_pandas(one.value.sum()) == 1.0
    assert lakes.lake_days(tmp_path) == [date(2026, 5, day) for day in (1, 2, 3)]


def test_values_that_are_no_decimals_are_kept_and_counted_with_those_that_are(tmp_path):
    third = 1 / 3
    put(tmp_path, DAY, [(1, 0, 0.25, 0)])
    engine = lakes.lake(threads=1)
    assert "rest" not in lakes.observations(engine, tmp_path).columns
    put(tmp_path, date(2026, 5, 2), [(1, 1440, third, 0), (1, 1441, 0.5, 0), (2, 1440, math.inf, 0)])
    table = lakes.observations(engine, tmp_path)
    assert sorted(engine.to_pandas(table).value) == [0.25, third, 0.5, math.inf]
    found = engine.to_pandas(daily(table).order_by("series_id", "day"))
    assert list(found["mean"]) == [0.25, (0.5 + third) / 2, math.inf]
    assert list(found.low) == [0.25, third, math.inf]
    assert list(found.n) == [1, 2, 1]


def test_excluded_values_do_not_count(tmp_path):
    put(tmp_path, DAY, [(1, 0, 1.0, of_letter("N")), (1, 1, 99.0, of_letter("C"))])
    engine = lakes.lake(threads=1)
    assert list(engine.to_pandas(daily(counted(lakes.observations(engine, tmp_path))))["mean"]) == [1.0]


def test_an_empty_lake_is_a_table_without_rows(tmp_path):
    engine = lakes.lake(threads=1)
    assert len(engine.to_pandas(daily(lakes.observations(engine, tmp_path)))) == 0


class SparkOptions(Config):
    treat_nan_as_null: bool = False


def test_the_same_expressions_can_be_said_in_the_words_of_spark(monkeypatch):
    # Without Spark installed its own option group is missing; translating needs one option of it.
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())
    table = ibis.table(
        ibis.schema(
            {
                "series_id": "int32",
                "at": "timestamp('UTC')",
                "value": "float64",
                "mark": "int32",
                "day": "date",
                "hour": "int32",
                "exact": "decimal(18, 6)",
                "rest": "float64",
            }
        ),
        name="observations",
    )
    all_exact = table.drop("rest")
    for expression in (
        hourly(counted(table)),
        daily(counted(table)),
        hourly(counted(all_exact)),
        daily(all_exact),
    ):
        text = str(ibis.to_sql(expression, dialect="pyspark"))
        assert sqlglot.parse_one(text, dialect="spark").find(sqlglot.exp.Group)
        assert (f"& {EXCLUDED}" in text) == ("WHERE" in text)


def test_a_failed_write_leaves_what_was_there(tmp_path):
    target = tmp_path / "kept.parquet"
    write_parquet([pa.record_batch([[1], [1.0]], schema=PLAIN)], PLAIN, target)
    before = target.read_bytes()

    def half():
        yield pa.record_batch([[1], [2.0]], schema=PLAIN)
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_parquet(half(), PLAIN, target)
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.fixture
def raw(transactional_db):
    parameters = connection.get_connection_params()
    for name in ("cursor_factory", "context"):
        parameters.pop(name, None)
    with psycopg.connect(**parameters, autocommit=True) as plain:
        yield plain


def test_a_query_becomes_a_file_of_the_right_types(raw, tmp_path):
    sql = """SELECT n::int4 AS n, n / 2.0::float8 AS half, '2026-05-01 00:00+08'::timestamptz AS at, date '2026-05-01' AS d,
             'x' || n AS t, nullif(n, 3) AS gap, n::numeric AS exact, true AS b FROM generate_series(1, %s) n"""
    written = write_query(raw, sql, [120_000], tmp_path / "a" / "q.parquet")
    table = pq.read_table(written.path)
    assert (written.rows, table.num_rows) == (120_000, 120_000)
    assert [str(field.type) for field in table.schema] == [
        "int32",
        "double",
        "timestamp[us, tz=UTC]",
        "date32[day]",
        "string",
        "int32",
        "string",
        "bool",
    ]
    assert table.column("gap")[2].as_py() is None
    assert table.column("half")[4].as_py() == 2.5


def test_open_days_come_from_the_database_and_join_the_closed_ones(raw, tmp_path):
    put(tmp_path, date(2026, 4, 30), [(1, -10, 1.0, 0)])
    raw.execute("""
        CREATE TABLE IF NOT EXISTS devices_observation_of_test PARTITION OF devices_observation
        FOR VALUES FROM ('2026-04-30 00:00+08') TO ('2026-05-03 00:00+08')""")
    try:
        raw.execute("""INSERT INTO devices_observation (series_id, at, value, mark) VALUES
            (1, '2026-05-01 00:00:00.5+08', 3.5, 4), (2, '2026-05-01 23:59+08', 7, 0), (1, '2026-05-02 00:00+08', 9, 0),
            (1, '2026-05-02 00:01+08', 1e-9, 0)""")
        engine = lakes.lake(threads=1)
        closed = lakes.observations(engine, tmp_path)
        everything = engine.to_pandas(lakes.with_open_days(closed, raw, [DAY]).order_by("at"))
        assert list(everything.value) == [1.0, 3.5, 7.0]
        assert list(everything.mark) == [0, 4, 0]
        assert pd.Timestamp(everything["at"][1]) == MIDNIGHT + timedelta(milliseconds=500)
        one = engine.to_pandas(lakes.with_open_days(closed, raw, [DAY], [2]))
        assert sorted(one.value) == [1.0, 7.0]
        assert lakes.with_open_days(closed, raw, [date(2026, 5, 3)]) is closed
        means = daily(lakes.with_open_days(closed, raw, [DAY, date(2026, 5, 2)])).order_by("series_id", "day")
        assert list(engine.to_pandas(means)["mean"]) == [1.0, 3.5, (9 + 1e-9) / 2, 7.0]
    finally:
        raw.execute("DROP TABLE devices_observation_of_test")
