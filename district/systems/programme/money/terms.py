"""Whether what a payment term waits for has happened; the database asks the same at the approval and the payment."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..models import AcceptanceRun, PaymentTerm
from ..projects.queries import may_pay


def why_not(term: PaymentTerm, run: AcceptanceRun | None = None) -> str:
    """Empty when it has; else why not, in Chinese."""
    if term.condition == PaymentTerm.Condition.NONE:
        return ""
    if term.condition == PaymentTerm.Condition.MILESTONE:
        milestone = term.milestone
        assert milestone is not None
        return "" if milestone.done_on else _("里程碑“%(title)s”尚未完成") % {"title": milestone.title}
    answer = may_pay(term.contract.project, term.condition, run.key if run else None)
    if answer.is_allowed and term.condition in ("accepted", "evaluated") and run is None:
        return _("申请没有附验收运行编号")
    return "" if answer.is_allowed else answer.words
