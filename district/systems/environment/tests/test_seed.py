"""The demonstration's records fit the rules they demonstrate."""

import pytest

from district.kernel.alerts.models import Rule
from district.kernel.devices.models import Device, Series
from district.systems.environment import seed
from district.systems.environment.models import (
    MonitoringPoint,
    Outlet,
    Permit,
    PermitLimit,
    Source,
)
from district.systems.environment.simulator.fleet import fleet

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    return [
        model.objects.count()
        for model in (Device, Series, MonitoringPoint, Source, Outlet, Permit, PermitLimit, Rule)
    ]


def test_seeding_twice_makes_everything_once():
    seed.seed()
    first = counts()
    seed.seed()
    assert counts() == first
    assert all(first)


def test_every_device_of_the_fleet_stands_at_a_point_or_an_outlet():
    seed.seed()
    for one in fleet().devices:
        device = Device.objects.get(code=one.code)
        placed = [
            hasattr(device, name) for name in ("environment_point", "environment_outlet", "environment_inlet")
        ]
        assert sum(placed) == 1, one.name


def test_seeded_permits_and_credit_codes_are_valid():
    seed.seed()
    for source in Source.objects.all():
        source.clean_fields()
    for permit in Permit.objects.all():
        permit.clean_fields()


def test_every_hourly_limit_of_a_watched_outlet_has_an_enabled_rule():
    seed.seed()
    limits = PermitLimit.objects.filter(period="hour", outlet__device__isnull=False)
    rules = Rule.objects.filter(system="environment", kind="limit", is_enabled=True)
    assert rules.count() == limits.count() > 0


def test_sections_and_watched_noise_points_have_something_they_cover():
    seed.seed()
    for point in MonitoringPoint.objects.filter(element__in=("surface_water", "noise")):
        assert point.covers, point.name
