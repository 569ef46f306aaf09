"""What is done with terminals: registered, put into buses, their codes withdrawn, and their alarms raised."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from district.kernel.alerts import actions as alerts
from district.kernel.clock import now
from district.kernel.devices.commands import CannotAsk, ask
from district.kernel.devices.models import Device, DeviceReport, DeviceStatus
from district.kernel.people.refused import Refused

from ..models import Bus
from .alarm_words import NAMES, severity_of

SYSTEM, PROTOCOL = "transit", "jt808"
NUMBER = re.compile(r"[0-9]{6,20}")
TOLD = ("transit.dispatcher", "transit.operator")


@transaction.atomic
def register_terminal(*, number: str, name: str = "", bus: Bus | None = None, interval_s: int = 10) -> Device:
    """A terminal that may register: by the number of its line, without which nobody is heard.

    Raises Refused: number_wrong, number_taken, bus_has_terminal.
    """
    number = number.strip()
    if not NUMBER.fullmatch(number):
        raise Refused("number_wrong", _("终端号码应为 6 至 20 位数字"), field="number", value=number)
    taken = Device.objects.filter(code__endswith=number.lstrip("0")).values_list("code", flat=True)
    if any(code.lstrip("0") == number.lstrip("0") for code in taken):
        raise Refused("number_taken", _("该终端号码已登记"), field="number", value=number)
    if bus is not None and bus.device_id is not None:
        raise Refused("bus_has_terminal", _("该车已装有终端，请先换机或拆下"), field="bus", value=bus.number)
    device = Device.objects.create(
        code=number.zfill(12), name=name.strip() or _("车载终端 %(number)s") % {"number": number}, kind="bus",
        protocol=PROTOCOL, system=SYSTEM, interval_s=interval_s, owner=bus.operator if bus else None,
    )  # fmt: skip
    if bus is not None:
        bus.device = device
        bus.save(update_fields=["device"])
    return device


@transaction.atomic
def install(device: Device, bus: Bus | None) -> None:
    """The terminal rides in this bus from now on, in none for None. The terminal that was there is free afterwards."""
    if bus is not None and bus.device_id == device.pk:
        return
    for each in Bus.objects.select_for_update().filter(device=device):
        each.device = None
        each.save(update_fields=["device"])
    if bus is not None:
        bus = Bus.objects.select_for_update().get(pk=bus.pk)
        bus.device = device
        bus.save(update_fields=["device"])


@transaction.atomic
def swap(one: Bus, other: Bus) -> None:
    """Two buses exchange their terminals: what happens when a workshop mixes them up, put right."""
    if one.pk == other.pk:
        raise Refused("same_bus", _("请选择另一辆车"), field="bus", value=one.number)
    buses = {bus.pk: bus for bus in Bus.objects.select_for_update().filter(pk__in=(one.pk, other.pk))}
    first, second = buses[one.pk], buses[other.pk]
    held = first.device_id, second.device_id
    Bus.objects.filter(pk=first.pk).update(device=None)
    Bus.objects.filter(pk=second.pk).update(device_id=held[0])
    Bus.objects.filter(pk=first.pk).update(device_id=held[1])


@transaction.atomic
def revoke_code(device: Device) -> None:
    """Withdraws the authentication code: the terminal is cut off and has to register anew, with the same maker's number."""
    _give_code(device, secrets.token_hex(16))


@transaction.atomic
def free_number(device: Device) -> None:
    """Another terminal may register under the number, for it has been exchanged; the code of the old one is withdrawn."""
    device.attributes = {name: value for name, value in device.attributes.items() if name not in ("terminal", "module")}
    device.save(update_fields=["attributes", "updated_at"])
    _give_code(device, "")


def _give_code(device: Device, code: str) -> None:
    Device.objects.filter(pk=device.pk).update(password=code, updated_at=now())
    device.refresh_from_db(fields=["password", "updated_at"])


@transaction.atomic
def set_status(device: Device, status: str) -> None:
    """In use, suspended or out of use; whoever is not in use is turned away."""
    device.status = DeviceStatus(status)
    device.save(update_fields=["status", "updated_at"])


@transaction.atomic
def note_alarms(report_id: int) -> None:
    """Raises the alarms a terminal tells of and ends those that are over, in whatever order its reports are handled."""
    report = DeviceReport.objects.select_related("device").filter(pk=report_id).first()
    if report is None or report.kind != "alarm":
        return
    newest = DeviceReport.objects.filter(device=report.device, kind="alarm").order_by("-at", "-pk").first()
    bits = int(newest.payload.get("bits", 0)) if newest else 0
    bus = Bus.objects.filter(device=report.device).first()
    for bit in report.payload.get("begun", []):
        _raise(report, bus, int(bit))
    for bit in {*report.payload.get("begun", []), *report.payload.get("ended", [])}:
        if not bits >> int(bit) & 1:
            alerts.clear_alarm(system=SYSTEM, kind=f"terminal_{bit}", thing=report.device.code)


def _raise(report: DeviceReport, bus: Bus | None, bit: int) -> None:
    with override("zh-hans"):
        message = str(NAMES.get(bit, bit))
    alerts.raise_alarm(
        system=SYSTEM, kind=f"terminal_{bit}", thing=report.device.code, subject=bus.number if bus else report.device.name,
        message=message, severity=severity_of(bit), since_at=report.at, device_id=report.device_id, roles=TOLD,
        organisation_id=bus.operator_id if bus else None,
    )  # fmt: skip


def ask_terminal(device: Device, command: str, parameters: dict[str, Any], account: Any) -> Any:
    """A command to the terminal. Raises Refused: cannot_ask."""
    try:
        return ask(device, command, parameters, account)
    except CannotAsk as fault:
        raise Refused("cannot_ask", str(fault)) from fault
