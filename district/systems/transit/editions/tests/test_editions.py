"""From a file to the timetable in force: taken in, judged in the background, published, open to all, withdrawn."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from district.kernel.clock import today
from district.kernel.jobs.in_line import run_waiting
from district.kernel.people.refused import Refused
from district.testing.people import account

from ...models import Edition, FeedUpload
from ...schedule import read
from ...tests import town
from .. import actions, queries
from ..comparing import compared

pytestmark = pytest.mark.django_db


def changed(files: dict[str, tuple[str, str]], feed: bytes | None = None) -> bytes:
    """The town's feed with a text of some of its files replaced; in service this year."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(feed or town.feed())) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            text = text.replace("20260101,20261231", f"{today() - timedelta(9):%Y%m%d},{today() + timedelta(300):%Y%m%d}")
            text = text.replace("http://example.invalid", "https://example.org/")
            before, after = files.get(name, ("", ""))
            new.writestr(name, text.replace(before, after) if before else text)
    return made.getvalue()


def test_a_feed_becomes_an_edition_that_all_may_fetch(client: Client):
    planner = account("transit.planner")
    client.force_login(planner)
    file = SimpleUploadedFile("town.zip", changed({}), "application/zip")
    answer = client.post("/transit/editions/upload", {"title": "新时刻", "feed": file})
    assert answer.status_code == 302
    assert b"data-poll-url" in client.get(answer.url).content
    run_waiting()
    upload = FeedUpload.objects.get()
    assert upload.state == "done"
    edition = upload.edition
    assert edition.state == "draft"
    assert queries.in_force() is None
    assert client.get("/transit/gtfs.zip").status_code == 404
    shown = client.get(f"/transit/editions/{edition.pk}/").content.decode()
    assert "missing_recommended_file" in shown
    assert "缺少建议的文件" in shown
    days = {"valid_from": today().isoformat(), "valid_to": (today() + timedelta(90)).isoformat()}
    assert client.post(f"/transit/editions/{edition.pk}/", days).status_code == 302
    edition.refresh_from_db()
    assert (edition.state, edition.published_by) == ("published", planner)
    visitor = Client()
    given = visitor.get("/transit/gtfs.zip")
    assert read(given.content).trips.keys() == read(town.feed()).trips.keys()
    assert 'rel="license"' in given["Link"]
    again = visitor.get("/transit/gtfs.zip", headers={"If-None-Match": given["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = visitor.get("/transit/gtfs.zip", headers={"If-Modified-Since": given["Last-Modified"]})
    assert (since.status_code, visitor.head("/transit/gtfs.zip").status_code) == (304, 200)
    assert client.post(f"/transit/editions/{edition.pk}/", {"remark": "有误"}).status_code == 302
    assert queries.in_force() is None
    assert client.get("/transit/editions/").status_code == 200


def test_errors_forbid_publishing_and_unusable_feeds_stay_with_their_reasons(client: Client):
    planner = account("transit.planner")
    wrong = changed({"routes.txt": ("line-o,a,", "line-o,nobody,")})
    upload = actions.judge(actions.receive(wrong, title="坏引用", account=planner))
    with pytest.raises(Refused) as refused:
        actions.publish_edition(upload.edition, planner, today(), today())
    assert refused.value.code == "edition_has_errors"
    client.force_login(planner)
    days = {"valid_from": today().isoformat(), "valid_to": today().isoformat()}
    answer = client.post(f"/transit/editions/{upload.edition.pk}/", days)
    assert (answer.status_code, "改正后才能发布" in answer.content.decode()) == (422, True)
    for feed, code in ((b"PK nothing", "feed_not_zip"), (changed({"stop_times.txt": ("trip_id", "trip")}), "feed_unreadable")):
        upload = actions.judge(actions.receive(feed, title="坏文件", account=planner))
        assert (upload.state, upload.edition) == ("refused", None)
        assert code in {each["code"] for each in upload.notices}
        assert code in client.get(f"/transit/editions/uploads/{upload.pk}/").content.decode()
    assert Edition.objects.count() == 1


def test_what_was_published_last_holds_and_its_withdrawal_gives_way_to_the_one_before():
    planner = account("transit.planner")
    editions = [actions.judge(actions.receive(changed({}), title=name, account=planner)).edition for name in "甲乙"]
    for edition in editions:
        actions.publish_edition(edition, planner, today(), today() + timedelta(30))
    assert queries.in_force() == editions[1]
    actions.withdraw(editions[1], planner, "临时")
    assert queries.in_force() == editions[0]
    with pytest.raises(Refused):
        actions.withdraw(editions[1], planner, "再次")


def test_two_editions_are_compared_as_passengers_notice(client: Client):
    before = read(changed({}))
    after = read(changed({
        "stops.txt": ("s3,s3,", "s3,新站,"), "routes.txt": ("line-b,a,1", "line-b,a,2"),
        "trips.txt": ("line-o,daily,o0,o,0", "line-o,none,o0,o,0"),
    }))  # fmt: skip
    day = today() + timedelta(1)
    found = compared(before, after, [(day, day)])
    assert [new.name for _old, new in found.stops_renamed] == ["新站"]
    assert [each.after.route_id for each in found.lines_changed if each.is_renamed] == ["line-b"]
    assert compared(before, before, [(day, day)]).is_empty
    planner = account("transit.planner")
    pair = [actions.judge(actions.receive(changed(how), title="比", account=planner)).edition.pk
            for how in ({}, {"stops.txt": ("s3,s3,", "s3,新站,")})]  # fmt: skip
    client.force_login(account("transit.reader"))
    shown = client.get(f"/transit/editions/compare?before={pair[0]}&after={pair[1]}").content.decode()
    assert "s3 → 新站" in shown


def test_days_of_a_feed_are_its_days_of_service():
    assert actions.judged(changed({}), date(2026, 3, 2)).days[0] == today() - timedelta(9)
