"""Every number on the board is counted again by hand, and its link leads to as many records."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from district.kernel.cases.models import Case, CaseLink, Entry
from district.kernel.clock import day_bounds, now, today
from district.kernel.people.models import Account, Duty
from district.kernel.ui.tile import Shown, all_tiles
from district.testing.people import account, organisation

from .. import case_sets
from ..case_sets import shown_cases
from .district_day import TOWNS, a_day, add_alarm, add_case, make_towns

pytestmark = pytest.mark.django_db


def shown(key: str, reader: Account) -> Shown:
    return all_tiles()[key].show(reader)


def rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def listed(client: Client, url: str) -> int:
    """How many records the page behind a number lists, counted in its download."""
    path, _mark, query = url.partition("?")
    page = client.get(url)
    assert page.status_code == 200, url
    name = re.search(
        r'id="table-([a-z_]+)"|data-table="([a-z_]+)"|name="([a-z_]+)-sort"', page.content.decode()
    )
    table = (
        next(filter(None, name.groups()))
        if name
        else {"/cases/": "cases"}.get(path, path.strip("/").split("/")[0])
    )
    answer = client.get(f"{path}?{query}&{table}-export=csv")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return len(body.decode("utf-8-sig").strip().splitlines()) - 1


def test_running_late_and_todays_cases_equal_a_count_by_hand(leader: Account, client: Client):
    a_day()
    client.force_login(leader)
    start, end = day_bounds(today())
    cases = [each for each in Case.objects.all() if each.procedure == "plain"]
    counted = [
        sum(each.state in ("open", "suspended") for each in cases),
        sum(each.state == "open" and each.due_at is not None and each.due_at < now() for each in cases),
        sum(start <= each.opened_at < end for each in cases),
        sum(each.state == "closed" and start <= each.closed_at < end for each in cases),
    ]

    numbers = shown("brain.cases", leader).numbers

    assert [number.value for number in numbers] == counted
    assert min(counted) > 0
    assert [listed(client, number.url) for number in numbers] == counted


def test_the_load_of_the_towns_adds_up_and_each_leads_to_its_cases(leader: Account, client: Client):
    a_day()
    client.force_login(leader)
    by_hand = Counter(
        each.division_code[:9] if each.division_code[:9] in TOWNS else "-"
        for each in Case.objects.filter(procedure="plain", state__in=("open", "suspended"))
    )

    found = shown("brain.towns", leader).rows

    assert (
        sum(row.value for row in found)
        == sum(by_hand.values())
        == shown("brain.cases", leader).numbers[0].value
    )
    assert {row.url.split("town=")[1]: row.value for row in found} == by_hand
    assert [listed(client, row.url) for row in found] == [row.value for row in found]


def test_open_alarms_by_level_equal_a_count_by_hand_and_lead_to_their_list(client: Client):
    reader = account("brain.leader", "environment.reader")
    client.force_login(reader)
    for number in range(30):
        add_alarm(
            1 + number % 7 % 4,
            system="environment" if number % 5 else "governance",
            cleared_at=None if number % 3 else now(),
        )
    by_hand = dict(rows(
        "SELECT severity, count(*) FROM alerts_alarm WHERE cleared_at IS NULL AND system = 'environment' GROUP BY 1"
    ))  # fmt: skip

    total, *levels = shown("brain.alarms", reader).numbers

    assert total.value == sum(by_hand.values())
    assert [number.value for number in levels] == [by_hand[level] for level in (4, 3, 2, 1)]
    assert [listed(client, number.url) for number in (total, *levels)] == [
        number.value for number in (total, *levels)
    ]


def test_flows_between_departments_count_each_case_once(leader: Account, client: Client):
    a_day()
    client.force_login(leader)
    pairs: dict[tuple[int, int], set[int]] = defaultdict(set)
    for entry in Entry.objects.filter(act="hand_over", case__procedure="plain"):
        if entry.at >= now() - timedelta(days=30):
            pairs[entry.before["organisation"], entry.after["organisation"]].add(entry.case_id)
    for link in CaseLink.objects.filter(target__procedure="plain").select_related("source", "target"):
        if link.source.organisation_id != link.target.organisation_id:
            pairs[link.source.organisation_id, link.target.organisation_id].add(link.target_id)

    found = shown("brain.flows", leader).rows

    def pair(url: str) -> tuple[int, int]:
        giver, taker = re.findall(r"(?:giver|taker)=(\d+)", url)
        return int(giver), int(taker)

    assert {pair(row.url): row.value for row in found} == {key: len(cases) for key, cases in pairs.items()}
    assert listed(client, found[0].url) == found[0].value


def test_figures_of_the_data_centre_equal_sums_in_sql(leader: Account, client: Client):
    a_day()
    client.force_login(leader)
    start, end = day_bounds(today())
    today_sql = "started_at >= %s AND started_at < %s"

    entries, versions, published, taken, failed = shown("brain.data", leader).numbers

    assert entries.value == rows("SELECT count(*) FROM datasets_resource WHERE shelf = 'published'")[0][0]
    assert versions.value == rows("SELECT count(*) FROM datasets_version WHERE state = 'published'")[0][0]
    in_day = "SELECT count(*) FROM datasets_version WHERE published_at >= %s AND published_at < %s"
    assert published.value == rows(in_day, start, end)[0][0]
    runs = rows(f"SELECT sum(rows_taken), count(*) FILTER (WHERE state = 'failed') FROM connectors_run WHERE {today_sql}",
                start, end)[0]  # fmt: skip
    assert (taken.value, failed.value) == runs
    for number in (entries, versions, published, failed):
        assert listed(client, number.url) == number.value, number.title


def test_a_reader_of_one_town_sees_the_numbers_of_that_town(system):
    make_towns()
    town = organisation("town0", name="镇0", division_code=TOWNS[0])
    reader = account("brain.leader", "trial.reader", unit=town, scope="own")
    for code in (TOWNS[0], TOWNS[0], TOWNS[1]):
        add_case(division_code=code)
        add_alarm(3, division_code=code)

    assert shown("brain.cases", reader).numbers[0].value == 2
    assert shown("brain.alarms", reader).numbers[0].value == 2
    assert [row.value for row in shown("brain.towns", reader).rows] == [2]


def test_who_has_no_duty_in_a_system_counts_nothing_of_it(system):
    add_alarm(4)
    add_case()
    reader = account("brain.analyst")

    assert shown("brain.alarms", reader).numbers[0].value == 0
    assert shown("brain.cases", reader).numbers[0].value == 0
    assert not shown("brain.events", reader).rows


def test_cases_that_only_confidants_read_are_in_no_number_and_no_list(leader: Account, client: Client):
    add_case("quarrel", division_code=TOWNS[0], lon=117.8, lat=36.8)
    client.force_login(leader)

    assert shown("brain.cases", leader).numbers[0].value == 0
    assert not shown("brain.events", leader).rows
    assert not shown("brain.towns", leader).rows
    assert client.get(reverse("brain:dashboard_layer", args=["cases"])).json()["features"] == []


def test_an_answer_kept_for_one_reader_is_not_given_to_another(leader: Account, client: Client):
    add_case()
    cache.clear()
    other = account("brain.analyst")
    address = reverse("brain:dashboard_tile", args=["brain.cases"])
    client.force_login(leader)
    first = client.get(address).content

    client.force_login(other)

    assert client.get(address).content != first


def test_a_duty_that_has_ended_ends_the_numbers_kept_for_its_holders(leader: Account, client: Client):
    add_alarm(4)
    cache.clear()
    client.force_login(leader)
    address = reverse("brain:dashboard_tile", args=["brain.alarms"])
    before = client.get(address).content

    Duty.objects.filter(account=leader, role="trial.reader").update(ended_at=now())

    assert client.get(address).content != before


def test_the_newest_cases_come_first_also_beyond_the_numbers_looked_at_first(leader: Account, monkeypatch: pytest.MonkeyPatch):
    a_day()
    expected = list(shown_cases(leader).order_by("-pk")[:5])
    assert len(expected) == 5
    for reach in (1, 3, 10_000):
        monkeypatch.setattr(case_sets, "REACH", reach)
        assert case_sets.newly_opened(leader, 5) == expected
