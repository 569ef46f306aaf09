"""Objections: filed for a party, decided by a person, with an answer."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from district.kernel.clock import now
from district.kernel.events import publish
from district.kernel.parties.contract import ObjectionFiled
from district.kernel.parties.models import Attribute, Objection, Party
from district.kernel.parties.refused import Refused
from district.kernel.parties.settling import settle


@transaction.atomic
def object_to(party: Party, text: str, account: Any, *, key: str = "") -> Objection:
    """Files an objection to what is kept of a party (of one attribute when `key` is given). Raises Refused `no_text`."""
    if not text.strip():
        raise Refused("no_text", "请写明异议内容")
    made = Objection.objects.create(party=party, key=key, text=text.strip()[:500], filed_by=account)
    publish(ObjectionFiled(objection=made.pk, party=party.pk))
    return made


@transaction.atomic
def decide_objection(objection: Objection, is_upheld: bool, answer: str, account: Any) -> Objection:
    """Upheld: the disputed value in use is deleted and the next best one takes its place.

    Raises Refused: no_answer, already_decided.
    """
    found = Objection.objects.select_for_update().get(pk=objection.pk)
    if found.state != Objection.State.OPEN:
        raise Refused("already_decided", "该异议已经核实")
    if not answer.strip():
        raise Refused("no_answer", "请填写答复")
    found.state = Objection.State.UPHELD if is_upheld else Objection.State.DISMISSED
    found.answer, found.decided_by, found.decided_at = answer.strip()[:500], account, now()
    found.save()
    if is_upheld and found.key:
        root = Party.objects.get(pk=found.party_id).root_id
        Attribute.objects.filter(party__root=root, key=found.key, is_current=True).delete()
        settle([root])
    return found
