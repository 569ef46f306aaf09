"""Whether the parts of the platform itself work: worker, gateway with its devices, queue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.devices.models import Device, DeviceLink, DeviceStatus
from district.kernel.jobs import queue
from district.kernel.jobs.models import Heartbeat
from district.kernel.ui import formats
from district.kernel.ui.tile import Number, Shown

from .. import addresses

SILENT_AFTER = timedelta(seconds=60)


def show(account: Any) -> Shown:
    jobs, at = queue.counts(), now()
    return Shown(numbers=(
        _worker(at),
        _gateway(),
        Number(_("排队任务"), jobs.get("todo", 0) + jobs.get("doing", 0), _("个"), addresses.records("queue")),
        Number(_("失败任务"), jobs.get("failed", 0), _("个"), addresses.records("failed"),
               colour="d-bad" if jobs.get("failed") else "d-good"),
    ))  # fmt: skip


def _worker(at: Any) -> Number:
    newest = Heartbeat.objects.aggregate(at=Max("at"))["at"]
    is_alive = newest is not None and at - newest <= SILENT_AFTER
    return Number(
        _("后台进程"), _("正常") if is_alive else _("无应答"), url=addresses.records("beats"),
        detail=formats.FILTERS["ago"](newest) if newest else _("从未启动"), colour="d-good" if is_alive else "d-bad",
    )  # fmt: skip


def _gateway() -> Number:
    """Devices that are connected of those in use; the gateway keeps both to a few seconds."""
    counted = Device.objects.filter(status=DeviceStatus.ACTIVE).aggregate(
        active=Count("pk"), online=Count("pk", filter=Q(is_online=True))
    )
    newest = DeviceLink.objects.aggregate(at=Max("updated_at"))["at"]
    colour = "" if not counted["active"] else "d-good" if counted["online"] == counted["active"] else "d-warn"
    return Number(
        _("网关在线设备"), counted["online"], f"/ {counted['active']}", addresses.records("online"),
        _("最近收到 %(ago)s") % {"ago": formats.FILTERS["ago"](newest)} if newest else _("还没有设备上报"), colour,
    )  # fmt: skip
