"""督办函 as a document of the office."""

from __future__ import annotations

import io

from django.utils import translation
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA

from ..models import SupervisionLetter


def letter_docx(letter: SupervisionLetter) -> bytes:
    from docx import Document
    from docx.shared import Pt

    with translation.override("zh-hans"):
        document = Document()
        document.styles["Normal"].font.size = Pt(14)
        document.add_heading(_("督办函"), 0)
        document.add_paragraph(f"{_('文号')}：{letter.number}")
        document.add_paragraph(f"{letter.unit.name}：")
        document.add_paragraph(letter.reason)
        matter = letter.decision.text if letter.decision else letter.task.zh if letter.task else ""
        if letter.report:
            matter = _("%(task)s %(month)s 月报") % {
                "task": letter.report.task.zh,
                "month": f"{letter.report.month:%Y-%m}",
            }
        document.add_paragraph(f"{_('督办事项')}：{matter}")
        for line in letter.asks.splitlines():
            document.add_paragraph(line)
        document.add_paragraph(_("请于 %(day)s 前书面反馈。") % {"day": letter.due_on.isoformat()})
        document.add_paragraph(f"{letter.issued_at.astimezone(CHINA):%Y-%m-%d}")
        if letter.is_simulated:
            document.add_paragraph(_("模拟数据，仅供演示。"))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
