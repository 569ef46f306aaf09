"""The same questions on both engines, beside pandas. Spark is tried where pyspark and Java are at hand."""

import importlib.util
import shutil
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from district.kernel.clock import CHINA
from district.kernel.datasets import engines, lake
from district.kernel.datasets.analytics import by_attribute, origins_and_destinations
from district.kernel.datasets.merging import Part
from district.kernel.datasets.rollups import counted, daily, hourly
from district.kernel.devices.marks import EXCLUDED

START = datetime(2026, 5, 1, tzinfo=CHINA)


@pytest.fixture(scope="module", params=["duckdb", "spark"])
def backend(request):
    if request.param == "duckdb":
        yield lake.lake(threads=1)
        return
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: only DuckDB is tried")
    if shutil.which("java") is None:
        pytest.skip("there is no Java here: only DuckDB is tried")
    found = engines.spark("local[1]", shuffles=2)
    yield found
    engines.end_spark(found)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Trips, observations, things and records, made by chance that is always the same."""
    folder, chance = tmp_path_factory.mktemp("engines"), np.random.default_rng(7)
    n = 2_000
    minutes = chance.integers(0, 2 * 1440, n)
    frames = {
        "trips": {
            "origin": chance.choice(["北郊", "南郊", "丝绸路"], n), "destination": chance.choice(["大街", "永安街"], n),
            "hour": chance.integers(0, 24, n), "minutes": chance.uniform(3, 60, n),
        },
        "records": {"thing": chance.integers(0, 12, n), "amount": chance.uniform(0, 9, n)},
        "things": {"thing": np.arange(10), "kind": [f"类{number % 3}" for number in range(10)]},
        "observations": {
            "series_id": chance.integers(1, 4, n).astype("int32"), "mark": chance.choice([0, 1, 4], n).astype("int32"),
            "hour": (int(START.timestamp()) // 3600 + minutes // 60).astype("int32"),
            "day": [date(2026, 5, 1) + timedelta(days=int(minute) // 1440) for minute in minutes],
            "value": np.round(chance.uniform(0, 90, n), 3),
        },
    }  # fmt: skip
    tables = {name: pa.table(columns) for name, columns in frames.items()}
    exact = tables["observations"]["value"].cast(pa.decimal128(18, 6))
    tables["observations"] = tables["observations"].append_column("exact", exact)
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")
    return folder, {name: table.to_pandas() for name, table in tables.items()}


def table(backend, files, name):
    return engines.parquet(backend, [str(files[0] / f"{name}.parquet")])


def same(found, wanted, keys, values):
    found, wanted = (
        frame.assign(**{key: frame[key].astype(str) for key in keys}).sort_values(keys) for frame in (found, wanted)
    )
    assert found[keys].to_numpy().tolist() == wanted[keys].to_numpy().tolist()
    assert np.allclose(found[values].to_numpy(dtype=float), wanted[values].to_numpy(dtype=float))


def test_origins_and_destinations(backend, files):
    found = backend.to_pandas(origins_and_destinations(table(backend, files, "trips")))
    keys = ["origin", "destination", "hour"]
    wanted = files[1]["trips"].groupby(keys).minutes.agg(["count", "mean"]).reset_index()
    same(found, wanted.rename(columns={"count": "trips", "mean": "mean_minutes"}), keys, ["trips", "mean_minutes"])


def test_records_joined_with_things(backend, files):
    records, things = table(backend, files, "records"), table(backend, files, "things")
    found = backend.to_pandas(by_attribute(records, things, "thing", "kind", "amount"))
    merged = files[1]["records"].merge(files[1]["things"], how="left", on="thing")
    wanted = merged.groupby("kind", dropna=False).amount.agg(["count", "sum", "mean"]).reset_index()
    wanted = wanted.rename(columns={"count": "n", "sum": "total"})
    for frame in (found, wanted):
        frame["kind"] = frame["kind"].where(frame["kind"].notna(), "")
    same(found, wanted, ["kind"], ["n", "total", "mean"])


@pytest.mark.parametrize(("rollup", "period"), [(hourly, "hour"), (daily, "day")])
def test_rollups(backend, files, rollup, period):
    found = backend.to_pandas(rollup(counted(table(backend, files, "observations"))))
    frame = files[1]["observations"]
    frame = frame[(frame.mark & EXCLUDED) == 0]
    wanted = frame.groupby(["series_id", period]).value.agg(["mean", "min", "max", "count"]).reset_index()
    wanted = wanted.rename(columns={"min": "low", "max": "high", "count": "n"})
    if period == "hour":
        moments = pd.to_datetime(found.hour)
        moments = moments.dt.tz_localize(CHINA.key) if moments.dt.tz is None else moments
        found["hour"] = [int(moment.timestamp()) // 3600 for moment in moments]
    found["day" if period == "day" else "hour"] = found[period].astype(str).str[:10]
    wanted[period] = wanted[period].astype(str)
    same(found, wanted, ["series_id", period], ["mean", "low", "high", "n"])


def test_files_of_a_version_with_different_columns_are_one_table(backend, tmp_path, monkeypatch):
    monkeypatch.setattr("district.kernel.home.lake", lambda: tmp_path)
    pq.write_table(pa.table({"no": [1], "_row": [1], "_run": ["a"]}), tmp_path / "old.parquet")
    pq.write_table(pa.table({"no": [2], "area": [1.5], "_row": [2], "_run": ["b"]}), tmp_path / "new.parquet")
    parts = [Part("old.parquet", ("no",)), Part("new.parquet", ("no", "area"))]
    found = engines.table_of_files(backend, parts, [("no", "integer"), ("area", "number")])
    rows = backend.to_pandas(found.order_by("no"))
    assert rows.no.tolist() == [1, 2]
    assert np.isnan(rows.area[0])
    assert rows.area[1] == 1.5


def test_duckdb_is_the_engine_unless_spark_is_named(monkeypatch):
    monkeypatch.delenv("DISTRICT_SPARK", raising=False)
    assert engines.engine().name == "duckdb"
    asked = []
    monkeypatch.setattr(engines, "spark", lambda address: asked.append(address) or "session")
    monkeypatch.setenv("DISTRICT_SPARK", "spark://host:7077")
    assert (engines.engine(), asked) == ("session", ["spark://host:7077"])
