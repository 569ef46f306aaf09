"""Grants: given, changed, suspended, withdrawn, over. Each step counts from the next request on."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from district.kernel import clock
from district.kernel.datasets.models import Resource
from district.kernel.datasets.posts import is_steward
from district.kernel.events import publish
from district.kernel.grants import terms as grant_terms
from district.kernel.grants.contract import GrantChanged, GrantEnded, GrantGiven
from district.kernel.grants.models import Client, Grant, GrantState, Request
from district.kernel.grants.numbering import next_number
from district.kernel.grants.posts import acts_for, must_offer
from district.kernel.grants.refused import Refused
from district.kernel.grants.terms import Terms
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Organisation


@transaction.atomic
def give(
    resource: Resource,
    grantee: Organisation,
    terms: Terms,
    account: Account | None,
    *,
    purpose: str,
    ground: str = "",
    request: Request | None = None,
    client: Client | None = None,
    is_simulated: bool = False,
) -> Grant:
    """A grant by the provider. One that counts already for the same holder is replaced by it."""
    must_offer(account, resource.provider)
    grant_terms.check(terms, resource, asked=request.items if request else None)
    if client is not None and client.organisation_id != grantee.pk:
        raise Refused("client_of_others", "应用不属于使用部门", field="client", value=client.name)
    if not purpose.strip():
        raise Refused("purpose_wanted", "请填写使用目的", field="purpose")
    for older in Grant.objects.select_for_update().filter(
        resource=resource, grantee=grantee, client=client, state=GrantState.ACTIVE
    ):
        _end(older, GrantState.WITHDRAWN, "由新的授权替代")
    key, number = next_number(Grant)
    grant = Grant.objects.create(
        id=key, number=number, resource=resource, grantee=grantee, client=client, request=request, purpose=purpose,
        ground=ground, granted_by=account, is_simulated=is_simulated, **terms.columns(),
    )  # fmt: skip
    _noted(account, "grant_given", grant)
    publish(GrantGiven(grant.pk, grant.number, resource.pk, grantee.pk))
    return grant


@transaction.atomic
def change(grant: Grant, terms: Terms, account: Account) -> Grant:
    """Other terms; never items that were not asked for."""
    held = _locked(grant)
    must_offer(account, held.resource.provider)
    _must_not_be_own(held, account)
    if held.state not in (GrantState.ACTIVE, GrantState.SUSPENDED):
        raise Refused("ended", "授权已结束", field="grant", value=held.number, status=409)
    grant_terms.check(terms, held.resource, asked=held.request.items if held.request else None)
    for name, value in terms.columns().items():
        setattr(held, name, value)
    return _changed(held, account, "grant_changed")


@transaction.atomic
def suspend(grant: Grant, account: Account | None, reason: str) -> Grant:
    held = _held_by_provider(grant, account, GrantState.ACTIVE)
    held.state, held.state_reason = GrantState.SUSPENDED, _reason(reason)
    return _changed(held, account, "grant_suspended")


@transaction.atomic
def resume(grant: Grant, account: Account | None) -> Grant:
    held = _held_by_provider(grant, account, GrantState.SUSPENDED)
    others = Grant.objects.filter(
        resource=held.resource, grantee=held.grantee, client=held.client, state=GrantState.ACTIVE
    )
    if others.exists():
        raise Refused("replaced", "已有替代它的授权", field="grant", value=held.number, status=409)
    held.state, held.state_reason = GrantState.ACTIVE, ""
    return _changed(held, account, "grant_resumed")


@transaction.atomic
def withdraw(grant: Grant, account: Account | None, reason: str) -> Grant:
    """By the provider or the steward; the department that holds it may give it back."""
    held = _locked(grant)
    if not (
        acts_for(account, held.resource.provider) or acts_for(account, held.grantee) or is_steward(account)
    ):
        raise Refused("not_yours", "只有提供部门、使用部门或数据管理员可以收回", status=403)
    if held.state in (GrantState.WITHDRAWN, GrantState.EXPIRED):
        raise Refused("ended", "授权已结束", field="grant", value=held.number, status=409)
    _end(held, GrantState.WITHDRAWN, _reason(reason))
    _noted(account, "grant_withdrawn", held)
    return held


@transaction.atomic
def end_what_is_over() -> int:
    """Marks grants whose term has ended. They stopped counting by themselves; this is for people and events."""
    over = Grant.objects.select_for_update(skip_locked=True).filter(
        state__in=(GrantState.ACTIVE, GrantState.SUSPENDED), ends_at__lte=clock.now()
    )
    for grant in over:
        _end(grant, GrantState.EXPIRED, "到期")
    return len(over)


def _held_by_provider(grant: Grant, account: Account | None, state: str) -> Grant:
    held = _locked(grant)
    must_offer(account, held.resource.provider)
    if held.state != state:
        raise Refused(
            "wrong_state", f"授权现为{held.get_state_display()}", field="grant", value=held.number, status=409
        )
    return held


def _locked(grant: Grant) -> Grant:
    return (
        Grant.objects.select_for_update(of=("self",))
        .select_related("resource__provider", "request")
        .get(pk=grant.pk)
    )


def _must_not_be_own(grant: Grant, account: Account | None) -> None:
    if account is not None and grant.request is not None and grant.request.account_id == account.pk:
        raise Refused("own_request", "不能审批自己的申请", status=403)


def _reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Refused("reason_wanted", "请写明理由", field="reason")
    return reason[:300]


def _changed(grant: Grant, account: Any, action: str) -> Grant:
    grant.revision += 1
    grant.state_at = clock.now()
    grant.save()
    _noted(account, action, grant)
    publish(
        GrantChanged(
            grant.pk, grant.number, grant.resource_id, grant.grantee_id, str(grant.state), grant.revision
        )
    )
    return grant


def _end(grant: Grant, state: str, reason: str) -> None:
    grant.state, grant.state_at, grant.state_reason = state, clock.now(), reason
    grant.revision += 1
    grant.save()
    publish(GrantEnded(grant.pk, grant.number, grant.resource_id, grant.grantee_id, str(state), reason))


def _noted(account: Any, action: str, grant: Grant) -> None:
    record_act(account, action, subject_kind="grants.grant", subject=grant.number, purpose=grant.state_reason)
