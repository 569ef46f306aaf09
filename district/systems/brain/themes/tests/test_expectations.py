from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from district.kernel.datasets import classes
from district.systems.brain.themes.expectations import (
    OWED_SINCE,
    Expectation,
    Offer,
    answers,
    expectations,
    plain,
    standing,
)

WANTED = Expectation(
    "schools",
    "theme",
    "education",
    "学校基本信息",
    ("education",),
    ("学校标识码", "学校名称", "在校生数", "地址"),
)
AT = OWED_SINCE + timedelta(days=100)
OFFER = Offer(
    "education.schools", "中小学名录", "education", "", "education",
    frozenset({"学校标识码", "学校名称", "在校生数（人）", "地址"}),
    "yearly", is_delivered=True, published_at=OWED_SINCE + timedelta(days=10), renewed_at=OWED_SINCE + timedelta(days=11),
)  # fmt: skip


def test_every_theme_and_library_is_asked_for_something_and_each_once():
    found = expectations()
    assert {each.map for each in found if each.kind == "theme"} == set(classes.themes())
    assert {each.map for each in found if each.kind == "library"} == set(classes.libraries())
    assert len({each.key for each in found}) == len(found)
    assert all(each.units and all(each.fields) for each in found)


def test_nothing_offered_is_missing_since_the_plan():
    found = standing(WANTED, [], (), AT)
    assert (found.state, found.since, found.missing_fields) == ("missing", OWED_SINCE, WANTED.fields)


def test_each_step_towards_delivery_has_its_state_and_its_day():
    catalogued = replace(OFFER, is_delivered=False, renewed_at=None)
    assert standing(WANTED, [catalogued], (), AT).state == "catalogued"
    assert standing(WANTED, [catalogued], (), AT).since == OFFER.published_at
    assert standing(WANTED, [OFFER], (), AT).state == "delivered"
    partial = standing(WANTED, [replace(OFFER, fields=OFFER.fields - {"地址"})], (), AT)
    assert (partial.state, partial.missing_fields) == ("partial", ("地址",))
    daily = replace(OFFER, cycle="daily")
    late = standing(WANTED, [daily], (), AT)
    assert (late.state, late.since) == ("late", daily.renewed_at + timedelta(hours=48))
    gone = replace(OFFER, withdrawn_at=AT - timedelta(days=1))
    assert (standing(WANTED, [gone], (), AT).state, standing(WANTED, [gone], (), AT).since) == (
        "missing",
        gone.withdrawn_at,
    )
    assert standing(WANTED, [gone, OFFER], (), AT).state == "delivered"


def test_an_entry_answers_by_unit_and_map_and_by_name_or_fields():
    assert answers(WANTED, OFFER)
    assert answers(WANTED, replace(OFFER, title="学校信息", fields=frozenset()))
    assert not answers(WANTED, replace(OFFER, unit="health"))
    assert not answers(WANTED, replace(OFFER, theme="health"))
    assert not answers(WANTED, replace(OFFER, fields=frozenset({"学校名称"})))
    other = replace(OFFER, name="health.x", unit="health", theme="")
    assert standing(WANTED, [other], ("health.x",), AT).state == "delivered", "a steward has said so"


@given(st.text(max_size=30))
def test_a_plain_name_is_plain(text):
    assert plain(plain(text)) == plain(text) or plain(text)
    assert len(plain(text)) <= len(text)


@given(st.lists(st.sampled_from(WANTED.fields), unique=True), st.booleans())
def test_fields_found_and_missing_are_all_the_fields(fields, is_delivered):
    offer = replace(OFFER, title="学校", fields=frozenset(fields), is_delivered=is_delivered)
    found = standing(WANTED, [offer], (), AT)
    assert set(found.missing_fields) == set(WANTED.fields) - set(fields)
    assert (found.state == "delivered") == (is_delivered and len(fields) == len(WANTED.fields))
