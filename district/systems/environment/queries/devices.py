"""The devices of this system as the console lists them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, F, FloatField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast

from district.kernel.clock import today
from district.kernel.devices.models import CommandState, Device, DeviceCommand
from district.kernel.people.access import scope_of
from district.kernel.people.models import Account

from ..manifest import SYSTEM
from ..models import CaptureRate

CAPTURE_DAYS = 7
OPEN_COMMANDS = (CommandState.QUEUED, CommandState.SENT, CommandState.EXECUTING)


def devices_visible_to(account: Account) -> QuerySet[Device]:
    """Devices of this system in the area of the account's duties."""
    devices = Device.objects.filter(system=SYSTEM.name)
    return scope_of(account, SYSTEM.name).filter(devices, division_field="division_code")


def device_rows(devices: QuerySet[Device]) -> QuerySet[Device]:
    """Devices with their link, `capture_percent` of the last seven days, and whether a command is open."""
    owed = (
        CaptureRate.objects.filter(device_id=OuterRef("pk"), on__gte=today() - timedelta(days=CAPTURE_DAYS))
        .order_by()
        .values("device_id")
        .annotate(percent=100.0 * Cast(Sum("valid"), FloatField()) / Sum("expected"))
        .values("percent")
    )
    open_commands = DeviceCommand.objects.filter(device_id=OuterRef("pk"), state__in=OPEN_COMMANDS)
    return devices.select_related("link").annotate(
        capture_percent=Subquery(owed),
        has_open_command=Exists(open_commands),
        frames=F("link__frames"),
        is_connected=F("link__is_connected"),
    )


def place_of(device: Device) -> tuple[str, str]:
    """(code of the station, name) a device stands at; empty texts when it stands nowhere yet."""
    point = getattr(device, "environment_point", None)
    if point is not None:
        return point.code, point.name
    outlet = getattr(device, "environment_outlet", None) or getattr(device, "environment_inlet", None)
    if outlet is not None:
        return f"{outlet.source.code}-{outlet.code}", f"{outlet.source.name} {outlet.code}"
    return "", ""
