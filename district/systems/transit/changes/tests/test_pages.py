"""A change typed, looked at, published, amended, ended; by those who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from district.kernel.clock import CHINA, now, stopped_at
from district.systems.transit.changes import actions, queries
from district.systems.transit.changes.applying import planned_on
from district.systems.transit.editions.queries import schedule_in_force
from district.systems.transit.models import Change
from district.systems.transit.tests.editions import town_edition
from district.testing.people import account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _timetable() -> None:
    town_edition()


@pytest.fixture
def dispatcher(client: Client) -> Client:
    client.force_login(account("transit.dispatcher"))
    return client


def stop_on(line: str, place: int = 2) -> str:
    return schedule_in_force().by_route[line][0].pattern.stop_ids[place]


def typed(**fields) -> actions.Typed:
    begin = now().replace(second=0, microsecond=0)
    return actions.Typed(**{"kind": "skip", "begin_at": begin - timedelta(hours=1), "end_at": begin + timedelta(hours=5),
                            "lines": ("line-o",), "stops": (stop_on("line-o"),), **fields})  # fmt: skip


def test_a_sentence_becomes_a_form_a_preview_and_a_published_change(dispatcher: Client):
    sentence = {"sentence": "1路今天不停靠s5，道路施工"}
    form = dispatcher.get("/transit/changes/new/", sentence)
    assert "站点停靠取消" in form.content.decode()
    begin = now().astimezone(CHINA)
    given = {"lines": ["line-o"], "direction": "", "stops": ["s5"], "cause": "10", "severity": "3",
             "begin_at": f"{begin:%Y-%m-%dT00:00}", "end_at": f"{begin + timedelta(days=1):%Y-%m-%dT00:00}"}  # fmt: skip
    shown = dispatcher.post("/transit/changes/new/?kind=skip", given).content.decode()
    assert "1路不停靠s5" in shown
    assert "NO_SERVICE" in shown
    assert "because of road works" in shown
    assert not Change.objects.exists()
    done = dispatcher.post("/transit/changes/new/?kind=skip", {**given, "act": "publish"})
    change = Change.objects.get()
    assert done.url == f"/transit/changes/{change.pk}/"
    assert change.state == "published"
    assert "1路不停靠s5" in dispatcher.get(done.url).content.decode()


def test_the_form_of_every_kind_opens_and_says_what_is_missing(dispatcher: Client):
    for kind in Change.Kind.values:
        assert dispatcher.get(f"/transit/changes/new/?kind={kind}").status_code == 200
        given = {"begin_at": "2026-03-04T08:00", "cause": 1, "severity": 3}
        answer = dispatcher.post(f"/transit/changes/new/?kind={kind}", given)
        assert "处需要修改" in answer.content.decode()
    assert not Change.objects.exists()


def test_times_of_departure_become_trips_and_unknown_ones_are_named(dispatcher: Client):
    day = now().astimezone(CHINA) + timedelta(days=1)
    trips = [trip for trip in schedule_in_force().by_route["line-o"]
             if trip.direction == "0" and schedule_in_force().calendar.runs(trip.service_id, day.date())]  # fmt: skip
    seconds = int(trips[3].departures[0])
    departs = f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
    given = {"lines": ["line-o"], "direction": "0", "cause": 1, "severity": 3, "begin_at": f"{day:%Y-%m-%d}T00:00",
             "act": "draft"}  # fmt: skip
    wrong = dispatcher.post("/transit/changes/new/?kind=cancel", {**given, "departures": f"{departs} 03:33"})
    assert "没有 03:33 发车的班次" in wrong.content.decode()
    dispatcher.post("/transit/changes/new/?kind=cancel", {**given, "departures": departs})
    assert Change.objects.get().trips == [trips[3].trip_id]
    dispatcher.post("/transit/changes/new/?kind=extra", {**given, "departures": "08:07"})
    assert Change.objects.first().details["starts"] == ["08:07"]


def test_an_amendment_keeps_the_number_and_makes_the_texts_anew(dispatcher: Client):
    change = actions.announce(typed(), None)
    assert actions.typed_of(change).title == ""
    assert dispatcher.get(f"/transit/changes/{change.pk}/amend/").status_code == 200
    other = actions.amend(change, typed(stops=(stop_on("line-o", 5),)), None)
    name = schedule_in_force().stops[stop_on("line-o", 5)].name
    assert (other.pk, name in other.title) == (change.pk, True)
    own = actions.amend(other, typed(title="请到对面候车"), None)
    assert actions.typed_of(own).title == "请到对面候车"
    assert actions.typed_of(own).text == ""


def test_an_ended_change_holds_no_longer_but_the_past_stays_what_it_was():
    change = actions.announce(typed(), None)
    assert [each.pk for each in queries.in_force()] == [change.pk]
    actions.end(change, None)
    assert queries.in_force(now() + timedelta(seconds=1)) == []
    assert [each.pk for each in queries.in_force(now() - timedelta(minutes=30))] == [change.pk]


def test_a_change_ended_before_it_begins_never_held():
    change = actions.announce(typed(begin_at=now() + timedelta(hours=1)), None)
    actions.end(change, None)
    assert queries.in_force(now(), now() + timedelta(hours=9)) == []


def test_drafts_change_no_trip_and_a_change_that_is_over_is_not_published():
    change = actions.make(typed(), None)
    assert queries.in_force() == []
    over = actions.make(typed(begin_at=now() - timedelta(hours=3), end_at=now() - timedelta(hours=1)), None)
    with pytest.raises(actions.Refused):
        actions.release(over, None)
    assert actions.release(change, None).state == "published"


def test_publishing_is_heard_and_changes_the_trips_of_the_day_at_once():
    day = now().astimezone(CHINA).date()
    noon = now().astimezone(CHINA).replace(hour=12, minute=0, second=0, microsecond=0)
    with stopped_at(noon - timedelta(hours=2)):
        change = actions.announce(typed(begin_at=noon, end_at=noon + timedelta(hours=3)), None)
        trips = planned_on(
            schedule_in_force(), day, [queries.told(each) for each in queries.in_force(noon, noon)]
        )
        assert any(planned.skipped and planned.changes == (change.pk,) for planned in trips)
        assert [planned.key for planned in queries.trips_of(day)] == [planned.key for planned in trips]


def test_readers_see_and_do_not_change(client: Client):
    change = actions.announce(typed(), None)
    client.force_login(account("transit.reader"))
    assert client.get(f"/transit/changes/{change.pk}/").status_code == 200
    assert client.post(f"/transit/changes/{change.pk}/end").status_code == 403
    assert client.get("/transit/changes/new/").status_code == 403
