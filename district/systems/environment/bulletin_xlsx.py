"""A bulletin as a workbook: its text on the first sheet, one sheet a table, a chart of AQI."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from .bulletin import Bulletin
from .bulletin_tables import BulletinTable, tables


def xlsx_of(bulletin: Bulletin) -> bytes:
    """The workbook as bytes. Cells that begin like a formula are written as text."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        _write_text(book, bulletin)
        for table in tables(bulletin):
            _write_table(book, table)
        _write_daily_aqi(book, bulletin)
    return buffer.getvalue()


def _write_text(book: xlsxwriter.Workbook, bulletin: Bulletin) -> None:
    sheet = book.add_worksheet("概要")
    sheet.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    sheet.write_string(0, 0, bulletin.title, book.add_format({"bold": True, "font_size": 16}))
    for row, sentence in enumerate(bulletin.sentences(), start=2):
        sheet.write_string(row, 0, sentence)


def _write_table(book: xlsxwriter.Workbook, table: BulletinTable) -> None:
    sheet = book.add_worksheet(table.title)
    head = book.add_format({"bold": True, "bg_color": "#E6EEF5", "bottom": 1})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, len(table.header) - 1, 13)
    sheet.write_row(0, 0, table.header, head)
    for number, row in enumerate(table.rows, start=1):
        sheet.write_row(number, 0, ["–" if cell is None else cell for cell in row])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(table.rows), len(table.header) - 1)


def _write_daily_aqi(book: xlsxwriter.Workbook, bulletin: Bulletin) -> None:
    stations = [station for station in bulletin.air if station.valid_days]
    if bulletin.period != "month" or not stations:
        return
    name = "逐日AQI"
    sheet = book.add_worksheet(name)
    days = sorted({day.on for station in stations for day in station.days})
    dated = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.set_column(0, 0, 12)
    sheet.write_row(0, 0, ["日期", *(station.name for station in stations)])
    for row, on in enumerate(days, start=1):
        sheet.write_datetime(row, 0, on, dated)
        for column, station in enumerate(stations, start=1):
            aqi = next((day.aqi for day in station.days if day.on == on), None)
            if aqi is not None:
                sheet.write_number(row, column, aqi)
    chart = book.add_chart({"type": "line"})
    for column, station in enumerate(stations, start=1):
        chart.add_series(
            {
                "name": station.name,
                "categories": [name, 1, 0, len(days), 0],
                "values": [name, 1, column, len(days), column],
            }
        )
    chart.set_title({"name": "逐日 AQI"})
    chart.set_size({"width": 900, "height": 360})
    sheet.insert_chart(1, len(stations) + 2, chart)
