import random
from collections import Counter
from datetime import datetime, timedelta

import pytest

from district.kernel.cases import actions
from district.kernel.cases.flow import END, START, directly_follows
from district.kernel.cases.flow_conformance import conformance
from district.kernel.cases.flow_delays import delays
from district.kernel.cases.flow_net import net_of
from district.kernel.cases.indicator_queries import (
    Period,
    conditions,
    counts,
    counts_by,
    evidence,
    finished,
    happenings,
    stays,
    traces,
)
from district.kernel.cases.indicators import CASE_INDICATORS, CaseFacts, grade, measured, score, sets_of
from district.kernel.cases.models import Case, Entry, Extension, Task
from district.kernel.clock import CHINA, stopped_at
from district.testing.people import account, organisation
from district.testing.procedures import CLERK, HANDLER

NOVEMBER = (datetime(2026, 11, 1, tzinfo=CHINA), datetime(2026, 12, 1, tzinfo=CHINA))
PERIOD = Period(*NOVEMBER)


def on(day: int, hour: int = 10, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=CHINA)


def facts(
    due: datetime | None, closed: datetime | None, state: str = "", opened: datetime | None = None, **more
) -> CaseFacts:
    return CaseFacts(
        opened or on(20, month=10), due, closed, state or ("closed" if closed else "open"), **more
    )


@pytest.mark.parametrize(
    ("case", "sets"),
    [
        (facts(on(5), on(4)), {"due", "done", "on_time", "closed", "first_time"}),
        (facts(on(5), on(6)), {"due", "done", "late_done", "closed", "first_time"}),
        (facts(on(5), None), {"due", "late_open"}),
        (facts(on(28, month=10), on(2)), {"due", "done", "late_done", "closed", "first_time"}),
        (facts(on(28, month=10), on(30, month=10)), set()),
        (facts(on(5), on(2, month=12)), {"due", "late_open"}),
        (facts(on(5, month=12), on(20)), {"closed", "first_time"}),
        (facts(on(5), None, "suspended"), {"suspended"}),
        (facts(on(5), None, "cancelled"), set()),
        (facts(on(5), on(4), rounds=2), {"due", "done", "on_time", "reworked", "closed"}),
        (facts(on(5), on(4), returns=1), {"due", "done", "on_time", "reworked", "closed", "returned"}),
        (
            facts(on(5), on(4), is_extended=True),
            {"due", "done", "on_time", "extended", "closed", "first_time"},
        ),
        (facts(None, None, opened=on(3)), {"opened"}),
    ],
)
def test_a_case_counts_where_the_definition_puts_it(case: CaseFacts, sets: set[str]):
    assert sets_of(case, *NOVEMBER) - {"closed_of_due", "due_or_suspended"} == sets


def test_rates_and_score_by_hand():
    counted = {
        "due": 10,
        "done": 8,
        "on_time": 6,
        "late_done": 2,
        "late_open": 2,
        "reworked": 2,
        "satisfied": 3,
        "satisfied_known": 4,
    }
    values = {each.indicator.key: each.value for each in measured(counted)}
    assert (values["on_time"], values["handled"], values["late"], values["late_open"]) == (0.6, 0.8, 0.2, 2)
    assert (values["rework"], values["satisfied"], values["solved"]) == (0.25, 0.75, None)
    assert score(counted) == pytest.approx(100 * (0.6 * 0.6 + 0.2 * 0.75 + 0.2 * 0.8))
    assert [grade(points) for points in (90, 89.9, 70, 60, 0, None)] == ["A", "B", "C", "D", "E", ""]
    assert score({}) is None


def test_every_indicator_reads_sets_that_are_counted():
    known = conditions(PERIOD)
    assert {each.part for each in CASE_INDICATORS} | {each.whole for each in CASE_INDICATORS} - {""} <= set(
        known
    )


