"""The linkage of the parties that are kept: their facts to records, its pairs to candidates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from district.kernel.parties.actions.review import link_pairs, record_pairs
from district.kernel.parties.linkage.model import ENTITIES, PERSONS, REVIEW, pairs
from district.kernel.parties.linkage.records import entities, persons
from district.kernel.parties.models import Attribute, Name, Number, Party, PartyKind
from district.kernel.parties.sealing import unseal

FIELDS = {
    "phone": "phone",
    "address": "address",
    "sex": "sex",
    "birth_date": "birth",
    "representative": "representative",
}
COMPARED = {PartyKind.PERSON: ("citizen", "residence", "written"), PartyKind.ENTITY: ("credit", "written")}


def link(kind: str) -> tuple[int, int]:
    """Finds pairs of one kind; returns how many wait newly for review and how many were linked without a person.

    Numbers are unsealed in the memory of the job for the comparison and nowhere else; the work is noted by the pairs.
    """
    is_person = kind == PartyKind.PERSON
    model = PERSONS if is_person else ENTITIES
    found = pairs((persons if is_person else entities)(records(kind)), model, least_probability=REVIEW)
    told = [
        {"left": pair.left, "right": pair.right, "probability": pair.probability, "weight": pair.weight,
         "explanation": pair.explanation}
        for pair in found
    ]  # fmt: skip
    with transaction.atomic():
        waiting = record_pairs(kind, told)
        linked = link_pairs((pair.left, pair.right) for pair in found if model.is_sure(pair))
    return waiting, linked


def records(kind: str) -> Iterator[dict[str, Any]]:
    """One record for each root of a kind, as `linkage.records` takes it."""
    roots = dict(Party.objects.filter(kind=kind).values_list("pk", "root_id"))
    made: dict[int, dict[str, Any]] = {root: {"id": root, "other_names": []} for root in set(roots.values())}
    for party, name, is_current in Name.objects.filter(party__kind=kind).values_list(
        "party_id", "name", "is_current"
    ):
        record = made[roots[party]]
        if is_current:
            record["name"] = name
        else:
            record["other_names"].append(name)
    facts = Attribute.objects.filter(party__kind=kind, is_current=True, key__in=FIELDS)
    for party, key, value in facts.values_list("party_id", "key", "value"):
        made[roots[party]][FIELDS[key]] = value
    numbers = Number.objects.filter(party__kind=kind, kind__in=COMPARED[PartyKind(kind)]).order_by("-kind")
    for party, sealed in numbers.values_list("party_id", "sealed"):
        made[roots[party]]["number"] = unseal(sealed)
    yield from (made[root] for root in sorted(made))
