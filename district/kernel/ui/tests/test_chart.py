from __future__ import annotations

import json
import math
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from district.kernel import clock
from district.kernel.ui.chart import Bar, Heat, Limit, Line, Pie, Rose, Scatter, Span, Trace, day_hours
from district.kernel.ui.chart_data import json_text, plain, wall_clock_ms
from district.kernel.ui.map import Choices, Field, Layer, Map, Steps, TimeSlider
from district.kernel.ui.render import text_of

HOURS = [datetime(2026, 11, 3, hour, tzinfo=clock.CHINA) for hour in range(24)]


def line(values, **options) -> Line:
    return Line(title="浓度", unit="µg/m³", x=HOURS[: len(values)], traces=[Trace("甲站", values)], **options)


def test_what_is_missing_is_a_gap_and_not_a_zero():
    payload = json.loads(line([1.0, None, math.nan, math.inf, 0.0]).json())

    assert payload["columns"][1]["values"] == [1.0, None, None, None, 0.0]
    assert payload["option"]["series"][0]["connectNulls"] is False


def test_numpy_columns_travel_like_lists():
    assert plain(np.array([1.5, np.nan])) == [1.5, None]


def test_a_moment_is_the_clock_on_the_wall_in_china_wherever_it_is_looked_at():
    moment = datetime(2026, 11, 3, 14, tzinfo=clock.CHINA)
    utc = datetime.fromisoformat("2026-11-03T06:00:00+00:00")

    assert wall_clock_ms(moment) == wall_clock_ms(utc)
    assert datetime.fromisoformat("1970-01-01T00:00:00+00:00") + timedelta(milliseconds=wall_clock_ms(moment)) == (
        datetime.fromisoformat("2026-11-03T14:00:00+00:00")
    )
    assert wall_clock_ms(date(2026, 11, 3)) == wall_clock_ms(moment) - 14 * 3_600_000


def test_limits_and_spans_are_drawn_with_the_first_trace():
    option = line([1, 2], limits=[Limit("限值", 75)], spans=[Span(HOURS[0], HOURS[1], "校准")]).option()

    assert option["series"][0]["markLine"]["data"][0]["yAxis"] == 75
    assert option["series"][0]["markArea"]["data"][0][0]["xAxis"] == wall_clock_ms(HOURS[0])


def test_an_interval_brings_its_two_edges_into_the_table_beside_the_chart():
    chart = Line(title="预报", x=HOURS[:2], traces=[Trace("均值", [5, 6], band=([4, 5], [6, 7]))])

    assert [column.key for column in chart.columns()] == ["x", "y0", "l0", "h0"]


def test_the_summary_tells_what_a_blind_reader_would_miss():
    assert line([3, None, 9, 5]).text == "浓度；甲站：最低 3.0，最高 9.0，最后 5.0 µg/m³"


@pytest.mark.parametrize("chart", [
    Bar(title="a", x=["</script>"], traces=[Trace("<b>", [1])]),
    Pie(title="b", parts={"</script><script>alert(1)": 1}),
    Scatter(title="c", points=[(1, 2, "<!--")], diagonal=True),
    Heat(title="d", x=["<"], y=["y"], values=[[1]]),
    Rose(title="e&", traces=[Trace("x", range(16))]),
])
def test_data_cannot_leave_its_element(chart):
    html = text_of(None, "ui/chart.html", {"chart": chart, "height": 320, "card": True})

    inside = html.split("<template data-payload>")[1].split("</template>")[0]
    assert "<" not in inside
    assert json.loads(inside)["columns"]


def test_a_rose_has_sixteen_winds_from_the_north():
    option = Rose(title="r", traces=[Trace("x", range(16))]).option()

    assert Rose(title="r", traces=[]).columns()[0].values[:2] == ["北", "北北东"]
    assert option["angleAxis"]["startAngle"] == 90 + 180 / 16


def test_pieces_of_a_heat_meet_without_gap_and_their_upper_bound_belongs_to_them():
    heat = Heat(title="h", x=[1], y=[1], values=[[1]], pieces=[(50, "#0f0", "优"), (100, "#ff0", "良"), (None, "#f00", "差")])

    assert [{key: piece[key] for key in ("gt", "lte") if key in piece} for piece in heat.option()["visualMap"]["pieces"]] == [
        {"lte": 50}, {"gt": 50, "lte": 100}, {"gt": 100},
    ]


def test_hours_become_days_by_hours():
    hours, days, grid = day_hours({HOURS[3]: 7.0, HOURS[3] + timedelta(days=2): 9.0})

    assert (len(hours), days) == (24, ["2026-11-03", "2026-11-05"])
    assert (grid[0][3], grid[1][3], grid[0][4]) == (7.0, 9.0, None)


def test_a_chart_without_numbers_says_so():
    html = text_of(None, "ui/chart.html", {"chart": line([None, None]), "height": 320, "card": True})

    assert "这段时间没有数据" in html
    assert "<script" not in html


def test_a_map_carries_layers_colours_and_time():
    shown = Map(
        "m", title="图", time_slider=TimeSlider("/f?at={step}", [("1", "一"), ("2", "二")], "a"),
        layers=[Layer("a", "甲", url="/a", colour=Steps("aqi", [(50, "#0f0", "优"), (None, "#f00", "差")]),
                      popup=[Field("aqi", "AQI")]),
                Layer("b", "乙", data={"type": "FeatureCollection", "features": []},
                      colour=Choices("k", [("1", "#00f", "一类")]))],
    )
    payload = json.loads(shown.json())

    assert payload["layers"][0]["colour"]["steps"] == [[50, "#0f0", "优"], [None, "#f00", "差"]]
    assert payload["slider"]["start"] == 1
    assert 'max="1"' in text_of(None, "ui/map.html", {"map": shown, "height": 400})


def test_json_of_a_page_has_no_angle_bracket_and_no_ampersand():
    assert json_text({"a": "</script>&"}) == '{"a":"\\u003c/script\\u003e\\u0026"}'
