"""Datasets of the contract are really there, with the columns they promise; the indicator is measured."""

from datetime import date, datetime

import pytest
from django.db import connection

from district.kernel.clock import CHINA
from district.kernel.vocabulary import Dataset
from district.systems.environment import contract, kpis
from district.systems.environment.manifest import SYSTEM
from district.systems.environment.models import AirDay, OutletDay

from .observing import air_point, outlet

pytestmark = pytest.mark.django_db

KINDS = {
    "text": {"character varying", "text"},
    "integer": {"integer", "smallint", "bigint"},
    "number": {"double precision"},
    "boolean": {"boolean"},
    "date": {"date"},
    "datetime": {"timestamp with time zone"},
}


@pytest.mark.parametrize("name", SYSTEM.shares)
def test_a_lent_dataset_has_exactly_the_columns_it_promises(name: str):
    lent = getattr(contract, name)
    assert isinstance(lent, Dataset)
    assert lent.key == name
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
            " ORDER BY ordinal_position",
            [lent.table],
        )
        found = cursor.fetchall()
    assert [column for column, _ in found] == [column.name for column in lent.columns]
    for (_, kind), column in zip(found, lent.columns, strict=True):
        assert kind in KINDS[column.type], column.name


def test_air_quality_is_lent_with_its_numbers_in_columns():
    AirDay.objects.create(
        point=air_point(),
        on=date(2026, 11, 3),
        aqi=128,
        category="轻度污染",
        primary_pollutants=["PM2.5", "O3"],
        concentrations={"PM2.5": 90.5},
        standard="HJ 633-2026",
    )
    with connection.cursor() as cursor:
        cursor.execute('SELECT aqi, primary_pollutants, pm25, so2, "on" FROM environment_air_quality_daily')
        assert cursor.fetchall() == [(128, "PM2.5、O3", 90.5, None, date(2026, 11, 3))]


def test_emissions_are_lent_by_enterprise():
    found = outlet("air")
    OutletDay.objects.create(outlet=found, item="a21002", on=date(2026, 11, 3), mass_kg=3.5, validity="valid")
    with connection.cursor() as cursor:
        cursor.execute("SELECT credit_code, outlet_code, mass_kg FROM environment_outlet_emission_daily")
        assert cursor.fetchall() == [(found.source.credit_code, "DA001", 3.5)]


def test_the_indicator_counts_what_reporting_points_cover_and_shows_every_point():
    from district.kernel.places.models import Division
    from district.systems.environment.models import MonitoringPoint

    at = datetime(2026, 11, 4, tzinfo=CHINA)
    assert kpis.automation_rate(at).value is None
    box = {
        "type": "Polygon",
        "coordinates": [[[117.8, 36.7], [117.9, 36.7], [117.9, 36.8], [117.8, 36.8], [117.8, 36.7]]],
    }
    Division.objects.create(
        code="370306", name="周村区", level="district", lon=117.85, lat=36.75, polygon=box
    )
    point = air_point()
    point.lon, point.lat, point.coverage_radius_km = 117.85, 36.75, 50.0
    point.save()
    point.device.last_seen_at = at
    point.device.save()
    line = {"type": "LineString", "coordinates": [[117.81, 36.71], [117.82, 36.72]]}
    MonitoringPoint.objects.create(
        code="W1", name="W1", element="surface_water", lon=117.8, lat=36.7, covers=line
    )
    MonitoringPoint.objects.create(
        code="N1", name="N1", element="noise", lon=117.8, lat=36.7, zone="2", covers=box
    )
    value = kpis.automation_rate(at)
    assert value.value == pytest.approx(40.0)
    assert len(value.evidence) == 3
    assert value.parts["环境空气"] == pytest.approx(100.0)
