"""The programme's projects as contracting processes: one for what is built, one for each kind of third party's service."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Prefetch

from district.kernel.clock import CHINA
from district.kernel.people.models import Organisation

from ..models import Bid, Commitment, Contract, Firm, Payment, PaymentTerm, Posting, Procurement, Project
from ..money.terms import why_not
from .ocds import Award, ContractFacts, Party, Process, Step, Tender, Transaction

PLACEHOLDER = "ocds-000000"
"""The prefix until the publisher has one of its own from the register of OCDS prefixes; see DISTRICT_OCID_PREFIX."""
PUBLIC = ("approved", "ended", "terminated")
KINDS = Contract.Kind.values


def prefix() -> str:
    return os.environ.get("DISTRICT_OCID_PREFIX", PLACEHOLDER)


def processes(projects: Iterable[Project] | None = None) -> list[Process]:
    """Those of the projects (all, when none are named) past their proposal, newest project first. Fixed number of queries."""
    chosen = (
        Project.objects.exclude(stage=Project.Stage.PROPOSAL)
        if projects is None
        else Project.objects.filter(pk__in=[each.pk for each in projects])
    )
    rows = (
        chosen.select_related("owner")
        .prefetch_related(
            Prefetch("procurements", Procurement.objects.select_related("winner").order_by("pk")),
            Prefetch("procurements__bids", Bid.objects.select_related("firm").order_by("pk")),
            Prefetch(
                "contracts", Contract.objects.filter(state__in=PUBLIC).select_related("firm").order_by("pk")
            ),
            Prefetch(
                "contracts__terms",
                PaymentTerm.objects.select_related("milestone", "contract__project").order_by("order"),
            ),
            Prefetch("contracts__commitments", Commitment.objects.order_by("pk")),
            Prefetch(
                "contracts__commitments__payments",
                Payment.objects.filter(paid_at__isnull=False).order_by("pk"),
            ),
            "budget_lines",
        )
        .order_by("-number")
    )
    treasury = _treasury()
    return [process for project in rows for process in _of(project, treasury)]


def _of(project: Project, treasury: Party) -> list[Process]:
    contracts: dict[str, list[Contract]] = {}
    for contract in project.contracts.all():
        contracts.setdefault(contract.kind, []).append(contract)
    bought: dict[str, Procurement] = {}
    for each in project.procurements.all():
        if each.noticed_on is not None:
            bought[each.kind] = each
    found = []
    for kind in KINDS:
        if kind == Contract.Kind.SUPPLY or kind in contracts or kind in bought:
            found.append(_process(project, kind, contracts.get(kind, []), bought.get(kind), treasury))
    return found


def _process(
    project: Project, kind: str, contracts: list[Contract], bought: Procurement | None, treasury: Party
) -> Process:
    suffix = "" if kind == Contract.Kind.SUPPLY else f"-{kind}"
    awards = _awards(bought, contracts)
    budget = sum(line.amount_fen for line in project.budget_lines.all() if line.state == "approved")
    estimate = (
        project.estimate_fen if kind == Contract.Kind.SUPPLY else sum(each.amount_fen for each in contracts)
    )
    return Process(
        ocid=f"{prefix()}-{project.number}{suffix}",
        project_number=project.number,
        project_title=project.title,
        purpose=project.purpose,
        estimate_fen=estimate,
        budget_fen=budget if kind == Contract.Kind.SUPPLY else 0,
        made_at=_local(project.made_at),
        buyer=unit(project.owner),
        payer=treasury,
        tender=_tender(bought) if bought else None,
        awards=awards,
        contracts=tuple(_contract(each, _award_of(each, awards), treasury) for each in contracts),
        is_simulated=project.is_simulated,
    )


def unit(organisation: Organisation) -> Party:
    return Party(f"CN-370306-{organisation.code}", organisation.name, organisation.uscc)


def firm(of: Firm) -> Party:
    return Party(f"CN-370306-firm-{of.pk}", of.name, of.uscc)


def _treasury() -> Party:
    found = Organisation.objects.filter(code="finance").first()
    return unit(found) if found else Party("CN-370306-finance", "区财政局")


def _tender(bought: Procurement) -> Tender:
    states = {"failed": "unsuccessful", "settled": "complete", "awarded": "complete"}
    noticed = bought.noticed_on
    assert noticed is not None
    return Tender(
        id=bought.number,
        title=bought.title,
        method=bought.method,
        reason=bought.why,
        ceiling_fen=bought.ceiling_fen,
        published_at=_day(noticed),
        closes_at=_local(bought.bids_due_at) if bought.bids_due_at else None,
        opened_at=_local(bought.opened_at) if bought.opened_at else None,
        tenderers=tuple(firm(bid.firm) for bid in bought.bids.all()),
        state=states.get(bought.state, "active"),
    )


def _awards(bought: Procurement | None, contracts: list[Contract]) -> tuple[Award, ...]:
    """The one of the purchase; a contract that rests on none (below the threshold, or before the platform) is its own."""
    found = []
    if bought and bought.winner and bought.award_fen and bought.awarded_on:
        found.append(
            Award(
                f"{bought.number}-award",
                bought.title,
                _day(bought.awarded_on),
                bought.award_fen,
                firm(bought.winner),
                bought.state == "settled",
            )
        )
    won = bought.winner_id if bought else None
    for each in contracts:
        if each.firm_id != won or not found:
            found.append(
                Award(f"{each.number}-award", each.title, _approved(each), each.amount_fen, firm(each.firm))
            )
    return tuple(found)


def _award_of(contract: Contract, awards: tuple[Award, ...]) -> str:
    own = f"{contract.number}-award"
    return own if any(award.id == own for award in awards) else awards[0].id


def _contract(contract: Contract, award_id: str, treasury: Party) -> ContractFacts:
    paid = [payment for commitment in contract.commitments.all() for payment in commitment.payments.all()]
    return ContractFacts(
        id=contract.number,
        award_id=award_id,
        title=contract.title,
        state=contract.state,
        approved_at=_approved(contract),
        signed_at=_day(contract.signed_on),
        begins_at=_day(contract.begins_on),
        ends_at=_day(contract.ends_on),
        amount_fen=contract.amount_fen,
        transactions=tuple(
            moved for payment in paid for moved in _moves(payment, treasury, firm(contract.firm))
        ),
        steps=tuple(_step(contract, term) for term in contract.terms.all()),
        ended_at=_ended(contract, paid),
    )


def _ended(contract: Contract, paid: list[Payment]) -> datetime | None:
    """When what was still bound went back; with nothing left, when the last was paid."""
    if contract.state == Contract.State.APPROVED:
        return None
    keys = [f"released:{each.pk}" for each in contract.commitments.all()]
    let_go = Posting.objects.filter(key__in=keys).order_by("at").last()
    last = [_local(each.paid_at) for each in paid if each.paid_at] + ([_local(let_go.at)] if let_go else [])
    return max(last, default=_approved(contract))


def _moves(payment: Payment, treasury: Party, payee: Party) -> list[Transaction]:
    """Paid; and paid back where it was returned."""
    assert payment.paid_at is not None
    found = [Transaction(payment.number, _local(payment.paid_at), payment.amount_fen, treasury, payee)]
    if payment.returned_at:
        found.append(
            Transaction(
                f"{payment.number}-R", _local(payment.returned_at), payment.amount_fen, payee, treasury
            )
        )
    return found


def _step(contract: Contract, term: PaymentTerm) -> Step:
    acceptance: Any = (
        getattr(contract.project, "acceptance", None) if term.condition in ("accepted", "evaluated") else None
    )
    is_met = not why_not(term, acceptance.run if acceptance else None)
    met = term.milestone.done_on if term.milestone else None
    met_at = _day(met) if met else (_local(acceptance.at) if acceptance else None)
    return Step(
        f"{contract.number}-{term.order}", f"{term.title}：{term.get_condition_display()}", is_met, met_at
    )


def _approved(contract: Contract) -> datetime:
    return _local(contract.approved_at) if contract.approved_at else _day(contract.signed_on)


def _day(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


def _local(at: datetime) -> datetime:
    return at.astimezone(CHINA)
