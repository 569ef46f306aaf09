"""Who listens to what. Filled when `handlers.py` files are imported, once, at start."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from district.kernel.vocabulary import Event

E = TypeVar("E", bound=Event)
Handler = Callable[[Any], None]


class UnknownListener(LookupError):
    """A message for a listener that no longer exists: it was renamed or its system was removed."""


@dataclass(frozen=True)
class Listener:
    """A function told of one kind of event. `name` is its dotted path and survives restarts."""

    name: str
    event: type[Event]
    handle: Handler


_listeners: dict[str, Listener] = {}


def on(event: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Registers the decorated function as a listener of `event`.

    It runs in the worker, in a transaction of its own, once for each event as far as the database is
    concerned; what it does outside the database may happen again after a crash.
    """

    def register(handle: Callable[[E], None]) -> Callable[[E], None]:
        name = f"{handle.__module__}.{handle.__qualname__}"
        taken = _listeners.get(name)
        if taken is not None and inspect.unwrap(taken.handle).__code__ is not handle.__code__:
            raise ValueError(f"two listeners are called {name}")
        _listeners[name] = Listener(name, event, handle)
        return handle

    return register


def listeners_of(event: type[Event]) -> list[Listener]:
    """The listeners of exactly this kind of event, in order of name."""
    return sorted((each for each in _listeners.values() if each.event is event), key=lambda each: each.name)


def listener(name: str) -> Listener:
    """The listener of that name; UnknownListener when there is none."""
    try:
        return _listeners[name]
    except KeyError:
        raise UnknownListener(name) from None


def forget(name: str) -> None:
    """Takes a listener out again (for tests that register their own)."""
    _listeners.pop(name, None)


def discover(packages: Iterable[str]) -> None:
    """Imports `<package>.handlers` wherever there is one."""
    for package in packages:
        if importlib.util.find_spec(f"{package}.handlers") is not None:
            importlib.import_module(f"{package}.handlers")
