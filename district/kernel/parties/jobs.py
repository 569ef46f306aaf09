"""Parties from published versions, doubles among them, and the end of what is kept."""

from __future__ import annotations

import logging

from district.kernel.clock import now
from district.kernel.datasets.models import Resource
from district.kernel.jobs.work import every, job
from district.kernel.parties.refused import Refused
from district.kernel.parties.retention import forget_expired
from district.kernel.parties.taking import resources_with_parties, take

log = logging.getLogger(__name__)


@job(queue="parties", is_alone=True)
def take_resource(resource_id: int) -> None:
    """Notes the parties of one resource's newest version."""
    take(Resource.objects.get(pk=resource_id))


@every("40 2 * * *")
def take_all_resources() -> None:
    """What events missed, and the datasets that systems lend, once a night. One that is refused stops no other."""
    for resource in resources_with_parties():
        try:
            take(resource)
        except Refused as refused:
            log.warning("parties of %s are not taken: %s", resource.name, refused)


@job(queue="parties", is_alone=True)
def find_doubles(kind: str) -> None:
    """Links the parties of a kind without labels; sure pairs merge, the others wait for review."""
    from district.kernel.parties.doubles import link

    link(kind)


@every("10 3 * * 6")
def find_all_doubles() -> None:
    for kind in ("person", "entity"):
        find_doubles.start(kind=kind)


@every("20 4 * * *")
def forget_what_is_over() -> None:
    forget_expired(now())
