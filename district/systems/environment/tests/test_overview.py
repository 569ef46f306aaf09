"""What the start page says about the environment, and to whom."""

import pytest
from django.test import Client
from django.urls import reverse

from district.kernel import clock
from district.kernel.alerts.actions import clear_alarm, raise_alarm
from district.kernel.alerts.contract import AlarmRaised
from district.kernel.devices.models import Device
from district.systems.environment import overview
from district.systems.environment.actions.alert_rules import put_default_rules
from district.systems.environment.handlers import open_supervision
from district.systems.environment.models import Outlet
from district.systems.environment.queries.air import district_now
from district.systems.environment.tests.measured import NOW, measured_district
from district.testing.people import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    with clock.stopped_at(NOW):
        measured_district()
        yield


def start_page(reader=None) -> str:
    client = Client()
    if reader is not None:
        client.force_login(reader)
    return client.get("/").content.decode()


def an_alarm_that_ended_by_itself() -> None:
    device = Device.objects.filter(kind="gas_outlet").first()
    alarm = raise_alarm(
        system="environment", kind="limit", thing="series:1", subject=device.name, message="氮氧化物超标", severity=3,
        device_id=device.pk, organisation_id=device.owner_id, division_code=device.division_code,
    )
    open_supervision(told_of(alarm))
    clear_alarm(system="environment", kind="limit", thing="series:1")


def told_of(alarm) -> AlarmRaised:
    return AlarmRaised(
        alarm_id=alarm.pk, key=alarm.key, system=alarm.system, kind=alarm.kind, severity=alarm.severity, subject=alarm.subject,
        message=alarm.message, device_id=alarm.device_id, series_id=alarm.series_id, item=alarm.item,
        organisation_id=alarm.organisation_id, division_code=alarm.division_code, value=alarm.value,
        limit_value=alarm.limit_value, unit=alarm.unit, since_at=alarm.since_at, raised_at=alarm.raised_at,
    )


def figures_of(reader) -> dict[str, overview.Figure]:
    return {str(each.title): each for each in overview.figures(reader)}


def test_a_case_is_counted_until_it_is_closed_though_its_alarm_has_ended(district):
    officer = account("environment.officer")
    assert figures_of(officer)["未办结督办"].value == 0
    an_alarm_that_ended_by_itself()
    figure = figures_of(officer)["未办结督办"]
    assert (figure.value, figure.colour, figure.url) == (1, "d-warn", reverse("environment:supervision"))
    text = start_page(officer)
    assert "没有正在发生的告警" in text
    assert "今日发生 1 起" in text


def test_the_public_sees_the_air_and_nothing_of_enterprises(district):
    assert [str(each.title) for each in overview.figures(None)] == ["全区空气质量指数（AQI）"]
    assert figures_of(None)["全区空气质量指数（AQI）"].value == district_now().index.aqi
    [layer] = overview.layers(None)
    kinds = {one["properties"]["kind"] for one in layer.data["features"]}
    assert kinds == {"环境空气"}
    text = start_page()
    assert "排口在线" not in text
    assert "107" in text


def test_staff_see_every_kind_of_station_on_the_map(district):
    keys = [layer.key for layer in overview.layers(account("environment.reader"))]
    assert keys == ["reaches", "air", "surface_water", "noise", "outlets", "cases"]


def test_outlets_that_went_silent_are_told(district):
    officer = account("environment.officer")
    watched = Outlet.objects.filter(is_in_use=True, device__isnull=False).count()
    assert figures_of(officer)["排口在线"].value == f"{watched} / {watched}"
    silent = Outlet.objects.filter(device__isnull=False).first().device
    Device.objects.filter(pk=silent.pk).update(is_online=False)
    figure = figures_of(officer)["排口在线"]
    assert (figure.value, figure.colour) == (f"{watched - 1} / {watched}", "d-warn")


def test_a_district_without_data_says_so():
    assert figures_of(None)["全区空气质量指数（AQI）"].detail == "最近 24 小时没有数据"


def test_rules_name_their_item_in_words(district):
    from district.kernel.alerts.models import Rule

    put_default_rules()
    rules = Rule.objects.filter(system="environment").exclude(item="")
    assert rules
    assert not [rule.key for rule in rules if rule.item_name in ("", rule.item)]
