"""Charts of office files (DrawingML, ECMA-376 Part 1 §21.2) with their numbers in a sheet inside: one way for both files."""

from __future__ import annotations

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE

from .sections import Bars

KIND = XL_CHART_TYPE.COLUMN_CLUSTERED


def chart_data(bars: Bars) -> CategoryChartData:
    data = CategoryChartData()
    data.categories = list(bars.categories)
    for name, values in bars.series.items():
        data.add_series(name, values)
    return data


def chart_parts(bars: Bars) -> tuple[str, bytes]:
    """The chart's XML, and the sheet of its numbers."""
    data = chart_data(bars)
    return ChartXmlWriter(KIND, data).xml, CategoryWorkbookWriter(data).xlsx_blob
