"""A report's text → classes with confidence, from the first day, better with every correction.

reader = Classifier(national_classes())
reader.propose("大街路口路灯不亮")          # [Proposal("C0118", "路灯", 0.83, ("路灯不亮",)), …]
reader.learn(texts, codes)                 # all corrections so far; replaces what was learned before
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from .classes import ReportClass
from .cold import ColdScores
from .learning import Learned

KIND_HINT = 1.0
"""Log-odds a hint of the kind (event, component, grid) is worth: it may be wrong."""


@dataclass(frozen=True)
class Proposal:
    """`confidence` is a probability; `words` are those of the text that spoke for the class."""

    code: str
    name: str
    confidence: float
    words: tuple[str, ...] = ()


class Classifier:
    """Any list of classes with different codes; at least two."""

    def __init__(self, classes: Sequence[ReportClass]) -> None:
        if len({one.code for one in classes}) != len(classes) or len(classes) < 2:
            raise ValueError(f"classes need different codes, and two of them at least: {len(classes)} given")
        self.classes = tuple(classes)
        self.codes = np.array([one.code for one in classes])
        self._place = {one.code: place for place, one in enumerate(classes)}
        self._cold = ColdScores(classes)
        self._learned: Learned | None = None
        self.learned_from = 0

    def learn(self, texts: Sequence[str], codes: Sequence[str]) -> None:
        """All corrections so far; those to classes no longer in the list are left out."""
        known = [
            (text, self._place[code]) for text, code in zip(texts, codes, strict=True) if code in self._place
        ]
        self.learned_from = len(known)
        if not known:
            self._learned = None
            return
        kept = [text for text, _ in known]
        self._learned = Learned(kept, self._cold.log_odds(kept), np.array([place for _, place in known]))

    def log_probabilities(self, texts: Sequence[str], kinds: Sequence[str] = ()) -> np.ndarray:
        """Texts × classes in the order of `classes`; `kinds` hints at event, component or grid, "" is no hint."""
        cold = self._cold.log_odds(texts)
        if kinds:
            own = np.array([one.kind for one in self.classes])
            cold = cold + KIND_HINT * (np.array(list(kinds))[:, None] == own[None, :])
        if self._learned is None:
            return scipy.special.log_softmax(cold, axis=1)
        return self._learned.log_probabilities(texts, cold)

    def predict(self, texts: Sequence[str]) -> list[str]:
        """The likeliest code of each text."""
        return self.codes[self.log_probabilities(texts).argmax(axis=1)].tolist()

    def propose(self, text: str, *, kind: str = "", place: str = "", top: int = 5) -> list[Proposal]:
        """The likeliest classes first. `place` are words for where it is (河道, 学校) and read with the text."""
        read = f"{text}\n{place}" if place else text
        chances = np.exp(self.log_probabilities([read], [kind] if kind else ())[0])
        return [
            Proposal(
                self.classes[at].code, self.classes[at].name, float(chances[at]),
                tuple(self._cold.telling_words(read, int(at))),
            )
            for at in np.argsort(-chances)[:top]
        ]  # fmt: skip
