"""What the exchange shows on a board."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui.tile import Row, Shown, Tile

from . import flows
from .handlers import TOPIC
from .pages import rate_numbers, volume_chart
from .steps import address_of

MOST_LATE = 12


def rates(account: Any) -> Shown:
    return Shown(numbers=rate_numbers(flows.rates(account)), url=reverse("brain:exchange"))


def volume(account: Any) -> Shown:
    return Shown(chart=volume_chart(flows.days(account)), url=reverse("brain:exchange"))


def late(account: Any) -> Shown:
    """Resources that are late; each leads to its last delivery, or to the monitor where there is none."""
    found = flows.late(account)
    monitor = f"{reverse('brain:exchange')}?flows.freshness=late"
    rows = tuple(
        Row(f"{each['provider']} · {each['resource']}", address_of(each["run_id"]) if each["run_id"] else monitor,
            each["late_at"], _("迟到"), "red")
        for each in found[:MOST_LATE]
    )  # fmt: skip
    note = _("没有迟到的数据") if not found else _("共 %(n)d 项迟到") % {"n": len(found)}
    return Shown(rows=rows, note=note, url=monitor)


TILES: tuple[Tile, ...] = (
    Tile("brain.exchange", "共享交换", "Exchange", rates, icon="arrows-transfer-down", width=2, seconds=30,
         topics=(TOPIC,), is_same_for_duties=True),
    Tile("brain.volume", "每日入库", "Rows a day", volume, icon="chart-line", width=2, seconds=60,
         topics=(TOPIC,), is_same_for_duties=True),
    Tile("brain.late", "迟到的数据", "Late data", late, icon="clock-exclamation", seconds=60, is_same_for_duties=True),
)  # fmt: skip
