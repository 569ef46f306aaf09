"""A database for one command: the one that runs, or the embedded one for as long as the command lasts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

from district.edges import postgres


@contextmanager
def running_database() -> Iterator[None]:
    """Starts the embedded server if nothing serves this installation, and stops it again."""
    if os.environ.get("DATABASE_URL") or postgres.running_pid() is not None:
        yield
        return
    process = postgres.start()
    try:
        yield
    finally:
        postgres.stop(process)


def set_up_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.edges.web.settings")
    django.setup()


def with_database(module: str, verb: str) -> Callable[[list[str]], int]:
    """A verb of a kernel package or system, run with Django and a database."""

    def run(arguments: list[str]) -> int:
        with running_database():
            set_up_django()
            return import_module(module).COMMANDS[verb](arguments)

    return run
