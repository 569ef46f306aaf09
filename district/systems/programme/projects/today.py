"""What the leader is told of projects: past their day, reports not given, reviews past their time, gates that wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA

from ..models import GatePassage, Project, Review, SupervisionReport
from ..today.lines import Kind, Line
from .gates import ORDER
from .rules import missing_reports, report_due

WAITS_DAYS = 5
"""A gate asked for and not decided longer than this is worth a word."""


def lines(at: datetime) -> list[Line]:
    return [*_late_projects(at), *_missing_reports(at), *_late_reviews(at), *_waiting_gates(at)]


def _line(project: Project, words: str, since: datetime, url: str = "") -> Line:
    address = url or reverse("programme:project", args=[project.number])
    return Line(Kind.LATE, f"{project.title}：{words}", address, since, project.owner.name, project.is_simulated)


def _begun(day: date) -> datetime:
    return datetime.combine(day, time.min, CHINA)


def _late_projects(at: datetime) -> Iterator[Line]:
    for project in Project.objects.filter(stage__in=ORDER[:5], due_on__lt=at.date()).select_related("owner"):
        yield _line(project, _("计划 %(day)s 完成，尚未验收") % {"day": project.due_on}, _begun(project.due_on))


def _missing_reports(at: datetime) -> Iterator[Line]:
    accepted = Prefetch("supervision", SupervisionReport.objects.filter(accepted_at__isnull=False))
    for project in Project.objects.filter(stage="delivery").select_related("owner").prefetch_related(accepted):
        given = {report.month for report in project.supervision.all()}
        missing = missing_reports(project.stage_at.astimezone(CHINA).date(), at.date(), given)
        if missing:
            months = "、".join(f"{month:%Y-%m}" for month in missing)
            yield _line(project, _("缺监理月报 %(months)s") % {"months": months}, _begun(report_due(missing[0])))


def _late_reviews(at: datetime) -> Iterator[Line]:
    open_ones = Review.objects.filter(state__in=("drawing", "asking", "scoring"), due_at__lt=at).select_related("project__owner")
    for review in open_ones:
        url = reverse("programme:review", args=[review.number])
        yield _line(review.project, _("%(kind)s逾期未出结论") % {"kind": review.get_kind_display()}, review.due_at, url)


def _waiting_gates(at: datetime) -> Iterator[Line]:
    for passage in GatePassage.objects.filter(state="asked").select_related("project__owner"):
        if (at - passage.asked_at).days >= WAITS_DAYS:
            said = {"stage": passage.get_stage_display(), "days": (at - passage.asked_at).days}
            words = _("%(stage)s阶段审批已等待 %(days)s 天") % said
            yield _line(passage.project, words, passage.asked_at)
