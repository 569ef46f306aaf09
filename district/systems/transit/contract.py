"""What others may see of the buses: datasets lent to the catalogue."""

from __future__ import annotations

from district.kernel.vocabulary import Column, Dataset

TripRun = Dataset(
    key="TripRun",
    zh="公交班次运行记录",
    en="Runs of bus trips",
    table="transit_run",
    columns=(
        Column("id", "编号", "integer", is_key=True),
        Column("day", "运营日", "date"),
        Column("route_id", "线路编号", "text"),
        Column("direction", "方向", "text"),
        Column("trip_id", "班次编号", "text"),
        Column("start_time", "发车时间", "text"),
        Column("begins_at", "计划发车", "datetime"),
        Column("ends_at", "计划到达", "datetime"),
        Column("state", "状态", "text"),
        Column("delay_s", "晚点", "number", "s"),
        Column("seen_at", "最近位置时间", "datetime"),
    ),
    share="open",
    updates="realtime",
    is_open_to_public=True,
    theme="city_management",
    abstract="每个运营日各班次的计划、状态和晚点，由车载终端的位置匹配得到；不含驾驶员信息。",
    open_condition="无条件，使用时注明来源",
)

ForecastScoreDaily = Dataset(
    key="ForecastScoreDaily",
    zh="到站预报评分日值",
    en="Daily scores of arrival forecasts",
    table="transit_score",
    columns=(
        Column("day", "运营日", "date"),
        Column("route_id", "线路编号", "text"),
        Column("line", "线路名称", "text"),
        Column("visits", "到站次数", "integer"),
        Column("forecast", "有预报次数", "integer"),
        Column("right", "预报准确次数", "integer"),
        Column("judged", "判定预报数", "integer"),
        Column("covered", "区间覆盖数", "integer"),
    ),
    share="open",
    updates="daily",
    is_open_to_public=True,
    theme="city_management",
    abstract="每日各线路（线路编号为空的是全区）到站预报与实际到站的比对结果，按公开的评分规则计算。",
    open_condition="无条件，使用时注明来源",
)
