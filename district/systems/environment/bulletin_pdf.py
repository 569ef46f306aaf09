"""A bulletin as PDF: text, tables and a chart of AQI, with Chinese type that is embedded."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing, Line, String
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from district.kernel.home import CHECKOUT

from .air_quality import grade_of
from .bulletin import Bulletin
from .bulletin_tables import BulletinTable, tables

FONT_FOLDER = CHECKOUT / "node_modules" / "@expo-google-fonts" / "noto-sans-sc" / "400Regular"

_SUBSCRIPTS = str.maketrans("₀₁₂₃₅", "01235")


@cache
def chinese_font() -> str:
    """Registers Noto Sans SC from the front-end libraries; without it, the reader's own Song type."""
    for path in sorted(FONT_FOLDER.glob("*.ttf")):
        pdfmetrics.registerFont(TTFont("NotoSansSC", str(path)))
        return "NotoSansSC"
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def pdf_of(bulletin: Bulletin) -> bytes:
    """The PDF as bytes, A4 upright."""
    buffer = BytesIO()
    font = chinese_font()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        title=bulletin.title,
        author="区生态环境分局",
        lang="zh-CN",
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
    )
    document.build(_story(bulletin, font, document.width), onFirstPage=_foot(font), onLaterPages=_foot(font))
    return buffer.getvalue()


def _story(bulletin: Bulletin, font: str, width: float) -> list[Flowable]:
    title = ParagraphStyle("title", fontName=font, fontSize=17, leading=24, alignment=1, spaceAfter=10)
    text = ParagraphStyle(
        "text", fontName=font, fontSize=10.5, leading=17, firstLineIndent=21, wordWrap="CJK"
    )
    head = ParagraphStyle("head", fontName=font, fontSize=12, leading=18, spaceBefore=10, spaceAfter=4)
    story: list[Flowable] = [Paragraph(_plain(bulletin.title), title)]
    story += [Paragraph(_plain(sentence), text) for sentence in bulletin.sentences()]
    drawing = _chart(bulletin, font, width)
    if drawing is not None:
        story += [Spacer(1, 8), drawing]
    for table in tables(bulletin):
        story += [Paragraph(_plain(table.title), head), _table(table, font, width)]
    return story


def _plain(text: str) -> str:
    """Escaped for Paragraph; subscript figures, which few Chinese fonts hold, become ordinary ones."""
    return escape(text.translate(_SUBSCRIPTS))


def _table(table: BulletinTable, font: str, width: float) -> Table:
    size = 8 if len(table.header) <= 10 else 6.5
    cell = ParagraphStyle(
        "cell", fontName=font, fontSize=size, leading=size * 1.35, wordWrap="CJK", alignment=1
    )
    rows = [
        [Paragraph(_plain("–" if value is None else str(value)), cell) for value in row]
        for row in (table.header, *table.rows)
    ]
    first = width * 0.2
    rest = (width - first) / (len(table.header) - 1)
    flowable = Table(rows, colWidths=[first] + [rest] * (len(table.header) - 1), repeatRows=1)
    flowable.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.4, colors.HexColor("#9AA5B1")),
                ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#E6EEF5")),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )
    return flowable


def _bars(bulletin: Bulletin) -> list[tuple[str, int]]:
    if bulletin.period == "day":
        return [
            (station.name, day.aqi)
            for station in bulletin.air
            for day in station.valid_days
            if day.aqi is not None
        ]
    station = max(bulletin.air, key=lambda each: len(each.valid_days), default=None)
    if station is None:
        return []
    return [(str(day.on.day), day.aqi) for day in station.valid_days if day.aqi is not None]


def _chart(bulletin: Bulletin, font: str, width: float) -> Drawing | None:
    """Bars of AQI in the colours of their grades: stations on a day, days of the best covered in a month."""
    bars = _bars(bulletin)
    if not bars:
        return None
    drawing = Drawing(width, 170)
    chart = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 28, 34, width - 40, 108
    chart.data = [[aqi for _, aqi in bars]]
    chart.categoryAxis.categoryNames = [name for name, _ in bars]
    chart.categoryAxis.labels.fontName = chart.valueAxis.labels.fontName = font
    chart.categoryAxis.labels.fontSize = chart.valueAxis.labels.fontSize = 7
    if bulletin.period == "day" and len(bars) > 5:
        chart.categoryAxis.labels.angle, chart.categoryAxis.labels.boxAnchor = 20, "ne"
    chart.valueAxis.valueMin = 0
    chart.valueAxis.valueMax = max(120, max(aqi for _, aqi in bars) * 1.1)
    chart.bars.strokeWidth = 0.3
    for index, (_, aqi) in enumerate(bars):
        chart.bars[0, index].fillColor = colors.HexColor(grade_of(aqi).colour)
    drawing.add(chart)
    level = chart.y + chart.height * 100 / chart.valueAxis.valueMax
    drawing.add(
        Line(
            chart.x,
            level,
            chart.x + chart.width,
            level,
            strokeColor=colors.HexColor("#5B6770"),
            strokeDashArray=[3, 2],
            strokeWidth=0.6,
        )
    )
    caption = "各站点 AQI" if bulletin.period == "day" else f"{_charted_name(bulletin)}逐日 AQI"
    drawing.add(
        String(width / 2, 154, f"{caption}（虚线为 100）", fontName=font, fontSize=9, textAnchor="middle")
    )
    return drawing


def _charted_name(bulletin: Bulletin) -> str:
    return max(bulletin.air, key=lambda each: len(each.valid_days)).name


def _foot(font: str) -> Callable[[Canvas, SimpleDocTemplate], None]:
    def draw(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(font, 8)
        canvas.drawCentredString(A4[0] / 2, 10 * mm, f"第 {document.page} 页")

    return draw
