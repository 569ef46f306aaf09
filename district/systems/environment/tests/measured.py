"""A seeded district with a few days of results, for tests of pages and of the API."""

from __future__ import annotations

from datetime import datetime, timedelta

from district.kernel.clock import CHINA
from district.kernel.devices.models import Device
from district.systems.environment import seed
from district.systems.environment.models import (
    AirDay,
    AirHour,
    EvaluatedDay,
    Forecast,
    MonitoringPoint,
    NoiseDay,
    WaterDay,
)

NOW = datetime(2026, 11, 26, 18, 20, tzinfo=CHINA)
DAYS = 40
CONCENTRATIONS = {"PM2.5": 80.0, "PM10": 120.0, "SO2": 10.0, "NO2": 40.0, "CO": 1.1, "O3": 60.0}


def measured_district() -> None:
    """Every air station: AQI 107 for the last 48 hours and DAYS days; sections class IV, noise points at 56/47 dB."""
    seed.seed()
    Device.objects.update(is_online=True, last_seen_at=NOW)
    hour = NOW.replace(minute=0)
    today = NOW.date()
    air = list(MonitoringPoint.objects.filter(element="air"))
    AirHour.objects.bulk_create(
        AirHour(point=point, at=hour - timedelta(hours=back), **_air()) for point in air for back in range(1, 49)
    )
    AirDay.objects.bulk_create(
        AirDay(point=point, on=today - timedelta(days=back), **_air()) for point in air for back in range(1, DAYS + 1)
    )
    WaterDay.objects.bulk_create(
        WaterDay(
            point=point, on=today - timedelta(days=back), water_class="IV", deciding_items=["NH3-N"],
            exceeding_items={"NH3-N": 0.2}, concentrations={"NH3-N": 1.2, "CODMn": 5.0}, meets_target=False,
        )
        for point in MonitoringPoint.objects.filter(element="surface_water")
        for back in range(1, DAYS + 1)
    )  # fmt: skip
    NoiseDay.objects.bulk_create(
        NoiseDay(
            point=point, on=today - timedelta(days=back), day_level=56.0, night_level=47.0, day_night_level=56.6,
            exceeds_day=False, exceeds_night=True, day_hours=16, night_hours=8,
        )
        for point in MonitoringPoint.objects.filter(element="noise", device__isnull=False)
        for back in range(1, DAYS + 1)
    )  # fmt: skip
    EvaluatedDay.objects.create(on=today, evaluated_at=NOW)


def forecast_run(point: MonitoringPoint, made_at: datetime, value: float, hours: int = 72) -> None:
    """An AQI forecast of `hours` hours that says `value` throughout, ±10."""
    first = made_at.replace(minute=0) + timedelta(hours=1)
    Forecast.objects.bulk_create(
        Forecast(
            point=point, item="AQI", period="hour", made_at=made_at, for_at=first + timedelta(hours=ahead),
            value=value, low=value - 10, high=value + 10, method="test",
        )
        for ahead in range(hours)
    )  # fmt: skip


def _air() -> dict[str, object]:
    return {
        "aqi": 107, "category": "轻度污染", "primary_pollutants": ["PM2.5"], "concentrations": CONCENTRATIONS,
        "sub_indices": {"PM2.5": 107, "PM10": 85}, "standard": "HJ 633-2026",
    }  # fmt: skip
