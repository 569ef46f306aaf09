"""The monthly briefing: made from records, the same bytes for the same records, kept as it was made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.db import ProgrammingError, transaction
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from district.kernel.clock import today

from ..briefing.actions import files_of, make_briefing
from ..briefing.facts import Facts, TaskLine, as_json, digest
from ..briefing.sections import sections
from ..months import month_of
from .people import Cast
from .test_acts import refused

FACTS = Facts(
    date(2026, 10, 1), date(2026, 10, 31),
    [TaskLine(11, "公交信息实时预报", "区交通运输局", "amber", 0.5, 0.8, "比计划落后"),
     TaskLine(12, "智慧应急（消防）", "区应急局", "grey", None, None, "尚未设定里程碑，无法判断")],
    late=[("公交信息实时预报", "平台上线", "2026-10-20", "区交通运输局")], late_units=[("王村镇", 2, 11)],
    reports=(1, 1, 0), indicators=[("实时预报率", 91.5, 90.0, "%"), ("自动监测率", None, 95.0, "%")],
)  # fmt: skip


def test_the_same_facts_are_the_same_files():
    first = files_of(FACTS, 1)
    assert files_of(replace(FACTS), 1) == first
    other = files_of(replace(FACTS, reports=(2, 0, 0)), 1)
    assert other[0] != first[0]
    assert other[1] != first[1]


def test_both_files_hold_tables_and_charts_with_their_numbers():
    document, slides = files_of(FACTS, 1)
    read = Document(BytesIO(document))
    assert "新型智慧城市建设重点工作月度简报（2026 年 10 月）" in [each.text for each in read.paragraphs]
    assert read.tables[0].rows[1].cells[1].text == "公交信息实时预报"
    charts = [part for part in read.part.package.iter_parts() if str(part.partname).startswith("/word/charts/")]
    deck = Presentation(BytesIO(slides))
    drawn = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == len(drawn) == 3
    assert list(drawn[1].plots[0].categories) == ["11"]
    assert [list(each.values) for each in drawn[1].series] == [[80.0], [50.0]]
    assert any(shape.has_table for slide in deck.slides for shape in slide.shapes)


def test_what_is_not_known_is_not_a_number():
    table = sections(FACTS)[5].table
    assert table[2] == ["自动监测率", "无数据", "95 %"]
    assert sections(FACTS)[1].table[2][4:6] == ["—", "—"]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(("red", "amber", "green", "grey")), st.none() | st.floats(0, 1)), max_size=21))
def test_every_task_is_counted_once(rows: list[tuple[str, float | None]]):
    tasks = [TaskLine(n, f"工作{n}", "单位", light, done, done, "") for n, (light, done) in enumerate(rows, 1)]
    facts = replace(FACTS, tasks=tasks)
    overview, listed = sections(facts)[:2]
    assert overview.chart is not None
    assert sum(overview.chart.series["项"]) == len(tasks)  # type: ignore[arg-type]
    assert len(listed.table) == len(tasks) + 1
    assert digest(as_json(facts)) == digest(as_json(replace(facts)))


@pytest.mark.django_db
def test_a_briefing_is_kept_and_another_is_another_edition():
    cast = Cast()
    cast.milestone("立项", -60, -40)
    refused("not_office", make_briefing, month_of(today()), cast.leader)
    refused("month", make_briefing, date(today().year + 1, 1, 1), cast.office)
    made = make_briefing(today(), cast.office)
    again = make_briefing(today(), cast.other)
    assert (made.edition, again.edition, made.digest) == (1, 2, again.digest)
    assert made.digest == digest(made.facts)
    assert made.document.name.endswith(".docx")
    with pytest.raises(ProgrammingError), transaction.atomic():
        type(made).objects.filter(pk=made.pk).update(edition=9)
    with pytest.raises(ProgrammingError), transaction.atomic():
        made.delete()
