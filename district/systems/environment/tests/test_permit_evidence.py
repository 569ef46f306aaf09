"""Quantities, warnings, evidence and the alarms that come from permits."""

from datetime import date, datetime, timedelta

import pytest

from district.kernel.alerts.models import Alarm, Notice, Rule
from district.kernel.clock import CHINA
from district.kernel.devices.models import Latest
from district.systems.environment.actions.alert_rules import put_limit_rules
from district.systems.environment.actions.permit_alarms import (
    raise_days_over_limit,
    raise_quantities,
    tell_permit_warnings,
)
from district.systems.environment.actions.permits import change_limit
from district.systems.environment.models import (
    CaptureRate,
    Outlet,
    OutletDay,
    Permit,
    PermitDuty,
    PermitLimit,
    PermitQuantity,
)
from district.systems.environment.queries.permits import permit_warnings, quantity_uses
from district.systems.environment.queries.reconciliation import reconciliation
from district.systems.environment.queries.timeline import timeline
from district.testing.people import account, organisation

from .observing import outlet, series

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 4)
NOW = datetime(2026, 11, 4, 9, tzinfo=CHINA)


@pytest.fixture
def chimney() -> Outlet:
    return outlet("air")


def permit_of(found: Outlet, until: date = date(2030, 12, 31)) -> Permit:
    return Permit.objects.create(
        source=found.source,
        number="P" * 22,
        level="key",
        issuer="示例",
        issued_on=TODAY,
        valid_from_on=date(2026, 1, 1),
        valid_until_on=until,
    )


def limit_of(found: Outlet, permit: Permit, period: str = "hour", **fields) -> PermitLimit:
    return PermitLimit.objects.create(
        **{
            "permit": permit,
            "outlet": found,
            "item": "a21002",
            "period": period,
            "limit": 50.0,
            "unit": "mg/m3",
            "valid_from_on": date(2026, 1, 1),
            **fields,
        }
    )


def emitted(found: Outlet, on: date, **fields) -> OutletDay:
    return OutletDay.objects.create(
        **{"outlet": found, "item": "a21002", "on": on, "validity": "valid", **fields}
    )


def test_the_use_of_a_quantity_is_the_sum_of_the_days_before_today(chimney: Outlet):
    PermitQuantity.objects.create(
        permit=permit_of(chimney), outlet=chimney, item="a21002", year=2026, allowed_kg=1000.0
    )
    for on, kg in (
        (date(2025, 12, 31), 999.0),
        (date(2026, 10, 30), 40.0),
        (date(2026, 11, 3), 60.0),
        (TODAY, 500.0),
    ):
        emitted(chimney, on, mass_kg=kg)
    (row,) = quantity_uses(PermitQuantity.objects.all(), TODAY)
    assert row.use.used_kg == 100.0
    assert row.monthly_kg == (0.0,) * 9 + (40.0, 60.0)
    assert row.cumulative_kg[-1] == 100.0


def test_a_quantity_of_the_whole_source_adds_its_outlets_up(chimney: Outlet):
    other = Outlet.objects.create(source=chimney.source, code="DA002", name="二号", kind="air")
    PermitQuantity.objects.create(permit=permit_of(chimney), item="a21002", year=2026, allowed_kg=1000.0)
    emitted(chimney, date(2026, 11, 1), mass_kg=10.0)
    emitted(other, date(2026, 11, 1), mass_kg=5.0)
    assert quantity_uses(PermitQuantity.objects.all(), TODAY)[0].use.used_kg == 15.0


def test_a_used_up_quantity_raises_one_alarm_that_goes_when_more_is_allowed(chimney: Outlet):
    quantity = PermitQuantity.objects.create(
        permit=permit_of(chimney), outlet=chimney, item="a21002", year=2026, allowed_kg=10.0
    )
    emitted(chimney, date(2026, 11, 1), mass_kg=11.0)
    raise_quantities(TODAY)
    raise_quantities(TODAY)
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.value, alarm.limit_value) == ("quantity", 11.0, 10.0)
    quantity.allowed_kg = 1e6
    quantity.save()
    raise_quantities(TODAY)
    alarm.refresh_from_db()
    assert alarm.cleared_at is not None


