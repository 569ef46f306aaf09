"""A bulletin says what its figures say, and says it in page, workbook and PDF."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest

from district.systems.environment.bulletin import (
    AirDayLine,
    AirStation,
    Bulletin,
    Emission,
    NoisePoint,
    WaterSection,
)
from district.systems.environment.bulletin_pdf import pdf_of
from district.systems.environment.bulletin_tables import tables
from district.systems.environment.bulletin_xlsx import xlsx_of

FIRST = date(2026, 11, 1)


def month(aqis: list[int | None]) -> Bulletin:
    days = tuple(
        AirDayLine(
            FIRST + timedelta(days=place),
            aqi,
            "良" if aqi else "",
            ("PM2.5",) if aqi else (),
            {"PM2.5": 30.0, "CO": 0.84},
        )
        for place, aqi in enumerate(aqis)
    )
    return Bulletin(
        "month",
        FIRST,
        date(2026, 11, 30),
        (AirStation("=示例站", days),),
        (WaterSection("示例断面", "Ⅳ", {"Ⅲ": 29, "Ⅴ": 1}, "Ⅴ", ("氨氮",), 29, 30),),
        (NoisePoint("示例点", "2", 55.24, 48.0, 30, 0, 3),),
        (Emission("示例厂", "化学需氧量", 123.4, 1, 0, 0.83),),
        {"小时超标": (3, 2)},
        93.25,
    )


def test_days_without_an_index_are_not_counted():
    text = month([60, None, 120])
    assert "有效评价 2 天，优良 1 天（50.0%）" in text.sentences()[0]
    assert "AQI 最高 120（11 月 3 日" in text.sentences()[0]


def test_an_element_without_data_says_so():
    empty = Bulletin("day", FIRST, FIRST)
    assert all("没有" in sentence for sentence in empty.sentences()[:4])
    assert tables(empty) == ()


def test_every_table_has_a_cell_for_each_heading():
    for table in tables(month([60, 70])):
        assert {len(row) for row in table.rows} == {len(table.header)}


def test_the_workbook_holds_the_text_the_tables_and_no_formula():
    book = openpyxl.load_workbook(BytesIO(xlsx_of(month([60, None, 120]))))
    assert book.sheetnames == ["概要", "环境空气", "地表水", "声环境", "污染源排放", "告警督办", "逐日AQI"]
    cell = book["环境空气"]["A2"]
    assert (cell.value, cell.data_type) == ("=示例站", "s")


@pytest.mark.parametrize("aqis", [[60, None, 120], []])
def test_the_pdf_is_a_pdf_whatever_there_is_to_print(aqis: list[int | None]):
    assert pdf_of(month(aqis)).startswith(b"%PDF-")
