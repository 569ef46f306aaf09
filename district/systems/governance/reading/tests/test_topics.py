"""Topics that emerge are found, those that do not are not told, and nobody is named."""

from __future__ import annotations

import random

import numpy as np

from district.systems.governance.reading.topics import emerging_topics
from district.systems.governance.reports.written import written_reports

DAY = 100


def past(seed: int = 1, count: int = 900) -> tuple[list[str], list[int]]:
    chance = random.Random(seed)
    texts = [one.text for one in written_reports(count, seed)]
    return texts, [chance.randrange(DAY - 62, DAY + 1) for _ in texts]


def test_a_planted_topic_is_found_with_its_reports():
    texts, days = past()
    new = [f"丝绸路{number}号院暖气管道爆裂停暖，老人受冻" for number in range(12)]
    topics = emerging_topics(texts + new, np.array(days + [DAY - number % 5 for number in range(12)]), DAY)
    lead = topics[0]
    assert {"暖气", "停暖", "爆裂", "受冻", "管道", "暖气管"} & set(lead.terms)
    assert lead.count >= 12
    assert lead.times > 2
    assert all(place >= len(texts) for place in lead.reports)


def test_without_anything_new_next_to_nothing_is_told():
    told = [len(emerging_topics(*map(np.array, past(seed)), DAY)) for seed in range(8)]
    assert sum(told) <= 2


def test_nobody_is_named():
    texts, days = past()
    new = [f"我叫张建国，{who}在和平路被辞退" for who in ("李某某", "王经理先生", "刘**")] * 5
    topics = emerging_topics(texts + new, np.array(days + [DAY] * len(new)), DAY)
    words = {term for topic in topics for term in topic.terms}
    assert words
    assert not any(name in word for word in words for name in ("张建国", "建国", "李某", "先生", "刘*"))


def test_too_short_a_past_tells_nothing():
    texts, _ = past()
    assert emerging_topics(texts, np.full(len(texts), DAY), DAY) == []
    assert emerging_topics([], np.array([]), DAY) == []
