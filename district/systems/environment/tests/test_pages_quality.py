"""Pages of the environment's quality: what they show, to whom, and with how many statements."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client

from district.kernel import clock
from district.systems.environment.air_quality import daily_index, realtime_index
from district.systems.environment.grade_advice import ADVICE, advice_for
from district.systems.environment.models import AirHour, MonitoringPoint, PermitLimit
from district.systems.environment.queries.air import district_days, district_now
from district.systems.environment.queries.forecast_scores import forecast_scores
from district.systems.environment.queries.map_layers import air_frame
from district.systems.environment.queries.stations import stations_visible_to
from district.systems.environment.station_states import aqi_level, plain_class, water_grade
from district.systems.environment.tests.measured import CONCENTRATIONS, NOW, forecast_run, measured_district
from district.testing.people import account, organisation

PAGES = ("map", "stations", "air", "surface-water", "noise", "tracing", "coverage", "air-today", "open-data")
HEAVIEST = {"map": 16, "stations": 16, "air": 18, "surface-water": 13, "noise": 15}
"""Statements of a whole page: six for session, account, duties and the frame, the rest the page's own."""


@pytest.fixture
def now():
    with clock.stopped_at(NOW):
        yield NOW


@pytest.fixture
def reader(db, now):
    measured_district()
    client = Client()
    client.force_login(account("environment.reader"))
    return client


@pytest.fixture
def empty_reader(db, now):
    client = Client()
    client.force_login(account("environment.reader"))
    return client


def test_every_page_opens_when_there_is_no_data_yet(empty_reader):
    assert {path: empty_reader.get(f"/environment/{path}/").status_code for path in PAGES} == dict.fromkeys(PAGES, 200)


def test_every_page_opens_with_data(reader):
    assert {path: reader.get(f"/environment/{path}/").status_code for path in PAGES} == dict.fromkeys(PAGES, 200)


def test_the_heaviest_pages_ask_little_of_the_database(reader, django_assert_max_num_queries):
    for path, statements in HEAVIEST.items():
        reader.get(f"/environment/{path}/")  # caches of the process are filled
        with django_assert_max_num_queries(statements):
            reader.get(f"/environment/{path}/")


def test_the_map_lists_what_is_wrong_first_and_marks_simulated_data(reader):
    text = reader.get("/environment/map/").content.decode()
    assert "模拟" in text
    assert text.index("超标</span>") < text.index("正常</span>", text.index("站点列表"))


def test_a_map_layer_gives_colour_and_address_of_every_station(reader):
    features = reader.get("/environment/map/layers/air").json()["features"]
    assert len(features) == MonitoringPoint.objects.filter(element="air").count()
    assert {one["properties"]["number"] for one in features} == {107}
    for one in features:
        assert reader.get(one["properties"]["url"]).status_code == 200


def test_an_unknown_layer_or_time_is_refused_with_a_code(reader):
    layer, frame = reader.get("/environment/map/layers/smell"), reader.get("/environment/map/frame?at=yesterday")
    assert (layer.status_code, layer.json()["error"]) == (404, "unknown_layer")
    assert (frame.status_code, frame.json()["error"], frame.json()["value"]) == (400, "bad_time", "yesterday")


def test_a_frame_of_the_slider_shows_the_hour_asked_for(reader):
    point = MonitoringPoint.objects.filter(element="air").first()
    at = NOW.replace(minute=0) - timedelta(hours=5)
    AirHour.objects.filter(point=point, at=at).update(aqi=210)
    frame = reader.get(f"/environment/map/frame?at={at:%Y-%m-%dT%H:%M}").json()
    assert frame[str(point.pk)]["number"] == 210
    assert air_frame(at - timedelta(days=30))[point.pk]["number"] is None


def test_a_reader_sees_the_stations_of_their_own_town_only(db, now):
    measured_district()
    town = organisation("town_x", name="某镇", division_code="370306102")
    person = account("environment.reader", unit=town, scope="own")
    found = stations_visible_to(person)
    assert found
    for one in found:
        code = one.point.division_code if one.point else one.outlet.source.division_code
        assert code.startswith("370306102")
    hidden = next(one for one in stations_visible_to(account("environment.reader")) if one not in found)
    client = Client()
    client.force_login(person)
    outside = MonitoringPoint.objects.exclude(division_code="370306102").first()
    assert client.get(f"/environment/stations/{outside.code}/").status_code == 404
    assert hidden is not None


def test_the_district_is_the_mean_of_its_stations_judged_like_a_station(db, now):
    measured_district()
    found = district_now()
    assert found.index == realtime_index(CONCENTRATIONS, NOW.date())
    days = district_days(NOW.date() - timedelta(days=3), NOW.date())
    assert [day.on for day in days] == [NOW.date() - timedelta(days=back) for back in (3, 2, 1)]
    assert {day.aqi for day in days} == {daily_index(CONCENTRATIONS, NOW.date()).aqi}


