"""The briefing as a Word document: title, sentences, tables, charts; Chinese official type sizes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from .briefing import Section, WeekFacts
from .docx_chart import add_chart

BODY, HEADING = "仿宋", "黑体"


def briefing_docx(facts: WeekFacts, found: Sequence[Section], title: str, issuer: str) -> bytes:
    """The document of a week. A4, margins of GB/T 9704."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = (
        Cm(3.7),
        Cm(3.5),
        Cm(2.8),
        Cm(2.6),
    )
    for name, font, size in (("Normal", BODY, 12), ("Title", HEADING, 20), ("Heading 1", HEADING, 14)):
        _font(document.styles[name], font, size)
    document.core_properties.title = title
    document.core_properties.author = issuer
    document.add_paragraph(title, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    span = f"{facts.first:%Y 年 %m 月 %d 日}—{facts.last:%Y 年 %m 月 %d 日}"
    document.add_paragraph(f"{issuer}　{span}").alignment = WD_ALIGN_PARAGRAPH.CENTER
    if facts.is_simulated:
        document.add_paragraph("本期含模拟数据，仅供演示。").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for section in found:
        document.add_paragraph(section.title, style="Heading 1")
        for sentence in section.sentences:
            paragraph = document.add_paragraph(sentence.text)
            paragraph.paragraph_format.first_line_indent = Pt(24)
        for chart in section.charts:
            add_chart(document, chart)
        if section.table:
            _table(document, section.table)
    document.add_paragraph(
        "说明：趋势与预测只针对地点、时间和事件类别，不涉及个人；保密案件、特殊人群和信访事项不计入。"
    )
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _font(style: object, font: str, size: int) -> None:
    style.font.name, style.font.size = font, Pt(size)  # type: ignore[attr-defined]
    style.font.color.rgb = None  # type: ignore[attr-defined]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
    for place in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(place), font)


def _table(document: object, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")  # type: ignore[attr-defined]
    for row in rows:
        cells = table.add_row().cells
        for place, text in enumerate(row):
            cells[place].text = text
            if place:
                cells[place].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
