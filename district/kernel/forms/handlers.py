from __future__ import annotations

from district.kernel.datasets.version_events import VersionPublished
from district.kernel.events import on
from district.kernel.forms.models import RegisterSource
from district.kernel.forms.registers.jobs import bring_source


@on(VersionPublished)
def bring_into_registers(event: VersionPublished) -> None:
    """A department delivered anew what registers take from it."""
    sources = RegisterSource.objects.filter(resource=event.resource_id, is_active=True)
    for source_id in sources.values_list("pk", flat=True):
        bring_source.start(source_id=source_id)