@pytest.mark.django_db
def test_the_database_counts_as_the_definitions_say(version):
    chance = random.Random(15)
    made: list[CaseFacts] = []
    for index in range(250):
        opened = NOVEMBER[0] + timedelta(hours=chance.uniform(-1500, 700))
        due = chance.choice([None, opened + timedelta(hours=chance.uniform(1, 900))])
        closed = chance.choice([None, opened + timedelta(hours=chance.uniform(1, 1200))])
        state = (
            chance.choice(["closed", "cancelled"]) if closed else chance.choice(["open", "suspended", "open"])
        )
        fact = CaseFacts(
            opened,
            due,
            closed,
            state,
            chance.choice([1, 1, 2]),
            chance.choice([0, 0, 1]),
            chance.random() < 0.2,
        )
        made.append(fact)
        case = Case.objects.create(
            number=f"N{index}", system="trial", procedure="plain", version=version, idempotency_key=str(index), title="x",
            channel="department", opened_at=opened, due_at=due, closed_at=closed, state=state,
        )  # fmt: skip
        Task.objects.create(case=case, name="a", key="a", node=1, round=fact.rounds, role=CLERK, state="done")
        if fact.returns:
            Entry.objects.create(case=case, act="return")
        if fact.is_extended:
            Extension.objects.create(case=case, amount=1, reason="x", is_granted=True, decided_at=opened)
    for period in (PERIOD, Period(on(10), on(12)), Period(on(1, month=10), on(1))):
        expected: Counter[str] = Counter()
        for fact in made:
            expected.update(sets_of(fact, period.start, period.until))
        counted = counts(Case.objects.all(), period)
        for name in set(expected) | {"due", "on_time", "late_open", "suspended", "extended"}:
            assert counted[name] == expected[name], name
            assert evidence(Case.objects.all(), period, name).count() == expected[name]
    assert (
        sum(row["due"] for _, row in counts_by(Case.objects.all(), PERIOD, "channel"))
        == counts(Case.objects.all(), PERIOD)["due"]
    )


@pytest.fixture
def played(version):
    """Three cases: as drawn, returned once, and checked twice; one is called back."""
    unit = organisation("road", name="道路处")
    with stopped_at(on(1)):
        clerk, handler = account(CLERK), account(HANDLER, unit=unit, scope="own")
    cases = []
    for index in range(3):
        with stopped_at(on(2 + index, 9)):
            case = actions.open_case(
                system="trial", procedure="plain", idempotency_key=str(index), title="x", channel="hotline"
            )
            _complete(case, clerk, on(2 + index, 10), {"organisation": "road"})
            _complete(case, handler, on(2 + index, 14), {})
            if index == 1:
                with stopped_at(on(3, 15)):
                    actions.return_task(_task(case), clerk, "照片不清")
                _complete(case, handler, on(3, 16), {})
            if index == 2:
                _complete(case, clerk, on(4, 15), {"passed": False})
                _complete(case, clerk, on(4, 16), {"organisation": "road"})
                _complete(case, handler, on(4, 17), {})
            _complete(case, clerk, on(5 + index, 9), {"passed": True})
            with stopped_at(on(9)):
                actions.call_back(case, clerk, is_reached=True, is_solved=True, is_satisfied=index != 0)
        cases.append(case)
    return cases


def _task(case: Case) -> Task:
    return Task.objects.get(case=case, state__in=("ready", "claimed"))


def _complete(case: Case, who, at: datetime, form: dict) -> None:
    with stopped_at(at):
        actions.complete(_task(case), who, form)


@pytest.mark.django_db
def test_indicators_are_found_from_what_was_done(played):
    counted = counts(Case.objects.all(), PERIOD)
    assert {name: counted[name] for name in ("due", "on_time", "reworked", "closed", "first_time", "returned")} == {
        "due": 3, "on_time": 3, "reworked": 2, "closed": 3, "first_time": 1, "returned": 1,
    }  # fmt: skip
    assert (counted["satisfied"], counted["satisfied_known"], counted["solved"], counted["from_public"]) == (
        2,
        3,
        3,
        3,
    )


@pytest.mark.django_db
def test_the_flow_is_found_from_the_timeline(played, version):
    everything = Case.objects.all()
    graph = directly_follows(happenings(everything, PERIOD), finished(everything, PERIOD))
    assert graph.activities == {"accept": 4, "handle": 5, "check": 4}
    assert graph.arc(START, "accept").count == graph.arc("check", END).count == 3
    assert graph.arc("check", "accept").count == 1
    assert graph.arc("handle", "handle").count == 1
    found = conformance(net_of(version.bpmn), traces(everything, PERIOD))
    assert [(each.case, each.kind, each.step) for each in found.deviations] == [
        (played[1].pk, "returned", "check")
    ]


@pytest.mark.django_db
def test_stays_and_delays_are_found_from_the_tasks(played):
    by_step = {each.key: each for each in delays(stays(Case.objects.all(), PERIOD), on(20))}
    assert {key: each.done for key, each in by_step.items()} == {"accept": 4, "handle": 5, "check": 5}
    assert by_step["check"].returned_share == pytest.approx(1 / 5)
    assert by_step["accept"].median_hours == pytest.approx(1)
    by_post = delays(stays(Case.objects.all(), PERIOD), on(20), by=lambda stay: stay.role)
    assert {each.key for each in by_post} == {CLERK, HANDLER}
