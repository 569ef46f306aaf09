"""The minutes as a document of the office, made from the records alone."""

from __future__ import annotations

import io
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA

from ..models import AgendaItem, Attendance, Meeting


def minutes_docx(meeting: Meeting) -> bytes:
    """会议纪要: who was there, what was said to each item, what was decided, by whom and when it is due."""
    from docx import Document
    from docx.shared import Pt

    with translation.override("zh-hans"):
        document = Document()
        document.styles["Normal"].font.size = Pt(12)
        document.add_heading(_("会议纪要"), 0)
        document.add_heading(meeting.title, 1)
        at = meeting.begins_at.astimezone(CHINA)
        document.add_paragraph(
            f"{_('编号')}：{meeting.number}　{_('时间')}：{at:%Y-%m-%d %H:%M}　{_('地点')}：{meeting.place}"
        )
        came = [each.unit.name for each in _of(meeting, Attendance.State.CAME)]
        away = [
            f"{each.unit.name}（{each.get_state_display()}）"
            for each in _of(meeting, Attendance.State.EXCUSED, Attendance.State.ABSENT)
        ]
        document.add_paragraph(f"{_('出席')}：{'、'.join(came) or '—'}")
        if away:
            document.add_paragraph(f"{_('未出席')}：{'、'.join(away)}")
        for number, item in enumerate(
            meeting.items.filter(state=AgendaItem.State.ON).select_related("unit"), 1
        ):
            document.add_heading(f"{number}. {item.title}", 2)
            for line in item.minutes.splitlines():
                document.add_paragraph(line)
        document.add_heading(_("议定事项"), 1)
        table = document.add_table(rows=1, cols=4)
        table.style = "Table Grid"
        for cell, words in zip(
            table.rows[0].cells, (_("序号"), _("议定事项"), _("责任单位"), _("完成时限")), strict=True
        ):
            cell.text = words
        for decision in meeting.decisions.select_related("owner"):
            cells = table.add_row().cells
            said = (str(decision.order), decision.text, decision.owner.name, decision.due_on.isoformat())
            for cell, words in zip(cells, said, strict=True):
                cell.text = words
        if meeting.is_simulated:
            document.add_paragraph(_("模拟数据，仅供演示。"))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _of(meeting: Meeting, *states: Any) -> list[Attendance]:
    return list(meeting.attendances.filter(state__in=states).select_related("unit").order_by("unit__order"))
