"""From observations to results, in the database."""

from datetime import date, datetime, timedelta

import pytest

from district.kernel.clock import CHINA
from district.systems.environment.actions.corrections import (
    RefusedCorrection,
    decide_correction,
    request_correction,
)
from district.systems.environment.actions.evaluation import due_days, evaluate_days, spans
from district.systems.environment.models import (
    AirDay,
    AirHour,
    CaptureRate,
    DailyValue,
    EvaluatedDay,
    HourlyValue,
    NoiseDay,
    OutletDay,
    Permit,
    PermitLimit,
    StateMark,
    WaterDay,
)

from .observing import air_point, device, observe, outlet, series

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 3)
MIDNIGHT = datetime(2026, 11, 3, tzinfo=CHINA)
LATER = MIDNIGHT + timedelta(days=2, hours=1)
CLEAN = {"a34002": 60.0, "a21026": 10.0, "a21004": 30.0, "a21005": 0.6, "a05024": 80.0}


def evaluate() -> int:
    return evaluate_days(DAY, DAY, LATER)


def air_station_with(pm25: list[float | None]):
    point = air_point()
    observe(series(point.device, "a34004"), MIDNIGHT, pm25)
    for item, value in CLEAN.items():
        observe(series(point.device, item), MIDNIGHT, [value] * 24)
    return point


def test_a_day_of_an_air_station_gets_its_index_and_primary_pollutant():
    point = air_station_with([90.0] * 24)
    evaluate()
    day = AirDay.objects.get(point=point, on=DAY)
    # HJ 633-2026: PM2.5 60 -> 100, 115 -> 150, so 90 -> 100 + 50 * 30 / 55 = 127.3, rounded up.
    assert (day.aqi, day.primary_pollutants, day.standard) == (128, ["PM2.5"], "HJ 633-2026")
    assert day.exceeding_pollutants == ["PM2.5"]
    assert AirHour.objects.filter(point=point).count() == 24


def test_evaluating_twice_changes_nothing():
    air_station_with([30.0] * 20 + [None] * 4)
    assert evaluate() > 0
    assert evaluate() == 0


def test_a_day_with_too_few_hours_has_no_mean():
    point = air_station_with([30.0] * 19 + [None] * 5)
    evaluate()
    assert "PM2.5" not in AirDay.objects.get(point=point).concentrations
    assert DailyValue.objects.get(series__item="a34004").validity == "invalid"


def test_maintenance_hours_do_not_count_and_are_seen_in_the_capture_rate():
    point = air_point()
    observe(series(point.device, "a34004"), MIDNIGHT, [30.0] * 23 + [500.0], "N" * 23 + "M")
    evaluate()
    hour = HourlyValue.objects.get(at=MIDNIGHT + timedelta(hours=23))
    assert (hour.value, hour.raw, hour.validity, hour.reason) == (None, 500.0, "invalid", "mark_M")
    rate = CaptureRate.objects.get(on=DAY)
    assert (rate.expected, rate.received, rate.valid) == (24, 24, 23)


def test_a_station_that_reports_milligrams_is_converted():
    point = air_point()
    point.units = {"a34004": "mg/m3"}
    point.save()
    observe(series(point.device, "a34004"), MIDNIGHT, [0.035] * 24)
    evaluate()
    assert DailyValue.objects.get(series__item="a34004").value == pytest.approx(35.0)


def waste_water(cod: list[float | None], flow: list[float | None]):
    found = outlet()
    observe(series(found.device, "w01018"), MIDNIGHT, cod)
    observe(series(found.device, "w00000"), MIDNIGHT, flow)
    permit = Permit.objects.create(
        source=found.source,
        number="P" * 22,
        level="key",
        issuer="示例",
        issued_on=DAY,
        valid_from_on=date(2026, 1, 1),
        valid_until_on=date(2030, 12, 31),
    )
    PermitLimit.objects.create(
        permit=permit,
        outlet=found,
        item="w01018",
        period="day",
        limit=50.0,
        unit="mg/L",
        valid_from_on=date(2026, 1, 1),
    )
    return found


def test_the_daily_mean_of_waste_water_is_weighted_by_flow():
    found = waste_water([10.0] * 12 + [100.0] * 12, [1.0] * 12 + [3.0] * 12)
    evaluate()
    day = OutletDay.objects.get(outlet=found, item="w01018")
    assert day.mean == pytest.approx((10 * 1 + 100 * 3) / 4)
    assert day.flow_m3 == pytest.approx(12 * 3.6 * 4)
    assert day.mass_kg == pytest.approx((10 * 12 * 3.6 + 100 * 12 * 10.8) / 1000)
    assert day.exceeds_day is True


