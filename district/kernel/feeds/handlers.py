"""What happens elsewhere and concerns those who follow a resource."""

from __future__ import annotations

from district.kernel.datasets.models import Version
from district.kernel.datasets.version_events import VersionPublished
from district.kernel.events import on
from district.kernel.feeds.changes import is_followed
from district.kernel.feeds.differences import note_changes_between


@on(VersionPublished)
def tell_followers(event: VersionPublished) -> None:
    """The rows in which the new version differs from the one before are changes."""
    after = Version.objects.select_related("resource").get(pk=event.version_id)
    if is_followed(after.resource):
        earlier = Version.objects.filter(resource=after.resource, number__lt=after.number, published_at__isnull=False)
        note_changes_between(after.resource, earlier.exclude(state=Version.State.PURGED).first(), after)
