"""Changes pushed to a webhook that fails a third of the time, by a worker that is killed in the middle.

`python -m bench.push`. 100 rows change 5 times each within a second, then the same ten times over (1,000 rows). The
receiver answers a third of the messages with 500, half of these after it has taken them, as real ones do; it checks
signatures and remembers ids. The worker is the real one; it is killed with -9 while it sends and started again.
Right is: every change in effect once, in the order of its row.

The peer is what one writes first, and what brokers do whose retries are off: each change is posted once as it happens.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any

from district.edges.database import set_up_django
from district.kernel import home
from district.testing.installation import Installation, environment

ROWS, TURNS, TIMES = 100, 5, 10
FAILS = 1 / 3
PATIENCE_S = 300.0
MIGRATE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", skip_checks=True, verbosity=0)
"""


def main() -> None:
    with Installation() as place:
        variables = place.variables(DISTRICT_ALLOWED_ADDRESSES="127.0.0.1")
        subprocess.run([sys.executable, "-c", MIGRATE], env=variables, cwd=home.CHECKOUT, check=True)
        with environment(**variables):
            set_up_django()
            once = race(variables, ROWS)
            more = race(variables, ROWS * TIMES)
            lost = peer(ROWS)
            from django.db import connection

            connection.close()
    report(once, more, lost)


def race(variables: dict[str, str], rows: int) -> dict[str, float]:
    """Notes the changes within a second and waits until the receiver has them all."""
    from district.kernel.feeds.changes import RowChange, note
    from district.kernel.feeds.models import Push, Subscription
    from district.kernel.feeds.tests.receiver import Receiver

    receiver = Receiver(fails=FAILS)
    grant = shared(rows)
    Subscription.objects.create(grant=grant, url=receiver.url, secret=(secret := new_secret()), created_by=None)
    receiver.secret = secret
    worker = start(variables)
    began = time.perf_counter()
    for turn in range(TURNS):
        note(grant.resource, [RowChange(str(n), {"id": n, "name": f"第{turn}次"}) for n in range(rows)])
        time.sleep(max(0.0, began + (turn + 1) / TURNS - time.perf_counter()))
    wanted, until = rows * TURNS, time.monotonic() + PATIENCE_S
    kills = 0
    while len(receiver.taken) < wanted and time.monotonic() < until:
        if kills == 0 and len(receiver.taken) > wanted // 3:
            worker.kill()
            worker.wait()
            kills, worker = 1, start(variables)
        time.sleep(0.02)
    seconds = time.perf_counter() - began
    print(f"{rows} rows: {len(receiver.taken)} of {wanted} changes in {seconds:.1f} s", file=sys.stderr)
    while Push.objects.filter(state="waiting", subscription__grant=grant).exists() and time.monotonic() < until:
        time.sleep(0.1)  # the last answers may have been failures after taking
    worker.kill()
    worker.wait()
    receiver.close()
    places: dict[str, list[int]] = {}
    for each in receiver.taken:
        places.setdefault(each["subject"], []).append(each["sequence"])
    return {
        "changes": wanted, "lost": wanted - len(receiver.taken), "seconds": seconds, "kills": kills,
        "out_of_order": sum(numbers != sorted(numbers) for numbers in places.values()),
        "doubles": len(receiver.taken) - len(receiver.ids), "posts": receiver.posts, "unsigned": receiver.unsigned,
        "repeats_recognised": receiver.repeats,
    }  # fmt: skip


def peer(rows: int) -> int:
    """Each change posted once: how many never take effect."""
    from district.kernel.feeds import posting
    from district.kernel.feeds.bodies import Message
    from district.kernel.feeds.tests.receiver import Receiver

    receiver = Receiver(secret=(secret := new_secret()), fails=FAILS)
    address = posting.Address(receiver.url)
    for number in range(rows * TURNS):
        body = json.dumps({"type": "row.put", "data": {"subject": str(number % rows), "sequence": number}}).encode()
        address.post(secret, Message(f"m{number}", "put", body))
    receiver.close()
    return rows * TURNS - len(receiver.taken)


def shared(rows: int) -> Any:
    from district.kernel.grants.tests import shared_rows
    from district.testing.people import organisation

    provider, asker = organisation(f"owner{rows}", name=f"提供局{rows}"), organisation(f"asker{rows}", name=f"使用局{rows}")
    resource = shared_rows.resource(provider, name=f"owner{rows}.people", code=f"306001/{rows}")
    return shared_rows.grant(resource, asker, items=["id", "name"])


def new_secret() -> str:
    from district.kernel.feeds.signing import new_secret as made

    return made()


def start(variables: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "district.edges.worker"], env=variables, cwd=home.CHECKOUT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def report(once: dict[str, float], more: dict[str, float], peer_lost: int) -> None:
    load = os.getloadavg()[0]
    print(f"\nload of the machine {load:.1f}\n{'':>24}{'changes':>10}{'lost':>8}{'doubles':>9}{'disorder':>10}{'s':>8}")
    for name, each in (("a second", once), ("ten times over", more)):
        print(f"{name:>24}{each['changes']:>10,.0f}{each['lost']:>8.0f}{each['doubles']:>9.0f}{each['out_of_order']:>10.0f}"
              f"{each['seconds']:>8.1f}")  # fmt: skip
    print(f"{'posted once, the peer':>24}{ROWS * TURNS:>10,}{peer_lost:>8}")
    ratios = {name: once[name] + more[name] for name in ("lost", "doubles", "out_of_order")}
    figures = {f"{name}_x{times}": round(value, 1) for times, each in ((1, once), (TIMES, more))
               for name, value in each.items()}  # fmt: skip
    print(json.dumps({"bench": "push", "ratios": ratios,
                      "figures": {**figures, "peer_lost": peer_lost, "load": round(load, 1)}}))  # fmt: skip


if __name__ == "__main__":
    main()
