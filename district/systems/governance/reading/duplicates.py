"""Reports of one matter that came over several channels: found by place, time and text, with the reasons.

    found = doubles(reports, classifier)        # groups, and the pairs that made them
    found = pairs(reports, classifier)          # scored pairs alone

Candidates come from one tree over metres and hours: no report meets one that is too far or too long ago. Each pair is
weighed as evidence for and against in log-odds: distance against the spread of positions, time against how long
reports of one matter keep coming, what the classifier thinks of both, the words, and the places named. A report that
came after an earlier case was closed is a new matter, however alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy

from .classification import Classifier
from .place_words import marks_named, roads_named, without_places
from .words import without_manner, words_of

FARTHEST_M = 150.0
LONGEST_HOURS = 168.0
SPREAD_M = 40.0
"""One standard deviation of where two people put the same thing."""
USUAL_GAP_HOURS = 72.0
PRIOR = -4.0
"""Log-odds that two reports this near in place and time are of one matter, before anything is read."""
CLASS_WEIGHT, CLASS_FLOOR, CLASS_CEILING = 1.2, -3.0, 3.0
TEXT_WEIGHT, TEXT_USUAL = 2.0, 0.1
SAME_ROAD, OTHER_ROAD = 0.5, -1.5
SAME_MARK, OTHER_MARK = 1.0, -0.5
SURE = 0.75
METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True)
class Reported:
    """Columns of equal length. `at_s` and `closed_s` are seconds since the epoch, NaN while a case is open."""

    ids: Sequence[str]
    texts: Sequence[str]
    lon: np.ndarray
    lat: np.ndarray
    at_s: np.ndarray
    closed_s: np.ndarray | None = None


@dataclass(frozen=True)
class Pair:
    """`earlier` and `later` are ids; `chance` the probability that both are of one matter."""

    earlier: str
    later: str
    chance: float
    distance_m: float
    gap_hours: float
    text_likeness: float
    class_code: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Doubles:
    """`groups`: ids of one matter, the first reported first; only groups of two or more."""

    groups: tuple[tuple[str, ...], ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class _Evidence:
    first: np.ndarray
    second: np.ndarray
    distance_m: np.ndarray
    gap_hours: np.ndarray
    likeness: np.ndarray
    agreement: np.ndarray
    shared_class: np.ndarray
    place: np.ndarray
    chance: np.ndarray = field(default_factory=lambda: np.zeros(0))


def pairs(reports: Reported, classifier: Classifier, at_least: float = SURE) -> list[Pair]:
    """Pairs of at least that chance, the surest first."""
    found = _weigh(reports, classifier)
    chosen = np.flatnonzero(found.chance >= at_least)
    order = chosen[np.argsort(-found.chance[chosen])]
    return [_told(reports, classifier, found, int(at)) for at in order]


def doubles(reports: Reported, classifier: Classifier, at_least: float = SURE) -> Doubles:
    """Groups are joined by the surest pairs first, and only where the reports of both agree with each other on the
    average: A like B and B like C do not make A like C."""
    found = _weigh(reports, classifier)
    chances = {
        (int(a), int(b)): float(chance)
        for a, b, chance in zip(found.first, found.second, found.chance, strict=True)
    }
    group_of: dict[int, list[int]] = {}
    sure = np.flatnonzero(found.chance >= at_least)
    for at in sure[np.argsort(-found.chance[sure])]:
        a, b = int(found.first[at]), int(found.second[at])
        left, right = group_of.setdefault(a, [a]), group_of.setdefault(b, [b])
        if left is right:
            continue
        between = [chances.get((min(x, y), max(x, y)), 0.0) for x in left for y in right]
        if sum(between) / len(between) >= at_least / 2 + 0.25:
            left += right
            group_of |= dict.fromkeys(right, left)
    groups = {id(group): group for group in group_of.values() if len(group) > 1}
    ordered = [
        tuple(reports.ids[at] for at in sorted(group, key=lambda at: reports.at_s[at]))
        for group in groups.values()
    ]
    told = tuple(_told(reports, classifier, found, int(at)) for at in sure)
    return Doubles(tuple(sorted(ordered)), told)


def _candidates(reports: Reported) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of places in the columns, smaller first, near in place and time."""
    known = np.flatnonzero(np.isfinite(reports.lon) & np.isfinite(reports.lat))
    if len(known) < 2:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    scale = np.cos(np.radians(reports.lat[known].mean()))
    metres = np.column_stack([reports.lon * scale, reports.lat]) * METRES_PER_DEGREE / FARTHEST_M
    hours = (reports.at_s / 3600.0 / LONGEST_HOURS)[:, None]
    points = np.hstack([metres, hours])[known]
    met = known[scipy.spatial.cKDTree(points - points.mean(axis=0)).query_pairs(1.0, p=np.inf, output_type="ndarray")]
    return met.min(axis=1), met.max(axis=1)


