"""The briefing as a Word document, A4 with the margins of GB/T 9704; charts are Word's own and can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from .charts import chart_parts
from .sections import Bars, Section

BODY, HEADING = "仿宋", "黑体"
WIDTH_EMU, HEIGHT_EMU = 5_400_000, 2_500_000
FRAME = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="chart{number}"/><wp:cNvGraphicFramePr/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="{link}"/></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing>"
)


def document_of(title: str, issuer: str, subtitle: str, found: Sequence[Section]) -> bytes:
    document = Document()
    _page(document)
    for name, font, size in (("Normal", BODY, 12), ("Title", HEADING, 20), ("Heading 1", HEADING, 14)):
        _font(document.styles[name], font, size)
    document.core_properties.title, document.core_properties.author = title, issuer
    document.add_paragraph(title, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(subtitle).alignment = WD_ALIGN_PARAGRAPH.CENTER
    charts = 0
    for section in found:
        document.add_paragraph(section.title, style="Heading 1")
        for sentence in section.sentences:
            document.add_paragraph(sentence).paragraph_format.first_line_indent = Pt(24)
        if section.chart:
            charts += 1
            _chart(document, section.chart, charts)
        if section.table:
            _table(document, section.table)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _page(document: Any) -> None:
    sheet = document.sections[0]
    sheet.page_width, sheet.page_height = Cm(21), Cm(29.7)
    sheet.top_margin, sheet.bottom_margin, sheet.left_margin, sheet.right_margin = Cm(3.7), Cm(3.5), Cm(2.8), Cm(2.6)


def _font(style: Any, font: str, size: int) -> None:
    style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for place in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(place), font)


def _table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
            cell.paragraphs[0].runs[0].font.size = Pt(9) if cell.paragraphs[0].runs else None
    header = table.rows[0]._tr.get_or_add_trPr()
    header.append(header.makeelement(qn("w:tblHeader"), {}))


def _chart(document: Any, bars: Bars, number: int) -> None:
    xml, sheet = chart_parts(bars)
    package = document.part.package
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), CONTENT_TYPE.SML_SHEET, sheet, package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    link = part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    data = f'<c:externalData r:id="{link}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    part._blob = xml.replace("</c:chartSpace>", data).encode()
    drawn = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    frame = FRAME.format(width=WIDTH_EMU, height=HEIGHT_EMU, number=number, link=drawn)
    document.add_paragraph().add_run()._r.append(parse_xml(frame))
