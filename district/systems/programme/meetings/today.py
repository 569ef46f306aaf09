"""What was promised in the last meeting, and what of all that was ever promised is late."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ..today.lines import Kind, Line
from .queries import DONE, LATE, OPEN, decisions, last_minuted


def lines(at: datetime) -> list[Line]:
    last = last_minuted(at)
    found = []
    for decision in decisions(at):
        assert decision.case_id is None or decision.case is not None
        url = reverse("cases:case", args=[decision.case.number]) if decision.case else ""
        unit, is_simulated = decision.owner.label, decision.meeting.is_simulated
        if decision.standing == LATE:
            text = _("议定事项逾期：%(text)s") % {"text": decision.text}
            found.append(
                Line(
                    Kind.LATE, text, url, decision.case.late_at if decision.case else None, unit, is_simulated
                )
            )
        elif last is not None and decision.meeting_id == last.pk and decision.standing in (OPEN, DONE):
            state = (
                _("已办结")
                if decision.standing == DONE
                else _("时限 %(day)s") % {"day": decision.due_on.isoformat()}
            )
            text = _("上次会议议定：%(text)s（%(state)s）") % {"text": decision.text, "state": state}
            found.append(Line(Kind.PROMISED, text, url, last.begins_at, unit, is_simulated))
    return found