def _weigh(reports: Reported, classifier: Classifier) -> _Evidence:
    first, second = _candidates(reports)
    scale = np.cos(np.radians((reports.lat[first] + reports.lat[second]) / 2))
    distance = METRES_PER_DEGREE * np.hypot(
        (reports.lon[first] - reports.lon[second]) * scale, reports.lat[first] - reports.lat[second]
    )
    gap = np.abs(reports.at_s[first] - reports.at_s[second]) / 3600.0
    agreement, shared = _class_evidence(reports.texts, first, second, classifier)
    likeness = _likeness(reports.texts, first, second)
    place = _place_evidence(reports.texts, first, second)
    odds = PRIOR + CLASS_WEIGHT * agreement + place + TEXT_WEIGHT * (likeness - TEXT_USUAL)
    odds += np.log(FARTHEST_M**2 / (2 * SPREAD_M**2)) - distance**2 / (2 * SPREAD_M**2)
    odds += np.log(LONGEST_HOURS / USUAL_GAP_HOURS) - gap / USUAL_GAP_HOURS
    chance = np.where((distance <= FARTHEST_M) & ~_closed_between(reports, first, second), scipy.special.expit(odds), 0.0)
    return _Evidence(first, second, distance, gap, likeness, agreement, shared, place, chance)


def _closed_between(reports: Reported, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Whether the earlier case was closed before the later report came."""
    if reports.closed_s is None:
        return np.zeros(len(first), bool)
    is_first_earlier = reports.at_s[first] <= reports.at_s[second]
    earlier, later = np.where(is_first_earlier, first, second), np.where(is_first_earlier, second, first)
    with np.errstate(invalid="ignore"):
        return np.asarray(reports.closed_s[earlier] < reports.at_s[later])


def _class_evidence(
    texts: Sequence[str], first: np.ndarray, second: np.ndarray, classifier: Classifier
) -> tuple[np.ndarray, np.ndarray]:
    """log Σ p·q / prior: nothing where the classifier does not know, and the class both share most.

    Read with and without the names of places, which may sound like a matter of their own."""
    if not len(first):
        return np.zeros(0), np.zeros(0, np.int64)
    whole = np.exp(classifier.log_probabilities(texts))
    chances = (whole + np.exp(classifier.log_probabilities([without_places(text) for text in texts]))) / 2
    both = chances[first] * chances[second]
    agreed = np.log(both.sum(axis=1) * chances.shape[1] + 1e-9)
    return np.clip(agreed, CLASS_FLOOR, CLASS_CEILING), both.argmax(axis=1)


def _likeness(texts: Sequence[str], first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """0 … 1: words and pairs of characters in common, those that many reports have counting little."""
    if not len(first):
        return np.zeros(0)
    matters = [without_places(without_manner(text)) for text in texts]
    from sklearn.feature_extraction.text import TfidfVectorizer

    columns = TfidfVectorizer(analyzer=_pieces, sublinear_tf=True).fit_transform(matters)
    return np.asarray(columns[first].multiply(columns[second]).sum(axis=1)).ravel()


def _pieces(text: str) -> list[str]:
    return ["^", *words_of(text), *(text[at : at + 2] for at in range(len(text) - 1))]


def _place_evidence(texts: Sequence[str], first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """For: the same road or mark named. Against: both name one, and no two are alike."""
    roads, marks = [roads_named(text) for text in texts], [marks_named(text) for text in texts]
    return _naming(roads, first, second, SAME_ROAD, OTHER_ROAD) + _naming(
        marks, first, second, SAME_MARK, OTHER_MARK
    )


def _naming(
    named: Sequence[frozenset[str]], first: np.ndarray, second: np.ndarray, same: float, other: float
) -> np.ndarray:
    pairs_of_names = [(named[a], named[b]) for a, b in zip(first, second, strict=True)]
    return np.array([same if a & b else other if a and b else 0.0 for a, b in pairs_of_names])


def _told(reports: Reported, classifier: Classifier, found: _Evidence, at: int) -> Pair:
    first, second = int(found.first[at]), int(found.second[at])
    if reports.at_s[first] > reports.at_s[second]:
        first, second = second, first
    distance, gap = float(found.distance_m[at]), float(found.gap_hours[at])
    likeness = float(found.likeness[at])
    shared = classifier.classes[int(found.shared_class[at])]
    reasons = [
        f"同一地点 {max(distance, 1):.0f} 米内",
        f"相隔 {_spoken_gap(gap)}",
        f"文字相似 {likeness:.1f}",
    ]
    if found.agreement[at] > 0:
        reasons.append(f"同为“{shared.name}”")
    if found.place[at] > 0:
        reasons.append("所述地名相同")
    return Pair(
        earlier=reports.ids[first], later=reports.ids[second], chance=float(found.chance[at]), distance_m=distance,
        gap_hours=gap, text_likeness=likeness, class_code=shared.code, reasons=tuple(reasons),
    )  # fmt: skip


def _spoken_gap(hours: float) -> str:
    if hours < 1:
        return f"{max(hours * 60, 1):.0f} 分钟"
    return f"{hours:.0f} 小时" if hours < 48 else f"{hours / 24:.1f} 天"
