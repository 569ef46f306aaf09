"""A notice to one account: in the application at once, over other channels by jobs that try again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection

from district.kernel.alerts.channels import CHANNELS
from district.kernel.alerts.jobs import deliver_notice
from district.kernel.alerts.models import Alarm, Notice, NoticeDelivery


def notify(
    account: Any, *, title: str, severity: int, body: str = "", url: str = "", alarm: Alarm | None = None,
    channels: Iterable[str] = (),
) -> Notice:
    """Puts a notice into the account's inbox and starts its sending; the same title of the same alarm only once.

    Raises KeyError for a channel that does not exist.
    """
    wanted = [CHANNELS[name].name for name in channels]
    known = Notice.objects.filter(recipient=account, alarm=alarm, title=title[:200]).first() if alarm else None
    if known is not None:
        return known
    notice = Notice.objects.create(
        recipient=account, alarm=alarm, title=title[:200], severity=severity, body=body[:1000], url=url
    )
    for name in wanted:
        delivery = NoticeDelivery.objects.create(notice=notice, channel=name)
        deliver_notice.start(delivery_id=delivery.pk)
    payload = {"topic": f"notices.{account.pk}", "data": {"id": notice.pk, "severity": severity}}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('live', %s)", [json.dumps(payload)])
    return notice
