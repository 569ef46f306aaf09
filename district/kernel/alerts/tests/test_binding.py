from dataclasses import replace

from district.kernel.alerts.binding import DeviceRow, RuleRow, SeriesRow, bindings
from district.kernel.alerts.rules import Kind

DEVICES = [
    DeviceRow(1, "一号站", "air", "environment", "370306100"),
    DeviceRow(2, "二号口", "outlet", "environment", "370306102"),
    DeviceRow(3, "水表", "meter", "energy", "370306100"),
]
SERIES = [
    SeriesRow(10, 1, "pm25", "avg", "hour", "µg/m³"),
    SeriesRow(11, 1, "pm25", "rtd", "realtime", "µg/m³"),
    SeriesRow(20, 2, "before", "avg", "hour", "mg/L"),
    SeriesRow(21, 2, "after", "avg", "hour", "mg/L"),
    SeriesRow(30, 3, "pm25", "avg", "hour", ""),
]


def bound(**fields):
    rule = replace(RuleRow(1, "environment", "limit", 2, {"above": 5}), **fields)
    found, refused = bindings([rule], DEVICES, SERIES)
    assert not refused
    return found


def test_a_rule_reaches_every_series_its_selection_fits_and_no_other():
    assert [each.series_id for each in bound(item="pm25")] == [10, 11]
    assert [each.series_id for each in bound(item="pm25", period="hour")] == [10]
    assert [each.series_id for each in bound(device_kind="outlet")] == [20, 21]
    assert [each.series_id for each in bound(division_code="370306102", item="after")] == [21]
    assert [each.series_id for each in bound(device_id=1, statistic="rtd")] == [11]
    assert bound(system="traffic") == []


def test_people_read_the_name_of_the_item_and_its_unit():
    (each,) = bound(item="pm25", period="hour", item_name="PM2.5")
    assert (each.subject, each.unit) == ("一号站 PM2.5", "µg/m³")


def test_offline_watches_devices_and_an_expression_takes_its_inputs_from_one_device():
    offline = bound(kind="offline", parameters={"silent_s": 60})
    assert [(each.device_id, each.series_id) for each in offline] == [(1, None), (2, None)]
    inputs = {name: {"item": name, "statistic": "avg", "period": "hour"} for name in ("after", "before")}
    (joint,) = bound(kind="expression", parameters={"expression": "after > before"}, inputs=inputs)
    assert joint.kind is Kind.EXPRESSION
    assert joint.inputs == (("after", 21), ("before", 20))
    missing = {"after": inputs["after"], "flow": {"item": "flow", "statistic": "avg", "period": "hour"}}
    assert bound(kind="expression", parameters={"expression": "after > flow"}, inputs=missing) == []


def test_a_rule_that_cannot_work_does_not_stop_the_others():
    rules = [RuleRow(1, "environment", "limit", 2, {}), RuleRow(2, "environment", "zero", 2, {})]
    found, refused = bindings(rules, DEVICES, SERIES)
    assert {each.rule_id for each in found} == {2}
    assert "above" in refused[1]
