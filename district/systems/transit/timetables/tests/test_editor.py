"""A planner makes a line from nothing on the pages, has it judged, publishes it; and changes one that runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from district.kernel.clock import today
from district.kernel.jobs.in_line import run_waiting
from district.kernel.people.refused import Refused
from district.testing.people import account

from ...editions import queries
from ...editions.tests.test_editions import changed
from ...models import Draft, DraftPattern, DraftService, DraftTrip, Edition
from ...schedule import read
from .. import actions, storing
from ..network import told
from ..reading import network_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(client: Client) -> Client:
    client.force_login(account("transit.planner"))
    return client


def post(client: Client, address: str, **fields: object) -> str:
    answer = client.post(address, {key.replace("__", "-"): value for key, value in fields.items()})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer.url


def test_a_line_is_made_judged_and_published_on_the_pages(planner: Client):
    year = today().year
    at = post(planner, "/transit/timetables/new", title="新线网", valid_from=today().isoformat(), valid_to=f"{year}-12-31",
              agency_id="bus", agency_name="演示公交", agency_url="https://example.org/")  # fmt: skip
    draft = Draft.objects.get()
    for number in range(4):
        post(planner, f"{at}stops/0/", key=f"s{number}", name=f"第{number}站", lat=36.8, lon=117.86 + number * 0.01)
    line = post(planner, f"{at}lines/new", key="L1", short_name="1路", kind="3", agency="bus", colour="1D6FB8",
                text_colour="FFFFFF")  # fmt: skip
    times = post(planner, f"{line}patterns/new", direction="0", stops="s0\ns1\ns2\ns3", path="117.86 36.8\n117.89 36.8")
    pattern = DraftPattern.objects.get()
    profiles = f"{at}patterns/{pattern.pk}/profiles/0/"
    shown = planner.get(profiles).content.decode()
    assert "# 第3站" in shown
    usual = shown.split('name="times"')[1].split(">", 1)[1].split("</textarea>")[0]
    post(planner, profiles, name="全天", from_s="00:00", to_s="30:00", times=usual)
    post(planner, profiles, name="早高峰", from_s="07:00", to_s="09:00", times=usual, minutes="20")
    post(planner, f"{times}?service=work", act="enter", text="06:00–20:30 每10分钟", headsign="第3站")
    post(planner, f"{times}?service=rest", act="enter", text="7:00-19:00 每20分", is_headway="on", headsign="第3站")
    post(planner, f"{times}?service=holiday", act="enter", text="8:00 9:00", headsign="第3站")
    back = f"{line}patterns/new?back={pattern.pk}"
    assert "s3\ns2\ns1\ns0" in planner.get(back).content.decode().replace("\r", "")
    work = DraftTrip.objects.filter(service__key="work")
    assert (work.count(), work.get(start_s=7 * 3600).profile.name) == (88, "早高峰")
    post(planner, line, act="blocks", blocks__service=DraftService.objects.get(key="work").pk, blocks__layover=5)
    assert work.exclude(block="").count() == 88
    post(planner, times, act="remove", trip=[work.get(start_s=6 * 3600).pk])
    for address in (at, f"{at}stops/", f"{at}stops.geojson", f"{at}days/", line, times, f"{at}patterns/{pattern.pk}/"):
        assert planner.get(address).status_code == 200, address
    upload = post(planner, f"{at}judge")
    run_waiting()
    assert planner.get(upload).status_code == 200
    edition = Edition.objects.get()
    assert [each for each in edition.notices if each["severity"] != "INFO" and "expiration" not in each["code"]] == []
    actions.editions.publish_edition(edition, None, edition.valid_from, edition.valid_to)
    timetable = queries.schedule_of(edition.pk)
    assert len(timetable.repeated) == 1
    assert {trip.headway_s for trip in timetable.trips.values() if trip.is_headway} == {1200.0}
    draft.refresh_from_db()
    assert draft.revision > 10


def test_an_edition_opened_changed_and_handed_in_keeps_all_that_was_not_touched(planner: Client):
    feed = changed({})
    edition = actions.editions.judge(actions.editions.receive(feed, title="现行", account=None)).edition
    at = post(planner, "/transit/timetables/from", edition=edition.pk)
    draft = Draft.objects.get()
    assert told(storing.network_of(draft)) == told(network_of(feed).network)
    stop = draft.draftstops.get(key="s5")
    post(planner, f"{at}stops/{stop.pk}/", key="s5", name="改名站", lat=36.8, lon=stop.lon, is_accessible="1")
    pattern = draft.draftpatterns.get(direction="0")
    actions.save_pattern(pattern, [each for each in pattern.stops if each != "s6"], pattern.path)
    after, before = read(actions.feed_of(draft)), read(feed)
    assert (after.stops["s5"].name, after.stops["s5"].is_accessible) == ("改名站", True)
    assert len(after.trips["o3"].pattern.stop_ids) == 13
    assert list(after.trips["o3"].departures) == [each for place, each in enumerate(before.trips["o3"].departures) if place != 6]
    assert (after.trips["b3"].departures == before.trips["b3"].departures).all()
    week, first, last = after.calendar.weekly["daily"]
    assert (len(week), first, last) == (7, draft.valid_from, draft.valid_to)


def test_what_is_in_use_stays_and_what_is_wrong_is_said(planner: Client):
    edition = actions.editions.judge(actions.editions.receive(changed({}), title="现行", account=None)).edition
    draft, left_out = actions.open_edition(edition, account("transit.planner"))
    assert left_out == {}
    for part in (draft.draftstops.get(key="s5"), draft.draftservices.get()):
        with pytest.raises(Refused):
            actions.remove_part(part)
    pattern = draft.draftpatterns.get(direction="0")
    refused = [(["s0", "nowhere"], "stop_unknown"), (["s0"], "pattern_too_short"), (["s0", "s0", "s1"], "stop_twice_in_a_row")]
    for stops, code in refused:
        with pytest.raises(Refused) as said:
            actions.save_pattern(pattern, stops, [])
        assert said.value.code == code
    at = f"/transit/timetables/{draft.pk}/"
    answer = planner.post(f"{at}patterns/{pattern.pk}/times/?service=daily", {"act": "enter", "text": "6点"})
    assert (answer.status_code, "第 1 行" in answer.content.decode()) == (422, True)
    profile = pattern.profiles.first()
    wrong = planner.post(f"{at}patterns/{pattern.pk}/profiles/{profile.pk}/",
                         {"name": "x", "from_s": "00:00", "to_s": "30:00", "times": "0\n10\n5"})  # fmt: skip
    assert "运行时间的个数与站数不符" in wrong.content.decode()
    row = draft.draftservices.get()
    shown = planner.get(f"{at}days/{row.pk}/").content.decode()
    assert "该日历来自导入的文件" in shown
    post(planner, f"{at}days/{row.pk}/", key="daily", name="每日", day_types=["work", "rest"], removed=f"{today():%Y-%m-%d}")
    days = storing.service_of(draft.draftservices.get(), Draft.objects.get())
    assert today() not in days.added
    assert days.first > today() - timedelta(1)
    assert planner.get("/transit/timetables/").status_code == 200


def test_only_planners_edit(client: Client):
    client.force_login(account("transit.reader"))
    assert client.get("/transit/timetables/").status_code == 403
