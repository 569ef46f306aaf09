"""Requests: drafted, submitted, reviewed by the authority for data, decided by the provider.

What is shared without condition is granted at once, what is not shared is refused at once with its legal ground.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.datasets.models import Resource, Share, Shelf
from district.kernel.events import publish
from district.kernel.grants import periods
from district.kernel.grants.actions.grants import give
from district.kernel.grants.contract import (
    RequestCancelled,
    RequestDecided,
    RequestReviewed,
    RequestSubmitted,
)
from district.kernel.grants.models import Client, Grant, Request, RequestState
from district.kernel.grants.numbering import next_number
from district.kernel.grants.posts import must_be_steward, must_offer
from district.kernel.grants.refused import Refused
from district.kernel.grants.terms import Terms
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Organisation

EDITABLE = (RequestState.DRAFT, RequestState.RETURNED)
FIELDS = (
    "items", "divisions", "matter_code", "matter", "ground", "purpose", "scene", "starts_on", "ends_on", "frequency",
    "receiving_system", "security_level", "contact",
)  # fmt: skip


@transaction.atomic
def draft(
    resource: Resource,
    organisation: Organisation,
    account: Account,
    *,
    is_simulated: bool = False,
    **said: Any,
) -> Request:
    """A request that only its department sees. Raises Refused naming the field."""
    must_offer(account, organisation)
    if resource.shelf != Shelf.PUBLISHED:
        raise Refused("not_published", "资源未发布", field="resource", value=resource.name)
    if resource.provider_id == organisation.pk:
        raise Refused("own_resource", "本部门的数据无需申请", field="resource", value=resource.name)
    _check(resource, said)
    key, number = next_number(Request)
    return Request.objects.create(
        id=key, number=number, resource=resource, organisation=organisation, account=account,
        is_simulated=is_simulated, **said,
    )  # fmt: skip


@transaction.atomic
def amend(request: Request, account: Account, **said: Any) -> Request:
    """Other words in a draft, or in what was returned."""
    held = _locked(request, *EDITABLE)
    must_offer(account, held.organisation)
    _check(held.resource, {name: getattr(held, name) for name in FIELDS} | said)
    for name, value in said.items():
        setattr(held, name, value)
    held.save()
    return held


def _check(resource: Resource, said: dict[str, Any]) -> None:
    unknown = set(said) - set(FIELDS)
    if unknown:
        raise Refused("unknown_field", f"不认识的字段 {min(unknown)}", field=min(unknown))
    names = set(resource.items.values_list("name", flat=True))
    items = said.get("items") or []
    if not items or set(items) - names:
        raise Refused("bad_items", _("请选择资源的信息项"), field="items", value=sorted(set(items) - names))
    for name, title in (("purpose", _("使用目的")), ("matter", _("业务事项"))):
        if not str(said.get(name) or "").strip():
            raise Refused("field_wanted", _("请填写%(title)s") % {"title": title}, field=name)
    starts_on, ends_on = said.get("starts_on"), said.get("ends_on")
    if not isinstance(starts_on, date) or not isinstance(ends_on, date) or ends_on < starts_on:
        raise Refused("bad_term", _("请填写起止日期，结束不早于开始"), field="ends_on", value=ends_on)


@transaction.atomic
def submit(request: Request, account: Account) -> Request:
    """Sends it in. Data shared without condition are granted at once, data not shared refused at once."""
    held = _locked(request, *EDITABLE)
    must_offer(account, held.organisation)
    at = clock.now()
    held.submitted_at, held.reason, held.account = at, "", account
    if held.resource.share == Share.OPEN:
        held.accepted_at = at
        _decided(held, None, RequestState.AGREED, _("无条件共享，自动授权"))
        give(held.resource, held.organisation, _asked_terms(held), None, purpose=held.purpose, ground=held.ground,
             request=held, is_simulated=held.is_simulated)  # fmt: skip
    elif held.resource.share == Share.CLOSED:
        _decided(
            held,
            None,
            RequestState.REFUSED,
            _("不予共享：%(ground)s") % {"ground": held.resource.legal_ground},
        )
    else:
        held.state, held.due_at = RequestState.SUBMITTED, periods.review_due(at)
        held.save()
        publish(RequestSubmitted(held.pk, held.number, held.resource.title, held.resource.provider_id,
                                 held.organisation_id, account.pk))  # fmt: skip
    return held


def _asked_terms(request: Request) -> Terms:
    return Terms(
        items=request.items, starts_on=request.starts_on, ends_on=request.ends_on, divisions=request.divisions
    )


@transaction.atomic
def review(request: Request, account: Account, outcome: str, reason: str = "") -> Request:
    """合规性审查 by the steward: `accepted` 通过, `returned` 退回补正, `declined` 不予受理; the last two say why."""
    held = _locked(request, RequestState.SUBMITTED)
    must_be_steward(account)
    _must_not_be_own(held, account)
    if outcome not in (RequestState.ACCEPTED, RequestState.RETURNED, RequestState.DECLINED):
        raise Refused("bad_outcome", _("没有该决定"), field="outcome", value=outcome)
    held.state, held.reason = outcome, _said(reason, is_wanted=outcome != RequestState.ACCEPTED)
    at = clock.now()
    if outcome == RequestState.ACCEPTED:
        held.accepted_at, held.due_at = at, periods.reply_due(at)
    elif outcome == RequestState.DECLINED:
        held.decided_at, held.decided_by = at, account
    held.save()
    _noted(account, f"request_{outcome}", held)
    publish(RequestReviewed(held.pk, held.number, str(outcome), held.reason, account.pk))
    return held


@transaction.atomic
def agree(
    request: Request,
    account: Account | None,
    terms: Terms,
    *,
    reason: str = "",
    is_conditional: bool = False,
    client: Client | None = None,
) -> Grant:
    """提供部门 gives what was asked or less; with conditions it says which. None is the platform."""
    held = _to_decide(request, account)
    state = RequestState.CONDITIONAL if is_conditional else RequestState.AGREED
    said = _said(reason, is_wanted=is_conditional)
    grant = give(held.resource, held.organisation, terms, account, purpose=held.purpose, ground=held.ground,
                 request=held, client=client, is_simulated=held.is_simulated)  # fmt: skip
    _decided(held, account, state, said)
    return grant


@transaction.atomic
def refuse(request: Request, account: Account, reason: str) -> Request:
    """提供部门 says no, and why."""
    held = _to_decide(request, account)
    _decided(held, account, RequestState.REFUSED, _said(reason, is_wanted=True))
    return held


@transaction.atomic
def cancel(request: Request, account: Account) -> Request:
    held = _locked(request, *EDITABLE, RequestState.SUBMITTED, RequestState.ACCEPTED)
    must_offer(account, held.organisation)
    held.state = RequestState.CANCELLED
    held.save()
    publish(RequestCancelled(held.pk, held.number))
    return held


def _to_decide(request: Request, account: Account | None) -> Request:
    held = _locked(request, RequestState.ACCEPTED)
    must_offer(account, held.resource.provider)
    _must_not_be_own(held, account)
    return held


def _decided(request: Request, account: Account | None, state: str, reason: str) -> None:
    request.state, request.reason = state, reason
    request.decided_at, request.decided_by = clock.now(), account
    request.save()
    _noted(account, f"request_{state}", request)
    publish(RequestDecided(request.pk, request.number, str(state), reason, account.pk if account else None))


def _locked(request: Request, *states: str) -> Request:
    held = (
        Request.objects.select_for_update(of=("self",))
        .select_related("resource__provider", "organisation")
        .get(pk=request.pk)
    )
    if held.state not in states:
        text = _("申请现为%(state)s") % {"state": held.get_state_display()}
        raise Refused("wrong_state", text, field="request", value=held.number, status=409)
    return held


def _must_not_be_own(request: Request, account: Account | None) -> None:
    if account is not None and request.account_id == account.pk:
        raise Refused(
            "own_request", _("不能审批自己的申请"), field="request", value=request.number, status=403
        )


def _said(reason: str, *, is_wanted: bool) -> str:
    reason = reason.strip()
    if is_wanted and not reason:
        raise Refused("reason_wanted", _("请写明理由"), field="reason")
    return reason[:300]


def _noted(account: Any, action: str, request: Request) -> None:
    record_act(
        account, action, subject_kind="grants.request", subject=request.number, purpose=request.reason[:200]
    )
