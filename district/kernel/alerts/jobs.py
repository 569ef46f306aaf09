"""Sending of notices."""

from __future__ import annotations

from district.kernel.alerts.channels import CHANNELS, Unreachable
from district.kernel.alerts.models import NoticeDelivery
from district.kernel.clock import now
from district.kernel.jobs.work import job


@job(queue="notices")
def deliver_notice(delivery_id: int) -> None:
    """Sends one notice over one channel, once. A failure is noted and tried again; no address ends it."""
    delivery = NoticeDelivery.objects.select_related("notice__recipient").get(pk=delivery_id)
    if delivery.sent_at is not None:
        return
    try:
        CHANNELS[delivery.channel].send(delivery.notice)
    except Unreachable as error:
        delivery.error = str(error)
    except Exception as error:
        NoticeDelivery.objects.filter(pk=delivery_id).update(error=f"{type(error).__name__}: {error}"[:300])
        raise
    else:
        delivery.sent_at, delivery.error = now(), ""
    delivery.save(update_fields=["sent_at", "error"])
