"""`python -m district.edges.standing SYSTEM MODULE`: a process that a system keeps standing (`Standing` in its manifest).

Ends on SIGTERM or SIGINT, when `run` has seen that it shall. When the database goes away it ends with code 1 and is
started again by whoever supervises it.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from importlib import import_module

logger = logging.getLogger("district.standing")


def main(arguments: list[str]) -> int:
    system, module = arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.edges.web.settings")
    import django

    django.setup()
    from django.db import InterfaceError, OperationalError

    from district.kernel import registry

    known = {(each.name, standing.module) for each, standing in registry.standing()}
    if (system, module) not in known:
        print(f"没有常驻进程 {system}.{module}（no such standing process）", file=sys.stderr)
        return 2
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    try:
        import_module(f"{registry.SYSTEMS_PACKAGE}.{system}.{module}").run(stop)
    except (OperationalError, InterfaceError) as error:
        logger.error("数据库不可用，退出（the database is away, leaving）: %s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
