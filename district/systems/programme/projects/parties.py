"""Which firm may take which part in a project."""

from __future__ import annotations

from django.utils.translation import gettext as _

from district.kernel.clock import today

from ..models import Bid, Firm, Participation, Project

THIRD = ("supervisor", "tester", "evaluator", "assessor")
"""Third parties: none of them may be of the supplier's group, as it may be of none of theirs."""


def is_barred(firm: Firm) -> bool:
    return firm.is_barred_until is not None and firm.is_barred_until >= today()


def group_of(firm: Firm) -> set[int]:
    """The firm and its affiliates, and theirs."""
    known, new = {firm.pk}, {firm.pk}
    while new:
        new = set(Firm.objects.filter(affiliates__in=new).values_list("pk", flat=True)) - known
        known |= new
    return known


def unfit(project: Project, firm: Firm, role: str) -> str:
    """Why a firm may not take (or keep) this part; empty when it may."""
    if is_barred(firm):
        return _("%(firm)s 禁入至 %(day)s") % {"firm": firm.name, "day": firm.is_barred_until}
    if role not in firm.trades:
        return _("%(firm)s 未登记该项业务") % {"firm": firm.name}
    against = ("supplier",) if role in THIRD else THIRD
    near = group_of(firm)
    taken = Participation.objects.filter(project=project, role__in=against, until_on__isnull=True, firm__in=near)
    if clash := taken.select_related("firm").first():
        return _("%(firm)s 与%(role)s %(other)s 为同一或关联单位") % {
            "firm": firm.name, "role": clash.get_role_display(), "other": clash.firm.name}  # fmt: skip
    if role == "supplier":
        return ""
    winners = project.procurements.filter(kind="supply", winner__in=near).exclude(state="failed")
    return _("%(firm)s 与中标的承建单位为同一或关联单位") % {"firm": firm.name} if winners.exists() else ""


def may_not_bid(project: Project, firm: Firm, procurement_id: int, kind: str) -> str:
    """Why an offer is refused: barred, adviser of the project, or of one group with another bidder."""
    if is_barred(firm):
        return _("%(firm)s 禁入至 %(day)s") % {"firm": firm.name, "day": firm.is_barred_until}
    near = group_of(firm)
    if kind == "supply" and Participation.objects.filter(project=project, role__in=THIRD, firm__in=near).exists():
        return _("%(firm)s 或其关联单位为本项目提供了咨询、监理或测评，不得投标") % {"firm": firm.name}
    if Bid.objects.filter(procurement_id=procurement_id, firm__in=near - {firm.pk}).exists():
        return _("%(firm)s 与另一投标单位为关联单位，不得同时投标") % {"firm": firm.name}
    return ""
