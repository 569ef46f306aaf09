"""Staff set right what was read wrongly: class and unit. Kept, learned from, and turned into proposals for the tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.cases.actions.moving import acting, assign, check_sees
from district.kernel.cases.models import Act, Case
from district.kernel.cases.refused import Refused
from district.kernel.clock import now
from district.kernel.people.models import Organisation

from ..models import Reading
from ..reading.classes import class_of_code

ENOUGH = 5
MOST_OF_THEM = 0.6
"""So many decisions of a class, and such a share of them to one other unit, make a proposal."""


@transaction.atomic
def set_right(case: Case, account: Any, code: str, unit: str = "", note: str = "") -> Reading:
    """The class and the unit as a person sees them; a running case takes them on. Raises Refused."""
    if code not in class_of_code():
        raise Refused("code", _("没有这个分类编码"), field="code", value=code)
    with acting(case, account) as changes:
        check_sees(changes.case, account)
        if changes.case.is_running:
            before = changes.case.classification
            if code != before:
                changes.set(classification=code, form=changes.case.form | {"classification": code})
                changes.note(
                    Act(Act.ROUTE),
                    note=note,
                    before={"classification": before},
                    after={"classification": code},
                )
            if unit:
                assign(changes, unit)
    return _decide(case, code, unit, account)


def settle(case: Case) -> Reading | None:
    """A case that was handled to its end says itself which class and unit were right, unless a person has said so."""
    reading = Reading.objects.filter(case=case).first()
    if reading is None or reading.decided_at is not None or not case.closed_at or case.state != "closed":
        return reading
    unit = case.organisation.code if case.organisation is not None else ""
    return _decide(case, case.classification, unit, None)


def _decide(case: Case, code: str, unit: str, account: Any) -> Reading:
    reading, _made = Reading.objects.get_or_create(
        case=case, defaults={"text": case.text or case.title, "code": code, "confidence": 0.0}
    )
    reading.right_code, reading.by, reading.decided_at = code, account, now()
    reading.right_unit = unit or reading.right_unit or reading.unit
    reading.save(update_fields=["right_code", "right_unit", "by", "decided_at"])
    return reading


@dataclass(frozen=True)
class Misread:
    """Of one class (as read): how many were decided, and the shares read and sent wrongly."""

    code: str
    name: str
    decided: int
    wrong_class: float
    wrong_unit: float


@dataclass(frozen=True)
class ProposedRule:
    """Reports of a class that the tables send to `unit` and people to `right`."""

    code: str
    name: str
    unit: str
    right: str
    count: int
    share: float

    @property
    def percent(self) -> int:
        return round(100 * self.share)


def misread_by_class() -> list[Misread]:
    """Most decided first."""
    found: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for code, right_code, unit, right_unit in _decided():
        found[code].append((code != right_code, unit != right_unit))
    rows = [
        Misread(code, _name(code), len(marks), sum(one for one, _unit in marks) / len(marks),
                sum(unit for _one, unit in marks) / len(marks))
        for code, marks in found.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.decided, row.code))


def proposed_rules() -> list[ProposedRule]:
    """What the routing table might say instead, the most frequent first."""
    by_class: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for code, right_code, unit, right_unit in _decided():
        if code == right_code:  # of a report read wrongly the unit says nothing about the table
            by_class[code, unit][right_unit] += 1
    names = dict(Organisation.objects.values_list("code", "name"))
    rules = []
    for (code, unit), units in by_class.items():
        right, count = units.most_common(1)[0]
        share = count / units.total()
        if right != unit and count >= ENOUGH and share >= MOST_OF_THEM:
            rules.append(
                ProposedRule(code, _name(code), names.get(unit, unit), names.get(right, right), count, share)
            )
    return sorted(rules, key=lambda rule: -rule.count)


def _decided() -> list[tuple[str, str, str, str]]:
    rows = Reading.objects.filter(decided_at__isnull=False).exclude(right_code="")
    return list(rows.values_list("code", "right_code", "unit", "right_unit"))


def _name(code: str) -> str:
    known = class_of_code().get(code)
    return known.name if known else code
