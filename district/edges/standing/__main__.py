"""`python -m district.edges.standing`: all that systems keep standing (`Standing` in their manifests), a thread each.

With names, `SYSTEM MODULE…`, only these. Ends on SIGTERM or SIGINT, when each `run` has seen that it shall. When the database
goes away, or one of them fails, the process ends with code 1 and is started again by whoever supervises it.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from importlib import import_module

logger = logging.getLogger("district.standing")


def main(arguments: list[str]) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.edges.web.settings")
    import django

    django.setup()
    from district.kernel import registry

    known = [(each.name, standing.module) for each, standing in registry.standing()]
    chosen = [(arguments[0], module) for module in arguments[1:]] if arguments else known
    strange = [each for each in chosen if each not in known]
    if strange or (arguments and not chosen):
        print(f"没有常驻程序 {' '.join(arguments)}（nothing of that name stands）", file=sys.stderr)
        return 2
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    modules = {f"{system}.{module}": f"{registry.SYSTEMS_PACKAGE}.{system}.{module}" for system, module in chosen}
    return stand({name: import_module(module).run for name, module in modules.items()}, stop)


def stand(runs: dict[str, Callable[[threading.Event], None]], stop: threading.Event) -> int:
    """Runs all until `stop` is set or one of them ends before that; 0 when all ended as they were told."""
    failed: list[str] = []

    def stand_one(name: str) -> None:
        try:
            runs[name](stop)
        except Exception:
            logger.exception("%s 出错退出（failed）", name)
        if not stop.is_set():
            failed.append(name)
            stop.set()

    threads = [threading.Thread(target=stand_one, args=(name,), name=name) for name in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