def test_yesterday_over_its_limit_raises_an_alarm_and_older_days_do_not(chimney: Outlet):
    for days in (1, 9):
        emitted(chimney, TODAY - timedelta(days=days), mean=80.0, limit_day=50.0, exceeds_day=True)
    raise_days_over_limit(NOW)
    assert "2026-11-03 日均值 80 mg/m³" in Alarm.objects.get().message
    raise_days_over_limit(NOW + timedelta(days=1))
    assert Alarm.objects.get().cleared_at is not None


def test_the_end_of_a_permit_and_an_overdue_duty_are_told_once(chimney: Outlet):
    unit = organisation("ent", kind="enterprise")
    chimney.source.organisation = unit
    chimney.source.save()
    reader = account("environment.enterprise", unit=unit, scope="own")
    permit = permit_of(chimney, TODAY + timedelta(days=30))
    PermitDuty.objects.create(permit=permit, kind="execution_report", title="季度执行报告", every="quarter")
    texts = [warning.text for warning in permit_warnings(Permit.objects.all(), TODAY)]
    assert any("还有 30 天到期" in text for text in texts)
    assert any("季度执行报告" in text and "逾期" in text for text in texts)
    tell_permit_warnings(TODAY)
    tell_permit_warnings(TODAY)
    assert Notice.objects.filter(recipient=reader).count() == len(texts) == 2


def test_a_line_without_device_or_data_names_its_gap(chimney: Outlet):
    permit = permit_of(chimney)
    lines = [limit_of(chimney, permit), limit_of(chimney, permit, item="a34013")]
    manual = limit_of(chimney, permit, item="a21026", requires_automatic=False, frequency="每季度")
    series(chimney.device, "a21002")
    bare = Outlet.objects.create(source=chimney.source, code="DA009", name="无设备", kind="air")
    lines += [manual, limit_of(bare, permit)]
    found = reconciliation(lines, NOW)
    assert [line.gaps for line in found] == [
        ("offline", "stale"),
        ("offline", "item_not_reported"),
        ("no_report",),
        ("no_device",),
    ]


def test_a_line_with_fresh_valid_data_has_no_gap(chimney: Outlet):
    one = series(chimney.device, "a21002")
    chimney.device.is_online = True
    chimney.device.save()
    Latest.objects.create(series=one, at=NOW - timedelta(hours=1), value=30.0, mark=1, received_at=NOW)
    CaptureRate.objects.create(device=chimney.device, on=TODAY, expected=24, received=24, valid=23)
    (line,) = reconciliation([limit_of(chimney, permit_of(chimney))], NOW)
    assert line.gaps == ()
    assert (line.latest_value, line.capture_percent) == (30.0, pytest.approx(100 * 23 / 24))


def test_a_changed_limit_moves_its_rule_and_stands_in_the_timeline(chimney: Outlet):
    limit = limit_of(chimney, permit_of(chimney))
    put_limit_rules(TODAY)
    change_limit(limit, 40.0, TODAY, today=TODAY)
    put_limit_rules(TODAY)
    rule = Rule.objects.get(system="environment", kind="limit")
    assert rule.parameters == {"above": 40.0}
    assert "limit_changed" in {entry.kind for entry in timeline(chimney.source)}


def test_a_rule_is_switched_off_when_its_limit_ends(chimney: Outlet):
    limit = limit_of(chimney, permit_of(chimney))
    put_limit_rules(TODAY)
    limit.valid_until_on = TODAY
    limit.save()
    put_limit_rules(TODAY + timedelta(days=1))
    assert not Rule.objects.get(system="environment", kind="limit").is_enabled
