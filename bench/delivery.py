"""A masked, filtered page of 100 rows over HTTP beside the same SELECT and page without any rule.

`python -m bench.delivery`. One installation, one web worker of the real site (`bench._bare_site` adds the bare
address to it), several readers at once with the same token. Ruled: grant, quota, division scope, masks, ETag and the
use log, committed before each answer; persons: each person among the rows is noted too; homes: addresses are masked
too. Bare: the token is looked up, the same rows are selected and sent. Rounds of all alternate, so that what else the
machine does weighs on all alike.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from datetime import timedelta
from http.client import HTTPConnection

import numpy as np

from bench._sites import site
from district.edges.database import set_up_django
from district.kernel import home
from district.testing.installation import Installation, environment

ROWS = int(os.environ.get("DISTRICT_BENCH_ROWS") or 200_000)
SECONDS = float(os.environ.get("DISTRICT_BENCH_SECONDS") or 3)
ROUNDS = int(os.environ.get("DISTRICT_BENCH_ROUNDS") or 5)
READERS = 4
TABLE = f"""
    CREATE TABLE bench_people AS SELECT
        n::bigint AS id, '测试人' || n AS name, lpad(n::text, 18, '0') AS number, '138' || lpad(n::text, 8, '0') AS phone,
        '山东省淄博市周村区南郊镇' || n || '号' AS address, '370306' || lpad((n % 9)::text, 3, '0') || '001' AS town,
        (n % 1000)::float8 AS amount, date '1950-01-01' + (n % 20000)::int AS born_on
    FROM generate_series(1, {ROWS}) n;
    ALTER TABLE bench_people ADD PRIMARY KEY (id);
    ANALYZE bench_people
"""
ITEMS = (
    ("id", "integer", 1, "", ""), ("name", "text", 2, "person_name", ""), ("number", "text", 3, "id_number", "{person}"),
    ("phone", "text", 3, "mobile", ""), ("address", "text", 1, "{address}", ""), ("town", "text", 1, "", "division"),
    ("amount", "number", 1, "", ""), ("born_on", "date", 2, "birth_date", ""),
)  # fmt: skip


def prepare() -> str:
    """The table, the resource, a grant of it, a client; returns its token."""
    from django.db import connection
    from django.test import Client as Browser

    from district.kernel.clock import now
    from district.kernel.datasets.models import Item, Resource, Shelf
    from district.kernel.grants.actions import add_client
    from district.kernel.grants.models import Grant
    from district.kernel.people.models import Organisation

    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    owner, asker = (
        Organisation.objects.create(code=code, name=code, kind="department")
        for code in ("bench_owner", "bench_asker")
    )
    for name, person, address in (("people", "person_id", ""), ("places", "", ""), ("homes", "", "address")):
        resource = Resource.objects.create(
            name=f"bench.{name}", code=f"306001/bench{name}", title="测评", category="306001", provider=owner,
            table="bench_people", shelf=Shelf.PUBLISHED,
        )  # fmt: skip
        Item.objects.bulk_create(
            Item(resource=resource, position=at, name=item, title=item, type=kind, grade=grade,
                 mask=mask.format(address=address), holds=holds.format(person=person))
            for at, (item, kind, grade, mask, holds) in enumerate(ITEMS)
        )  # fmt: skip
        Grant.objects.create(
            number=f"B{name}", resource=resource, grantee=asker, items=[item[0] for item in ITEMS], divisions=["370306"],
            purpose="测评", ends_at=now() + timedelta(days=1), requests_per_minute=10**9,
        )  # fmt: skip
    client, secret = add_client("测评", asker, None)
    said = {
        "grant_type": "client_credentials",
        "client_id": client.application.client_id,
        "client_secret": secret,
    }
    return str(Browser().post("/oauth/token", said).json()["access_token"])


def read_for(port: int, path: str, token: str, seconds: float) -> list[float]:
    """What one reader sees: the times of its requests, in seconds. Each asks for another page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    times, ends, at = [], time.perf_counter() + seconds, threading.get_ident() % 1000
    while time.perf_counter() < ends:
        at = (at + 7919) % (ROWS - 2000)
        began = time.perf_counter()
        connection.request(
            "GET",
            f"{path}?town.prefix=37030600&id.ge={at}&sort=id",
            headers={"Authorization": f"Bearer {token}"},
        )
        answer = connection.getresponse()
        body = answer.read()
        times.append(time.perf_counter() - began)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:300]!r}")
    assert len(json.loads(body)["rows"]) == 100
    return times


def together(port: int, path: str, token: str) -> tuple[float, list[float]]:
    """Requests a second of all readers, and all their times."""
    found: list[list[float]] = []
    threads = [
        threading.Thread(target=lambda: found.append(read_for(port, path, token, SECONDS)))
        for _ in range(READERS)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = [each for one in found for each in one]
    if len(found) < READERS:
        raise RuntimeError("a reader failed")
    return len(times) / (time.perf_counter() - began), times


def main() -> None:
    with Installation() as place, environment(**place.variables()):
        subprocess.run(
            [sys.executable, "-m", "district", "manage", "migrate", "-v0"], cwd=home.CHECKOUT, check=True
        )
        set_up_django()
        logging.disable(logging.INFO)
        token = prepare()
        paths = {
            "bare": "/api/bare/rows", "ruled": "/api/data/v1/bench.places/rows", "persons": "/api/data/v1/bench.people/rows",
            "homes": "/api/data/v1/bench.homes/rows",
        }  # fmt: skip
        rates: dict[str, list[float]] = {name: [] for name in paths}
        times: dict[str, list[float]] = {name: [] for name in paths}
        with site("bench._bare_site:application", str(place.path / "site.log")) as port:
            for path in paths.values():
                read_for(port, path, token, 1)
            for _ in range(ROUNDS):
                for name, path in paths.items():
                    rate, seen = together(port, path, token)
                    rates[name].append(rate)
                    times[name] += seen
        from django.db import connection

        from district.kernel.grants.uses import verify

        chain = verify()
        connection.close()
        report(rates, times, chain.uses, chain.is_whole)


def report(rates: dict[str, list[float]], times: dict[str, list[float]], uses: int, is_whole: bool) -> None:
    figures: dict[str, float] = {"rows": ROWS, "readers": READERS, "uses": uses, "chain_is_whole": is_whole}
    for name in rates:
        figures[f"{name}_rps"] = round(float(np.median(rates[name])), 1)
        figures[f"{name}_p50_ms"] = round(float(np.percentile(times[name], 50)) * 1000, 1)
        figures[f"{name}_p99_ms"] = round(float(np.percentile(times[name], 99)) * 1000, 1)
        print(f"{name:<8}{figures[f'{name}_rps']:>8.1f}/s   p50 {figures[f'{name}_p50_ms']:>7} ms   "
              f"p99 {figures[f'{name}_p99_ms']:>7} ms")  # fmt: skip
    ratios = {
        "ruled_vs_bare": round(figures["ruled_rps"] / figures["bare_rps"], 3),
        "persons_vs_bare": round(figures["persons_rps"] / figures["bare_rps"], 3),
        "homes_vs_bare": round(figures["homes_rps"] / figures["bare_rps"], 3),
    }
    print(json.dumps({"bench": "delivery", "ratios": ratios, "figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
