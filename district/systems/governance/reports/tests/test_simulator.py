"""The made-up reports go through the real doors and are in all states; the six dials measure them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
from django.test import Client

from district.kernel.cases.models import Case, Entry
from district.kernel.clock import CHINA, now, stopped_at
from district.systems.governance.reports.dials import dials
from district.systems.governance.reports.simulator import play
from district.testing.people import account, organisation


@pytest.mark.django_db
@stopped_at(datetime(2026, 11, 25, 15, tzinfo=CHINA))
def test_simulated_reports_come_by_all_doors_and_end_in_all_ways(client: Client):
    for code in ("municipal", "traffic_police", "greening", "housing", "fire_rescue", "ecology", "transport", "market",
                 "police", "emergency", "agriculture", "politics_law"):  # fmt: skip
        organisation(code)
    assert play(60, seed=3) >= 60
    cases = list(Case.objects.all())
    assert all(case.is_simulated for case in cases)
    assert {case.channel for case in cases} == {"open311", "citizen", "hotline", "grid"}
    states = Counter(case.state for case in cases)
    assert states["closed"] > 20
    assert states["open"] > 2
    assert all(case.opened_at <= now() for case in cases)
    times = list(Entry.objects.filter(case=cases[0]).order_by("pk").values_list("at", flat=True))
    assert times == sorted(times)
    found = {dial.key: dial for dial in dials(now()).dials}
    assert 0 < found["through"].share <= 1
    assert found["trends"].share == 1
    assert found["joint"].whole > 0
    assert found["sensing"].part == Case.objects.filter(procedure="city_case", channel="grid").count()
    client.force_login(account("governance.officer"))
    shown = client.get("/governance/overview/").content.decode()
    assert shown.count("data-dial=") == 6
