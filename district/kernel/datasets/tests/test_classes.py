from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from district.kernel.datasets import classes, cycles
from district.kernel.datasets.models import Cycle
from district.kernel.datasets.slugs import slug_of


def test_the_guide_has_its_classes_and_ours_stand_under_them():
    levels = [item.level for item in classes.class_items()]
    assert (levels.count("1"), levels.count("2"), levels.count("3")) == (6, 12, 8)
    assert classes.category_of(library="population") == "101001"
    assert classes.category_of(theme="ecology") == "211001"
    assert classes.category_of(department="017") == "307017"
    assert len(classes.themes()) == 9
    assert classes.category_label("211001") == "主题信息资源 · 生态环保"


@given(st.integers(0, 98), st.from_regex(r"\A370306\d{3}(\d{3})?\Z"), st.integers(1, 10**6))
def test_a_code_is_taken_apart_as_it_was_put_together(order, division, serial):
    for section in (classes.department_section(order, ""), classes.department_section(order, division)):
        code = classes.parsed(f"{classes.category_of(department=section)}/{serial:06}")
        assert code is not None
        assert (code.level, code.item, code.section + code.detail, code.serial) == ("3", "07", section, serial)


def test_what_has_not_the_form_is_no_code():
    assert classes.parsed("312003-000017") is None
    assert classes.parsed("412003/000017") is None
    assert classes.parsed("312003/000017").serial == 17


def test_every_cycle_has_a_rule_and_something_is_late_only_past_its_age():
    assert set(cycles.cycle_rules()) == set(Cycle.values)
    renewed = datetime(2026, 3, 1, tzinfo=UTC)
    assert cycles.late_since("daily", renewed, renewed + timedelta(hours=48)) is None
    assert cycles.late_since("daily", renewed, renewed + timedelta(hours=49)) == renewed + timedelta(hours=48)
    assert cycles.late_since("irregular", renewed, renewed + timedelta(days=4000)) is None


def test_titles_read_as_slugs():
    assert slug_of("学校基本信息") == "xxjbxx"
    assert slug_of("学校基本信息", {"xxjbxx", "xxjbxx_2"}) == "xxjbxx_3"
    assert slug_of("2021年统计") == "x2021ntj"
    assert slug_of("……") == "x"
