"""A contradiction is settled once for all: the register takes the settled value, and old values raise it no more."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.forms.registers import writing as registers
from district.kernel.people.access import may, scope_of
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused

from ..models import Contradiction
from .finding import PAIR, look_at
from .sending import SYSTEM, finish_cases, send

State = Contradiction.State
POSTS = ("affairs.clerk", "affairs.town", "affairs.asker", "affairs.manager")


def may_settle(account: Any, row: Contradiction) -> bool:
    """The holder of the item for what is sent to it; the village, or the town above, for what a village settles."""
    if not may(account, *POSTS):
        return False
    scope = scope_of(account, SYSTEM)
    if row.settler_id is not None and scope.covers(row.settler_id):
        return True
    return row.is_village and scope.covers(row.division_code)


@transaction.atomic
def settle(row: Contradiction, value: str, account: Any, note: str) -> Contradiction:
    """`value` holds from now on. Raises Refused: not_post, not_open, no_value, no_ground."""
    row = _open(row, account)
    value, note = value.strip(), note.strip()
    if not value:
        raise Refused("no_value", _("请选择或填写核定值"), field="value")
    if not note:
        raise Refused("no_ground", _("请写明核定依据"), field="note")
    said = [claim["value"] for claim in row.said]
    if row.rule_id is not None:
        known = [f"{value}{PAIR}{said[-1]}"]
    else:
        known = list(dict.fromkeys([*said, value]))
    if row.rule_id is None or value != said[0]:
        registers.settle(row.entity, {row.item: value}, account=account, reason=note)
    row.state, row.value, row.note = State.SETTLED, value, note[:200]
    row.known, row.settled_at, row.settled_by = json.dumps(known, ensure_ascii=False), now(), account
    row.save()
    finish_cases({row.case_id} - {None}, account)
    look_at([row.entity_id])
    return row


@transaction.atomic
def pass_on(row: Contradiction, account: Any, note: str) -> Contradiction:
    """From the holder to the village, which can go and look, or from the village to the holder; with a new clock.

    Raises Refused: not_post, not_open, no_ground, nowhere.
    """
    row = _open(row, account)
    if not note.strip():
        raise Refused("no_ground", _("请写明转办原因"), field="note")
    target = _other_side(row)
    if target is None:
        raise Refused("nowhere", _("没有可以转去的单位"), field="settler")
    left = row.case_id
    row.settler, row.is_village, row.note = target, not row.is_village, note.strip()[:200]
    row.save()
    send([row])
    finish_cases({left} - {None}, account)
    return row


def _other_side(row: Contradiction) -> Organisation | None:
    if row.is_village:
        item = row.entity.register.items.filter(name=row.item).select_related("holder").first()
        return item.holder if item is not None else None
    if not row.division_code:
        return None
    return Organisation.objects.filter(division_code=row.division_code).first()


def _open(row: Contradiction, account: Any) -> Contradiction:
    found = Contradiction.objects.select_for_update(of=("self",)).select_related("entity__register").get(pk=row.pk)
    if not may_settle(account, found):
        raise Refused("not_post", _("这处矛盾不由您的单位核实"), field="contradiction", value=found.pk)
    if found.state != State.OPEN:
        raise Refused("not_open", _("这处矛盾已经核定"), field="contradiction", value=found.pk)
    return found
