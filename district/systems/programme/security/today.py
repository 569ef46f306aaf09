"""What a leader should know of security today."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import SecurityIncident
from ..today.lines import Kind, Line
from .audit_watch import find_latest_break
from .incidents.reporting import report_light
from .people.orphans import accesses_overdue, leavers_still_in, notices_late

SERIOUS = ("larger", "major", "grave")


def lines(at: datetime) -> list[Line]:
    return [*_incidents(at), *_rights(), *_chain()]


def _incidents(at: datetime) -> list[Line]:
    """Open ones that are grave, or whose hour is over without a grade or a report; drills are left out."""
    found = []
    for each in SecurityIncident.objects.filter(closed_at=None, is_drill=False).select_related(
        "asset__owner"
    ):
        is_late = report_light(each.grade, each.found_at, each.reported_at, at) == "red"
        if not is_late and each.grade not in SERIOUS:
            continue
        grade = each.get_grade_display() if each.grade else _("未定级")
        text = _("安全事件（%(g)s）：%(t)s") % {"g": grade, "t": each.title}
        if is_late and each.reported_at is None:
            text = _("%(t)s，超过 1 小时未报告") % {"t": text}
        unit = each.asset.owner.name if each.asset and each.asset.owner else ""
        url = reverse("programme:security_incident", args=[each.pk])
        found.append(Line(Kind.INCIDENT, text, url, each.found_at, unit, each.is_simulated))
    return found


def _rights() -> list[Line]:
    gone = len(leavers_still_in()) + notices_late().count() + accesses_overdue().count()
    if not gone:
        return []
    return [
        Line(
            Kind.LATE,
            _("%(n)s 名离职或到期人员的权限没有收回") % {"n": gone},
            reverse("programme:orphan_rights"),
        )
    ]


def _chain() -> list[Line]:
    broken = find_latest_break()
    if broken is None:
        return []
    text = _("审计链在第 %(n)s 条断开") % {"n": broken.broken_at}
    return [Line(Kind.INCIDENT, text, reverse("programme:audit_checks"), broken.at)]
