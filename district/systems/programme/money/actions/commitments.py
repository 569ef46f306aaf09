"""Money of lines held for a contract or a subsidy, bound when it is approved, let go when it is not or is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from district.kernel.people.refused import Refused

from ...models import BudgetLine, Commitment, Contract, Subsidy
from .. import ledger
from ..amounts import yuan
from ..ledger import Kind

State = Commitment.State


@dataclass(frozen=True)
class Funding:
    """So much of that line."""

    line: BudgetLine
    amount_fen: int


def hold(funding: Iterable[Funding], amount_fen: int, account: Any, **of: Contract | Subsidy) -> None:
    """Holds the money. Raises Refused: a line that is not granted, closed or has not enough; a sum that is not the amount."""
    rows = sorted(funding, key=lambda row: row.line.pk)
    total = sum(row.amount_fen for row in rows)
    if (
        total != amount_fen
        or len({row.line.pk for row in rows}) != len(rows)
        or any(row.amount_fen <= 0 for row in rows)
    ):
        raise Refused(
            "funding_sum",
            _("各预算指标安排的金额合计 %(total)s，应等于 %(amount)s，同一指标只列一次")
            % {"total": yuan(total), "amount": yuan(amount_fen)},
        )
    for row in rows:
        line = BudgetLine.objects.select_related("year").get(pk=row.line.pk)
        if line.state != "approved" or line.year.is_closed:
            raise Refused(
                "line_not_granted", _("预算指标 %(code)s 未批复或所在年度已结转") % {"code": line.code}
            )
        left = ledger.balance(available := ledger.of_line(Kind.AVAILABLE, line))
        if left < row.amount_fen:
            raise Refused(
                "over_budget",
                _("超出预算：指标 %(code)s 可用余额 %(left)s，不足 %(wanted)s")
                % {"code": line.code, "left": yuan(left), "wanted": yuan(row.amount_fen)},
                field="amount_fen",
                value=row.amount_fen,
            )
        commitment = Commitment.objects.create(line=line, amount_fen=row.amount_fen, **of)
        held = ledger.of_commitment(Kind.HELD, commitment)
        ledger.post(
            f"held:{commitment.pk}",
            "held",
            {held: row.amount_fen, available: -row.amount_fen},
            account,
            _name(of),
        )


def bind(commitments: QuerySet[Commitment], account: Any) -> None:
    """Held becomes bound."""
    _move(commitments.filter(state=State.HELD), State.BOUND, account)


def release(commitments: QuerySet[Commitment], account: Any) -> None:
    """What is held or still bound goes back to the lines."""
    _move(commitments.exclude(state=State.RELEASED), State.RELEASED, account)


def _move(commitments: QuerySet[Commitment], to: str, account: Any) -> None:
    for each in commitments.select_related("line", "contract", "subsidy").order_by("line_id"):
        source = ledger.of_commitment(Kind.HELD if each.state == State.HELD else Kind.BOUND, each)
        target = (
            ledger.of_commitment(Kind.BOUND, each)
            if to == State.BOUND
            else ledger.of_line(Kind.AVAILABLE, each.line)
        )
        fen = ledger.balance(source)
        each.state = to
        each.save(update_fields=("state",))
        if fen:
            note = _name({"of": each.contract or each.subsidy})
            ledger.post(f"{to}:{each.pk}", to, {target: fen, source: -fen}, account, note)


def paid_fen(commitments: QuerySet[Commitment]) -> int:
    found = commitments.filter(payments__state="paid").aggregate(fen=Sum("payments__amount_fen"))["fen"]
    return found or 0


def _name(of: dict[str, Any]) -> str:
    return str(next(iter(of.values())))
