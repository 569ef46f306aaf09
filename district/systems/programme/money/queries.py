"""What others may ask of the programme's money; each within the account's scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from district.kernel.cases.clocks import Kind as LimitKind
from district.kernel.cases.clocks import Limit, due_at
from district.kernel.clock import CHINA
from district.kernel.people.access import scope_of

from ..models import BudgetLine, Commitment, Contract, LedgerAccount, Payment, Project, Source, Subsidy
from .execution import Use
from .ledger import use_by_line

DECIDED_WITHIN = Limit(LimitKind.WORKING_DAYS, 5)
PAID_WITHIN = Limit(LimitKind.WORKING_DAYS, 3)
"""Of the district's own rules for the special fund: an answer within five working days, the money within three more."""


def lines_visible_to(account: Any) -> QuerySet[BudgetLine]:
    found = BudgetLine.objects.select_related("year", "unit", "project")
    return scope_of(account, "programme").filter(found, organisation_field="unit_id")


def contracts_visible_to(account: Any) -> QuerySet[Contract]:
    found = Contract.objects.select_related("project__owner", "firm", "asked_by", "decided_by")
    return scope_of(account, "programme").filter(found, organisation_field="project__owner_id")


def subsidies_visible_to(account: Any) -> QuerySet[Subsidy]:
    found = Subsidy.objects.select_related("firm", "project", "loan", "asked_by", "decided_by")
    scope = scope_of(account, "programme")
    if scope.is_whole:
        return found
    own = scope.condition(organisation_field="commitments__line__unit_id")
    return found.filter(own).distinct() if own else found.none()


def payments_visible_to(account: Any) -> QuerySet[Payment]:
    return scope_of(account, "programme").filter(
        all_payments(), organisation_field="commitment__line__unit_id"
    )


def all_payments() -> QuerySet[Payment]:
    """With what a page says of each."""
    return Payment.objects.select_related(
        "commitment__line__year", "commitment__contract__project", "commitment__contract__firm", "commitment__subsidy__firm",
        "commitment__subsidy__project", "term", "run", "asked_by", "decided_by", "paid_by",
        "returned_by", "commitment__line__unit",
    )  # fmt: skip


def use_of(lines: QuerySet[BudgetLine]) -> Use:
    """All of them together."""
    return sum(use_by_line(lines).values(), Use())


def use_by_source(lines: QuerySet[BudgetLine]) -> dict[str, Use]:
    """In the order of the sources; those with nothing are left out."""
    sources = dict(lines.order_by().values_list("pk", "source"))
    found: dict[str, Use] = {}
    for line, use in use_by_line(lines).items():
        found[sources[line]] = found.get(sources[line], Use()) + use
    return {source: found[source] for source in Source.values if source in found}


def paid_by_month(lines: QuerySet[BudgetLine]) -> dict[date, int]:
    """First day of a month → fen paid in it and not returned."""
    paid = Payment.objects.filter(commitment__line__in=lines, state=Payment.State.PAID)
    rows = (
        paid.annotate(month=TruncMonth("paid_at", tzinfo=CHINA))
        .order_by()
        .values("month")
        .annotate(fen=Sum("amount_fen"))
    )
    return {row["month"].date(): row["fen"] for row in rows}


def paid_fen(commitments: QuerySet[Commitment]) -> int:
    return sum(
        fen
        for fen in commitments.filter(payments__state="paid").values_list("payments__amount_fen", flat=True)
    )


def treasury() -> dict[str, int]:
    """Source → fen in the treasury."""
    rows = LedgerAccount.objects.filter(kind=LedgerAccount.Kind.TREASURY).values_list("source", "balance_fen")
    found = dict(rows)
    return {source: found[source] for source in Source.values if source in found}


def due(payment: Payment) -> datetime | None:
    """By when the next who has to act must have acted."""
    if payment.state == Payment.State.ASKED:
        return due_at(payment.asked_at, DECIDED_WITHIN)
    if payment.state == Payment.State.APPROVED and payment.decided_at:
        return due_at(payment.decided_at, PAID_WITHIN)
    return None


def late_payments(at: datetime, payments: QuerySet[Payment] | None = None) -> list[Payment]:
    """Those that wait longer than they may."""
    waiting = (payments if payments is not None else Payment.objects.all()).filter(
        state__in=("asked", "approved")
    )
    return [each for each in waiting.order_by("asked_at") if (until := due(each)) is not None and until < at]


def payee(payment: Payment) -> str:
    undertaking = payment.commitment.contract or payment.commitment.subsidy
    return undertaking.firm.name if undertaking else ""


def overrunning(contracts: Iterable[Contract] | None = None) -> list[tuple[Project, int]]:
    """Projects whose contracts together cost more than was estimated, with by how much, the most first."""
    live = (
        Contract.objects.filter(state__in=("asked", "approved", "ended")) if contracts is None else contracts
    )
    sums: dict[int, int] = {}
    for each in live:
        sums[each.project_id] = sums.get(each.project_id, 0) + each.amount_fen
    found = [
        (project, sums[project.pk] - project.estimate_fen) for project in Project.objects.filter(pk__in=sums)
    ]
    return sorted(((project, over) for project, over in found if over > 0), key=lambda pair: -pair[1])


def warning_words() -> dict[str, str]:
    return {
        "over": _("申请超出可用指标"),
        "short": _("可用指标不足 5%"),
        "used": _("指标已全部占用"),
        "behind": _("支付进度明显落后于时间进度"),
    }
