"""The light of a task follows from its milestones and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ..progress import Light, Reason, Step, as_steps, curve, done_share, finished_on, planned_share, standing

TODAY = date(2026, 11, 27)
AHEAD = date(2027, 12, 31)
DAYS = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))


@st.composite
def steps(draw: st.DrawFn, least: int = 0) -> list[Step]:
    found = []
    for key in range(draw(st.integers(least, 6))):
        begins_on = draw(DAYS)
        first = begins_on + timedelta(days=draw(st.integers(0, 200)))
        due_on = first + timedelta(days=draw(st.sampled_from((0, 0, 60))))
        done_on = draw(st.none() | st.integers(-300, 0).map(lambda days: TODAY + timedelta(days=days)))
        found.append(
            Step(key, begins_on, due_on, first, draw(st.integers(1, 9)), done_on, draw(st.booleans()))
        )
    return found


def step(key: int, due: int, done: int | None = None, **more: object) -> Step:
    due_on = TODAY + timedelta(days=due)
    done_on = TODAY + timedelta(days=done) if done is not None else None
    return Step(key, due_on - timedelta(days=30), due_on, due_on, done_on=done_on, **more)  # type: ignore[arg-type]


def codes(found: list[Step], plan_due_on: date = AHEAD) -> tuple[Light, list[str]]:
    seen = standing(found, plan_due_on, TODAY)
    return seen.light, [reason.code for reason in seen.reasons]


def test_without_milestones_nothing_is_known():
    assert codes([]) == (Light.GREY, ["no_milestones"])
    assert standing([], AHEAD, TODAY).percent is None


def test_what_is_done_and_ahead_is_green():
    assert codes([step(1, -100, -110), step(2, 100)]) == (Light.GREEN, [])
    assert codes([step(1, -100, -10)], date(2021, 9, 30)) == (Light.GREEN, ["all_done"])


def test_a_milestone_a_little_late_is_amber_and_long_late_is_red():
    assert codes([step(1, -30), step(2, -90, -95), step(3, -90, -95), step(4, 90)]) == (
        Light.AMBER,
        ["milestone_late"],
    )
    light, reasons = codes([step(1, -31), step(2, -90, -95), step(3, -90, -95), step(4, 90)])
    assert (light, reasons) == (Light.RED, ["milestone_late"])


def test_what_is_due_soon_is_amber_until_it_is_handed_in():
    near = step(1, 10)
    assert codes([near, step(2, -50, -50)]) == (Light.AMBER, ["milestone_near"])
    assert codes([replace(near, is_handed_in=True), step(2, -50, -50)])[0] is Light.GREEN


def test_the_plan_s_day_stays_whatever_was_granted():
    past = date(2021, 9, 30)
    assert codes([step(1, 200), step(2, -300, -300)], past) == (Light.AMBER, ["plan_day_past"])
    assert codes([step(1, -5), step(2, -300, -300), step(3, -300, -300)], past)[0] is Light.RED


def test_far_behind_the_plan_is_red():
    seen = standing([step(1, -20), step(2, -20), step(3, 200)], AHEAD, TODAY)
    assert (seen.light, seen.reasons[0]) == (Light.RED, Reason("behind", 67))


@given(steps(), DAYS)
def test_shares_are_shares_and_grow_with_time(found: list[Step], on: date):
    for share in (done_share, planned_share):
        now, later = share(found, on), share(found, on + timedelta(days=40))
        if not found:
            assert now is None
        else:
            assert now is not None
            assert later is not None
            assert 0 <= now <= later <= 1


@given(steps(1), st.integers(0, 5), st.sampled_from((AHEAD, date(2021, 9, 30))))
def test_doing_a_milestone_never_makes_the_light_worse(found: list[Step], which: int, plan_due_on: date):
    order = [Light.RED, Light.AMBER, Light.GREEN]
    index = which % len(found)
    better = [*found[:index], replace(found[index], done_on=TODAY), *found[index + 1 :]]
    before, after = (standing(each, plan_due_on, TODAY).light for each in (found, better))
    assert order.index(after) >= order.index(before)


@given(steps(1), st.permutations(range(6)))
def test_the_order_of_milestones_does_not_matter(found: list[Step], order: list[int]):
    shuffled = [found[index] for index in order if index < len(found)]
    assert standing(found, AHEAD, TODAY) == standing(shuffled, AHEAD, TODAY)


@given(steps(1))
def test_the_curve_ends_where_the_standing_is(found: list[Step]):
    points = curve(found, TODAY)
    assert [day for day, *_rest in points] == sorted({day for day, *_rest in points})
    assert next(done for day, _first, _now, done in points if day == TODAY) == done_share(found, TODAY)
    assert points[-1][2] == 1
    steps_of_it = as_steps(points)
    assert [point for point in steps_of_it if point in points] == points
    assert len({day for day, *_rest in steps_of_it}) == len(steps_of_it)


@given(steps(1))
def test_a_task_is_finished_when_its_last_milestone_is(found: list[Step]):
    finished = finished_on(found)
    assert (finished is not None) == all(each.done_on for each in found)
    if finished:
        assert done_share(found, finished) == 1
        assert done_share(found, finished - timedelta(days=1)) != 1
