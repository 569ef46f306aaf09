"""Deliveries in the background."""

from __future__ import annotations

from district.kernel.connectors.models import Run
from district.kernel.jobs import Progress, job


@job(queue="default")
def deliver(progress: Progress, run_id: int) -> None:
    """Takes one delivery; a worker that dies leaves it to the next, which goes on behind the last part."""
    from district.kernel.connectors.deliveries import carry_out

    delivery = Run.objects.select_related("source__resource").get(pk=run_id)
    progress.expect(delivery.bytes or 0)
    done = carry_out(delivery, progress)
    progress.advance(0, f"{done.get_state_display()} {done.problem}"[:200])