def test_two_stations_of_different_air_are_averaged(db, now):
    measured_district()
    points = list(MonitoringPoint.objects.filter(element="air"))
    at = NOW.replace(minute=0) - timedelta(hours=1)
    AirHour.objects.filter(at=at).exclude(point__in=points[:2]).delete()
    AirHour.objects.filter(at=at, point=points[0]).update(concentrations={**CONCENTRATIONS, "PM2.5": 20.0})
    found = district_now()
    assert found.stations == 2
    assert found.concentrations["PM2.5"] == 50.0


def test_the_public_page_names_grade_standard_and_simulation_without_signing_in(db, now, client):
    measured_district()
    text = client.get("/environment/air-today/").content.decode()
    assert "轻度污染（三级）" in text
    assert "HJ 633-2026" in text
    assert "模拟数据" in text
    assert advice_for(3) in text


def test_the_air_page_evaluates_one_station_and_one_month(reader):
    text = reader.get("/environment/air/?station=1636A&year=2026&month=11").content.decode()
    assert "GB 3095-2026" in text
    assert "优良 0 天 / 有效 25 天" in text


def test_addresses_that_make_no_sense_fall_back(reader):
    for query in ("air/?year=abc&month=99", "surface-water/?days=x", "noise/?days=-4", "stations/1636A/?period=century"):
        assert reader.get(f"/environment/{query}").status_code == 200


def test_an_outlet_above_its_limit_is_over(db, now):
    measured_district()
    limit = PermitLimit.objects.filter(period="hour", outlet__device__isnull=False).first()
    put_reading(limit.outlet.device, limit.item, limit.limit * 1.5)
    found = {one.code: one for one in stations_visible_to(account("environment.officer"))}
    station = found[f"{limit.outlet.source.code}-{limit.outlet.code}"]
    assert station.state == "over"
    assert station.over == (limit.item,)
    assert station.number == 150.0


def test_a_value_marked_faulty_makes_no_outlet_over(db, now):
    from district.kernel.devices.marks import FAULT

    measured_district()
    limit = PermitLimit.objects.filter(period="hour", outlet__device__isnull=False).first()
    put_reading(limit.outlet.device, limit.item, limit.limit * 1.5, mark=FAULT)
    found = {one.code: one for one in stations_visible_to(account("environment.officer"))}
    assert found[f"{limit.outlet.source.code}-{limit.outlet.code}"].state == "normal"


def put_reading(device, item, value, mark=1):
    from district.kernel.devices.models import Latest, Series

    series, _ = Series.objects.get_or_create(device=device, item=item, statistic="avg", period="hour")
    Latest.objects.create(series=series, at=NOW - timedelta(hours=1), value=value, mark=mark, received_at=NOW)


def test_forecasts_are_judged_only_on_hours_that_came_after_they_were_made(db, now):
    measured_district()
    point = MonitoringPoint.objects.filter(element="air").first()
    forecast_run(point, NOW - timedelta(hours=20, minutes=5), value=110.0, hours=72)
    (score,) = forecast_scores(NOW - timedelta(days=30), NOW)
    assert score.hours == "1–24"
    assert score.count == 19  # 23:00 to 17:00
    assert score.ours == pytest.approx(3.0)
    assert score.persistence == score.seasonal == 0.0
    assert score.coverage == 1.0
    assert not score.is_best


def test_the_tracing_page_says_why_a_window_cannot_be_used(reader):
    query = "station=1636A&pollutant=PM10&from_at=2026-11-26T10:00&until_at=2026-11-26T09:00"
    assert "止须在起之后" in reader.get(f"/environment/tracing/?{query}").content.decode()


def test_open_data_are_the_rows_of_the_contract(reader):
    body = b"".join(reader.get("/environment/open-data/AirQualityDaily.json?days=3").streaming_content)
    answer = json.loads(body)
    names = [column["name"] for column in answer["columns"]]
    assert len(answer["rows"]) == 3 * MonitoringPoint.objects.filter(element="air").count()
    first = dict(zip(names, answer["rows"][0], strict=True))
    assert (first["aqi"], first["pm25"], first["on"]) == (107, 80.0, str(NOW.date() - timedelta(days=3)))


def test_open_data_as_csv_has_a_line_for_every_row(reader):
    body = b"".join(reader.get("/environment/open-data/AirQualityHourly.csv?days=1").streaming_content)
    lines = body.decode("utf-8-sig").strip().split("\r\n")
    assert lines[0].startswith("station_code,station,lon,lat,at,aqi")
    hours = AirHour.objects.filter(at__gte=clock.day_bounds(date(2026, 11, 25))[0]).count()
    assert len(lines) == 1 + hours


def test_datasets_that_are_not_open_cannot_be_downloaded(reader):
    assert reader.get("/environment/open-data/AlarmLedger.csv").status_code == 404


def test_levels_and_classes_are_read_in_every_spelling():
    assert [aqi_level(aqi) for aqi in (None, 0, 50, 51, 150, 151, 301)] == [0, 1, 1, 2, 3, 4, 6]
    assert [advice_for(level) for level in (0, 1, 6, 7)] == ["", ADVICE[0], ADVICE[5], ""]
    assert [plain_class(name) for name in ("Ⅳ", "IV", "Ⅳ类", "劣Ⅴ", "")] == ["IV", "IV", "IV", "劣V", ""]
    assert water_grade("劣Ⅴ").water_class == 6
    assert water_grade("X") is None
