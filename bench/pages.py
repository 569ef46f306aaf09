"""The five heaviest pages with a year of data: server time over one connection, warm.

`python -m bench.pages`. In a home and database of their own the demo fleet reports a year by HJ 212 through the real
gateway, the year is evaluated, then one web worker serves every page of the system and the kernel's lists, the widest
span each page offers included. Beside them, in the same process: a page with the whole shell and no data (`floor`).
`DISTRICT_BENCH_DAYS` makes the year shorter.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

import numpy as np
import psutil

from bench import _year
from district.edges.database import set_up_django
from district.kernel import home
from district.testing.installation import Installation, environment, free_port

DAYS = int(os.environ.get("DISTRICT_BENCH_DAYS") or 365)
REQUESTS = int(os.environ.get("DISTRICT_BENCH_REQUESTS") or 40)
WARM_UP = 3
HEAVIEST = 5
ALLOWED_MS = 100.0
OFFICER, MONITOR, OPERATOR = "environment.officer", "environment.monitor", "kernel.operator"
FLOOR = "搜索 search, nothing asked"


@dataclass(frozen=True)
class Asked:
    """A page and who looks at it (the user name of a demo account)."""

    name: str
    path: str
    reader: str = OFFICER


@dataclass(frozen=True)
class Measured:
    """Times in ms as the client saw them, `cpu_ms` of the server for one answer, `size` of the answer in bytes."""

    asked: Asked
    ms: np.ndarray
    cpu_ms: float
    size: int

    @property
    def p50(self) -> float:
        return float(np.percentile(self.ms, 50))

    @property
    def p95(self) -> float:
        return float(np.percentile(self.ms, 95))


def pages() -> list[Asked]:
    """Every page of the environment system, one of each kind of record, and the kernel's lists."""
    from district.kernel.devices.models import Device
    from district.systems.environment.manifest import SYSTEM
    from district.systems.environment.models import MonitoringPoint, Permit, Source, SupervisionCase

    found = [Asked(FLOOR, "/search/"), Asked("首页 start", "/"), Asked("告警 alarms", "/alerts/"),
             Asked("规则 rules", "/alert-rules/", OPERATOR), Asked("指标 kpis", "/kpis/"),
             Asked("指标 one kpi", "/kpis/environment/automation_rate/"),
             Asked("后台任务 jobs", "/jobs/", OPERATOR), Asked("通知 notices", "/notices/")]  # fmt: skip
    for page in SYSTEM.pages:
        path = page.path or f"{page.key.replace('_', '-')}/"
        reader = MONITOR if page.roles == ("monitor",) else OFFICER
        found.append(Asked(f"{page.zh} {page.key}", f"/environment/{path}", reader))
    found += _widest()
    air = MonitoringPoint.objects.filter(element="air", device__isnull=False).order_by("code").first()
    busy = SupervisionCase.objects.filter(source__isnull=False).order_by("source__code").first()
    source = busy.source if busy and busy.source else Source.objects.order_by("code").first()
    case = SupervisionCase.objects.order_by("-opened_at").first()
    device = Device.objects.filter(system="environment").order_by("code").first()
    permit = Permit.objects.filter(source=source).first()
    if air is not None:
        found += [Asked("空气站 an air station", f"/environment/stations/{air.code}/"),
                  Asked("空气站 30 d", f"/environment/stations/{air.code}/?period=30d"),
                  Asked("空气站一年 air of a station", f"/environment/air/?station={air.code}")]  # fmt: skip
    if source is not None:
        found.append(Asked("污染源 a source", f"/environment/sources/{source.code}/"))
    if permit is not None:
        found.append(Asked("许可证 a permit", f"/environment/permits/{permit.number}/"))
    if device is not None:
        found.append(Asked("设备 a device", f"/environment/devices/{device.code}/", MONITOR))
    if case is not None:
        found.append(Asked("督办单 a case", f"/environment/supervision/{case.number}/"))
    found += [Asked(f"地图图层 {key}", f"/environment/map/layers/{key}") for key in ("air", "outlets")]
    return found


def _widest() -> list[Asked]:
    """The widest spans that the pages offer."""
    from district.kernel.clock import now, today
    from district.systems.environment.queries.series import evaluated_series

    begin, last_month = today() - timedelta(days=365), today().replace(day=1) - timedelta(days=1)
    eight = "".join(f"&series={one.id}" for one in evaluated_series()[:8])
    month = now() - timedelta(days=30)
    return [
        Asked("地表水一年 surface_water, 365 d", "/environment/surface-water/?days=365"),
        Asked("声环境一年 noise, 366 d", "/environment/noise/?days=366"),
        Asked("数据质量一季 data_quality, 92 d", f"/environment/data-quality/?from={begin}"),
        Asked("月报 bulletin of a month", f"/environment/bulletins/?period=month&on={last_month}"),
        Asked("八项三天 readings, 8 × 3 d", f"/environment/readings/?{eight[1:]}"),
        Asked("八项三十天 readings, 8 × 30 d", f"/environment/readings/?from={month:%Y-%m-%dT%H:00}{eight}"),
        Asked("一项一年 readings, 1 × 365 d", f"/environment/readings/?from={begin}T00:00&{eight.split('&')[1]}"),
    ]


