"""Scores of deliveries, rules that block, and word of it when quality falls."""

from datetime import timedelta

import pytest

from district.kernel import clock
from district.kernel.datasets.duck import duck
from district.kernel.datasets.lake_rows import lake_sql
from district.kernel.datasets.models import QualityScore, Version
from district.kernel.datasets.quality import outcome
from district.kernel.datasets.quality.actions import add_rule, change_rule, suspend_rule
from district.kernel.datasets.quality.judging import check_of, items_of
from district.kernel.datasets.quality.trial import failing_sql
from district.kernel.datasets.tests.test_versions import batch, deliver, resource
from district.kernel.datasets.version_events import QualityFell
from district.kernel.datasets.versions import open_version, published
from district.kernel.people.refused import Refused
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_lake(monkeypatch, tmp_path):
    monkeypatch.setattr("district.kernel.home.lake", lambda: tmp_path)


@pytest.fixture
def told(monkeypatch):
    events = []
    monkeypatch.setattr(outcome, "publish", events.append)
    return events


def firms():
    found = resource(no="integer", name="text", started="date", ended="date", town="text")
    found.items.filter(name="town").update(holds="division")
    return found


def score_of(version):
    return QualityScore.objects.get(version=version)


def test_a_score_has_a_share_for_each_dimension_that_was_measured():
    to = firms()
    add_rule(to, None, kind="required", item="name")
    version = deliver(
        to,
        [(1, "甲", "370306"), (2, None, "37"), (2, "丙", None), (3, " ", "370306001")],
        names=("no", "name", "town"),
    )
    score = score_of(version)
    assert score.shares == {"completeness": 0.75, "conformity": pytest.approx(2 / 3), "uniqueness": 0.5}
    assert score.total == pytest.approx(100 * (0.75 + 2 / 3 + 0.5) / 3)
    assert score.rows == 4


RULES = [
    ("type", "name", {"type": "integer"}, ["12", None], ["x"]),
    ("range", "no", {"low": 1, "high": 5}, [1, 5, None], [0, 6]),
    ("range", "name", {"longest": 2}, ["甲乙"], ["甲乙丙"]),
    ("code", "name", {"values": ["甲", "乙"]}, ["甲", None], ["丙"]),
    ("code", "name", {"table": "GB/T 2261.1"}, ["1", "9"], ["3"]),
    ("pattern", "name", {"regex": "[A-Z]{2}"}, ["AB", None], ["ABC", "a"]),
    ("pattern", "name", {"name": "citizen_id"}, ["11010519491231002X", None], ["110105194912310021"]),
]


@pytest.mark.parametrize(("kind", "item", "parameters", "good", "bad"), RULES)
def test_failing_rows_are_counted_and_found(kind, item, parameters, good, bad):
    to = resource(place="integer", no="integer", name="text")
    rule = add_rule(to, None, kind=kind, item=item, parameters=parameters)
    values = [*good, *bad]
    version = deliver(to, list(enumerate(values)), names=("place", item))
    found = next(each for each in score_of(version).results if each["rule"] == rule.pk)
    assert (found["checked"], found["failing"]) == (sum(each is not None for each in values), len(bad))
    with duck() as engine:
        sql = failing_sql(check_of(rule), items_of(version), lake_sql(version), version.made_by)
        places = engine.execute(f"SELECT place FROM ({sql}) ORDER BY 1").fetchall()
    assert [place for (place,) in places] == [len(good) + each for each in range(len(bad))]


def test_a_condition_between_items_is_tried():
    to = firms()
    add_rule(to, None, kind="expression", parameters={"text": "started <= ended"})
    rows = [(1, "2020-01-01", "2021-01-01"), (2, "2022-01-01", "2021-01-01"), (3, "2022-01-01", None)]
    with open_version(to, "run-1") as draft:
        draft.write([batch(rows, "no", "started", "ended")])
        version = draft.publish()
    assert score_of(version).shares["consistency"] == pytest.approx(2 / 3)


