"""Contracting processes as Open Contracting Data Standard 1.1 releases, records and packages. Pure.

https://standard.open-contracting.org/1.1/en/schema/reference/. A release is what was known on its day and is never changed;
a later one says all of it again and more, so that the newest is also the compiled release of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

VERSION = "1.1"
CURRENCY = "CNY"
USCC = "CN-USCC"
METHODS = {
    "open": "open",
    "invited": "selective",
    "consultation": "selective",
    "negotiation": "selective",
    "inquiry": "selective",
    "single": "direct",
}
"""Method of 政府采购法 → codelist `method`."""
CONTRACT_STATES = {"approved": "active", "ended": "terminated", "terminated": "cancelled"}
"""OCDS: `terminated` is a contract that was signed and has ended, `cancelled` one ended before its time."""


@dataclass(frozen=True)
class Party:
    """An organisation; never a person. `key` is unique in the district, `uscc` its 统一社会信用代码 where known."""

    key: str
    name: str
    uscc: str = ""

    @property
    def id(self) -> str:
        return f"{USCC}-{self.uscc}" if self.uscc else self.key

    @property
    def reference(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name}


@dataclass(frozen=True)
class Tender:
    id: str
    title: str
    method: str
    reason: str
    ceiling_fen: int
    published_at: datetime
    closes_at: datetime | None = None
    opened_at: datetime | None = None
    tenderers: tuple[Party, ...] = ()
    state: str = "active"


@dataclass(frozen=True)
class Award:
    id: str
    title: str
    at: datetime
    amount_fen: int
    supplier: Party
    is_final: bool = True


@dataclass(frozen=True)
class Transaction:
    id: str
    at: datetime
    amount_fen: int
    payer: Party
    payee: Party


@dataclass(frozen=True)
class Step:
    """A condition of payment, or of the contract: due and met."""

    id: str
    title: str
    is_met: bool
    met_at: datetime | None = None


@dataclass(frozen=True)
class ContractFacts:
    id: str
    award_id: str
    title: str
    state: str
    approved_at: datetime
    signed_at: datetime
    begins_at: datetime
    ends_at: datetime
    amount_fen: int
    ended_at: datetime | None = None
    transactions: tuple[Transaction, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Process:
    """One contracting process: what one buyer set out to buy. `ocid` begins with the publisher's prefix."""

    ocid: str
    project_number: str
    project_title: str
    purpose: str
    estimate_fen: int
    budget_fen: int
    made_at: datetime
    buyer: Party
    payer: Party
    category: str = "services"
    tender: Tender | None = None
    awards: tuple[Award, ...] = ()
    contracts: tuple[ContractFacts, ...] = field(default=())
    is_simulated: bool = False


@dataclass(frozen=True)
class Publisher:
    name: str
    uri: str
    policy_url: str
    license_url: str
    uscc: str = ""


def moments(process: Process) -> list[tuple[datetime, str, str]]:
    """(when, tag, what) of each release, in order of time."""
    found = [(process.made_at, "planning", "project")]
    if process.tender:
        found.append((process.tender.published_at, "tender", process.tender.id))
    found += [(award.at, "award", award.id) for award in process.awards]
    for contract in process.contracts:
        found.append((contract.approved_at, "contract", contract.id))
        found += [(each.at, "implementation", each.id) for each in contract.transactions]
        if contract.ended_at:
            found.append((contract.ended_at, "contractTermination", contract.id))
    return sorted(found)


def releases(process: Process) -> list[dict[str, Any]]:
    """One for each thing that became known."""
    return [_release(process, at, tag, f"{process.ocid}-{tag}-{what}") for at, tag, what in moments(process)]


def compiled(process: Process) -> dict[str, Any]:
    """All that is known."""
    last = moments(process)[-1][0]
    return _release(process, last, "compiled", f"{process.ocid}-{last:%Y-%m-%dT%H:%M:%S%z}")


def _release(process: Process, at: datetime, tag: str, key: str) -> dict[str, Any]:
    tender = process.tender if process.tender and process.tender.published_at <= at else None
    awards = [award for award in process.awards if award.at <= at]
    contracts = [contract for contract in process.contracts if contract.approved_at <= at]
    said: dict[str, Any] = {
        "ocid": process.ocid,
        "id": key,
        "date": _moment(at),
        "tag": [tag],
        "initiationType": "tender",
        "language": "zh",
        "buyer": process.buyer.reference,
        "planning": _planning(process),
    }
    parties = _parties(process, tender, awards, contracts, at)
    if tender:
        said["tender"] = _tender(process, tender, at) | (
            {} if awards or tender.state == "unsuccessful" else {"status": "active"}
        )
    if awards:
        said["awards"] = [_award(award) for award in awards]
    if contracts:
        said["contracts"] = [_contract(contract, at) for contract in contracts]
    said["parties"] = parties
    return said


def _planning(process: Process) -> dict[str, Any]:
    budget: dict[str, Any] = {
        "description": process.project_title,
        "project": process.project_title,
        "projectID": process.project_number,
        "amount": _value(process.budget_fen or process.estimate_fen),
    }
    return {"rationale": _marked(process, process.purpose), "budget": budget}


