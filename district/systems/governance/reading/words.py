"""Chinese text as words and as counts of known words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import scipy

LONGEST_WORD = 8
HEADLINE_CHARACTERS = 40
PLACE_SHARE = 0.3
"""What is left of the weight of words that only say where (公交站旁, 医院对面)."""
_where = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?:门口|门前|对面|旁边|旁|附近|[东南西北]侧|[东南西北]门|楼下|路口|桥头)"
)
_spoken = re.compile(r"[\W_]+", re.UNICODE)


def words_of(text: str) -> list[str]:
    """Words of two characters or more; punctuation and single characters say too little."""
    import rjieba  # half a second for its dictionary

    return [word for word in rjieba.cut(text) if len(word) > 1 and not _spoken.fullmatch(word)]


def headline_of(text: str) -> str:
    """What a report begins with: its first line when that is short, else its first 40 characters."""
    first = text.strip().split("\n", 1)[0]
    return (
        first[: 2 * HEADLINE_CHARACTERS]
        if len(first) <= 2 * HEADLINE_CHARACTERS
        else first[:HEADLINE_CHARACTERS]
    )


@cache
def _manner() -> re.Pattern[str]:
    words = (Path(__file__).parent / "data" / "manner_words.txt").read_text("utf-8").split()
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def without_manner(text: str) -> str:
    """The text without what its channel puts into every report (市民来电反映, 监测报警, 请有关部门核实)."""
    return _manner().sub(" ", text)


class Lexicon:
    """Counts of the words of a list in texts, wherever they stand: cutting errors cannot hide a known word."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = sorted({word for word in words if 1 < len(word) <= LONGEST_WORD})
        self.place = {word: place for place, word in enumerate(self.words)}
        from sklearn.feature_extraction.text import CountVectorizer

        self._counter = CountVectorizer(
            analyzer="char", ngram_range=(2, LONGEST_WORD), vocabulary=self.place, lowercase=False
        )

    def counts(self, texts: Sequence[str]) -> scipy.sparse.csr_matrix:
        """Texts × words."""
        return self._counter.transform(texts)

    def emphasised(self, texts: Sequence[str], headline_weight: float) -> scipy.sparse.csr_matrix:
        """log(1 + count), the headline counted `headline_weight` times more."""
        texts = [without_manner(text) for text in texts]
        headlines = [headline_of(text) for text in texts]
        counts = self._without_places(texts) + headline_weight * self._without_places(headlines)
        counts = counts.tocsr()
        counts.data = np.log1p(counts.data)
        return counts

    def _without_places(self, texts: Sequence[str]) -> scipy.sparse.csr_matrix:
        where = [" ".join(_where.findall(text)) for text in texts]
        counts = self.counts(texts).astype(np.float64) - (1.0 - PLACE_SHARE) * self.counts(where)
        return counts.maximum(0.0).tocsr()
