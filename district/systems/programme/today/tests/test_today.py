"""今日: rooms are gathered, a room that fails says so, what is new since the last look is marked."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from district.kernel.clock import now, stopped_at
from district.systems.programme.meetings.seed import show
from district.systems.programme.meetings.tests.people import cast
from district.systems.programme.models import AppraisalYear, Decision, SupervisionLetter, TodayVisit
from district.systems.programme.today import lines as gathering
from district.systems.programme.today.lines import Kind, Line, collect
from district.systems.programme.today.pages import is_new, seen_before

AT = now()


def test_lines_are_by_kind_and_the_newest_first(monkeypatch):
    found = [
        Line(Kind.LATE, "早", "", AT - timedelta(days=3)),
        Line(Kind.INCIDENT, "事件", "", AT),
        Line(Kind.LATE, "晚", "", AT),
    ]
    monkeypatch.setattr(
        gathering.importlib, "import_module", lambda name: SimpleNamespace(lines=lambda at: found)
    )
    assert [line.text for line in collect(AT, ("meetings",))] == ["事件", "晚", "早"]


def test_a_room_that_fails_says_so_and_hides_no_other(monkeypatch):
    def imported(name):
        if ".tasks." in name:
            raise RuntimeError("no")
        return SimpleNamespace(lines=lambda at: [Line(Kind.RED, "转红", "")])

    monkeypatch.setattr(gathering.importlib, "import_module", imported)
    assert [line.kind for line in collect(AT, ("tasks", "meetings"))] == [
        Kind.INCIDENT,
        Kind.RED,
    ]


def test_new_is_what_became_so_since_the_last_look():
    since = AT - timedelta(days=4)
    known = {days: is_new(Line(Kind.RED, "", "", AT - timedelta(days=days)), since, AT) for days in (1, 3, 5)}
    assert known == {1: True, 3: True, 5: False}
    assert not is_new(Line(Kind.RED, "", ""), since, AT)


@pytest.mark.django_db
def test_looking_again_soon_is_the_same_visit():
    leader = cast().leader
    assert seen_before(leader, AT) is None
    assert seen_before(leader, AT + timedelta(minutes=5)) is None
    later = AT + timedelta(days=2)
    assert seen_before(leader, later) == AT + timedelta(minutes=5)
    assert seen_before(leader, later + timedelta(minutes=5)) == AT + timedelta(minutes=5)
    assert TodayVisit.objects.count() == 1


@pytest.mark.django_db
def test_the_demonstration_is_made_by_the_doors_once_and_each_line_leads_to_its_records(client):
    people = cast()
    show(people)
    show(people)
    assert (Decision.objects.count(), SupervisionLetter.objects.count()) == (4, 2)
    assert list(AppraisalYear.objects.values_list("state", flat=True)) == ["published", "final"]
    with stopped_at(now()):
        found = collect(now(), ("meetings", "supervision"))
    assert {line.kind for line in found} == {Kind.PROMISED, Kind.LATE}
    assert all(line.is_simulated for line in found)
    client.force_login(people.leader)
    said = client.get(reverse("programme:today")).content.decode()
    for line in found:
        assert line.url in said
        assert client.get(line.url).status_code == 200
    client.force_login(people.liaison)
    assert client.get(reverse("programme:today")).status_code == 403
