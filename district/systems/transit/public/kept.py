"""What many ask for at once is made once: an answer is kept in the process for a second or two."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(eq=False)
class Kept(Generic[T]):
    """At most `most` answers, each for `seconds`. While one is made, others who ask for the same wait for it."""

    seconds: float
    most: int = 500
    _answers: dict[Hashable, tuple[float, T]] = field(default_factory=dict)
    _making: dict[Hashable, threading.Lock] = field(default_factory=dict)
    _lock: Any = field(default_factory=threading.Lock)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        answer = self._fresh(key)
        if answer is not None:
            return answer[1]
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            answer = self._fresh(key)
            if answer is not None:
                return answer[1]
            try:
                return self.put(key, make())
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def put(self, key: Hashable, made: T) -> T:
        with self._lock:
            self._answers.pop(key, None)
            while len(self._answers) >= self.most:
                del self._answers[next(iter(self._answers))]
            self._answers[key] = (time.monotonic() + self.seconds, made)
        return made

    def clear(self) -> None:
        with self._lock:
            self._answers.clear()

    def _fresh(self, key: Hashable) -> tuple[float, T] | None:
        answer = self._answers.get(key)
        return answer if answer is not None and answer[0] > time.monotonic() else None
