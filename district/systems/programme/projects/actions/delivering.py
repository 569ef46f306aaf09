"""Firms take part, supervisors report each month."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.files.actions import attach
from district.kernel.files.models import StoredFile
from district.kernel.people.refused import Refused

from ...models import Firm, Participation, Project, SupervisionReport
from ..gates import ORDER
from ..parties import unfit
from .holding import given, held, held_at, note, other
from .proposing import FILES_OF


@transaction.atomic
def take_part(project: Project, account: Any, firm: Firm, role: str, since_on: date | None = None) -> Participation:
    """A third party; the supplier comes by its purchase. Raises Refused for one that is unfit."""
    project = held_at(project, *ORDER[:-1])
    if role == "supplier":
        raise Refused("supplier", _("承建单位由采购定标产生，不能直接登记"))
    why = unfit(project, firm, role)
    if why:
        raise Refused("unfit", why)
    if project.parts.filter(role=role, until_on__isnull=True).exists():
        raise Refused("taken", _("该角色已有单位，先结束原登记"))
    if project.parts.filter(firm=firm, until_on__isnull=True).exists():
        raise Refused("twice", _("该单位已在本项目担任其他角色"))
    made = Participation.objects.create(project=project, firm=firm, role=role, since_on=since_on or today(), made_by=account)
    note(account, "part_taken", project, f"{role} {firm.uscc}")
    return made


@transaction.atomic
def end_part(part: Participation, account: Any, reason: str) -> Participation:
    part = held(part)
    if part.until_on is not None:
        raise Refused("ended", _("已经结束"))
    if part.role == "supplier":
        raise Refused("supplier", _("承建单位随采购和合同变化，不能直接结束"))
    part.until_on = max(today(), part.since_on)
    part.save(update_fields=("until_on",))
    note(account, "part_ended", part.project, f"{part.role} {part.firm.uscc}", given(reason))
    return part


@transaction.atomic
def give_report(project: Project, account: Any, *, month: date, percent: int, planned_percent: int, quality: str,
                file: StoredFile | None = None) -> SupervisionReport:  # fmt: skip
    """A month that was sent back may be given again, one that was taken may not."""
    project = held_at(project, "delivery", "acceptance")
    if month.day != 1 or month > today():
        raise Refused("month", _("月份应为已经开始的月份"))
    if not (0 <= percent <= 100 and 0 <= planned_percent <= 100):
        raise Refused("percent", _("比例应在 0 至 100 之间"))
    if not quality.strip():
        raise Refused("quality", _("请填写质量与问题"))
    if not project.parts.filter(role="supervisor", until_on__isnull=True).exists():
        raise Refused("no_supervisor", _("本项目没有登记监理单位"))
    before = project.supervision.filter(month=month).first()
    if before is not None and (before.accepted_at is not None or not before.returned_reason):
        raise Refused("given", _("%(month)s 的月报已提交") % {"month": f"{month:%Y-%m}"})
    report = before or SupervisionReport(project=project, month=month)
    report.percent, report.planned_percent, report.quality, report.file = percent, planned_percent, quality, file
    report.made_by, report.made_at, report.returned_reason = account, now(), ""
    report.save()
    if file is not None:
        attach(file, FILES_OF, project.number, account, is_personal=False)
    note(account, "supervision_given", project, f"{month:%Y-%m}")
    return report


@transaction.atomic
def accept_report(report: SupervisionReport, account: Any) -> SupervisionReport:
    report = _open(report, account)
    report.accepted_by, report.accepted_at = account, now()
    report.save(update_fields=("accepted_by", "accepted_at"))
    note(account, "supervision_accepted", report.project, f"{report.month:%Y-%m}")
    return report


@transaction.atomic
def return_report(report: SupervisionReport, account: Any, reason: str) -> SupervisionReport:
    report = _open(report, account)
    report.returned_reason = given(reason)
    report.save(update_fields=("returned_reason",))
    note(account, "supervision_returned", report.project, f"{report.month:%Y-%m}", reason)
    return report


def _open(report: SupervisionReport, account: Any) -> SupervisionReport:
    report = held(report)
    if report.accepted_at is not None or report.returned_reason:
        raise Refused("decided", _("这份月报已经处理过"))
    other(account, report.made_by_id)
    return report
