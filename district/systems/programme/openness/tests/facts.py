"""What OCDS 1.1 requires of a package, as far as it can be said without its schema: required fields, codes, references.

A judge of ours, small on purpose; the whole schema is asked by `test_judged_by_others` where it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

TAGS = {
    "planning",
    "planningUpdate",
    "tender",
    "tenderAmendment",
    "tenderUpdate",
    "tenderCancellation",
    "award",
    "awardUpdate",
    "awardCancellation",
    "contract",
    "contractUpdate",
    "contractAmendment",
    "implementation",
    "implementationUpdate",
    "contractTermination",
    "compiled",
}
ROLES = {
    "buyer",
    "procuringEntity",
    "supplier",
    "tenderer",
    "funder",
    "enquirer",
    "payer",
    "payee",
    "reviewBody",
    "interestedParty",
}
STATES = {
    "tender": {"planning", "planned", "active", "cancelled", "unsuccessful", "complete", "withdrawn"},
    "award": {"pending", "active", "cancelled", "unsuccessful"},
    "contract": {"pending", "active", "cancelled", "terminated"},
    "milestone": {"scheduled", "met", "notMet", "partiallyMet"},
}
METHODS = {"open", "selective", "limited", "direct"}
OCID = re.compile(r"^ocds-[a-z0-9]{6}-.+")


def wrong(package: dict[str, Any]) -> list[str]:
    """What is not as it should be, in words; empty when all is well."""
    return list(_package(package))


def _package(package: dict[str, Any]) -> Iterator[str]:
    yield from _needs(package, "package", "uri", "version", "publishedDate", "publisher")
    if not re.fullmatch(r"1\.1", package.get("version", "")):
        yield "package: version"
    yield from _moment(package.get("publishedDate"), "package")
    if "name" not in package.get("publisher", {}):
        yield "package: publisher without a name"
    if ("records" in package) == ("releases" in package):
        yield "package: either records or releases"
    for record in package.get("records", ()):
        yield from _needs(record, "record", "ocid", "releases", "compiledRelease")
        ids = [each["id"] for each in record["releases"]]
        if len(set(ids)) != len(ids):
            yield f"record {record['ocid']}: two releases of one id"
        for release in (*record["releases"], record["compiledRelease"]):
            if release["ocid"] != record["ocid"]:
                yield f"release {release['id']}: of another record"
            yield from _release(release)
    for release in package.get("releases", ()):
        yield from _release(release)


def _release(release: dict[str, Any]) -> Iterator[str]:
    name = f"release {release.get('id')}"
    yield from _needs(release, name, "ocid", "id", "date", "tag", "initiationType")
    yield from _moment(release.get("date"), name)
    if not OCID.match(release.get("ocid", "")):
        yield f"{name}: ocid"
    if not release.get("tag") or set(release["tag"]) - TAGS:
        yield f"{name}: tag"
    if release.get("initiationType") != "tender":
        yield f"{name}: initiationType"
    parties = {party["id"]: party for party in release.get("parties", ())}
    for party in parties.values():
        if not party["roles"] or set(party["roles"]) - ROLES:
            yield f"{name}: roles of {party['id']}"
    for path, reference in _references(release):
        if reference.get("id") not in parties:
            yield f"{name}: {path} {reference.get('id')} is none of the parties"
    yield from _buying(release, name)
    for value in _values(release):
        if not isinstance(value["amount"], int | float) or value["currency"] != "CNY":
            yield f"{name}: value {value}"
    if None in _leaves(release) or "" in _leaves(release):
        yield f"{name}: says nothing where it should be silent"


def _buying(release: dict[str, Any], name: str) -> Iterator[str]:
    awards = {award["id"] for award in release.get("awards", ())}
    if "tender" in release:
        yield from _needs(release["tender"], f"{name} tender", "id")
        if (
            release["tender"]["status"] not in STATES["tender"]
            or release["tender"]["procurementMethod"] not in METHODS
        ):
            yield f"{name}: tender"
    for award in release.get("awards", ()):
        if award["status"] not in STATES["award"]:
            yield f"{name}: award {award['id']}"
    for contract in release.get("contracts", ()):
        yield from _needs(contract, f"{name} contract", "id", "awardID")
        if contract["awardID"] not in awards or contract["status"] not in STATES["contract"]:
            yield f"{name}: contract {contract['id']}"
        for step in contract.get("implementation", {}).get("milestones", ()):
            if step["status"] not in STATES["milestone"]:
                yield f"{name}: milestone {step['id']}"


def _needs(thing: dict[str, Any], name: str, *fields: str) -> Iterator[str]:
    for field in fields:
        if field not in thing:
            yield f"{name}: {field} is missing"


def _moment(text: Any, name: str) -> Iterator[str]:
    try:
        if datetime.fromisoformat(text).tzinfo is None:
            yield f"{name}: a date without its zone"
    except (TypeError, ValueError):
        yield f"{name}: date {text!r}"


def _references(release: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "buyer", release["buyer"]
    if "tender" in release:
        yield "procuringEntity", release["tender"]["procuringEntity"]
        yield from (("tenderer", each) for each in release["tender"].get("tenderers", ()))
    for award in release.get("awards", ()):
        yield from (("supplier", each) for each in award["suppliers"])
    for contract in release.get("contracts", ()):
        for moved in contract.get("implementation", {}).get("transactions", ()):
            yield "payer", moved["payer"]
            yield "payee", moved["payee"]


def _values(thing: Any) -> Iterator[dict[str, Any]]:
    if isinstance(thing, dict):
        if "currency" in thing:
            yield thing
        for each in thing.values():
            yield from _values(each)
    elif isinstance(thing, list):
        for each in thing:
            yield from _values(each)


def _leaves(thing: Any) -> list[Any]:
    if isinstance(thing, dict):
        return [leaf for each in thing.values() for leaf in _leaves(each)]
    if isinstance(thing, list):
        return [leaf for each in thing for leaf in _leaves(each)]
    return [thing]
