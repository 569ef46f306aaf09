"""A storm of a million racing repeats of alarms: how many cases are opened twice, and how fast repeats are taken.

`python -m bench.alarms`; `DISTRICT_BENCH_REPEATS` makes it smaller. Four processes with a connection each tell, all at
once and in random order, the same 2,000 things that are wrong; every process tells every thing many times, in groups of
1,000. A repeat is one telling of an alarm key whose case has not ended. One case for each thing is right; a double is
a case more, or a repeat that was not counted. One process in four is killed in the middle and another goes on from its
last committed group, so that groups are also told again after a crash.

The peer is what one writes first: look whether there is a case, open one if not, without a constraint; its doubles are
counted on a small part of the storm.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from typing import Any

from bench.cases import MIGRATE, PROCESSES
from district.edges.database import set_up_django
from district.kernel import home
from district.testing.installation import Installation, environment

REPEATS = int(os.environ.get("DISTRICT_BENCH_REPEATS") or 1_000_000)
THINGS = 2_000
PROCESSES_AT_ONCE = 4
GROUP = 1_000
PEER_REPEATS = 4_000
PEER_THINGS = 200
WORKER = [sys.executable, "-m", "bench.alarms"]


def main() -> None:
    with Installation(shared_buffers="256MB") as place:
        subprocess.run([sys.executable, "-c", MIGRATE], env=place.variables(), cwd=home.CHECKOUT, check=True)
        with environment(**place.variables()):
            set_up_django()
            from district.testing.people import organisation
            from district.testing.procedures import published, trial

            with trial() as system:
                organisation("trial_lead", name=system.lead)
                tables = {"limits.dmn": (PROCESSES / "limits.dmn").read_text("utf-8")}
                published(system, "plain", (PROCESSES / "plain.bpmn").read_text("utf-8"), tables)
            figures = storm(place.variables()) | peer(place.variables())
            from django.db import connection

            connection.close()
    report(figures)


def storm(variables: dict[str, str]) -> dict[str, float]:
    """Everybody at once; the first is killed and taken over."""
    from district.kernel.cases.models import AlarmCase, Case

    each = REPEATS // PROCESSES_AT_ONCE
    began = time.perf_counter()
    workers = [start("tell", str(number), str(each), variables) for number in range(PROCESSES_AT_ONCE)]
    told, retold = [0] * PROCESSES_AT_ONCE, 0
    first = workers[0]
    assert first.stdout is not None
    for line in first.stdout:  # until half of it is committed
        told[0] = int(line)
        if told[0] >= each // 2:
            first.kill()
            break
    told[0] = max([told[0], *map(int, first.stdout)])
    first.wait()
    committed = told[0]
    if committed < each:
        workers[0] = start("tell", "0", str(each - committed), variables)
    for number, worker in enumerate(workers):
        output, _ = worker.communicate()
        if output.strip():
            told[number] = int(output.split()[-1]) + (committed if number == 0 else 0)
    seconds = time.perf_counter() - began
    counted = sum(AlarmCase.objects.values_list("count", flat=True))
    retold = counted - sum(told)
    cases = Case.objects.filter(channel="alarm").count()
    keys = AlarmCase.objects.values_list("alarm_key", flat=True).distinct().count()
    assert keys == THINGS, f"{keys} things instead of {THINGS}"
    # The group the killed process was about to report may have been committed: told again it is counted again.
    assert 0 <= retold <= GROUP, f"{retold} repeats lost or invented"
    assert sum(told) == each * PROCESSES_AT_ONCE, told
    return {"doubles": cases - THINGS, "cases": cases, "repeats": sum(told), "seconds": seconds,
            "repeats_per_s": sum(told) / seconds, "told_again": retold}  # fmt: skip


def peer(variables: dict[str, str]) -> dict[str, float]:
    """Look, then open: the same race, a small part of it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_case (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text)")
        cursor.execute("CREATE INDEX ON bench_case (key)")
    each = PEER_REPEATS // PROCESSES_AT_ONCE
    workers = [start("look", str(number), str(each), variables) for number in range(PROCESSES_AT_ONCE)]
    for worker in workers:
        worker.communicate()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) - count(DISTINCT key) FROM bench_case")
        return {"peer_doubles": cursor.fetchone()[0], "peer_repeats": PEER_REPEATS}


def start(act: str, number: str, count: str, variables: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen([*WORKER, act, number, count], env=variables, cwd=home.CHECKOUT, text=True,
                            stdout=subprocess.PIPE)  # fmt: skip


def tell(number: int, count: int) -> None:
    """One process of the storm; prints how many repeats it has committed after each group."""
    from district.kernel.cases.actions import Repeat, take_alarms
    from district.testing.procedures import trial

    chance, done = random.Random(number + count), 0
    with trial():
        while done < count:
            size = min(GROUP, count - done)
            things = [chance.randrange(THINGS) for _ in range(size)]
            take_alarms([Repeat("trial", "offline", f"camera {each}", f"{each}号探头", "离线") for each in things])
            done += size
            print(done, flush=True)


def look(number: int, count: int) -> None:
    from django.db import connection

    chance = random.Random(7)  # everybody tells the same things in the same order, as a storm does
    with connection.cursor() as cursor:
        for _ in range(count):
            key = f"camera {chance.randrange(PEER_THINGS)}"
            cursor.execute("SELECT 1 FROM bench_case WHERE key = %s", [key])
            if cursor.fetchone() is None:
                cursor.execute("INSERT INTO bench_case (key) VALUES (%s)", [key])


def report(figures: dict[str, float]) -> None:
    load = os.getloadavg()[0]
    print(f"\n{figures['repeats']:,} repeats of {THINGS:,} things from {PROCESSES_AT_ONCE} processes in"
          f" {figures['seconds']:.0f} s: {figures['repeats_per_s']:,.0f}/s (load of the machine {load:.1f})")  # fmt: skip
    print(f"cases {figures['cases']:,}, doubles {figures['doubles']}; look-then-open: {figures['peer_doubles']} doubles"
          f" in {figures['peer_repeats']:,} repeats of {PEER_THINGS} things")  # fmt: skip
    told = {name: round(value, 1) for name, value in figures.items()} | {"load": round(load, 1)}
    print(json.dumps({"bench": "alarms", "ratios": {"doubles": figures["doubles"]}, "figures": told}))


def worker(arguments: list[str]) -> None:
    set_up_django()
    acts: dict[str, Any] = {"tell": tell, "look": look}
    acts[arguments[0]](int(arguments[1]), int(arguments[2]))


if __name__ == "__main__":
    worker(sys.argv[1:]) if len(sys.argv) > 1 else main()
