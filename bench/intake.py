"""From a CSV file to a published, checked, catalogued version, beside plain dlt → PostgreSQL and pandas.to_sql.

`python -m bench.intake`. The same file, made once: an enterprise list with code, name, town, type, dates, numbers and
amounts, in UTF-8. Ours goes the way every delivery goes: found encoding, delimiter and header, each value checked
against its item, keys against each other, parts staged and noted so that a kill costs nothing, quality rules, the
version published, the receipt written. dlt reads the file with its Arrow-based CSV reader and loads it with COPY, the
quickest of its plain ways; pandas reads it and writes with `to_sql` as it comes. Both write into the same PostgreSQL,
and check nothing. `ours_vs_peer` is rows/s beside the better of the two. `ours_vs_pandas_copy` stands beside it for
those who write the COPY callable of the manual of pandas themselves.
Each side runs in a process of its own; `peak_mb` is the most that ours ever had resident over the small and the large
file, as the system accounts it when the process has ended.
`DISTRICT_BENCH_ROWS` is the size for the race, `DISTRICT_BENCH_LARGE` that for the memory alone.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROWS = int(os.environ.get("DISTRICT_BENCH_ROWS") or 400_000)
LARGE = int(os.environ.get("DISTRICT_BENCH_LARGE") or 2_000_000)
TRIES = {"ours": 3, "dlt": 2, "pandas": 1, "pandas_copy": 2}
"""The best of these counts for each side. Plain `to_sql` takes minutes for what the others do in seconds."""
PEERS = ("dlt", "pandas")
TOWNS = ("王村镇", "南郊镇", "北郊镇", "萌水镇", "商家镇", "青年路街道", "永安街街道", "丝绸路街道", "大街街道", "城北路街道")
KINDS = ("有限责任公司", "个体工商户", "股份有限公司", "个人独资企业", "农民专业合作社")
HEADER = "统一社会信用代码,单位名称,镇办,企业类型,成立日期,职工人数,注册资本（万元）,是否规上,登记时间,备注"
ITEMS: tuple[dict[str, Any], ...] = (
    {"name": "uscc", "title": "统一社会信用代码", "is_key": True, "length": 18},
    {"name": "unit_name", "title": "单位名称", "is_required": True, "length": 60},
    {"name": "town", "title": "镇办", "is_required": True},
    {"name": "kind", "title": "企业类型"},
    {"name": "founded_on", "title": "成立日期", "type": "date"},
    {"name": "staff", "title": "职工人数", "type": "integer"},
    {"name": "capital", "title": "注册资本", "type": "number", "unit": "万元"},
    {"name": "is_large", "title": "是否规上", "type": "boolean"},
    {"name": "registered_at", "title": "登记时间", "type": "datetime"},
    {"name": "remark", "title": "备注"},
)


def write_file(path: Path, rows: int) -> None:
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER + "\n")
        for number in range(rows):
            town = chance.choice(TOWNS)
            day = f"{chance.randint(1985, 2021)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            file.write(
                f"91370306MA{number:08},周村{town[:2]}第{number}{chance.choice(KINDS)},{town},{chance.choice(KINDS)},{day},"
                f"{chance.randint(1, 900)},{chance.uniform(1, 9000):.2f},{chance.choice('是否')},{day} "
                f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:00,{'' if chance.random() < 0.7 else '年报已公示'}\n"
            )


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A server of its own in a home of its own; all of it is gone afterwards."""
    os.environ["DISTRICT_HOME"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    from district.edges import postgres as server
    from district.testing import template

    place = server.layout()
    template.put_in_place(place)
    process = server.start(None)
    os.environ["DATABASE_URL"] = place.url(template.DATABASE)
    try:
        yield os.environ["DATABASE_URL"]
    finally:
        server.stop(process)


# What runs in the children


def ours(path: Path, _url: str) -> dict[str, Any]:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "district.edges.web.settings"
    django.setup()
    from district.kernel.connectors.deliveries import carry_out
    from district.kernel.connectors.file_deliveries import start_file
    from district.kernel.connectors.models import Run, Source
    from district.kernel.connectors.uploads import keep_path
    from district.kernel.datasets.models import Item, Resource
    from district.kernel.people.models import Organisation

    provider, _ = Organisation.objects.get_or_create(code="bench", defaults={"name": "测评单位", "kind": "department"})
    number = Resource.objects.count()
    resource_ = Resource.objects.create(
        name=f"bench.enterprises{number}", code=f"312003/B{number}", title=f"企业名录{number}", category="312003",
        provider=provider,
    )  # fmt: skip
    for position, item in enumerate(ITEMS):
        Item.objects.create(resource=resource_, position=position, **item)
    source = Source.objects.create(name="测评", resource=resource_)
    warm_up(path, resource_)
    began = time.perf_counter()
    made = carry_out(Run.objects.get(pk=start_file(source, keep_path(path)).pk))
    seconds = time.perf_counter() - began
    if made.state != "done" or made.rows_refused or made.version is None:
        raise SystemExit(f"ours: {made.state} {made.problem} {made.rules}")
    return {"rows": made.version.rows, "s": seconds}


def warm_up(path: Path, resource_: Any) -> None:
    """A worker has its modules loaded long before; the peers' are imported before their clock starts, too."""
    from district.kernel.connectors.deliveries import carry_out
    from district.kernel.connectors.file_deliveries import start_file
    from district.kernel.connectors.models import Run, Source
    from district.kernel.connectors.uploads import keep_path

    few = path.parent / "few.csv"
    write_file(few, 10)
    source = Source.objects.create(name="预热", resource=resource_)
    carry_out(Run.objects.get(pk=start_file(source, keep_path(few)).pk))


def dlt(path: Path, url: str) -> dict[str, Any]:
    os.environ |= {
        "RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR", "SCHEMA__NAMING": "direct",
        "DLT_DATA_DIR": str(path.parent / "dlt"),
    }  # fmt: skip
    import dlt as tool
    from dlt.sources.filesystem import filesystem, read_csv_duckdb

    began = time.perf_counter()
    rows = filesystem(bucket_url=path.parent.as_uri(), file_glob=path.name) | read_csv_duckdb(use_pyarrow=True, chunk_size=50_000)
    pipeline = tool.pipeline(
        pipeline_name=f"intake{os.getpid()}", pipelines_dir=str(path.parent / "dlt"), dataset_name=f"d{os.getpid()}",
        destination=tool.destinations.postgres(credentials(url)),
    )  # fmt: skip
    pipeline.run(rows.with_name("enterprises"), loader_file_format="csv")
    seconds = time.perf_counter() - began
    with pipeline.sql_client() as client, client.execute_query("SELECT count(*) FROM enterprises") as cursor:
        found = cursor.fetchone()
    return {"rows": found[0] if found else 0, "s": seconds}


def credentials(url: str) -> str:
    """dlt wants a host and a password; the server is reached by its socket, which the query names, and asks for none."""
    return url.replace("district@/", "district:-@localhost:5432/")


def pandas(path: Path, url: str, method: Any = None) -> dict[str, Any]:
    import pandas as tool
    import sqlalchemy

    engine = sqlalchemy.create_engine(url.replace("postgres://", "postgresql://").replace("postgresql://", "postgresql+psycopg://"))
    table = f"p{os.getpid()}"
    began = time.perf_counter()
    for chunk in tool.read_csv(path, parse_dates=["成立日期", "登记时间"], chunksize=50_000):
        chunk.to_sql(table, engine, index=False, if_exists="append", method=method)
    seconds = time.perf_counter() - began
    with engine.connect() as connection:
        return {"rows": connection.execute(sqlalchemy.text(f"SELECT count(*) FROM {table}")).scalar(), "s": seconds}


def pandas_copy(path: Path, url: str) -> dict[str, Any]:
    """With the insertion method `psql_insert_copy` as the manual of pandas gives it, for psycopg 3."""

    def copy(table: Any, connection: Any, keys: list[str], rows: Any) -> None:
        import csv
        import io

        buffer = io.StringIO()
        csv.writer(buffer).writerows(rows)
        columns = ", ".join(f'"{key}"' for key in keys)
        with connection.connection.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN WITH CSV") as into:
            into.write(buffer.getvalue())

    return pandas(path, url, copy)


def child(side: str, path: Path, url: str) -> dict[str, Any]:
    return {"ours": ours, "dlt": dlt, "pandas": pandas, "pandas_copy": pandas_copy}[side](path, url)


# The race


def measured(side: str, path: Path, url: str) -> dict[str, Any]:
    """What the child says, and the most memory it had (`ru_maxrss`, in kilobytes on Linux, in bytes on macOS)."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as wrong:
        command = [sys.executable, "-m", "bench.intake", "child", side, str(path), url]
        process = subprocess.Popen(command, stdout=said, stderr=wrong)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        wrong.seek(0)
        lines = said.read().decode()
        if process.returncode:
            raise SystemExit(f"{side}: {wrong.read().decode()[-3000:]}{lines[-500:]}")
    peak_mb = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return {**json.loads(lines.strip().splitlines()[-1]), "peak_mb": round(peak_mb, 1)}


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="district-bench-intake-"))
    folder.chmod(0o755)
    try:
        with postgres(folder / "home") as url:
            small, large = folder / "small.csv", folder / "large.csv"
            write_file(small, ROWS)
            best: dict[str, dict[str, Any]] = {}
            for turn in range(max(TRIES.values())):
                for side in (side for side, tries in TRIES.items() if turn < tries):
                    told = measured(side, small, url)
                    if told["rows"] != ROWS:
                        raise SystemExit(f"{side}: {told['rows']} rows instead of {ROWS}")
                    if side not in best or told["s"] < best[side]["s"]:
                        best[side] = told
            write_file(large, LARGE)
            best["large"] = measured("ours", large, url)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    show(best)


def show(best: dict[str, dict[str, Any]]) -> None:
    for side, told in best.items():
        speed = told["rows"] / told["s"]
        print(f"{side:12} {told['rows']:>10,} 行 {told['s']:8.2f} s {speed:>10,.0f} 行/秒（rows/s） {told['peak_mb']:6.0f} MB")
    ours_s = best["ours"]["s"]
    ratios = {"ours_vs_peer": round(min(best[side]["s"] for side in PEERS) / ours_s, 2)}
    ratios |= {f"ours_vs_{side}": round(best[side]["s"] / ours_s, 2) for side in TRIES if side != "ours"}
    figures = {f"{side}_rows_per_s": round(told["rows"] / told["s"]) for side, told in best.items()}
    figures |= {"rows": ROWS, "large_rows": LARGE}
    ratios["peak_mb"] = max(best["ours"]["peak_mb"], best["large"]["peak_mb"])
    print(json.dumps({"bench": "intake", "ratios": ratios, "figures": figures}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        print(json.dumps(child(sys.argv[2], Path(sys.argv[3]), sys.argv[4])))
    else:
        main()
