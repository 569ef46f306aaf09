"""A task goes down to the villages and its results come up."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.alerts.models import Notice
from district.kernel.clock import CHINA, now, stopped_at
from district.kernel.people.refused import Refused
from district.systems.affairs.matters import actions, queries
from district.systems.affairs.matters.actions import Asked
from district.systems.affairs.matters.standing import Standing, due_after, standing
from district.systems.affairs.models import Piece

from .filling import TOWN, VILLAGES, form_of, posts, submission, units

MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=CHINA)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(CHINA))


@given(
    state=st.sampled_from(["open", "returned", "handed_in", "accepted"]), at=MOMENTS, handed_in_at=MOMENTS,
    times=st.lists(MOMENTS, min_size=2, max_size=2).map(sorted),
)  # fmt: skip
def test_a_piece_is_missing_from_its_deadline_until_it_is_handed_in(state, at, handed_in_at, times):
    warn, late = times
    piece = Piece(state=state, warn_at=warn, late_at=late, handed_in_at=handed_in_at)

    found = standing(piece, at)

    is_in = state in ("handed_in", "accepted")
    assert (found in (Standing.ON_TIME, Standing.LATE)) == is_in
    assert (found is Standing.MISSING) == (not is_in and at >= late)
    assert not is_in or (found is Standing.LATE) == (handed_in_at >= late)


@pytest.fixture
def made(db):
    return units()


@pytest.fixture
def people(made):
    return posts(made)


def sent(made, people, **fields):
    asked = Asked(
        **{"title": "统计", "answer_kind": "number", "question": "户数", "working_days": 3, **fields}
    )
    return actions.issue(asked, made["agriculture"], [made[TOWN]], people["asker"])


def test_a_task_goes_down_over_the_town_and_comes_up_again(made, people):
    with stopped_at(MONDAY):
        task = sent(made, people)
        town = task.pieces.get()
        pieces = actions.pass_on(town, people["town"])
    assert [piece.division_code for piece in pieces] == list(VILLAGES)
    assert pieces[0].due_at == due_after(MONDAY, 3) == datetime(2026, 9, 10, 17, 30, tzinfo=CHINA)
    assert Notice.objects.filter(recipient=people["clerks"][0], title__contains="统计").count() == 1

    with stopped_at(MONDAY + timedelta(days=1)):
        for clerk, piece, number in zip(people["clerks"][:2], pieces, (5, 7), strict=False):
            actions.receive(piece, clerk)
            actions.hand_in(piece, clerk, number=Decimal(number))
    with stopped_at(MONDAY + timedelta(days=4, hours=9)):
        third = actions.hand_in(pieces[2], people["clerks"][2], number=Decimal(1))
        up = actions.hand_in(town, people["town"])
        actions.accept(up, people["asker"])
    assert standing(third, now()) is Standing.LATE
    assert list(pieces[0].steps.values_list("act", flat=True)) == ["issued", "received", "handed_in"]


def test_a_town_says_what_is_missing_before_it_hands_in(made, people):
    town = sent(made, people).pieces.get()
    actions.pass_on(town, people["town"])

    with pytest.raises(Refused) as refused:
        actions.hand_in(town, people["town"])

    assert refused.value.code == "missing_below"
    assert actions.hand_in(town, people["town"], note="三个村停电").state == "handed_in"


def test_what_is_sent_back_is_open_again_with_a_new_deadline(made, people):
    with stopped_at(MONDAY):
        town = sent(made, people).pieces.get()
        piece = actions.pass_on(town, people["town"])[0]
        actions.hand_in(piece, people["clerks"][0], number=Decimal(5))
    later = MONDAY + timedelta(days=10)
    with stopped_at(later):
        back = actions.return_piece(piece, people["town"], "数字对不上", working_days=1)
        assert standing(back, later) in (Standing.RETURNED, Standing.DUE_SOON)
        assert back.due_at > later
        again = actions.hand_in(back, people["clerks"][0], number=Decimal(6))
    assert (again.number, standing(again, later)) == (Decimal(6), Standing.ON_TIME)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda p, who: actions.hand_in(p, who["town"], number=Decimal(1)), "not_yours"),
        (lambda p, who: actions.hand_in(p, who["clerks"][1], number=Decimal(1)), "not_yours"),
        (lambda p, who: actions.hand_in(p, who["clerks"][0]), "no_number"),
        (lambda p, who: actions.accept(p, who["clerks"][0]), "not_yours"),
        (lambda p, who: actions.accept(p, who["town"]), "wrong_state"),
        (lambda p, who: actions.move_due(p, who["town"], 2, " "), "no_reason"),
        (lambda p, who: actions.pass_on(p, who["clerks"][0]), "not_below"),
    ],
)
def test_what_the_rules_forbid_is_refused_with_its_reason(made, people, act, code):
    piece = actions.pass_on(sent(made, people).pieces.get(), people["town"])[0]

    with pytest.raises(Refused) as refused:
        act(piece, people)

    assert refused.value.code == code


def test_a_form_task_is_handed_in_once_something_is_filled_in(made, people, client):
    form = form_of(made["agriculture"])
    task = sent(made, people, answer_kind="form", form=form)
    piece = actions.pass_on(task.pieces.get(), people["town"])[0]
    with pytest.raises(Refused, match="还没有填报"):
        actions.hand_in(piece, people["clerks"][0])

    client.force_login(people["clerks"][0])
    assert f"/forms/{form.pk}/fill/" in client.get(f"/affairs/tasks/pieces/{piece.pk}/").content.decode()

    submission(form, VILLAGES[0]).save()

    assert actions.hand_in(piece, people["clerks"][0]).state == "handed_in"


def test_nobody_sends_in_the_name_of_another_unit(made, people):
    with pytest.raises(Refused):
        actions.issue(Asked("x"), made[TOWN], [made[VILLAGES[0]]], people["asker"])


def test_the_clock_calls_once_before_and_once_after_the_deadline(made, people):
    with stopped_at(MONDAY):
        town = sent(made, people).pieces.get()
        actions.pass_on(town, people["town"])
    assert actions.call_by_the_clock(MONDAY) == 0
    assert actions.call_by_the_clock(MONDAY + timedelta(days=3)) == 4
    assert actions.call_by_the_clock(MONDAY + timedelta(days=3)) == 0
    with stopped_at(MONDAY + timedelta(days=5)):
        assert actions.call_by_the_clock(now()) == 4
        assert actions.call_by_the_clock(now()) == 0
        assert actions.remind(Piece.objects.filter(parent=town), people["town"]) == 3
        assert actions.remind(Piece.objects.filter(parent=town), people["town"]) == 0


def test_the_board_shows_the_worst_of_each_town_and_each_village_alone(made, people):
    with stopped_at(MONDAY):
        task = actions.issue(
            Asked("灌溉", answer_kind="done", working_days=3), made["agriculture"],
            [made[TOWN], *(made[code] for code in VILLAGES)], people["asker"],
        )  # fmt: skip
        first = task.pieces.get(division_code=VILLAGES[0])
        assert first.parent.organisation == made[TOWN]
        actions.hand_in(first, people["clerks"][0])
    late = MONDAY + timedelta(days=5)

    district = queries.board(people["manager"], late)
    town = queries.board(people["town"], late, within=TOWN)

    ((code, _name, (cell,)),) = district.rows
    assert (code, cell.standing, cell.done, cell.total) == (TOWN, Standing.MISSING, 1, 3)
    assert [row[2][0].standing for row in town.rows] == [
        Standing.ON_TIME,
        Standing.MISSING,
        Standing.MISSING,
    ]


def test_a_village_sees_its_own_piece_and_its_own_sums_only(made, people, client):
    task = sent(made, people)
    pieces = actions.pass_on(task.pieces.get(), people["town"])
    actions.hand_in(pieces[1], people["clerks"][1], number=Decimal(99))
    client.force_login(people["clerks"][0])

    assert client.get(f"/affairs/tasks/pieces/{pieces[1].pk}/").status_code == 404
    text = client.get(f"/affairs/tasks/{task.pk}/?at=").content.decode()
    assert "演示1村" in text
    assert "演示2村" not in text
    assert ">99<" not in text


def test_a_task_from_the_pages(made, people, client):
    client.force_login(people["asker"])
    given = {
        "organisation": made["agriculture"].pk, "title": "统计水井", "answer_kind": "number", "question": "水井",
        "unit": "眼", "working_days": 3, "units": [made[TOWN].pk], "is_straight": "on",
    }  # fmt: skip
    assert client.get("/affairs/tasks/new").status_code == 200
    page = client.post("/affairs/tasks/new", given, follow=True).content.decode()
    assert "统计水井" in page
    piece = Piece.objects.get(division_code=VILLAGES[0])

    client.force_login(people["clerks"][0])
    assert "水井（眼）" in client.get(f"/affairs/tasks/pieces/{piece.pk}/").content.decode()
    assert (
        "请填写数字"
        in client.post(f"/affairs/tasks/pieces/{piece.pk}/hand_in", {"hand_in-number": ""}).content.decode()
    )
    client.post(f"/affairs/tasks/pieces/{piece.pk}/hand_in", {"hand_in-number": "12"})
    assert "统计水井" in client.get("/affairs/tasks/").content.decode()

    client.force_login(people["town"])
    answer = client.post(
        f"/affairs/tasks/pieces/{piece.pk}/return",
        {"return-reason": "漏报", "return-working_days": "1"},
        follow=True,
    )
    assert "退回更正" in answer.content.decode()
    client.force_login(people["asker"])
    text = client.get(f"/affairs/tasks/{piece.assignment_id}/").content.decode()
    assert "下级相加与本级一致" in text
    assert client.post(f"/affairs/tasks/{piece.assignment_id}/end").status_code == 302
    piece.refresh_from_db()
    assert piece.assignment.ended_at is not None
