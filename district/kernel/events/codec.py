"""Events to JSON and back, by the types of their fields. Pure."""

from __future__ import annotations

import math
import types
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from district.kernel.vocabulary import Event

Json = dict[str, Any]
E = TypeVar("E", bound=Event)


class EventError(ValueError):
    """A field holds what JSON cannot carry, or a payload does not fit the event's class."""


def encoded(event: Event) -> Json:
    """The fields of an event as JSON values; instants as ISO 8601 with their offset.

    Raises EventError naming the field for a naive instant, a number that is not finite, or another type.
    """
    return {field.name: _plain(field.name, getattr(event, field.name)) for field in fields(event)}


def decoded(kind: type[E], payload: Json) -> E:
    """The event that `encoded` turned into `payload`.

    Keys the class does not know are left out and fields with a default may be absent, so that a message
    written before an upgrade is still read after it. Raises EventError when a field is missing or misfits.
    """
    hints = _hints(kind)
    known = {name: _typed(name, hints[name], payload[name]) for name in hints if name in payload}
    try:
        return kind(**known)
    except TypeError as error:
        raise EventError(f"{kind.name}: {error}") from error


def _hints(kind: type[Event]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _plain(name: str, value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise EventError(f"{name}: {value} is not a finite number")
        return value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise EventError(f"{name}: {value} has no time zone")
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(name, inner) for inner in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: _plain(name, inner) for key, inner in value.items()}
    raise EventError(f"{name}: {type(value).__name__} cannot be told in an event")


def _typed(name: str, hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if hint is Any:
        return value
    if origin in (Union, types.UnionType):
        return _one_of(name, get_args(hint), value)
    if origin is tuple:
        return _tuple(name, get_args(hint), value)
    if origin is dict:
        _, inner = get_args(hint)
        return {key: _typed(name, inner, each) for key, each in _must(name, dict, value).items()}
    if hint is datetime:
        return _instant(name, value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return _must(name, type(None) if hint is None else hint, value)


def _one_of(name: str, hints: tuple[Any, ...], value: Any) -> Any:
    # An instant is told as text: where both are possible, text that reads as an instant is one.
    for hint in sorted(hints, key=lambda each: each is not datetime):
        try:
            return _typed(name, hint, value)
        except EventError:
            continue
    raise EventError(f"{name}: {value!r} is none of {', '.join(map(str, hints))}")


def _tuple(name: str, inner: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    values = _must(name, list, value)
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_typed(name, inner[0], each) for each in values)
    if len(inner) != len(values):
        raise EventError(f"{name}: {len(values)} values where {len(inner)} are expected")
    return tuple(_typed(name, hint, each) for hint, each in zip(inner, values, strict=True))


def _instant(name: str, value: Any) -> datetime:
    try:
        return datetime.fromisoformat(_must(name, str, value))
    except ValueError as error:
        raise EventError(f"{name}: {value!r} is not an instant") from error


def _must(name: str, kind: Any, value: Any) -> Any:
    if not isinstance(value, kind) or (kind in (int, float) and isinstance(value, bool)):
        raise EventError(f"{name}: {value!r} is not {kind.__name__}")
    return value
