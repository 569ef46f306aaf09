"""What others may ask of projects: who may see which, which runs were accepted, whether a milestone may be paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from district.kernel.people.access import may, scope_of

from ..models import Acceptance, EffectReport, Project
from .gates import ORDER

MILESTONES = ("signed", "delivered", "accepted", "evaluated")
"""What a payment may wait for: the contract signed and delivery begun; delivery done (through its gate); accepted on a run;
evaluated."""


@dataclass(frozen=True)
class MayPay:
    """`run`: the key of the acceptance run a payment of `accepted` or `evaluated` rests on; `words`: why (not), in Chinese."""

    is_allowed: bool
    words: str
    run: UUID | None = None


def projects_visible_to(account: Any) -> QuerySet[Project]:
    """Within the account's scope in the programme; an expert sees what he was asked about."""
    found = Project.objects.select_related("owner")
    posts = ("leader", "office", "liaison", "owner", "finance", "treasurer", "auditor")
    if may(account, *(f"programme.{post}" for post in posts)):
        return scope_of(account, "programme").filter(found, organisation_field="owner_id")
    return found.filter(reviews__invitations__expert__account_id=account.pk).distinct()


def may_pay(project: Project, milestone: str, run: UUID | str | None = None) -> MayPay:
    """Whether what the milestone waits for has happened. `run`: the key that the request names, which must be the one
    accepted. Raises ValueError for a milestone that is none of MILESTONES."""
    if milestone not in MILESTONES:
        raise ValueError(f"milestone {milestone!r} is none of {', '.join(MILESTONES)}")
    stage = Project.objects.values_list("stage", flat=True).get(pk=project.pk)
    if stage == Project.Stage.STOPPED:
        return MayPay(False, _("项目已终止"))
    reached = ORDER.index(stage)
    if milestone == "signed":
        is_on = reached >= ORDER.index("delivery")
        return MayPay(is_on, _("项目已进入实施阶段") if is_on else _("项目尚未通过招采阶段审批"))
    if milestone == "delivered":
        is_on = reached >= ORDER.index("acceptance")
        return MayPay(is_on, _("实施阶段已通过审批") if is_on else _("实施阶段尚未通过审批"))
    accepted = Acceptance.objects.filter(project=project).select_related("run").first()
    if accepted is None:
        return MayPay(False, _("项目尚未验收：没有通过的验收运行"))
    key = accepted.run.key
    if run is not None and str(run) != str(key):
        return MayPay(False, _("申请所附的运行编号不是验收所依据的运行"), key)
    if milestone == "accepted":
        return MayPay(True, _("已按运行 %(key)s 验收") % {"key": key}, key)
    is_on = EffectReport.objects.filter(project=project, confirmed_at__isnull=False).exclude(grade="poor").exists()
    return MayPay(is_on, _("成效评价已确认") if is_on else _("成效评价尚未确认，或结论为不合格"), key)
