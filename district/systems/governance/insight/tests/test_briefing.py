"""Every number of the briefing is worked out again, by other means, from the cases themselves."""

import re
from datetime import date, timedelta
from io import BytesIO
from statistics import median

import docx
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from district.kernel.cases.models import Case
from district.kernel.clock import CHINA
from district.systems.governance.insight.actions.briefings import from_json, make_briefing
from district.systems.governance.insight.briefing import Section, WeekFacts, sections
from district.systems.governance.insight.briefing_docx import briefing_docx
from district.systems.governance.insight.queries.events import kind_names, town_names

NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
MONDAY = date(2026, 11, 16)


def figures(text: str) -> list[str]:
    return NUMBER.findall(text)


def test_every_number_of_the_text_is_worked_out_again_from_the_cases(history: list[Case]):
    facts = from_json(make_briefing(MONDAY).result)
    said = {one.title: one.sentences for one in sections(facts, kind_names(), town_names())}
    week = [case for case in history if MONDAY <= _day(case) < MONDAY + timedelta(days=7)]
    before = [case for case in history if MONDAY - timedelta(days=7) <= _day(case) < MONDAY]
    four = [case for case in history if MONDAY - timedelta(days=28) <= _day(case) < MONDAY]

    total = said["一、总体情况"]
    change = len(week) - len(before)
    expected = [str(len(week)), str(len(before))]
    if change:
        expected += [str(abs(change)), f"{100 * change / len(before):+.1f}"]
    assert figures(total[0].text) == expected
    assert figures(total[1].text) == [f"{len(four) / 4:.1f}"]
    by_day = {
        day: sum(_day(case) == day for case in week) for day in (MONDAY + timedelta(days=n) for n in range(7))
    }
    most = max(by_day, key=lambda day: (by_day[day], -day.toordinal()))
    assert figures(total[2].text) == [str(most.month), str(most.day), str(by_day[most])]

    for title, key in (("二、事件类别", lambda case: case.classification[:3]),
                       ("三、镇办分布", lambda case: case.division_code[:9])):  # fmt: skip
        counted = sorted({one: sum(key(case) == one for case in week) for one in map(key, week)}.items(),
                         key=lambda pair: (-pair[1], pair[0]))  # fmt: skip
        first, now = counted[0]
        then = sum(key(case) == first for case in before)
        expected = [str(now), f"{100 * now / len(week):.1f}"]
        if now != then:
            expected += [str(abs(now - then)), *([f"{100 * (now - then) / then:+.1f}"] if then else [])]
        assert figures(said[title][0].text) == expected
        assert {**kind_names(), **town_names()}[first] in said[title][0].text


def test_handling_is_worked_out_again_from_the_cases(history: list[Case]):
    facts = from_json(make_briefing(MONDAY).result)
    said = {one.title: one.sentences for one in sections(facts, {}, {})}["四、办理情况"]
    sunday = MONDAY + timedelta(days=6)
    closed = [
        case
        for case in history
        if case.closed_at and MONDAY <= case.closed_at.astimezone(CHINA).date() <= sunday
    ]
    in_time = [case for case in closed if case.closed_at <= case.due_at]
    running = [case for case in history if _day(case) <= sunday
               and (case.closed_at is None or case.closed_at.astimezone(CHINA).date() > sunday)]  # fmt: skip
    overdue = [case for case in running if case.due_at.astimezone(CHINA).date() <= sunday]

    assert figures(said[0].text) == [
        str(len(closed)),
        str(len(in_time)),
        f"{100 * len(in_time) / len(closed):.1f}",
    ]
    assert figures(said[1].text) == [
        f"{median((one.closed_at - one.opened_at).total_seconds() for one in closed) / 3600:.1f}"
    ]
    assert figures(said[2].text) == [str(len(running)), str(len(overdue))]


def _day(case: Case) -> date:
    return case.opened_at.astimezone(CHINA).date()