def test_a_short_gap_of_waste_water_is_filled_with_the_mean_before_it():
    found = waste_water([10.0] * 20 + [20.0, 40.0, None, None], [1.0] * 24)
    evaluate()
    last = HourlyValue.objects.get(series__item="w01018", at=MIDNIGHT + timedelta(hours=23))
    assert (last.value, last.raw, last.validity) == (30.0, None, "substituted")
    assert OutletDay.objects.get(outlet=found, item="w01018").substituted_hours == 2


def test_a_gas_outlet_is_judged_by_converted_hours_and_start_up_is_exempt():
    found = outlet("air")
    observe(series(found.device, "a21002"), MIDNIGHT, [30.0] * 24)
    observe(series(found.device, "a21002", "zs_avg"), MIDNIGHT, [60.0] * 3 + [40.0] * 21)
    observe(series(found.device, "a00000"), MIDNIGHT, [10.0] * 24)
    permit = Permit.objects.create(
        source=found.source,
        number="G" * 22,
        level="key",
        issuer="示例",
        issued_on=DAY,
        valid_from_on=date(2026, 1, 1),
        valid_until_on=date(2030, 12, 31),
    )
    PermitLimit.objects.create(
        permit=permit,
        outlet=found,
        item="a21002",
        period="hour",
        limit=50.0,
        unit="mg/m3",
        valid_from_on=date(2026, 1, 1),
    )
    StateMark.objects.create(
        outlet=found,
        state="start_up",
        from_at=MIDNIGHT,
        until_at=MIDNIGHT + timedelta(hours=2),
        declared_at=MIDNIGHT,
    )
    evaluate()
    day = OutletDay.objects.get(outlet=found, item="a21002")
    assert day.exceeding_hours == 1
    assert day.mass_kg == pytest.approx(24 * 30 * 36000 * 1e-6)


def test_a_stopped_plant_owes_no_hours():
    found = outlet("air")
    observe(series(found.device, "a21002"), MIDNIGHT, [30.0] * 12)
    StateMark.objects.create(
        outlet=found,
        state="stopped",
        from_at=MIDNIGHT + timedelta(hours=12),
        until_at=MIDNIGHT + timedelta(days=1),
        declared_at=MIDNIGHT,
    )
    evaluate()
    rate = CaptureRate.objects.get(on=DAY)
    assert (rate.expected, rate.valid) == (12, 12)
    assert OutletDay.objects.get(outlet=found).validity == "valid"


def test_a_section_gets_its_class_and_the_items_that_decide_it():
    point = air_point("W1")
    point.element, point.target_class = "surface_water", "III"
    point.save()
    for item, value in {
        "w01001": 7.5,
        "w01009": 8.0,
        "w01019": 3.0,
        "w21003": 1.2,
        "w21011": 0.1,
        "w01010": 15.0,
    }.items():
        observe(series(point.device, item), MIDNIGHT, [value] * 24)
    evaluate()
    day = WaterDay.objects.get(point=point)
    assert (day.water_class, day.deciding_items, day.meets_target) == ("IV", ["NH3-N"], False)
    assert day.exceeding_items == {"NH3-N": 0.2}


def test_a_noise_point_is_judged_by_its_zone():
    point = air_point("N1")
    point.element, point.zone = "noise", "2"
    point.save()
    observe(series(point.device, "Leq", "data"), MIDNIGHT, [52.0] * 6 + [58.0] * 16 + [52.0] * 2)
    evaluate()
    day = NoiseDay.objects.get(point=point)
    assert (day.day_level, day.night_level) == (58.0, 52.0)
    assert (day.exceeds_day, day.exceeds_night) == (False, True)


def test_a_noise_device_owes_its_equivalent_level_and_not_the_levels_it_may_add():
    point = air_point("N1")
    point.element, point.zone = "noise", "2"
    point.save()
    observe(series(point.device, "Leq", "data"), MIDNIGHT, [52.0] * 18 + [None] * 6)
    observe(series(point.device, "L10", "data"), MIDNIGHT, [55.0] * 24)
    series(point.device, "Ldn", "data")
    evaluate()
    rate = CaptureRate.objects.get(on=DAY)
    assert (rate.expected, rate.received, rate.valid) == (24, 18, 18)


