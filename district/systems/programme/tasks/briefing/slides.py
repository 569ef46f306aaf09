"""The briefing as slides, 16:9: a title, then one for each section; long tables go on over several."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.chart import XL_LEGEND_POSITION
from pptx.util import Cm, Pt

from .charts import KIND, chart_data
from .sections import Bars, Rows, Section

WIDTH, HEIGHT = Cm(33.867), Cm(19.05)
ROWS = 12
"""Of a table on one slide, its heading left aside."""
TITLE_ONLY, TITLE = 5, 0
"""Layouts of the library's own template."""


def slides_of(title: str, issuer: str, subtitle: str, found: Sequence[Section]) -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title, deck.core_properties.author = title, issuer
    first = deck.slides.add_slide(deck.slide_layouts[TITLE])
    _place(first.shapes.title, Cm(2), Cm(5), WIDTH - Cm(4), Cm(4))
    first.shapes.title.text = title
    _place(first.placeholders[1], Cm(2), Cm(10), WIDTH - Cm(4), Cm(3))
    first.placeholders[1].text = subtitle
    for section in found:
        if section.sentences or section.chart:
            slide = _slide(deck, section.title)
            top = _sentences(slide, section.sentences)
            if section.chart:
                _chart(slide, section.chart, top)
        for number, rows in enumerate(_pages(section.table)):
            _table(_slide(deck, section.title + ("（续）" if number else "")), rows)
    made = BytesIO()
    deck.save(made)
    return made.getvalue()


def _slide(deck: Any, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    _place(slide.shapes.title, Cm(1.5), Cm(0.6), WIDTH - Cm(3), Cm(2))
    slide.shapes.title.text = title
    slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(28)
    return slide


def _place(shape: Any, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _sentences(slide: Any, sentences: Sequence[str]) -> int:
    """Writes them; where the next thing may begin."""
    if not sentences:
        return int(Cm(3))
    box = slide.shapes.add_textbox(Cm(2), Cm(2.8), WIDTH - Cm(4), Cm(1.2 * len(sentences)))
    box.text_frame.word_wrap = True
    for number, sentence in enumerate(sentences):
        paragraph = box.text_frame.paragraphs[0] if number == 0 else box.text_frame.add_paragraph()
        paragraph.text = sentence
        paragraph.runs[0].font.size = Pt(18)
    return int(Cm(3.2 + 1.2 * len(sentences)))


def _chart(slide: Any, bars: Bars, top: int) -> None:
    shown = slide.shapes.add_chart(KIND, Cm(2), top, WIDTH - Cm(4), HEIGHT - top - Cm(1), chart_data(bars)).chart
    shown.has_title = True
    shown.chart_title.text_frame.text = bars.title
    shown.has_legend = len(bars.series) > 1
    if shown.has_legend:
        shown.legend.position, shown.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    shown.plots[0].has_data_labels = True


def _pages(table: Rows) -> list[Rows]:
    return [[table[0], *table[start:start + ROWS]] for start in range(1, len(table), ROWS)] if table else []


def _table(slide: Any, rows: Rows) -> None:
    shape = slide.shapes.add_table(len(rows), len(rows[0]), Cm(1.5), Cm(2.8), WIDTH - Cm(3), Cm(1) * len(rows))
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = shape.table.cell(place, column)
            cell.text = text
            for paragraph in cell.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(12)
