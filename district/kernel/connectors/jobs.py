"""Deliveries in the background, and the folders that are watched."""

from __future__ import annotations

from district.kernel.connectors.models import Run
from district.kernel.jobs import Progress, every, job


@job(queue="default")
def deliver(progress: Progress, run_id: int) -> None:
    """Takes one delivery; a worker that dies leaves it to the next, which goes on behind the last part."""
    from district.kernel.connectors.deliveries import carry_out

    delivery = Run.objects.select_related("source__resource").get(pk=run_id)
    progress.expect(delivery.bytes or 0)
    done = carry_out(delivery, progress)
    progress.advance(0, f"{done.get_state_display()} {done.problem}"[:200])


@every("* * * * *")
def look_into_folders() -> int:
    """Takes what lies complete in the inboxes."""
    from district.kernel.connectors.inboxes import look_into_all

    return look_into_all()


@every("* * * * *")
def read_sources_that_are_due() -> int:
    """Databases and HTTP interfaces by their schedule."""
    from district.kernel.connectors.schedule import tick

    return len(tick())


@every("* * * * *")
def deliver_messages() -> int:
    """Messages of streams that have waited long enough, or are many enough, become a version."""
    from district.kernel.connectors.streams.deliveries import deliver_waiting

    return len(deliver_waiting())


@every("40 3 * * *")
def forget_delivered_messages() -> int:
    """Messages that have long been in a version."""
    from district.kernel.connectors.streams.deliveries import forget_delivered

    return forget_delivered()
