"""The classifier of the district: the national classes, and what its own corrections have taught.

Each process keeps one. When people have decided more since, it is learned anew beside the running one, which answers
meanwhile: nobody who reports waits for it.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from ..models import Reading
from ..reading.classes import national_classes
from ..reading.classification import Classifier

LOOK_AGAIN_S = 60.0
MOST_LEARNED = 3000
NEW_ENOUGH = 5
"""So many new decisions make learning again worth while."""


@dataclass
class _Kept:
    classifier: Classifier
    learned_from: int = 0
    looked_at: float = float("-inf")
    is_learning: bool = False


_lock = threading.Lock()
_kept: _Kept | None = None


def district_reader() -> Classifier:
    global _kept
    with _lock:
        if _kept is None:
            _kept = _Kept(Classifier(national_classes()))
        if time.monotonic() - _kept.looked_at < LOOK_AGAIN_S or _kept.is_learning:
            return _kept.classifier
        _kept.looked_at = time.monotonic()
        decided = Reading.objects.exclude(right_code="")
        if decided.count() - _kept.learned_from < NEW_ENOUGH:
            return _kept.classifier
        rows = list(decided.order_by("-decided_at").values_list("text", "right_code")[:MOST_LEARNED])
        _kept.is_learning = True
    threading.Thread(target=_learn, args=(rows, decided.count()), name="reading", daemon=True).start()
    return _kept.classifier


def learn_now() -> Classifier:
    """Learns from every decision before it answers: for jobs and tests."""
    rows = Reading.objects.exclude(right_code="").order_by("-decided_at").values_list("text", "right_code")
    _learn(list(rows[:MOST_LEARNED]), rows.count())
    return district_reader()


def forget() -> None:
    """Back to the cold reader."""
    global _kept
    with _lock:
        _kept = None


def _learn(rows: list[tuple[str, str]], count: int) -> None:
    global _kept
    classifier = Classifier(national_classes())
    classifier.learn([text for text, _ in rows], [code for _, code in rows])
    with _lock:
        _kept = _Kept(classifier, learned_from=count, looked_at=time.monotonic())
