"""Emerging topics: terms that many more reports use now than their own past lets expect.

    found = emerging_topics(texts, days, on=day)       # days: whole days of each text, numbers

The unit is a report, never a person; terms that look like a name of a person, a number or a title are left out. Each
term is judged by its own past (a Poisson rate with a prior, spread over what it varies by), and the share of false
alarms among those told is kept below `q` (Benjamini and Hochberg).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from .words import without_manner, words_of

WINDOW_DAYS, PAST_DAYS = 7, 56
LEAST_REPORTS = 4
LEAST_TIMES = 2.0
Q = 0.05
ALIKE = 0.5
"""Terms that share half of their reports are one topic."""
_person = re.compile(r"先生|女士|小姐|书记|局长|主任|科长|老师|[某x*]{1,2}$|\d")
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
)
_name_after = re.compile(r"(?:我叫|名叫|姓名|本人|我是)\s*([\u4e00-\u9fff]{2,4})")


@dataclass(frozen=True)
class Topic:
    """`terms`, the most telling first; `count` reports in the window against `expected`; `reports` are the places in
    the list of those most like the topic."""

    terms: tuple[str, ...]
    count: int
    expected: float
    p_value: float
    reports: tuple[int, ...]

    @property
    def times(self) -> float:
        return self.count / max(self.expected, 0.1)


def emerging_topics(
    texts: Sequence[str], days: np.ndarray, on: int, q: float = Q, most: int = 10
) -> list[Topic]:
    """Topics of the week that ends with day `on`, the surest first. Needs at least as long a past as the window."""
    days = np.asarray(days)
    kept = np.flatnonzero((days <= on) & (days > on - WINDOW_DAYS - PAST_DAYS))
    is_now = days[kept] > on - WINDOW_DAYS
    weeks = min(PAST_DAYS, int(on - days[kept].min()) + 1 - WINDOW_DAYS) / WINDOW_DAYS if len(kept) else 0.0
    if weeks < 1 or is_now.sum() < LEAST_REPORTS:
        return []
    counts, terms = _counts([texts[place] for place in kept.tolist()])
    if not len(terms):
        return []
    now, expected, chance = _judged(counts, is_now, days[kept], on, weeks)
    told = _told(chance, now, expected, q)
    groups = _grouped(counts[is_now], told[np.argsort(chance[told])])
    places = kept[np.flatnonzero(is_now)]
    topics = [_topic(group, counts[is_now], terms, now, expected, chance, places) for group in groups]
    return sorted(topics, key=lambda topic: topic.p_value)[:most]


def _counts(texts: Sequence[str]) -> tuple[scipy.sparse.csr_matrix, np.ndarray]:
    """Reports × terms, 1 where a report uses it; and the terms."""
    from sklearn.feature_extraction.text import CountVectorizer

    vectors = CountVectorizer(analyzer=_terms, binary=True, min_df=LEAST_REPORTS)
    try:
        found = vectors.fit_transform(texts)
    except ValueError:  # no term is in enough reports
        return scipy.sparse.csr_matrix((len(texts), 0)), np.array([])
    return found.tocsr().astype(float), vectors.get_feature_names_out()


def _terms(text: str) -> list[str]:
    names = set(_name_after.findall(text))
    return [word for word in words_of(without_manner(text)) if not _is_personal(word, names)]


def _is_personal(word: str, names: set[str]) -> bool:
    """Words that may be somebody: after “我叫”, with a title or a number, or a surname before 某 or stars."""
    if any(word in name or name in word for name in names) or _person.search(word):
        return True
    return word[0] in SURNAMES and word[1:] in ("某", "某某", "*", "**")


def _judged(
    counts: scipy.sparse.csr_matrix, is_now: np.ndarray, days: np.ndarray, on: int, weeks: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Reports now, expected, and the chance of so many or more: a negative binomial with the past's own spread."""
    now = np.asarray(counts[is_now].sum(axis=0)).ravel()
    week = ((on - days[~is_now]) // WINDOW_DAYS - 1).astype(int)
    past = np.vstack([
        np.asarray(counts[~is_now][week == number].sum(axis=0)).ravel() for number in range(int(np.ceil(weeks)))
    ])  # fmt: skip
    reports = np.array([max((week == number).sum(), 1) for number in range(len(past))])
    rate = (past.sum(axis=0) + 0.5) / (reports.sum() + 1.0)
    expected = rate * is_now.sum()
    fitted = reports[:, None] * rate[None, :]
    spread = ((past - fitted) ** 2 / np.maximum(fitted, 1e-9)).sum(axis=0) / max(len(past) - 1, 1)
    extra = np.maximum(spread - 1.0, 0.02) / np.maximum(expected, 0.1)
    size = 1.0 / np.maximum(extra, 1.0 / (past.sum(axis=0) + 0.5))
    return now, expected, scipy.stats.nbinom.sf(now - 1, size, size / (size + expected))


def _told(chance: np.ndarray, now: np.ndarray, expected: np.ndarray, q: float) -> np.ndarray:
    """Terms told by Benjamini and Hochberg over all terms, that are many and much more than usual."""
    order = np.argsort(chance)
    below = np.flatnonzero(chance[order] <= q * np.arange(1, len(chance) + 1) / len(chance))
    found = order[: below[-1] + 1] if len(below) else order[:0]
    return found[(now[found] >= LEAST_REPORTS) & (now[found] >= LEAST_TIMES * expected[found])]


def _grouped(counts: scipy.sparse.csr_matrix, terms: np.ndarray) -> list[list[int]]:
    """Terms that stand in the same reports, each with the surest term that leads it."""
    groups: list[list[int]] = []
    for term in terms:
        column = counts[:, term]
        for group in groups:
            both = column.multiply(counts[:, group[0]]).sum()
            if both >= ALIKE * min(column.sum(), counts[:, group[0]].sum()):
                group.append(int(term))
                break
        else:
            groups.append([int(term)])
    return groups


def _topic(
    group: list[int], counts: scipy.sparse.csr_matrix, terms: np.ndarray, now: np.ndarray, expected: np.ndarray,
    chance: np.ndarray, places: np.ndarray,
) -> Topic:  # fmt: skip
    lead = group[0]
    held = np.asarray(counts[:, group].sum(axis=1)).ravel()
    order = [row for row in np.argsort(-held, kind="stable") if held[row] > 0][:3]
    return Topic(
        tuple(str(terms[term]) for term in group[:5]), int(now[lead]), float(expected[lead]), float(chance[lead]),
        tuple(int(places[row]) for row in order),
    )  # fmt: skip
