"""What many pages wait for alike, made once for all of them and sent as it changes.

A system's `streams.py` names them; the live door serves each at `/stream/<system>/<name>?…` as server-sent events, to
anybody and from anywhere: only what is public may stand there.

    STREAMS = {"arrivals": SharedStream(topics=("transit.forecasts",), key=…, make=…, concerns=…)}
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any


class BadRequest(ValueError):
    """A question that cannot be answered; its words go to who asked."""


def _always(key: Hashable, data: Mapping[str, Any]) -> bool:
    return True


@dataclass(frozen=True)
class SharedStream:
    """`key` turns the query into what is asked, equal for equal questions; it raises BadRequest. `make` answers it as data.

    It is made anew on a notice of `topics` that `concerns` the key, at most every `least_s`, and every `most_s` anyway.
    `key` and `make` run in Django's thread of the door; `concerns` is pure: it is asked for every notice, in the loop itself.
    What has not changed but for the fields `apart` is not sent again.
    """

    topics: tuple[str, ...]
    key: Callable[[Mapping[str, str]], Hashable]
    make: Callable[[Any], dict[str, Any]]
    concerns: Callable[[Any, Mapping[str, Any]], bool] = _always
    least_s: float = 2.0
    most_s: float = 30.0
    apart: tuple[str, ...] = ()
