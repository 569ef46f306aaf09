"""Classes told apart before anybody has labelled a text: by names, descriptions, synonyms and a list of concepts.

A word speaks for a class in two ways. Directly, when it stands in the class's own words, the more so the fewer other
classes have it. And through concepts: `concepts.csv` groups what is talked about together (学校, 老师, 开学 …); a
concept belongs to the classes whose own words it holds, and all its words then speak for them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .classes import ReportClass, concepts
from .words import Lexicon, words_of

NAME_WEIGHT = 4.0
SYNONYM_WEIGHT = 3.0
FLOOR = 0.7
"""Of an even share: what a word is worth to a class it does not speak for."""
HEADLINE_WEIGHT = 2.0


class ColdScores:
    """`log_odds(texts)`: texts × classes, comparable within a text; zero everywhere when it knows no word."""

    def __init__(self, classes: Sequence[ReportClass]) -> None:
        self.classes = tuple(classes)
        groups = concepts()
        words = [word for name, held in groups for word in (name, *held)]
        self.lexicon = Lexicon([*words, *(word for one in classes for word in _own_words(one))])
        own = self._own_weights()
        direct = _shares(own)
        bridged = self._bridged(own, groups)
        floor = FLOOR / len(self.classes)
        weights = np.log(direct + floor) + np.log(bridged + floor)
        self.weights = weights - weights.mean(axis=0)

    def log_odds(self, texts: Sequence[str]) -> np.ndarray:
        counted = self.lexicon.emphasised(texts, HEADLINE_WEIGHT)
        length = np.sqrt(np.maximum(np.asarray(counted.sum(axis=1)), 1.0))
        return np.asarray(counted @ self.weights.T) / length

    def telling_words(self, text: str, place: int, top: int = 3) -> list[str]:
        """The words of the text that speak most for the class at `place`."""
        counted = self.lexicon.emphasised([text], HEADLINE_WEIGHT)
        spoken = counted.data * self.weights[place, counted.indices]
        order = np.argsort(-spoken)
        chosen: list[str] = []
        for each in order:
            word = self.lexicon.words[counted.indices[each]]
            if spoken[each] > 0 and not any(word in other or other in word for other in chosen):
                chosen.append(word)
            if len(chosen) == top:
                break
        return chosen

    def _own_weights(self) -> np.ndarray:
        """Classes × words: how much a word is a class's own."""
        names = self.lexicon.counts([one.name for one in self.classes]).toarray()
        synonyms = self.lexicon.counts([" ".join(one.synonyms) for one in self.classes]).toarray()
        described = self.lexicon.counts([one.description for one in self.classes]).toarray()
        counts = NAME_WEIGHT * names + SYNONYM_WEIGHT * synonyms + described
        holders = (counts > 0).sum(axis=0)
        rarity = np.log((len(self.classes) + 1) / (holders + 0.5)).clip(0)
        return np.log1p(counts) * rarity

    def _bridged(self, own: np.ndarray, groups: Sequence[tuple[str, tuple[str, ...]]]) -> np.ndarray:
        """Classes × words: the share of a word's concepts that each class has."""
        member = np.zeros((len(groups), len(self.lexicon.words)))
        for row, (name, held) in enumerate(groups):
            for word in (name, *held):
                if word in self.lexicon.place:
                    member[row, self.lexicon.place[word]] = 1.0
        often = member.sum(axis=0)
        shares = _shares(own @ member.T)
        bridged = shares @ (member / np.maximum(often, 1.0))
        bridged[:, often == 0] = 1.0 / len(self.classes)
        return bridged


def _shares(weights: np.ndarray) -> np.ndarray:
    """Columns as shares of the classes; even where nothing speaks, and nearly even where little does."""
    strength = 1.0 - np.exp(-weights.max(axis=0))
    total = weights.sum(axis=0)
    shares = np.divide(weights, total, out=np.full_like(weights, 1.0 / len(weights)), where=total > 0)
    return strength * shares + (1.0 - strength) / len(weights)


def _own_words(one: ReportClass) -> list[str]:
    cut = words_of(f"{one.name} {one.description} {' '.join(one.synonyms)}")
    return [one.name, *one.description.split(), *one.synonyms, *cut]