def stated(found: tuple[Section, ...]) -> list[tuple[str, dict[str, str]]]:
    return [(sentence.text, sentence.numbers) for section in found for sentence in section.sentences]


counts = st.integers(0, 500)
pairs = st.dictionaries(st.sampled_from(["E01", "E03", "G03", "G05"]), st.tuples(counts, counts), max_size=4)


@given(counts, counts, pairs, pairs, st.lists(counts, min_size=7, max_size=7), counts, counts,
       st.none() | st.floats(0, 1e4), st.booleans())  # fmt: skip
def test_no_sentence_holds_a_figure_that_is_not_one_of_its_facts(
    opened: int, before: int, kinds: dict, towns: dict, daily: list[int], closed: int, running: int, hours: float | None,
    is_ahead: bool,
):  # fmt: skip
    ahead = [(MONDAY + timedelta(days=7 + n), 5.5 + n, 2.0, 9.0) for n in range(7)] if is_ahead else []
    facts = WeekFacts(
        MONDAY, MONDAY + timedelta(days=6), opened, before, before * 3, kinds, towns, tuple(daily), closed,
        closed // 2, hours, running, running // 3, ahead=ahead,
        clusters=[{"near": "村", "days": 3, "observed": 9, "expected": 2.25, "relative_risk": 4.0, "p": 0.004}],
        warnings=[{"town": "T", "kind": "E01", "observed": 12, "expected": 3.3, "upper": 8.0}],
    )  # fmt: skip

    for text, numbers in stated(sections(facts, {"E01": "市容环境类"}, {"T": "某镇"})):
        known = [figure for number in numbers.values() for figure in figures(number)]
        plain = (
            text.replace("E01", "").replace("E03", "").replace("G03", "").replace("G05", "")
        )  # codes that have no name here
        assert sorted(figures(plain)) == sorted(known), text


def test_a_quiet_week_is_said_to_be_quiet():
    facts = WeekFacts(MONDAY, MONDAY + timedelta(days=6), 0, 0, 0, {}, {}, (0,) * 7, 0, 0, None, 0, 0)

    texts = [text for text, _numbers in stated(sections(facts, {}, {}))]

    assert "本周没有新增。" in texts
    assert any("没有统计上显著" in text for text in texts)


def test_the_document_holds_every_sentence_and_charts_with_their_numbers(history: list[Case]):
    facts = from_json(make_briefing(MONDAY).result)
    found = sections(facts, kind_names(), town_names())

    made = docx.Document(BytesIO(briefing_docx(facts, found, "周报", "区委政法委")))

    texts = [paragraph.text for paragraph in made.paragraphs]
    assert all(text in texts for text, _numbers in stated(found))
    charts = [part for part in made.part.package.iter_parts() if "/charts/" in part.partname]
    assert len(charts) == sum(len(section.charts) for section in found) >= 3
    for part, chart in zip(charts, (chart for section in found for chart in section.charts), strict=True):
        root = etree.fromstring(part.blob)
        spaces = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
        drawn = root.xpath("//c:val//c:v/text()", namespaces=spaces)
        assert [float(one) for one in drawn] == [
            value for values in chart.series.values() for value in values
        ]
        assert part.rels


def test_a_week_that_is_not_over_has_no_briefing(history: list[Case]):
    assert make_briefing(date(2026, 11, 26)) is None


def test_a_briefing_stays_what_it_was_when_cases_change_later(history: list[Case]):
    first = make_briefing(MONDAY)
    first.refresh_from_db()
    Case.objects.all().delete()

    assert make_briefing(MONDAY).result == first.result


def test_facts_come_back_from_storage_as_they_were(history: list[Case]):
    made = make_briefing(MONDAY)
    said = sections(from_json(made.result), {}, {})
    made.refresh_from_db()

    assert sections(from_json(made.result), {}, {}) == said
    assert from_json(made.result).daily == tuple(made.result["daily"])
