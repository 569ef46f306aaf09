"""What is not as it should be in security, as numbers: for the overview and for today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.models import AuditCheck

from ..models import ProcessingActivity, SecurityDrill, SecurityIncident, SecurityRisk, SupplierAccess
from .assets.actions import filing_in_force, what_is_due
from .audit_watch import find_latest_break
from .controls.running import standings
from .incidents.reporting import report_light
from .people.measuring import withdrawn_in_time
from .people.orphans import orphans
from .risks.matrix import level


@dataclass(frozen=True)
class SecurityFigure:
    """`page` is the name of the page behind it."""

    title: str
    value: Any
    page: str
    is_bad: bool
    detail: str = ""


def late_reports() -> list[SecurityIncident]:
    """Open incidents whose hour is over without a report or a grade."""
    at = now()
    rows = SecurityIncident.objects.filter(closed_at=None, reported_at=None)
    return [each for each in rows if report_light(each.grade, each.found_at, None, at) == "red"]


def security_figures() -> list[SecurityFigure]:
    stands = standings()
    failed = sum(1 for each in stands if each.state == "failed")
    unknown = sum(1 for each in stands if each.state in ("unknown", "partial"))
    broken, checked = find_latest_break(), AuditCheck.objects.filter(since=0).first()
    late, incidents = late_reports(), SecurityIncident.objects.filter(closed_at=None).count()
    in_time, total = withdrawn_in_time()
    left = len(orphans())
    access = SupplierAccess.objects.filter(state=SupplierAccess.State.OPEN)
    risks = [
        each
        for each in SecurityRisk.objects.filter(closed_at=None)
        if level(each.left_likelihood or each.likelihood, each.left_impact or each.impact)
        in ("high", "grave")
    ]
    processing = ProcessingActivity.objects.filter(until_on__lt=today()).count()
    drilled = SecurityDrill.objects.filter(held_at__gte=now() - timedelta(days=365)).exists()
    return [
        SecurityFigure(
            _("等保不符合项"),
            failed,
            "programme:security_controls",
            failed > 0,
            _("另有未知或部分 %(n)s 项") % {"n": unknown},
        ),
        SecurityFigure(
            _("审计链"),
            _("断开") if broken else _("完整") if checked else _("未核验"),
            "programme:audit_checks",
            bool(broken) or checked is None,
            f"{checked.at.astimezone():%m-%d %H:%M}" if checked else "",
        ),
        SecurityFigure(
            _("未办结事件"),
            incidents,
            "programme:security_incidents",
            bool(late),
            _("超时未报 %(n)s") % {"n": len(late)},
        ),
        SecurityFigure(_("应清理的权限"), left, "programme:orphan_rights", left > 0),
        SecurityFigure(
            _("1 小时内收回权限"),
            f"{in_time}/{total}" if total else _("无数据"),
            "programme:staff_changes",
            in_time < total,
        ),
        SecurityFigure(
            _("供应商在访"),
            access.count(),
            "programme:supplier_access",
            access.filter(until_at__lte=now()).exists(),
        ),
        SecurityFigure(_("高风险"), len(risks), "programme:security_assets", bool(risks), _platform_due()),
        SecurityFigure(
            _("一年内演练"), _("有") if drilled else _("无"), "programme:security_drills", not drilled
        ),
        SecurityFigure(_("到期的处理活动"), processing, "programme:personal_data", processing > 0),
    ]


def _platform_due() -> str:
    """What the graded whole lacks."""
    from ..models import SecurityAsset

    platform = SecurityAsset.objects.filter(key="platform").first()
    return "、".join(what_is_due(filing_in_force(platform))) if platform else _("资产未登记")