def test_late_data_make_a_day_due_again():
    point = air_point()
    one = series(point.device, "a34004")
    observe(one, MIDNIGHT, [30.0] * 23)
    evaluate()
    assert DAY not in due_days(LATER + timedelta(days=9))
    observe(one, MIDNIGHT + timedelta(hours=23), [54.0])
    assert DAY in due_days(LATER + timedelta(days=9))
    evaluate()
    assert DailyValue.objects.get(series=one).value == pytest.approx(31.0)


def test_hours_that_are_not_over_are_not_missing():
    point = air_point()
    observe(series(point.device, "a34004"), MIDNIGHT, [30.0] * 6)
    evaluate_days(DAY, DAY, MIDNIGHT + timedelta(hours=7, minutes=30))
    assert list(HourlyValue.objects.order_by("at").values_list("validity", flat=True)) == ["valid"] * 6 + [
        "missing"
    ]
    assert not AirDay.objects.exists()


def test_a_correction_counts_when_a_second_person_agrees(django_user_model):
    first = django_user_model.objects.create_user("first", name="甲")
    second = django_user_model.objects.create_user("second", name="乙")
    point = air_point()
    one = series(point.device, "a34004")
    observe(one, MIDNIGHT, [30.0] * 24)
    evaluate()
    made = request_correction(one, MIDNIGHT, 54.0, "校准残留", account=first, requested_at=LATER)
    evaluate()
    assert HourlyValue.objects.get(series=one, at=MIDNIGHT).value == 30.0
    with pytest.raises(RefusedCorrection) as refusal:
        decide_correction(made, is_confirmed=True, account=first, decided_at=LATER)
    assert refusal.value.code == "same_person"
    decide_correction(made, is_confirmed=True, account=second, decided_at=LATER)
    assert EvaluatedDay.objects.get(on=DAY).marked_at is not None
    evaluate()
    hour = HourlyValue.objects.get(series=one, at=MIDNIGHT)
    assert (hour.value, hour.raw, hour.validity) == (54.0, 30.0, "corrected")
    assert DailyValue.objects.get(series=one).value == pytest.approx(31.0)
    assert EvaluatedDay.objects.get(on=DAY).marked_at is None


def test_days_are_taken_in_runs_without_holes():
    days = [DAY + timedelta(days=number) for number in (0, 1, 2, 5, *range(10, 45))]
    assert [(last - first).days + 1 for first, last in spans(days)] == [3, 1, 31, 4]


def test_a_device_nobody_placed_is_left_alone():
    observe(series(device("stray", "air"), "a34004"), MIDNIGHT, [30.0] * 24)
    evaluate()
    assert not HourlyValue.objects.exists()


def test_a_device_owes_nothing_from_before_it_began():
    point = air_point()
    point.device.made_at = MIDNIGHT + timedelta(hours=10, minutes=20)
    point.device.save()
    one = series(point.device, "a34004")
    observe(one, MIDNIGHT + timedelta(hours=12), [30.0] * 12)
    evaluate()
    assert HourlyValue.objects.filter(series=one).earliest("at").at == MIDNIGHT + timedelta(hours=11)
    rate = CaptureRate.objects.get(on=DAY)
    assert (rate.expected, rate.received, rate.valid) == (13, 12, 12)


def test_history_sent_later_belongs_to_the_device_although_it_was_registered_since():
    point = air_point()
    observe(series(point.device, "a34004"), MIDNIGHT + timedelta(hours=2), [30.0, None, 30.0])
    evaluate()
    rate = CaptureRate.objects.get(on=DAY)
    assert (rate.expected, rate.valid) == (22, 2)


def test_a_value_no_water_can_have_does_not_keep_the_others_from_being_judged():
    point = air_point("W1")
    point.element, point.target_class = "surface_water", "III"
    point.save()
    for item, value in {"w01001": 24.0, "w21003": 1.2}.items():
        observe(series(point.device, item), MIDNIGHT, [value] * 24)
    evaluate()
    assert WaterDay.objects.get(point=point).water_class == "IV"


def test_a_level_louder_than_sound_is_left_out():
    point = air_point("N1")
    point.element, point.zone = "noise", "2"
    point.save()
    observe(series(point.device, "Leq", "data"), MIDNIGHT, [999.0] + [50.0] * 23)
    evaluate()
    assert NoiseDay.objects.get(point=point).night_level == pytest.approx(50.0)
