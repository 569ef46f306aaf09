"""Whoever watches the exchange hears that a delivery has ended."""

from __future__ import annotations

from district.kernel.connectors.contract import RunFailed, RunFinished
from district.kernel.events import on
from district.kernel.ui.live import tell

TOPIC = "brain.exchange"


@on(RunFinished)
def tell_of_delivery(event: RunFinished) -> None:
    tell(TOPIC, {"act": "finished"})


@on(RunFailed)
def tell_of_failure(event: RunFailed) -> None:
    tell(TOPIC, {"act": "failed"})
