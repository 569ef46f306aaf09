"""Objections and needs."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction

from district.kernel import clock
from district.kernel.datasets.models import Resource
from district.kernel.events import publish
from district.kernel.grants import periods
from district.kernel.grants.contract import ObjectionRaised
from district.kernel.grants.models import Grant, Need, Objection
from district.kernel.grants.numbering import next_number
from district.kernel.grants.posts import must_be_steward, must_offer
from district.kernel.grants.refused import Refused
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Organisation


@transaction.atomic
def object_to(
    resource: Resource,
    text: str,
    *,
    account: Account | None = None,
    grant: Grant | None = None,
    records: int = 1,
    by_citizen: uuid.UUID | None = None,
    contact: str = "",
    is_simulated: bool = False,
) -> Objection:
    """A department that uses the data, or a person they speak of, says they are wrong or were used wrongly."""  # fmt: skip
    if not text.strip():
        raise Refused("text_wanted", "请写明异议内容", field="text")
    if account is None and by_citizen is None:
        raise Refused("who_wanted", "须有提出部门或本人", field="account")
    key, number = next_number(Objection)
    at = clock.now()
    objection = Objection.objects.create(
        id=key, number=number, resource=resource, grant=grant, account=account,
        organisation=account.organisation if account and by_citizen is None else None, by_citizen=by_citizen,
        contact=contact, text=text.strip(), records=records, at=at, due_at=periods.objection_due(at),
        is_simulated=is_simulated,
    )  # fmt: skip
    _noted(account, "objection_raised", objection)
    publish(ObjectionRaised(objection.pk, number, resource.pk, resource.provider_id))
    return objection


@transaction.atomic
def answer(objection: Objection, account: Account, *, is_upheld: bool, text: str) -> Objection:
    """The provider has corrected, or says why there is nothing to correct."""
    held = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("resource__provider")
        .get(pk=objection.pk)
    )
    must_offer(account, held.resource.provider)
    if held.state != Objection.State.OPEN:
        raise Refused("answered", "该异议已答复", field="objection", value=held.number, status=409)
    if held.account_id == account.pk:
        raise Refused("own_objection", "不能答复自己的异议", status=403)
    if not text.strip():
        raise Refused("text_wanted", "请写明答复", field="answer")
    held.state = Objection.State.UPHELD if is_upheld else Objection.State.REJECTED
    held.answer, held.answered_by, held.answered_at = text.strip(), account, clock.now()
    held.save()
    _noted(account, f"objection_{held.state}", held)
    return held


def add_need(
    title: str,
    organisation: Organisation,
    account: Account,
    *,
    text: str = "",
    holder: Organisation | None = None,
    is_simulated: bool = False,
) -> Need:
    """A line of the 需求清单."""  # fmt: skip
    must_offer(account, organisation)
    if not title.strip():
        raise Refused("title_wanted", "请写明需要什么数据", field="title")
    return Need.objects.create(
        title=title.strip(), organisation=organisation, account=account, text=text, holder=holder,
        is_simulated=is_simulated,
    )  # fmt: skip


def meet_need(need: Need, resource: Resource, account: Account) -> Need:
    """There is a resource now that answers it."""
    must_be_steward(account)
    need.resource, need.met_at = resource, clock.now()
    need.save(update_fields=["resource", "met_at"])
    return need


def _noted(account: Any, action: str, objection: Objection) -> None:
    record_act(
        account,
        action,
        subject_kind="grants.objection",
        subject=objection.number,
        purpose=objection.text[:200],
    )
