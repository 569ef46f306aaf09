"""What others may see of the environment system: datasets lent to the catalogue, and what it tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from district.kernel.vocabulary import Column, Dataset, Event

_STATION = (
    Column("station_code", "站点编号", "text"),
    Column("station", "站点", "text"),
    Column("lon", "经度", "number", "°", holds="lon"),
    Column("lat", "纬度", "number", "°", holds="lat"),
)
_AIR = (
    Column("aqi", "空气质量指数", "integer"),
    Column("category", "级别", "text"),
    Column("primary_pollutants", "首要污染物", "text"),
    Column("pm25", "细颗粒物", "number", "µg/m³"),
    Column("pm10", "可吸入颗粒物", "number", "µg/m³"),
    Column("so2", "二氧化硫", "number", "µg/m³"),
    Column("no2", "二氧化氮", "number", "µg/m³"),
    Column("co", "一氧化碳", "number", "mg/m³"),
    Column("o3", "臭氧", "number", "µg/m³"),
    Column("standard", "评价标准", "text"),
)

AirQualityHourly = Dataset(
    key="AirQualityHourly",
    zh="环境空气质量小时值",
    en="Hourly air quality",
    table="environment_air_quality_hourly",
    columns=(*_STATION, Column("at", "小时", "datetime"), *_AIR),
    share="open",
    updates="hourly",
    is_open_to_public=True,
    theme="ecology",
    abstract="各空气质量监测站每小时的污染物浓度、空气质量指数和级别，按 HJ 633 计算。",
    open_condition="无条件，使用时注明来源",
)

AirQualityDaily = Dataset(
    key="AirQualityDaily",
    zh="环境空气质量日值",
    en="Daily air quality",
    table="environment_air_quality_daily",
    columns=(*_STATION, Column("on", "日期", "date"), *_AIR),
    share="open",
    updates="daily",
    is_open_to_public=True,
    theme="ecology",
    abstract="各空气质量监测站每日的污染物浓度、空气质量指数和级别，按 HJ 633 计算。",
    open_condition="无条件，使用时注明来源",
)

OutletEmissionDaily = Dataset(
    key="OutletEmissionDaily",
    zh="排放口日排放",
    en="Daily emission of outlets",
    table="environment_outlet_emission_daily",
    columns=(
        Column("credit_code", "统一社会信用代码", "text", holds="entity_code"),
        Column("source", "企业", "text"),
        Column("outlet_code", "排口编号", "text"),
        Column("outlet", "排口", "text"),
        Column("item", "污染物编码", "text"),
        Column("on", "日期", "date"),
        Column("mean", "日均浓度", "number"),
        Column("mass_kg", "排放量", "number", "kg"),
        Column("flow_m3", "排水（气）量", "number", "m³"),
        Column("valid_hours", "有效小时数", "integer"),
        Column("exceeding_hours", "超标小时数", "integer"),
        Column("exceeds_day", "日均超标", "boolean"),
    ),
    updates="daily",
    theme="ecology",
    abstract="重点排污单位各排放口每日的排放浓度、排放量和超标小时数。",
)

AlarmLedger = Dataset(
    key="AlarmLedger",
    zh="告警督办台账",
    en="Ledger of alarms and supervision",
    table="environment_alarm_ledger",
    columns=(
        Column("number", "编号", "text"),
        Column("kind", "类型", "text"),
        Column("state", "状态", "text"),
        Column("source", "企业", "text"),
        Column("credit_code", "统一社会信用代码", "text", holds="entity_code"),
        Column("outlet_code", "排口编号", "text"),
        Column("point", "点位", "text"),
        Column("item", "项目编码", "text"),
        Column("happened_at", "发生时间", "datetime"),
        Column("opened_at", "立案时间", "datetime"),
        Column("due_at", "答复期限", "datetime"),
        Column("closed_at", "办结时间", "datetime"),
        Column("measured_value", "监测值", "number"),
        Column("limit_value", "限值", "number"),
        Column("unit", "单位", "text"),
    ),
    theme="ecology",
    abstract="污染源自动监测告警的立案、答复和办结情况。",
)


@dataclass(frozen=True)
class SupervisionOpened(Event):
    """An alarm has become a case that somebody must answer by `due_at`."""

    number: str
    kind: str
    credit_code: str
    title: str
    due_at: datetime


@dataclass(frozen=True)
class SupervisionClosed(Event):
    """A case has ended: `state` is accepted or exempt."""

    number: str
    kind: str
    credit_code: str
    state: str
