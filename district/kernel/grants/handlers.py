"""What follows from the catalogue: of a resource that was taken out nothing is handed out any more."""

from __future__ import annotations

from district.kernel.datasets import lineage
from district.kernel.datasets.contract import ResourceWithdrawn
from district.kernel.events import on
from district.kernel.grants.actions import withdraw
from district.kernel.grants.contract import GrantGiven
from district.kernel.grants.models import Grant, GrantState


@on(ResourceWithdrawn)
def end_its_grants(event: ResourceWithdrawn) -> None:
    held = Grant.objects.filter(
        resource_id=event.resource_id, state__in=(GrantState.ACTIVE, GrantState.SUSPENDED)
    )
    for grant in held:
        withdraw(grant, None, f"资源已撤销：{event.reason}")


@on(GrantGiven)
def tell_lineage(event: GrantGiven) -> None:
    """Whichever version of the resource is published goes to who holds the grant."""
    grant = Grant.objects.select_related("resource", "grantee").get(pk=event.grant_id)
    resource = grant.resource
    lineage.tell(
        [("resource", resource.pk, resource.title)],
        ("grant", grant.number, f"{grant.grantee.name} {grant.number}"),
    )
