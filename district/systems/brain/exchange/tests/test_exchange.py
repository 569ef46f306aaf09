"""Flows and rates against a count by hand, and the way of one delivery with its failing step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from district.kernel.clock import now
from district.kernel.connectors.models import Run, Source
from district.kernel.datasets.models import QualityScore, Resource, Version
from district.kernel.feeds.models import Change, Push, Subscription
from district.kernel.grants.models import Grant, Use
from district.kernel.people.models import Account, Organisation
from district.kernel.people.refused import Refused
from district.systems.brain.exchange import flows, tiles
from district.systems.brain.exchange.actions import restart
from district.systems.brain.exchange.steps import failing, steps_of
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward(db: None) -> Account:
    return account("brain.steward")


@pytest.fixture
def schools(db: None) -> Organisation:
    return organisation("education_test", name="教育局（试）")


def resource(provider: Organisation, slug: str, **fields: Any) -> Resource:
    return Resource.objects.create(**{
        "name": f"{provider.code}.{slug}", "code": f"3-{slug}", "title": f"资源{slug}", "category": "01",
        "provider": provider, "shelf": "published", "cycle": "daily", **fields,
    })  # fmt: skip


def delivery(of: Resource, state: str = "done", **fields: Any) -> Run:
    source = Source.objects.get_or_create(resource=of, defaults={"name": f"来源{of.code}"})[0]
    given = {"rows_read": 10, "rows_taken": 9, "rows_refused": 1, "ended_at": now(), "bytes": 2_000_000}
    return Run.objects.create(**{"source": source, "state": state} | given | fields)


def version(of: Resource, state: str = "published", hours: float = 1, **fields: Any) -> Version:
    at = now() - timedelta(hours=hours)
    return Version.objects.create(**{"resource": of, "number": of.versions.count() + 1, "state": state, "rows": 9,
                                     "published_at": None if state == "refused" else at, **fields})  # fmt: skip


def grant(of: Resource, grantee: Organisation, **fields: Any) -> Grant:
    return Grant.objects.create(**{
        "number": f"SQ{of.pk}{grantee.pk}", "resource": of, "grantee": grantee, "purpose": "核验",
        "ends_at": now() + timedelta(days=30), "starts_at": now() - timedelta(days=3), **fields,
    })  # fmt: skip


def use(given: Grant, channel: str = "api", rows: int = 100) -> None:
    Use.objects.create(at=now(), channel=channel, resource_id=given.resource_id, resource="x", grant_id=given.pk,
                       who="程序", purpose="核验", rows=rows)  # fmt: skip


def listed(client: Client, url: str) -> int:
    table = "requests" if "answered" in url else "resources"
    answer = client.get(f"{url}&{table}-export=csv")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return len(body.decode("utf-8-sig").strip().splitlines()) - 1


def names(steps: list[Any]) -> list[tuple[str, str]]:
    return [(step.kind, step.state) for step in steps]


def test_freshness_is_held_against_the_cycle_of_the_resource(steward: Account, schools: Organisation, client: Client):
    version(resource(schools, "fresh"), hours=2)
    version(resource(schools, "late"), hours=90)
    renewed = resource(schools, "renewed")
    version(renewed, hours=90)
    delivery(renewed)
    version(resource(schools, "open", cycle="irregular"), hours=9_000)
    resource(schools, "none")
    resource(schools, "live", table="people_organisation")

    client.force_login(steward)
    answer = client.get(reverse("brain:exchange"), {"flows-export": "csv", "unit": schools.pk})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig") if answer.streaming else answer.content.decode("utf-8-sig")

    words = {line.split("资源")[1].split(",")[0]: line for line in lines.splitlines()[1:]}
    expected = {"fresh": "按期", "late": "迟到", "renewed": "按期", "open": "不定期", "none": "尚无数据", "live": "实时表"}
    assert {slug: said for slug, said in expected.items() if said in words[slug]} == expected
    assert [row["resource"] for row in flows.late(steward, schools.pk)] == ["资源late"]
    assert len(tiles.late(steward).rows) == 1


def test_rates_equal_a_count_by_hand_and_lead_to_as_many_records(steward: Account, schools: Organisation, client: Client):
    version(resource(schools, "a"), hours=1)
    version(resource(schools, "b", share="closed", legal_ground="某条"), hours=100)
    resource(schools, "c")
    resource(schools, "d", shelf="draft")

    found = flows.rates(steward, schools.pk)

    assert (found.published, found.shared, found.connected) == (3, 2, 2)
    assert (found.promised, found.in_time) == (2, 1)
    numbers = tiles.rate_numbers(found, schools.pk)
    assert [number.value for number in numbers][1:3] == [pytest.approx(200 / 3), 50.0]
    client.force_login(steward)
    assert [listed(client, number.url) for number in numbers] == [2, 2, 1, 0]
    assert flows.Rates.of(0, 0) is None


def test_each_receiver_is_a_flow_of_its_own_with_its_last_use(steward: Account, schools: Organisation, client: Client):
    shared = resource(schools, "a")
    version(shared)
    used = grant(shared, organisation("taker1", name="民政局（试）"))
    grant(shared, organisation("taker2", name="医保局（试）"))
    grant(shared, organisation("taker3", name="旧部门（试）"), state="withdrawn")
    use(used)
    client.force_login(steward)

    page = client.get(reverse("brain:exchange"), {"unit": schools.pk}).content.decode()

    assert "民政局（试）" in page
    assert "医保局（试）" in page
    assert "旧部门（试）" not in page


def test_volume_and_failures_of_each_day_equal_the_runs_of_that_day(steward: Account, schools: Organisation):
    of = resource(schools, "a")
    delivery(of)
    delivery(of, "failed", rows_taken=0)
    delivery(of, started_at=now() - timedelta(days=5))
    delivery(of, started_at=now() - timedelta(days=400))

    found = flows.days(steward, schools.pk)

    assert len(found) == 30
    assert (found[-1].rows, found[-1].runs, found[-1].failed, found[-1].bytes) == (9, 2, 1, 4_000_000)
    assert sum(day.runs for day in found) == 3


def test_a_department_sees_its_own_flows_and_what_it_receives(schools: Organisation, client: Client):
    other = organisation("health_test", name="卫健局（试）")
    own, theirs, received = resource(schools, "own"), resource(other, "theirs"), resource(other, "received")
    grant(received, schools)
    provider = account("brain.provider", unit=schools, scope="own")
    client.force_login(provider)

    page = client.get(reverse("brain:exchange")).content.decode()

    assert own.title in page
    assert received.title in page
    assert theirs.title not in page
    assert client.get(reverse("brain:exchange_run", args=[delivery(theirs).pk])).status_code == 404
    assert client.get(reverse("brain:exchange_run", args=[delivery(own).pk])).status_code == 200


def test_the_way_of_a_delivery_goes_from_the_source_to_every_receiver(schools: Organisation):
    of = resource(schools, "a")
    run = delivery(of, version=version(of))
    QualityScore.objects.create(resource=of, version=run.version, total=98.5)
    reader, silent = grant(of, organisation("taker1", name="甲")), grant(of, organisation("taker2", name="乙"))
    use(reader, "api")
    use(reader, "file", 9)

    found = steps_of(run)

    assert names(found)[:5] == [(kind, "done") for kind in ("read", "check", "version", "quality", "publish")]
    assert sorted(names(found)[5:]) == [("receive", "done"), ("receive", "done"), ("receive", "waiting")]
    assert silent.number in next(step.title for step in found if step.state == "waiting")
    assert failing(found) is None


def test_a_delivery_with_nothing_new_ends_at_the_version(schools: Organisation):
    of = resource(schools, "a")
    version(of)
    grant(of, organisation("taker1", name="甲"))

    assert names(steps_of(delivery(of))) == [("read", "done"), ("check", "done"), ("version", "done")]


def test_a_source_that_cannot_be_reached_breaks_off_at_reading_and_goes_on_from_there(steward: Account, schools: Organisation):
    run = delivery(resource(schools, "a"), "failed", rows_read=0, rows_taken=0, rows_refused=0, problem="连接不上")

    broken = failing(steps_of(run))

    assert broken is not None
    assert (broken.kind, broken.restart) == ("read", "read")
    assert "连接不上" in broken.words
    with patch("district.kernel.connectors.deliveries.resume", return_value=run) as resumed:
        restart(run, "read", steward)
    resumed.assert_called_once_with(run, steward)


def test_rows_that_do_not_conform_break_off_at_the_check(schools: Organisation):
    run = delivery(resource(schools, "a"), "failed", rows_taken=0, problem="没有一行符合结构")

    assert names(steps_of(run))[:3] == [("read", "done"), ("check", "failed"), ("version", "none")]


def test_a_version_that_quality_refused_names_the_rule_and_is_delivered_anew(steward: Account, schools: Organisation):
    of = resource(schools, "a")
    run = delivery(of, "failed", version=version(of, "refused", note="质量不合格"))
    results = [{"kind": "required", "key": "身份号码必填", "item": "id", "is_blocking": True, "failing": 4, "checked": 9}]
    QualityScore.objects.create(resource=of, version=run.version, total=40, is_blocked=True, results=results)

    broken = failing(steps_of(run))

    assert broken is not None
    assert (broken.kind, broken.restart) == ("quality", "again")
    assert "身份号码必填" in broken.words
    with patch("district.kernel.connectors.deliveries.start", return_value=run) as started:
        restart(run, "again", steward)
    assert started.call_args.args == (run.source, steward)


def test_parked_pushes_are_the_failing_step_and_are_sent_again(steward: Account, schools: Organisation, client: Client):
    of = resource(schools, "a")
    run = delivery(of, version=version(of))
    held = grant(of, organisation("taker1", name="甲"))
    subscription = Subscription.objects.create(grant=held, url="http://x.test/", secret="s")
    change = Change.objects.create(resource=of, subject="1", op="put")
    push = Push.objects.create(subscription=subscription, change=change, subject="1", state="parked", error="HTTP 500")

    broken = failing(steps_of(run))
    assert broken is not None
    assert (broken.kind, broken.restart) == ("push", "push")
    assert "HTTP 500" in broken.words

    client.force_login(steward)
    answer = client.post(reverse("brain:exchange_restart", args=[run.pk, "push"]))

    assert answer.status_code == 302
    push.refresh_from_db()
    assert push.state == "waiting"


def test_only_who_may_and_only_a_failed_step_is_started_again(steward: Account, schools: Organisation, client: Client):
    run = delivery(resource(schools, "a"))
    with pytest.raises(Refused) as refused:
        restart(run, "read", steward)
    assert refused.value.code == "not_failed"
    with pytest.raises(Refused) as refused:
        restart(run, "read", account("brain.leader"))
    assert refused.value.code == "may_not"
    client.force_login(account("brain.leader"))
    assert client.post(reverse("brain:exchange_restart", args=[run.pk, "read"])).status_code == 403