def sessions(readers: set[str]) -> dict[str, str]:
    """The session cookie of each demo account, signed in without its password."""
    from django.conf import settings
    from django.test import Client

    from district.kernel.people.models import Account

    name, found = settings.SESSION_COOKIE_NAME, {}
    for reader in readers:
        client = Client()
        client.force_login(Account.objects.get(username=reader))
        found[reader] = f"{name}={client.cookies[name].value}"
    return found


def queries_of(asked: Asked) -> int:
    """Statements behind one answer, counted in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from district.kernel.people.models import Account

    client = Client()
    client.force_login(Account.objects.get(username=asked.reader))
    with CaptureQueriesContext(connection) as caught:
        client.get(asked.path)
    return len(caught)


@contextmanager
def web(log: Path) -> Iterator[tuple[int, psutil.Process]]:
    """One worker, as the supervisor starts it. Gives its port and the process that answers."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--no-ws", "--log-level", "warning", "--blocking-threads", "4", "--backpressure", "64",
        "district.edges.web.wsgi:application",
    ]  # fmt: skip
    with log.open("wb") as sink:
        process = subprocess.Popen(command, stdout=sink, stderr=sink, stdin=subprocess.DEVNULL, cwd=home.CHECKOUT)
    try:
        _wait_until_it_answers(port, process, log)
        yield port, psutil.Process(process.pid).children()[0]
    finally:
        process.terminate()
        process.wait(30)


def _wait_until_it_answers(port: int, process: subprocess.Popen[bytes], log: Path, patience_s: float = 60) -> None:
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/search/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)  # it does not listen yet
    raise RuntimeError(f"the web process does not answer:\n{log.read_text(errors='replace')[-3000:]}")


def measure(asked: Asked, connection: HTTPConnection, cookie: str, server: psutil.Process) -> Measured:
    """REQUESTS answers one after the other, after WARM_UP that do not count."""
    times, size = [], 0
    before = server.cpu_times()
    for number in range(-WARM_UP, REQUESTS):
        if number == 0:
            before = server.cpu_times()
        began = time.perf_counter()
        connection.request("GET", asked.path, headers={"Cookie": cookie, "Accept": "text/html"})
        answer = connection.getresponse()
        size = len(answer.read())
        times.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{asked.path} as {asked.reader}: {answer.status} {answer.headers.get('Location', '')}")
    after = server.cpu_times()
    cpu_ms = 1000 * (after.user + after.system - before.user - before.system) / REQUESTS
    return Measured(asked, np.array(times[WARM_UP:]), cpu_ms, size)


def measure_all(log: Path) -> list[Measured]:
    """Needs Django and the database of the installation in the environment."""
    asked = pages()
    cookies = sessions({each.reader for each in asked})
    with web(log) as (port, server):
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        return [measure(each, connection, cookies[each.reader], server) for each in asked]


def report(found: list[Measured], about: dict[str, int]) -> None:
    floor = next(each for each in found if each.asked.name == FLOOR)
    ordered = sorted((each for each in found if each is not floor), key=lambda each: -each.p95)
    print(f"\n{'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} {'KiB':>7} {'SQL':>4}  page")
    for each in (*ordered, floor):
        print(f"{each.p50:8.1f} {each.p95:8.1f} {each.cpu_ms:8.1f} {each.size / 1024:7.1f} {queries_of(each.asked):4}"
              f"  {each.asked.name}")  # fmt: skip
    p95 = ordered[0].p95
    figures = about | {
        "p95_ms": round(p95, 1), "floor_p95_ms": round(floor.p95, 1), "requests_each": REQUESTS,
        "heaviest": {each.asked.path: round(each.p95, 1) for each in ordered[:HEAVIEST]}, "pages": len(found),
    }  # fmt: skip
    ratios = {"allowed_vs_p95": round(ALLOWED_MS / p95, 3), "floor_vs_heaviest": round(floor.p95 / p95, 3)}
    print(json.dumps({"bench": "pages", "ratios": ratios, "figures": figures}, ensure_ascii=False))


def main() -> None:
    with Installation() as place:
        print(f"一个月约一分钟（about a minute a month）：{DAYS} 天 days")
        with environment(**place.variables()):
            _year.prepare()
            _year.report_by_hj212(place, DAYS)
            set_up_django()
            logging.disable(logging.INFO)  # every sign-in of the bench would be told
            about = _year.evaluate()
            found = measure_all(place.path / "web.log")
            report(found, {"days": DAYS, **about})
            _year.let_go()


if __name__ == "__main__":
    main()
