from __future__ import annotations

from district.kernel.datasets.models import Item
from district.kernel.datasets.version_events import VersionPublished
from district.kernel.events import on
from district.kernel.parties.jobs import take_resource
from district.kernel.parties.taking import HELD


@on(VersionPublished)
def take_its_parties(event: VersionPublished) -> None:
    """A new version of a resource that says something of persons or entities."""
    if Item.objects.filter(resource_id=event.resource_id, holds__in=HELD).exists():
        take_resource.start(resource_id=event.resource_id)
