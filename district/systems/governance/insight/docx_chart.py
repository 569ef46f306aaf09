"""Bar and line charts as Word's own (DrawingML charts, ECMA-376 Part 1 §21.2), with their numbers in a sheet inside:
they print sharp, follow the reader's fonts, and can be edited."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from .briefing import BarChart, LineChart

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
COLOURS = ("1F5FA8", "9DB4CE", "C4C4C4")
WIDTH_EMU, HEIGHT_EMU = 5_400_000, 2_500_000


def add_chart(document: Document, chart: BarChart | LineChart) -> None:
    """Puts a chart into a paragraph of its own, with its title as alternative text."""
    package = document.part.package
    number = sum(part.partname.startswith("/word/charts/chart") for part in package.iter_parts()) + 1
    sheet = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), SHEET_TYPE, _sheet(chart), package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, b"", package)
    sheet_id = part.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = _chart_xml(
        chart, sheet_id
    ).encode()  # python-docx has no public way to set it after the relation
    chart_id = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    run = document.add_paragraph().add_run()
    run._r.append(parse_xml(_frame(chart_id, number, chart.title)))


def _sheet(chart: BarChart | LineChart) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet("Sheet1")
        page.write_column(1, 0, chart.categories)
        for column, (name, values) in enumerate(chart.series.items(), start=1):
            page.write(0, column, name)
            for row, value in enumerate(values, start=1):
                if value is not None:
                    page.write_number(row, column, value)
    return made.getvalue()


def _chart_xml(chart: BarChart | LineChart, sheet_id: str) -> str:
    is_bar = isinstance(chart, BarChart)
    series = "".join(_series(chart, place, is_bar) for place in range(len(chart.series)))
    labels = '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="{}"/><c:showCatName val="0"/><c:showSerName val="0"/>' \
             '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'  # fmt: skip
    if is_bar:
        plot = (
            '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>' + series
            + labels.format(1) + '<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        )  # fmt: skip
    else:
        plot = (
            '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>' + series + labels.format(0)
            + '<c:marker val="1"/><c:axId val="1"/><c:axId val="2"/></c:lineChart>'
        )  # fmt: skip
    legend = (
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if len(chart.series) > 1 else ""
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}">'
        f'<c:roundedCorners val="0"/><c:chart>{_title(chart.title)}<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>{plot}'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="DDDDDD"/></a:solidFill>'
        '</a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx>'
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:externalData r:id="{sheet_id}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _title(text: str) -> str:
    return (
        '<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1100" b="1"/></a:pPr><a:r>'
        f'<a:rPr lang="zh-CN" sz="1100" b="1"/><a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title>'
    )


def _series(chart: BarChart | LineChart, place: int, is_bar: bool) -> str:
    name, values = list(chart.series.items())[place]
    column, last = "BCDEFGH"[place], len(chart.categories) + 1
    colour = f'<a:solidFill><a:srgbClr val="{COLOURS[place % len(COLOURS)]}"/></a:solidFill>'
    dash = '<a:prstDash val="dash"/>' if place else ""
    shape = (
        f"<c:spPr>{colour}</c:spPr>" if is_bar else f'<c:spPr><a:ln w="22225">{colour}{dash}</a:ln></c:spPr>'
    )
    extra = '<c:invertIfNegative val="0"/>' if is_bar else '<c:marker><c:symbol val="none"/></c:marker>'
    categories = _points(chart.categories)
    numbers = _points(values)
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache>'
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>{shape}{extra}'
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>{categories}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f"{numbers}</c:numCache></c:numRef></c:val>" + ("" if is_bar else '<c:smooth val="0"/>') + "</c:ser>"
    )


def _points(values: Any) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{escape(str(value))}</c:v></c:pt>'
        for place, value in enumerate(values)
        if value is not None
    )
    return f'<c:ptCount val="{len(values)}"/>{points}'


def _frame(chart_id: str, number: int, title: str) -> str:
    return (
        f'<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="{WP}" xmlns:a="{A}" '
        f'xmlns:c="{C}" xmlns:r="{R}"><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{WIDTH_EMU}" cy="{HEIGHT_EMU}"/><wp:docPr id="{100 + number}" name="chart{number}" '
        f'descr="{escape(title, {chr(34): "&quot;"})}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{C}">'
        f'<c:chart r:id="{chart_id}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