def _tender(process: Process, tender: Tender, at: datetime) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": tender.id,
        "title": _marked(process, tender.title),
        "status": tender.state,
        "value": _value(tender.ceiling_fen),
        "procuringEntity": process.buyer.reference,
        "procurementMethod": METHODS[tender.method],
        "procurementMethodDetails": tender.method,
        "mainProcurementCategory": process.category,
    }
    if tender.reason:
        said["procurementMethodRationale"] = tender.reason
    if tender.closes_at:
        said["tenderPeriod"] = {
            "startDate": _moment(tender.published_at),
            "endDate": _moment(tender.closes_at),
        }
    if tender.opened_at and tender.opened_at <= at and tender.tenderers:
        said["numberOfTenderers"] = len(tender.tenderers)
        said["tenderers"] = [each.reference for each in tender.tenderers]
    return said


def _award(award: Award) -> dict[str, Any]:
    return {
        "id": award.id,
        "title": award.title,
        "status": "active" if award.is_final else "pending",
        "date": _moment(award.at),
        "value": _value(award.amount_fen),
        "suppliers": [award.supplier.reference],
    }


def _contract(contract: ContractFacts, at: datetime) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": contract.id,
        "awardID": contract.award_id,
        "title": contract.title,
        "status": CONTRACT_STATES[contract.state]
        if contract.ended_at and contract.ended_at <= at
        else "active",
        "period": {"startDate": _moment(contract.begins_at), "endDate": _moment(contract.ends_at)},
        "value": _value(contract.amount_fen),
        "dateSigned": _moment(contract.signed_at),
    }
    paid = [each for each in contract.transactions if each.at <= at]
    done: dict[str, Any] = {}
    if paid:
        done["transactions"] = [
            {
                "id": each.id,
                "date": _moment(each.at),
                "value": _value(each.amount_fen),
                "payer": each.payer.reference,
                "payee": each.payee.reference,
            }
            for each in paid
        ]
    if contract.steps:
        done["milestones"] = [_milestone(step, at) for step in contract.steps]
    return said | ({"implementation": done} if done else {})


def _milestone(step: Step, at: datetime) -> dict[str, Any]:
    is_met = step.is_met and (step.met_at is None or step.met_at <= at)
    said: dict[str, Any] = {
        "id": step.id,
        "title": step.title,
        "type": "financing",
        "status": "met" if is_met else "scheduled",
    }
    if is_met and step.met_at:
        said["dateMet"] = _moment(step.met_at)
    return said


def _parties(
    process: Process,
    tender: Tender | None,
    awards: Sequence[Award],
    contracts: Sequence[ContractFacts],
    at: datetime,
) -> list[dict[str, Any]]:
    roles: dict[str, tuple[Party, list[str]]] = {}

    def takes(party: Party, role: str) -> None:
        held = roles.setdefault(party.id, (party, []))[1]
        if role not in held:
            held.append(role)

    takes(process.buyer, "buyer")
    if tender:
        takes(process.buyer, "procuringEntity")
        for each in tender.tenderers if tender.opened_at and tender.opened_at <= at else ():
            takes(each, "tenderer")
    for award in awards:
        takes(award.supplier, "supplier")
    for contract in contracts:
        for paid in contract.transactions:
            if paid.at <= at:
                takes(paid.payer, "payer")
                takes(paid.payee, "payee")
    return [_party(party, held) for party, held in roles.values()]


def _party(party: Party, roles: Iterable[str]) -> dict[str, Any]:
    said: dict[str, Any] = {"id": party.id, "name": party.name, "roles": list(roles)}
    if party.uscc:
        said["identifier"] = {"scheme": USCC, "id": party.uscc, "legalName": party.name}
    return said


def _marked(process: Process, words: str) -> str:
    return f"{words}（模拟数据）" if process.is_simulated else words


def _value(fen: int) -> dict[str, Any]:
    """A number of yuan, whole where it is whole."""
    return {"amount": fen // 100 if fen % 100 == 0 else fen / 100, "currency": CURRENCY}


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _package(publisher: Publisher, uri: str, at: datetime) -> dict[str, Any]:
    named: dict[str, Any] = {"name": publisher.name, "uri": publisher.uri}
    if publisher.uscc:
        named |= {"scheme": USCC, "uid": publisher.uscc}
    return {
        "uri": uri,
        "version": VERSION,
        "publishedDate": _moment(at),
        "publisher": named,
        "license": publisher.license_url,
        "publicationPolicy": publisher.policy_url,
    }


def release_package(
    processes: Iterable[Process], publisher: Publisher, uri: str, at: datetime
) -> dict[str, Any]:
    said = [release for process in processes for release in releases(process)]
    return _package(publisher, uri, at) | {"releases": said}


def record(process: Process) -> dict[str, Any]:
    return {"ocid": process.ocid, "releases": releases(process), "compiledRelease": compiled(process)}


def record_package(
    processes: Iterable[Process], publisher: Publisher, uri: str, at: datetime
) -> dict[str, Any]:
    return _package(publisher, uri, at) | {"records": [record(process) for process in processes]}


def compiled_lines(processes: Iterable[Process]) -> Iterator[dict[str, Any]]:
    """The newest of each process, for JSON lines."""
    return (compiled(process) for process in processes)
