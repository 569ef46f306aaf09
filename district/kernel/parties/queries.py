"""Parties as an account may see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet

from district.kernel.parties import numbers, sealing
from district.kernel.parties.models import Attribute, Merge, Name, Number, Party, Relation, Split
from district.kernel.people.access import may, scope_of
from district.kernel.people.roles import PARTY_REGISTRAR, PARTY_REVIEWER


def find(kind: str, number: str) -> Party | None:
    """The party of an identifying number, by keyed hash; None for a number that cannot be right or is not known."""
    try:
        right = numbers.checked(kind, number)
    except numbers.NumberError:
        return None
    found = (
        Number.objects.filter(kind=kind, digest=sealing.digest(kind, right))
        .select_related("party__root")
        .first()
    )
    return found.party.root if found else None


def parties_seen_by(account: Any) -> QuerySet[Party]:
    """The parties (roots) inside the account's scope; of the whole district for a duty of the district."""
    if not may(account, PARTY_REGISTRAR, PARTY_REVIEWER):
        return Party.objects.none()
    return scope_of(account, "parties").filter(
        Party.objects.filter(pk=F("root_id")), division_field="division_code"
    )


def named(parties: QuerySet[Party], text: str) -> QuerySet[Party]:
    """Those of `parties` that have, or had, a name beginning with the text."""
    found = Name.objects.filter(name__startswith=text).values("party__root_id")
    return parties.filter(pk__in=found)


def members_of(root: Party) -> QuerySet[Party]:
    return Party.objects.filter(root=root).order_by("pk")


def numbers_of(root: Party) -> QuerySet[Number]:
    return Number.objects.filter(party__root=root).order_by("kind", "pk")


def names_of(root: Party) -> list[Name]:
    """All names; one whose own source gave a later legal name is marked `has_passed`."""
    found = list(
        Name.objects.filter(party__root=root).select_related("source").order_by("-is_current", "-source_at")
    )
    latest: dict[int, Any] = {}
    for name in found:
        if name.kind == "legal":
            latest[name.source_id] = max(latest.get(name.source_id, name.source_at), name.source_at)
    for name in found:
        shown: Any = name
        shown.has_passed = name.kind == "legal" and (
            name.until_on is not None or name.source_at < latest[name.source_id]
        )
    return found


def attributes_of(root: Party) -> list[tuple[str, list[Attribute]]]:
    """Key → its values, the one in use first."""
    rows = Attribute.objects.filter(party__root=root).select_related("source")
    grouped: dict[str, list[Attribute]] = {}
    for row in rows.order_by("key", "-is_current", "-source_at", "pk"):
        grouped.setdefault(row.key, []).append(row)
    return list(grouped.items())


def is_conflict(values: Sequence[Attribute]) -> bool:
    """Whether sources disagree now: the last word of each is not the same."""
    last: dict[int, Attribute] = {}
    for row in values:
        if row.source_id not in last or row.source_at > last[row.source_id].source_at:
            last[row.source_id] = row
    return len({row.value for row in last.values()}) > 1


def relations_of(root: Party) -> tuple[list[Relation], list[Relation]]:
    """Those read from the party, and those read to it."""
    related = Relation.objects.select_related("party__root", "other__root", "source")
    return list(related.filter(party__root=root)), list(
        related.filter(other__root=root).order_by("kind", "-source_at")
    )


def merges_of(root: Party) -> QuerySet[Merge]:
    """All merges a party's members took part in, undone ones too, newest first."""
    keys = members_of(root).values("pk")
    related = Merge.objects.select_related("kept", "gone", "by", "undone_by")
    return (related.filter(kept__in=keys) | related.filter(gone__in=keys)).distinct().order_by("-at")


def splits_of(root: Party) -> QuerySet[Split]:
    keys = members_of(root).values("pk")
    related = Split.objects.select_related("party", "made", "by", "undone_by")
    return (related.filter(party__in=keys) | related.filter(made__in=keys)).distinct().order_by("-at")
