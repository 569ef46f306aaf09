"""Classes from descriptions alone, and what corrections add."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import f1_score

from district.systems.governance.reading.classes import ReportClass, national_classes, read_classes
from district.systems.governance.reading.classification import Classifier
from district.systems.governance.reports.written import phrasings, written_reports


@pytest.fixture(scope="module")
def national() -> Classifier:
    return Classifier(national_classes())


def test_the_national_list_is_complete():
    counted = {
        kind: sum(one.kind == kind for one in national_classes()) for kind in ("event", "component", "grid")
    }
    assert counted == {"event": 47, "component": 84, "grid": 12}
    assert all(one.name and one.synonyms for one in national_classes())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("大街路口路灯不亮", "C0118"),
        ("井盖丢了很危险", "C0114"),
        ("半夜工地施工吵得睡不着", "E0301"),
        ("楼下烧烤摊油烟大", "E0510"),
        ("老板拖欠农民工工资", "G01"),
        ("路口红绿灯不亮", "C0210"),
        ("化工厂夜间偷排废气刺鼻", "G05"),
    ],
)
def test_a_plain_report_is_read_without_any_training(national: Classifier, text: str, code: str):
    first = national.propose(text)[0]
    assert first.code == code
    assert first.words
    assert all(word in text for word in first.words)


def test_written_reports_are_read_cold_and_confidence_means_what_it_says(national: Classifier):
    reports = written_reports(400, seed=7)
    texts, right = [one.text for one in reports], np.array([one.code for one in reports])
    chances = np.exp(national.log_probabilities(texts))
    given = national.codes[chances.argmax(axis=1)]
    assert f1_score(right, given, average="macro", labels=sorted(phrasings()), zero_division=0) > 0.8
    assert abs(chances.max(axis=1).mean() - (given == right).mean()) < 0.08
    assert chances.sum(axis=1) == pytest.approx(1.0)


def test_a_text_that_says_nothing_gets_no_confidence(national: Classifier):
    assert national.propose("嗯嗯")[0].confidence < 0.05
    assert national.propose("")[0].confidence < 0.05


def test_a_hint_of_the_kind_tips_a_balance(national: Classifier):
    held = {one.code: one for one in national_classes()}
    assert held[national.propose("路灯", kind="component")[0].code].kind == "component"
    plain = {one.code: one.confidence for one in national.propose("污水冒出来", top=143)}
    hinted = {one.code: one.confidence for one in national.propose("污水冒出来", kind="event", top=143)}
    assert hinted["E0404"] > plain["E0404"]


def own_words() -> list[ReportClass]:
    return [
        ReportClass("a", "路面", "路 面"),
        ReportClass("b", "水管", "水 管"),
        ReportClass("c", "树木", "树 木"),
    ]


def test_corrections_teach_words_no_description_has():
    reader = Classifier(own_words())
    reader.learn(["甲乙丙丁出现问题"] * 3 + ["戊己庚辛出现问题"] * 3, ["a"] * 3 + ["b"] * 3)
    assert reader.predict(["甲乙丙丁", "戊己庚辛"]) == ["a", "b"]
    assert reader.learned_from == 6


def test_a_class_nobody_corrected_to_stays_possible():
    reader = Classifier(own_words())
    reader.learn(["甲乙丙丁出现问题"] * 5, ["a"] * 5)
    assert reader.predict(["树木倒了 树木"]) == ["c"]


def test_no_corrections_is_the_cold_reader():
    reader, learned = Classifier(own_words()), Classifier(own_words())
    learned.learn([], [])
    texts = ["水管坏了", "路面坏了"]
    assert np.allclose(reader.log_probabilities(texts), learned.log_probabilities(texts))


def test_corrections_to_classes_no_longer_listed_are_left_out():
    reader = Classifier(own_words())
    reader.learn(["甲", "乙"], ["gone", "a"])
    assert reader.learned_from == 1


def test_classes_need_different_codes():
    with pytest.raises(ValueError, match="different codes"):
        Classifier([ReportClass("a", "甲"), ReportClass("a", "乙")])


def test_any_table_of_classes_is_read():
    rows = [{"code": "1", "name": "道路", "synonyms": "马路 公路"}, {"code": "2", "name": "水"}]
    classes = read_classes(rows)
    assert classes[0].synonyms == ("马路", "公路")
    assert Classifier(classes).predict(["公路坏了"]) == ["1"]
