"""What the system does when cases of its own are opened and closed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from district.kernel.cases.actions import give_feedback
from district.kernel.cases.contract import CaseClosed, CaseOpened
from district.kernel.cases.models import Case
from district.kernel.events import on

from .reports.alarm_reports import read_alarm_case
from .reports.correcting import settle
from .video.handlers import take_video_report

__all__ = ["take_video_report"]
"""Listeners of the sub-features that have a module of their own; those below belong to the reports."""


@on(CaseOpened)
def read_case_of_alarm(event: CaseOpened) -> None:
    """An alarm is a report like any other: read, placed, compared."""
    if event.system == "governance" and event.channel == "alarm":
        read_alarm_case(Case.objects.get(pk=event.case_id))


@on(CaseClosed)
def answer_reporter(event: CaseClosed) -> None:
    """Whoever told of it is answered; those of merged cases have been by the kernel. A second telling changes nothing."""
    if event.system != "governance" or event.answered_by or event.is_cancelled:
        return
    case = Case.objects.get(pk=event.case_id)
    is_asked = bool(case.reporter_mark) or case.channel in ("citizen", "open311", "hotline")
    if is_asked and not case.feedbacks.exists():
        told = {"number": case.number, "outcome": event.outcome}
        give_feedback(case, None, _("您反映的事项 %(number)s 已办结。%(outcome)s") % told)


@on(CaseClosed)
def learn_of_closed_case(event: CaseClosed) -> None:
    """The class and the unit that a case was closed with were right."""
    if event.system == "governance" and not event.is_cancelled and not event.answered_by:
        settle(Case.objects.get(pk=event.case_id))
