"""What the district's own corrections add to the cold scores: a softmax model that starts from them.

    logits = a · cold + [X, cold, 1] W

`X` are TF-IDF words and character pairs; the cold scores are among the columns too, so that a class the cold model
takes for another can be set right as such. `W` starts at nothing and is held back by a penalty, `a` starts at 1. With no
corrections this is the cold model; each correction moves it as far as it must. Classes nobody has corrected to keep
what the cold scores give them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy

from .words import headline_of, words_of

LOOSENESS = 10.0
"""How far weights may go: the C of a logistic regression."""
LARGEST_VOCABULARY = 20_000
STEPS = 60


class Learned:
    """Fitted on texts, their cold log-odds (texts × classes) and the right classes (places in the list)."""

    def __init__(self, texts: Sequence[str], cold: np.ndarray, right: np.ndarray) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._by_word = TfidfVectorizer(analyzer=_words, sublinear_tf=True, max_features=LARGEST_VOCABULARY)
        self._by_character = TfidfVectorizer(
            analyzer="char", ngram_range=(2, 3), sublinear_tf=True, max_features=LARGEST_VOCABULARY
        )
        self._by_word.fit(texts)
        self._by_character.fit(_repeated(texts))
        self.trust, self._weights = _fit(self._columns(texts, cold), cold, right)

    def log_probabilities(self, texts: Sequence[str], cold: np.ndarray) -> np.ndarray:
        return scipy.special.log_softmax(self.trust * cold + self._columns(texts, cold) @ self._weights, axis=1)

    def _columns(self, texts: Sequence[str], cold: np.ndarray) -> scipy.sparse.csr_matrix:
        read = [self._by_word.transform(texts), self._by_character.transform(_repeated(texts))]
        return scipy.sparse.hstack([*read, cold, np.ones((len(cold), 1))]).tocsr()


def _repeated(texts: Sequence[str]) -> list[str]:
    """The headline twice: it says most."""
    return [f"^{headline_of(text)} {text}" for text in texts]


def _words(text: str) -> list[str]:
    return words_of(text) or ["^"]


def _fit(columns: scipy.sparse.csr_matrix, cold: np.ndarray, right: np.ndarray) -> tuple[float, np.ndarray]:
    """The least penalised log loss; `a` is held near 1 by the weight of eight reports.

    Only classes that were corrected to have weights of their own: a long list costs no more than what was learned.
    """
    count = len(right)
    seen, place = np.unique(right, return_inverse=True)
    wanted = np.zeros((count, len(seen)))
    wanted[np.arange(count), place] = 1.0
    turned = columns.T.tocsr()
    shape = (columns.shape[1], len(seen))

    def loss(packed: np.ndarray) -> tuple[float, np.ndarray]:
        trust, weights = packed[0], packed[1:].reshape(shape)
        logits = trust * cold
        logits[:, seen] += columns @ weights
        logs = scipy.special.log_softmax(logits, axis=1)
        chances = np.exp(logs)
        value = (
            -logs[np.arange(count), right].sum() + (weights**2).sum() / (2 * LOOSENESS) + 4 * (trust - 1) ** 2
        )
        pull = (chances * cold).sum() - cold[np.arange(count), right].sum() + 8 * (trust - 1)
        slope = turned @ (chances[:, seen] - wanted) + weights / LOOSENESS
        return value, np.concatenate([[pull], slope.ravel()])

    start = np.zeros(1 + shape[0] * shape[1])
    start[0] = 1.0
    found = scipy.optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    weights = np.zeros((columns.shape[1], cold.shape[1]))
    weights[:, seen] = found.x[1:].reshape(shape)
    return float(found.x[0]), weights
