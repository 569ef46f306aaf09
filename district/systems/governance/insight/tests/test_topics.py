"""Topics that emerge: on the page and in the briefing, each number worked out again from the texts."""

from __future__ import annotations

import re
from datetime import timedelta

from district.kernel.cases.models import Case
from district.kernel.clock import CHINA
from district.systems.governance.insight.actions.briefings import from_json, make_briefing
from district.systems.governance.insight.briefing import WeekFacts, sections
from district.systems.governance.reading.emerging import emerging_in

from .test_briefing import MONDAY, figures, stated

SUNDAY = MONDAY + timedelta(days=6)


def test_a_word_that_spreads_is_told_with_counts_that_can_be_found_again(history: list[Case]):
    week = [case for case in history if MONDAY <= case.opened_at.astimezone(CHINA).date() <= SUNDAY]
    Case.objects.update(title="路面垃圾未清理", text="请尽快清扫")
    for case in week[:12]:
        Case.objects.filter(pk=case.pk).update(title="自来水发黄有异味", text="家中水龙头流出黄水")
    facts = from_json(make_briefing(MONDAY, again=True).result)
    (section,) = [one for one in sections(facts, {}, {}) if one.title == "七、新兴话题"]
    assert section.sentences
    for sentence in section.sentences:
        terms = re.findall("“(.+)”", sentence.text)[0].split("、")
        leading = terms[0]
        told = [case for case in Case.objects.filter(pk__in=[each.pk for each in week])
                if leading in case.title or leading in case.text]  # fmt: skip
        assert sentence.numbers["observed"] == str(len(told)) == "12"
        assert float(sentence.numbers["expected"]) < 6
        assert sorted(figures(sentence.text)) == sorted(sentence.numbers.values())


def test_a_name_is_no_topic(history: list[Case]):
    week = [case.pk for case in history if MONDAY <= case.opened_at.astimezone(CHINA).date() <= SUNDAY]
    Case.objects.update(title="路面垃圾未清理", text="请尽快清扫")
    Case.objects.filter(pk__in=week[:15]).update(text="我叫张三丰，张三丰反映楼道堆物")
    terms = [term for one in emerging_in(SUNDAY) for term in one["terms"]]
    assert not [term for term in terms if "三丰" in term or "张三" in term]


def test_no_figure_of_a_topic_is_made_up():
    topics = [{"terms": ["异味", "{黄水}"], "observed": 12, "expected": 1.25, "p": 0.0004}]
    facts = WeekFacts(MONDAY, SUNDAY, 1, 1, 1, {}, {}, (0,) * 7, 0, 0, None, 0, 0, topics=topics)
    (said,) = [(text, numbers) for text, numbers in stated(sections(facts, {}, {})) if "异味" in text]
    assert said[0] == "“异味、{黄水}”：12 件提到，按前八周应有 1.2 件，p = 0.0004。"