def test_a_reference_is_tried_against_the_other_resource():
    towns = resource("tax.towns", code="text")
    deliver(towns, [("370306001",)], names=("code",))
    to = firms()
    add_rule(to, None, kind="reference", item="town", parameters={"resource": "tax.towns", "item": "code"})
    version = deliver(to, [(1, "370306001"), (2, "370306009"), (3, None)], names=("no", "town"))
    assert score_of(version).shares["consistency"] == 0.5


def test_a_blocking_rule_keeps_the_version_before_and_the_rows_that_broke_it():
    to = firms()
    first = deliver(to, [(1, "甲")])
    rule = add_rule(to, None, kind="required", item="name", is_blocking=True, least_share=0.9)
    with pytest.raises(Refused) as refused:
        deliver(to, [(1, None), (2, "乙")], run="run-2")
    assert refused.value.code == "quality"
    assert published(to) == first
    version = to.versions.get(number=2)
    assert version.state == Version.State.REFUSED
    assert score_of(version).is_blocked
    change_rule(rule, None, parameters={}, is_blocking=True, least_share=0.5)
    assert deliver(to, [(1, None), (2, "乙")], run="run-3").state == Version.State.PUBLISHED


def test_word_is_given_once_when_quality_falls(told):
    to = firms()
    add_rule(to, None, kind="required", item="name")
    deliver(to, [(1, "甲")], run="run-1")
    assert told == []
    deliver(to, [(1, None), (2, None)], run="run-2")
    deliver(to, [(1, None), (2, None)], run="run-3")
    (event,) = told
    assert isinstance(event, QualityFell)
    assert (event.resource_id, event.kind, event.total) == (to.pk, "completeness", pytest.approx(83.33))


def test_time_alone_makes_a_resource_late_once(told):
    to = firms()
    to.cycle = "daily"
    to.save()
    version = deliver(to, [(1, "甲")])
    assert outcome.note_lateness(to, version, clock.now()) is None
    late = clock.now() + timedelta(days=9)
    score = outcome.note_lateness(to, version, late)
    assert score.shares["timeliness"] == 0.0
    assert outcome.note_lateness(to, version, late + timedelta(hours=1)) is None
    assert [event.version_id for event in told] == [None]


def test_a_suspended_rule_is_not_tried():
    to = firms()
    rule = add_rule(to, None, kind="required", item="name")
    suspend_rule(rule, None)
    assert (
        "completeness" not in score_of(deliver(to, [(1, None)])).shares
        or score_of(to.versions.get()).shares["completeness"] == 1.0
    )


@pytest.mark.parametrize(
    ("kind", "item", "parameters", "code"),
    [
        ("odd", "name", {}, "unknown_kind"), ("required", "phone", {}, "unknown_item"), ("range", "no", {}, "bad_parameters"),
        ("range", "no", {"low": "x"}, "bad_parameters"), ("range", "no", {"longest": 3}, "bad_parameters"),
        ("code", "name", {"table": "无"}, "bad_parameters"), ("pattern", "name", {"regex": "("}, "bad_parameters"),
        ("pattern", "name", {"regex": "(?=a)"}, "bad_parameters"), ("pattern", "name", {"name": "x"}, "bad_parameters"),
        ("unique", "", {"items": ["phone"]}, "bad_parameters"), ("expression", "", {"text": "1"}, "bad_expression"),
        ("reference", "name", {"resource": "x.y", "item": "z"}, "bad_parameters"),
        ("freshness", "name", {"max_hours": 3}, "bad_parameters"), ("type", "name", {"type": "x"}, "bad_parameters"),
    ],
)  # fmt: skip
def test_an_unsound_rule_is_refused(kind, item, parameters, code):
    with pytest.raises(Refused) as refused:
        add_rule(firms(), None, kind=kind, item=item, parameters=parameters)
    assert refused.value.code == code


def test_only_the_provider_and_the_steward_make_rules():
    to = firms()
    provider = account("brain.provider", unit=to.provider, scope="own")
    other = account("brain.provider", unit=organisation("civil"), scope="own")
    assert add_rule(to, provider, kind="required", item="name").changed_by == provider
    assert add_rule(to, account("brain.steward"), kind="required", item="name").pk
    with pytest.raises(Refused) as refused:
        add_rule(to, other, kind="required", item="name")
    assert refused.value.code == "not_yours"
