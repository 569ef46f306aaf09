"""Contradictions are found by themselves: after every change of a record, and of all records at night."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from district.kernel.clock import now
from district.kernel.forms.models import Entity, Submission
from district.kernel.people.models import Organisation
from district.kernel.people.models.organisations import Kind

from ..models import Contradiction, ItemRule
from .comparing import Meaning
from .judging import Claim, contradicting, out_of_order
from .sayings import Saying, meaning_of, sayings
from .sending import finish_cases, send

BATCH = 500
PAIR = "\t"
"""Between the two values of an order that was found to be right as it stands."""
State = Contradiction.State
Key = tuple[int, str, int | None]


@dataclass(frozen=True)
class Found:
    """So many contradictions are new, so many have come to agree by themselves."""

    opened: int = 0
    gone: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(self.opened + other.opened, self.gone + other.gone)


def find(since: Any = None) -> Found:
    """Looks at records changed since then, by writes or by forms about them; at all when None."""
    found = Found()
    changed = Entity.objects.filter(deleted_at=None)
    if since is not None:
        about = _named_in(Submission.objects.filter(updated_at__gte=since).values_list("values", flat=True))
        changed = changed.filter(updated_at__gte=since) | changed.filter(uuid__in=about)
    by_register: dict[int, list[int]] = defaultdict(list)
    for pk, register in changed.order_by("pk").values_list("pk", "register"):
        by_register[register].append(pk)
    for pks in by_register.values():
        for start in range(0, len(pks), BATCH):
            found += look_at(pks[start : start + BATCH])
    return found


@transaction.atomic
def look_at(entities: Iterable[int]) -> Found:
    """Judges these records of one register anew, opens what is new, closes what has come to agree."""
    rows = list(
        Entity.objects.select_for_update(of=("self",)).filter(pk__in=tuple(entities)).select_related("register")
        .order_by("pk")
    )  # fmt: skip
    if not rows:
        return Found()
    rules = list(ItemRule.objects.filter(register=rows[0].register_id, is_active=True))
    before = _before(rows)
    said = sayings(rows)
    judged = {**_sameness(said, rules, before), **_orders(said, [each for each in rules if each.kind == "order"], before)}
    units = _villages(rows)
    opened, gone = [], []
    for key, (saying, claims) in judged.items():
        current = before.open.get(key)
        if claims and current is None:
            opened.append(_row(saying, key[2], claims, units))
        elif claims and current is not None:
            written = _written(claims)
            if written != current.claims:
                current.claims = written
                current.save(update_fields=("claims",))
        elif current is not None:
            current.state, current.settled_at = State.GONE, now()
            gone.append(current)
    Contradiction.objects.bulk_update(gone, ("state", "settled_at"))
    send(Contradiction.objects.bulk_create(opened))
    finish_cases({row.case_id for row in gone if row.case_id})
    return Found(len(opened), len(gone))


@dataclass
class _Before:
    open: dict[Key, Contradiction]
    settled: dict[Key, list[Contradiction]]

    def known(self, key: Key) -> list[str]:
        return [value for row in self.settled.get(key, ()) for value in (*row.values_known, row.value)]


def _before(entities: Sequence[Entity]) -> _Before:
    before = _Before({}, defaultdict(list))
    rows = Contradiction.objects.filter(entity__in=entities, state__in=(State.OPEN, State.SETTLED)).order_by("pk")
    for row in rows.select_for_update():
        key = (row.entity_id, row.item, row.rule_id)
        if row.state == State.OPEN:
            before.open[key] = row
        else:
            before.settled[key].append(row)
    return before


def _sameness(
    said: Sequence[Saying], rules: Sequence[ItemRule], before: _Before
) -> dict[Key, tuple[Saying, list[Claim]]]:
    same = {each.item: each for each in rules if each.kind == ItemRule.Kind.SAME}
    judged: dict[Key, tuple[Saying, list[Claim]]] = {}
    for saying in said:
        rule = same.get(saying.item.name)
        key: Key = (saying.entity.pk, saying.item.name, None)
        if len(saying.claims) > 1 or saying.settled is not None or key in before.open:
            judged[key] = saying, _same(saying, rule, before.known(key))
    return judged


def _same(saying: Saying, rule: ItemRule | None, known: Sequence[str]) -> list[Claim]:
    meaning = meaning_with(saying, rule)
    within = timedelta(days=rule.within_days) if rule is not None and rule.within_days else None
    settled = saying.settled.value if saying.settled is not None else None
    raised = contradicting(
        saying.claims, meaning, settled=settled, known=[*known, *saying.known],
        within=None if saying.in_conflict else within,
    )  # fmt: skip
    if settled is None or not raised:
        return raised
    # Whoever had the settled value on the screen and gave a new one has changed it, which is nobody else's matter
    # unless a department answers for the item.
    is_change = not saying.in_conflict and all(meaning.agree(each.value, saying.shown) for each in raised)
    if is_change and saying.item.holder_id is None:
        return []
    return [saying.settled, *raised] if saying.settled is not None else raised


def meaning_with(saying: Saying, rule: ItemRule | None) -> Meaning:
    absolute, percent = (rule.absolute, rule.percent) if rule is not None else (Decimal(0), Decimal(0))
    return meaning_of(saying.item, absolute, percent)


def _orders(
    said: Sequence[Saying], rules: Sequence[ItemRule], before: _Before
) -> dict[Key, tuple[Saying, list[Claim]]]:
    by_item = {(each.entity.pk, each.item.name): each for each in said}
    judged: dict[Key, tuple[Saying, list[Claim]]] = {}
    for rule in rules:
        for saying in (each for each in said if each.item.name == rule.item):
            other = by_item.get((saying.entity.pk, rule.other))
            if other is None:
                continue
            key = (saying.entity.pk, rule.item, rule.pk)
            is_known = f"{saying.shown}{PAIR}{other.shown}" in before.known(key)
            wrong = not is_known and out_of_order(saying.shown, rule.order, other.shown, meaning_of(saying.item))
            if wrong or key in before.open:
                judged[key] = saying, [_stands(saying), _stands(other)] if wrong else []
    return judged


def _stands(saying: Saying) -> Claim:
    """The value shown, with whoever stands by it."""
    by = next((each for each in saying.claims if each.value == saying.shown), None)
    if by is None:
        return Claim(saying.shown, saying.entity.updated_at, "register", f"entity:{saying.entity.pk}", words=saying.item.title)
    return Claim(by.value, by.at, by.origin, by.reference, by.organisation, by.account, f"{saying.item.title}：{by.words}")


def _row(saying: Saying, rule: int | None, claims: list[Claim], units: dict[str, Organisation]) -> Contradiction:
    holder, village = saying.item.holder, units.get(saying.entity.division_code)
    is_village = holder is None and village is not None
    return Contradiction(
        entity=saying.entity, item=saying.item.name, rule_id=rule, division_code=saying.entity.division_code,
        settler=holder or village or saying.entity.register.organisation, is_village=is_village,
        claims=_written(claims), is_simulated=saying.entity.is_simulated,
    )  # fmt: skip


def _written(claims: Sequence[Claim]) -> str:
    return json.dumps([asdict(each) | {"at": each.at.isoformat()} for each in claims], ensure_ascii=False)


def _villages(entities: Sequence[Entity]) -> dict[str, Organisation]:
    codes = {each.division_code for each in entities if each.division_code}
    found = Organisation.objects.filter(division_code__in=codes, kind__in=(Kind.VILLAGE, Kind.TOWN))
    return {each.division_code: each for each in found}


def _named_in(values: Iterable[dict[str, Any]]) -> Iterator[UUID]:
    """Answers that may be the name of a record."""
    for answer in values:
        for each in answer.values():
            if isinstance(each, str) and len(each) == 36:
                with suppress(ValueError):
                    yield UUID(each)
