"""Noting what a source says, one party at a time; for many at once see `noting.note_many`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Greatest

from district.kernel.parties import numbers
from district.kernel.parties.delivery import Delivery
from district.kernel.parties.models import Party, Relation, Source
from district.kernel.parties.noting import note_many
from district.kernel.parties.queries import find
from district.kernel.parties.refused import Refused


def source(key: str, title: str = "", **fields: Any) -> Source:
    """The source of that key; made with `fields` (rank, legal_ground, purpose, keep_days, resource) when new."""
    found, _is_new = Source.objects.get_or_create(key=key, defaults={"title": title or key, **fields})
    return found


@transaction.atomic
def note(
    kind: str,
    number: str,
    attributes: Mapping[str, str],
    source: Source,
    at: datetime,
    *,
    is_simulated: bool = False,
) -> Party:
    """The party of a number, with what `source` said of it at `at`. Idempotent, and the order of calls does not matter.

    `attributes` may hold names (`name`, `former_name`, `alias`, `short_name`). Raises numbers.NumberError for a number
    that cannot be right, Refused `no_ground` for facts of a person from a source without legal ground and purpose.
    """
    right = numbers.checked(kind, number)
    check_ground(kind, source)
    note_many(
        Delivery(
            kind, [right], {key: [value] for key, value in attributes.items()}, at, is_simulated=is_simulated
        ),
        source,
    )
    found = find(kind, right)
    assert found is not None
    return found


def check_ground(kind: str, source: Source) -> None:
    """个人信息保护法 13, 34: no facts of persons without a legal ground and a purpose. Raises Refused."""
    if kind in numbers.OF_PERSONS and not (source.legal_ground and source.purpose):
        raise Refused("no_ground", f"来源“{source.title}”没有写明法律依据和处理目的，不能归集自然人信息")


@transaction.atomic
def relate(
    party: Party, kind: str, other: Party, source: Source, at: datetime, *,
    from_on: date | None = None, until_on: date | None = None,
) -> Relation:  # fmt: skip
    """Notes a relation, read from `party` to `other`. Said again it is the same one, with the later time.

    Raises Refused `same_party`.
    """
    if party.root_id == other.root_id:
        raise Refused("same_party", "主体不能与自己建立关系")
    made, is_new = Relation.objects.get_or_create(
        party=party, kind=kind, other=other, source=source,
        defaults={"source_at": at, "from_on": from_on, "until_on": until_on},
    )  # fmt: skip
    if not is_new:
        newer = {"from_on": from_on or made.from_on, "until_on": until_on} if at >= made.source_at else {}
        Relation.objects.filter(pk=made.pk).update(source_at=Greatest("source_at", at), **newer)
        made.refresh_from_db()
    return made
