"""`district seed`: divisions, organisations, demo accounts, and each system's own records. Idempotent."""

from __future__ import annotations

import time
from collections.abc import Callable

from district.edges.database import running_database, set_up_django
from district.kernel import registry

Say = Callable[[str, str], None]


def main(arguments: list[str]) -> int:
    with running_database():
        set_up_django()
        seed_all(say=lambda zh, en: print(f"· {zh} · {en}", flush=True))
    return 0


def seed_all(say: Say) -> None:
    """Everything a fresh installation needs before its first visitor. Each step is one transaction."""
    from district.kernel.cases.procedure_versions import publish_all_shipped
    from district.kernel.datasets.actions.contracts import sync_contracts
    from district.kernel.parties.seed import seed as seed_parties
    from district.kernel.people.demo import seed_demo_accounts
    from district.kernel.people.seed import seed_organisations
    from district.kernel.places.seed import seed_divisions

    timed(say, "载入行政区划", "divisions", seed_divisions)
    timed(say, "载入组织机构", "organisations", seed_organisations)
    timed(say, "编入共享数据目录", "catalogue of lent datasets", sync_contracts)
    timed(say, "发布办理流程", "procedures", publish_all_shipped)
    for system in registry.systems():
        module = registry.role_file(system, "seed")
        if module is not None:
            timed(say, f"载入{system.zh}资料", f"records of {system.en}", module.seed)
    timed(say, "归集主体", "parties", seed_parties)
    timed(say, "演示账号", "demo accounts", seed_demo_accounts)


def timed(say: Say, zh: str, en: str, work: Callable[[], object]) -> None:
    from django.db import transaction

    started = time.monotonic()
    with transaction.atomic():
        work()
    say(f"{zh}（{time.monotonic() - started:.1f}s）", en)
