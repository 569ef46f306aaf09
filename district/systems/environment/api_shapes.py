"""What the API answers. Moments are ISO 8601 in China Standard Time; concentrations µg/m³, CO mg/m³."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema


class Station(Schema):
    """An air station."""

    code: str
    name: str
    lon: float
    lat: float
    division_code: str
    is_simulated: bool


class StationHour(Schema):
    """An hour of a station; `at` is its start."""

    station: str
    at: datetime
    aqi: int | None
    category: str
    primary_pollutants: list[str]
    concentrations: dict[str, float]
    standard: str


class StationDay(Schema):
    """A natural day of a station."""

    station: str
    on: date
    aqi: int | None
    category: str
    primary_pollutants: list[str]
    concentrations: dict[str, float]
    standard: str


class ForecastHour(Schema):
    """One hour of the newest forecast."""

    station: str
    made_at: datetime
    for_at: datetime
    aqi: float
    low: float | None
    high: float | None
    method: str


class Coverage(Schema):
    """The weighted rate in percent; `shares` by element, 0 to 1."""

    percent: float | None
    shares: dict[str, float | None]
    weights: dict[str, float]


class Reading(Schema):
    """An observation as the device sent it."""

    item: str
    statistic: str
    unit: str
    at: datetime
    value: float
    mark: str


class Alarm(Schema):
    """A supervision case that an alarm has led to."""

    number: str
    kind: str
    title: str
    state: str
    item: str
    source: str
    point: str
    happened_at: datetime
    due_at: datetime
    measured_value: float | None
    limit_value: float | None
    unit: str


class Refusal(Schema):
    """Why a request is not answered: a stable code, the field, and a sentence for people."""

    error: str
    field: str = ""
    detail: str
