"""The pages of sources, permits, supervision and data in a real browser, wide and narrow, with axe watching."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from district.kernel.clock import day_bounds, now, today
from district.systems.environment import seed
from district.systems.environment.actions.evaluation import evaluate_days
from district.systems.environment.actions.quality import detect
from district.systems.environment.actions.supervision import Occurrence, open_case
from district.systems.environment.models import Outlet, Permit, QualityFinding, SupervisionCase
from district.systems.environment.queries.series import evaluated_series
from district.testing.browser import assert_accessible, assert_fits, screenshot
from district.testing.people import account, organisation

from .observing import observe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "sources",
    "source",
    "add_file_record",
    "permits",
    "permit",
    "supervision",
    "case",
    "readings",
    "correct",
    "corrections",
    "data_quality",
    "finding",
    "bulletins",
)


@pytest.fixture
def addresses() -> dict[str, str]:
    """Page → address, over a demonstration with three days of data."""
    organisation("zhoucun", kind="district")
    organisation("demo_enterprise", kind="enterprise")
    seed.seed()
    first = today() - timedelta(days=3)
    start = day_bounds(first)[0]
    outlet = Outlet.objects.get(source__code="ZC-E01", code="DA001")
    for series in outlet.device.series.filter(period="hour", statistic="avg"):
        observe(series, start, [40.0 + index % 7 for index in range(60)] + [57.0] * 12)
    evaluate_days(first, today(), now())
    detect(evaluated_series(), start, start + timedelta(days=3), now())
    open_case(
        Occurrence(
            "over_limit_hour",
            "氮氧化物超标",
            start,
            device=outlet.device,
            item="a21002",
            measured_value=80.0,
            limit_value=50.0,
            unit="mg/m3",
        ),
        now(),
    )
    nitrogen = outlet.device.series.get(item="a21002", statistic="avg", period="hour").pk
    arguments = {
        "source": ["ZC-E01"],
        "add_file_record": ["ZC-E01", "waste"],
        "permit": [Permit.objects.get(source__code="ZC-E01").number],
        "case": [SupervisionCase.objects.get().number],
        "finding": [QualityFinding.objects.filter(kind="constant").first().pk],
    }
    found = {name: reverse(f"environment:{name}", args=arguments.get(name, [])) for name in PAGES}
    found["readings"] += f"?series={nitrogen}"
    found["correct"] += f"?series={nitrogen}&at={start:%Y-%m-%dT05:00}"
    return found


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_are_accessible_and_fit(open_page, addresses: dict[str, str], width: int):
    reader = account("environment.officer", "environment.monitor")
    for name, address in addresses.items():
        page = open_page(address, account=reader, width=width)
        assert_accessible(page)
        assert_fits(page)
        screenshot(page, f"{name}-{width}")
