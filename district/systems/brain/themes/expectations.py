"""What the plan's nine themes and the base libraries need, and from whom. Pure.

Libraries: the field lists of the base libraries (人口 法人 空间 信用 证照 and the older 宏观经济); themes: the plan, clause 4.
Which unit answers for a resource is the district's own division of duties, kept in `data/expected.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Literal

from district.kernel.clock import CHINA
from district.kernel.datasets.cycles import late_since

DATA = Path(__file__).with_name("data")
OWED_SINCE = datetime.combine(date(2020, 8, 13), time(), CHINA)
"""周政办字〔2020〕30号 was given out on this day: from then on the resources of the plan are owed."""
ENOUGH_FIELDS = 0.5
"""An entry of the right unit and theme answers an expectation when it has this part of its fields, or its name."""

State = Literal["missing", "catalogued", "late", "partial", "delivered"]
STATES: tuple[State, ...] = ("missing", "catalogued", "late", "partial", "delivered")


@dataclass(frozen=True)
class Expectation:
    """A resource that a map needs. `units` are codes of organisations: any of them may answer, all are asked."""

    key: str
    kind: Literal["library", "theme"]
    map: str
    title: str
    units: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Offer:
    """An entry of the catalogue as it is held against an expectation. `withdrawn_at` is set when it was taken out."""

    name: str
    title: str
    unit: str
    library: str
    theme: str
    fields: frozenset[str]
    cycle: str
    is_delivered: bool
    published_at: datetime | None
    renewed_at: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """How an expectation stands: since when, by which entries, and which of its fields none of them has."""

    expectation: Expectation
    state: State
    since: datetime
    offers: tuple[Offer, ...] = ()
    missing_fields: tuple[str, ...] = field(default=())

    @property
    def is_owed(self) -> bool:
        return self.state != "delivered"


@cache
def expectations() -> tuple[Expectation, ...]:
    """All of them, libraries first."""
    with (DATA / "expected.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Expectation(
                row["key"], "library" if row["kind"] == "library" else "theme", row["map"], row["title"],
                tuple(row["units"].split(";")), tuple(row["fields"].split(";")),
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def expectation(key: str) -> Expectation:
    """KeyError when there is none of that key."""
    for each in expectations():
        if each.key == key:
            return each
    raise KeyError(key)


def plain(text: str) -> str:
    """A title or field without brackets, spaces and the words that say nothing."""
    bare = re.sub(r"[（(].*?[)）]|\s", "", text)
    return re.sub(r"(基本信息|基础信息|信息表|信息|数据|名录|台账|表)$", "", bare) or bare


def answers(wanted: Expectation, offer: Offer) -> bool:
    """Whether an entry is taken for what is expected: its unit and map fit, and its name or enough of its fields."""
    place = offer.library if wanted.kind == "library" else offer.theme
    if place != wanted.map or offer.unit not in wanted.units:
        return False
    ours, theirs = plain(wanted.title), plain(offer.title)
    if ours in theirs or theirs in ours:
        return True
    return len(found_fields(wanted, [offer])) >= ENOUGH_FIELDS * len(wanted.fields)


def found_fields(wanted: Expectation, offers: Iterable[Offer]) -> list[str]:
    """The expected fields that the entries have, by their names."""
    there = {plain(name) for offer in offers for name in offer.fields}
    return [
        name for name in wanted.fields if any(plain(name) in each or each in plain(name) for each in there)
    ]


def standing(wanted: Expectation, offers: Sequence[Offer], linked: Collection[str], at: datetime) -> Standing:
    """How an expectation stands at a moment; `linked` are names of entries a steward has tied to it by hand."""
    ours = [offer for offer in offers if offer.name in linked or answers(wanted, offer)]
    live = tuple(offer for offer in ours if offer.withdrawn_at is None)
    if not live:
        gone = [offer.withdrawn_at for offer in ours if offer.withdrawn_at is not None]
        return Standing(wanted, "missing", max(gone, default=OWED_SINCE), (), wanted.fields)
    found = found_fields(wanted, live)
    missing = tuple(name for name in wanted.fields if name not in found)
    published = [offer.published_at for offer in live if offer.published_at is not None]
    delivered = tuple(offer for offer in live if offer.is_delivered)
    if not delivered:
        return Standing(wanted, "catalogued", min(published, default=OWED_SINCE), live, missing)
    late = [
        since
        for offer in delivered
        if offer.renewed_at and (since := late_since(offer.cycle, offer.renewed_at, at))
    ]
    if len(late) == len(delivered):
        return Standing(wanted, "late", min(late), live, missing)
    return Standing(
        wanted, "partial" if missing else "delivered", min(published, default=OWED_SINCE), live, missing
    )


def standings(offers: Sequence[Offer], links: Mapping[str, Collection[str]], at: datetime) -> list[Standing]:
    """Every expectation's."""
    return [standing(wanted, offers, links.get(wanted.key, ()), at) for wanted in expectations()]
