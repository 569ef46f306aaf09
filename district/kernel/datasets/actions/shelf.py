"""The life of an entry: draft → submitted → published → withdrawn, and back to a draft."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.datasets.actions.entries import entry_of, item_rows
from district.kernel.datasets.contract import (
    ResourcePublished,
    ResourceReturned,
    ResourceSubmitted,
    ResourceWithdrawn,
)
from district.kernel.datasets.entry_rules import problems_of
from district.kernel.datasets.models import Resource, Shelf, ShelfStep
from district.kernel.datasets.posts import is_steward, may_change
from district.kernel.datasets.refused import Refused, refused_for
from district.kernel.events import publish as tell


@transaction.atomic
def submit(resource: Resource, account: Any) -> Resource:
    """A department hands an entry in for review; a draft, or one that was withdrawn. Raises Refused."""
    found = _locked(resource)
    _check_may_change(account, found)
    _check_state(found, Shelf.DRAFT, Shelf.WITHDRAWN)
    _check_complete(found)
    _step(found, Shelf.SUBMITTED, account)
    tell(ResourceSubmitted(found.pk, found.name, found.title, found.provider_id))
    return found


@transaction.atomic
def publish(resource: Resource, account: Any) -> Resource:
    """The steward puts an entry into the catalogue. None is the platform itself. Raises Refused."""
    found = _locked(resource)
    _check_steward(account)
    _check_state(found, Shelf.SUBMITTED)
    _check_complete(found)
    return put_on_shelf(found, account)


def publish_all(resources: Iterable[Resource], account: Any) -> list[Resource]:
    """Publishes several that were handed in together, all or none. Raises Refused."""
    with transaction.atomic():
        return [publish(resource, account) for resource in resources]


def put_on_shelf(resource: Resource, account: Any, note: str = "") -> Resource:
    """Publishes an entry that has been checked, and tells it."""
    resource.published_at = now()
    _step(resource, Shelf.PUBLISHED, account, note)
    tell(
        ResourcePublished(
            resource.pk,
            resource.name,
            resource.title,
            resource.provider_id,
            resource.share,
            resource.published_at,
        )
    )
    return resource


@transaction.atomic
def return_to_department(resource: Resource, account: Any, reason: str) -> Resource:
    """退回补正: the steward sends an entry back and says why. Raises Refused."""
    found = _locked(resource)
    _check_steward(account)
    _check_state(found, Shelf.SUBMITTED)
    words = _reason(reason)
    _step(found, Shelf.DRAFT, account, words)
    tell(ResourceReturned(found.pk, found.name, found.title, found.provider_id, words))
    return found


@transaction.atomic
def withdraw(resource: Resource, account: Any, reason: str) -> Resource:
    """Takes a published or submitted entry out, at once. Raises Refused."""
    found = _locked(resource)
    _check_may_change(account, found)
    _check_state(found, Shelf.PUBLISHED, Shelf.SUBMITTED)
    return taken_off(found, account, _reason(reason))


def taken_off(resource: Resource, account: Any, reason: str) -> Resource:
    """Withdraws an entry and tells it."""
    _step(resource, Shelf.WITHDRAWN, account, reason)
    tell(ResourceWithdrawn(resource.pk, resource.name, resource.title, resource.provider_id, reason))
    return resource


def _locked(resource: Resource) -> Resource:
    return Resource.objects.select_for_update(of=("self",)).select_related("provider").get(pk=resource.pk)


def _step(resource: Resource, shelf: Shelf, account: Any, note: str = "") -> None:
    at = now()
    resource.shelf, resource.updated_at = shelf.value, at
    resource.save()
    ShelfStep.objects.create(resource=resource, shelf=shelf.value, at=at, by=account, note=note[:500])


def _check_may_change(account: Any, resource: Resource) -> None:
    if account is None or may_change(account, resource):
        return
    if resource.system:
        text = _("“%(title)s”由系统按其合同提供，随系统发布和撤销") % {"title": resource.title}
        raise Refused("by_contract", text, field="resource", value=resource.name)
    raise Refused("not_yours", _("您不能办理其他单位的资源"), field="resource", value=resource.code)


def _check_steward(account: Any) -> None:
    if account is not None and not is_steward(account):
        raise Refused("not_steward", _("目录由数据管理员审核"), field="account", value=account.username)


def _check_state(resource: Resource, *states: Shelf) -> None:
    if resource.shelf not in states:
        text = _("“%(title)s”现为“%(state)s”，不能这样办理") % {
            "title": resource.title, "state": Shelf(resource.shelf).label,
        }  # fmt: skip
        raise Refused("wrong_state", text, field="shelf", value=resource.shelf)


def _check_complete(resource: Resource) -> None:
    found = problems_of(entry_of(resource), item_rows(resource.items.all()), is_complete=True)
    if found:
        raise refused_for(found)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused("reason_missing", _("请写明理由"), field="reason")
    return reason.strip()
