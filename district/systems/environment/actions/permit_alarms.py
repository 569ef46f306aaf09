"""Alarms and notices that come from permits: days over their limit, quantities, duties, the end of a permit."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse

from district.kernel.alerts.actions import clear_alarm, raise_alarm
from district.kernel.alerts.models import Notice
from district.kernel.alerts.notices import notify
from district.kernel.alerts.queries import accounts_on_duty
from district.kernel.alerts.rules import Severity
from district.kernel.clock import CHINA, day_bounds
from district.kernel.wording import Sentence, term

from ..items import printed_unit, unit_in, zh_of
from ..models import OutletDay, Permit, PermitQuantity
from ..queries.permits import PermitWarning, QuantityRow, permit_warnings, quantity_uses
from .alert_rules import WITH_ENTERPRISE

SYSTEM = "environment"
DAY_OVER = Sentence("%(where)s %(on)s 日均值 %(mean)s 超过许可浓度 %(limit)s")
DAY_PASSED = term("该日已过，转督办处理")
USED_UP = Sentence("%(where)s 年许可排放量已于 %(on)s 用完")
WILL_RUN_OUT = Sentence("%(where)s 年许可排放量预计 %(on)s 用完")
ENDS = Sentence("%(name)s 排污许可证 %(number)s 将于 %(on)s 到期")
ENDED = Sentence("%(name)s 排污许可证 %(number)s 已于 %(on)s 到期")
PLANT = term("全厂")
FRESH_DAYS = 3
"""Days over their limit longer ago are history that was sent later; they stay visible and raise nothing."""


def raise_days_over_limit(now: datetime) -> int:
    """An alarm for each outlet, item and finished day over its limit; yesterday's news is cleared the day after."""
    today = now.astimezone(CHINA).date()
    rows = OutletDay.objects.filter(
        exceeds_day=True, on__lt=today, on__gte=today - timedelta(days=FRESH_DAYS)
    )
    for row in rows.select_related("outlet__source", "outlet__device"):
        thing = f"outlet:{row.outlet_id}:{row.item}:{row.on}"
        if row.on == today - timedelta(days=1):
            _raise_day(row, thing)
        else:
            clear_alarm(system=SYSTEM, kind="over_limit_day", thing=thing, note=DAY_PASSED)
    return len(rows)


def _raise_day(row: OutletDay, thing: str) -> None:
    outlet = row.outlet
    element = "gas" if outlet.kind == "air" else "waste_water"
    unit = unit_in(row.item, element)
    raise_alarm(
        system=SYSTEM,
        kind="over_limit_day",
        thing=thing,
        subject=f"{outlet.source.name} {outlet.code}",
        message=DAY_OVER(
            where=f"{outlet.source.name} {outlet.code} {zh_of(row.item)}", on=row.on,
            mean=f"{row.mean:g} {printed_unit(unit)}", limit=f"{row.limit_day:g} {printed_unit(unit)}",
        ),
        severity=int(Severity.MAJOR),
        since_at=day_bounds(row.on)[0],
        value=row.mean,
        limit_value=row.limit_day,
        unit=unit,
        device_id=outlet.device_id,
        item=row.item,
        organisation_id=outlet.source.organisation_id,
        division_code=outlet.source.division_code,
        roles=WITH_ENTERPRISE,
    )


def raise_quantities(today: date) -> int:
    """An alarm while a yearly quantity is used up, or will be before the year ends."""
    rows = quantity_uses(
        PermitQuantity.objects.filter(year=today.year, permit__status=Permit.Status.IN_FORCE), today
    )
    for row in rows:
        for status in ("used_up", "will_run_out"):
            thing = f"quantity:{row.quantity.pk}:{status}"
            if row.use.status == status:
                _raise_quantity(row, thing)
            else:
                clear_alarm(system=SYSTEM, kind="quantity", thing=thing)
    return len(rows)


def _raise_quantity(row: QuantityRow, thing: str) -> None:
    source, outlet = row.quantity.permit.source, row.quantity.outlet
    where = f"{source.name} {outlet.code if outlet else PLANT} {zh_of(row.quantity.item)}"
    if row.use.status == "used_up":
        sentence, severity = USED_UP, Severity.MAJOR
    else:
        sentence, severity = WILL_RUN_OUT, Severity.NOTE
    raise_alarm(
        system=SYSTEM,
        kind="quantity",
        thing=thing,
        subject=where,
        message=sentence(where=where, on=row.use.run_out_on),
        severity=int(severity),
        value=round(row.use.used_kg, 2),
        limit_value=row.use.allowed_kg,
        unit="kg",
        device_id=outlet.device_id if outlet else None,
        item=row.quantity.item,
        organisation_id=source.organisation_id,
        division_code=source.division_code,
        roles=WITH_ENTERPRISE,
    )


def tell_permit_warnings(today: date) -> int:
    """A notice to enterprise and officers for every permit that ends and every duty that is due; each once."""
    warnings = [
        each
        for each in permit_warnings(Permit.objects.select_related("source"), today)
        if each.code != "quantity"
    ]
    for warning in warnings:
        source = warning.permit.source
        people = accounts_on_duty(
            ["environment.enterprise", "environment.officer"], source.organisation_id, source.division_code
        )
        title = _headline(warning)
        known = set(Notice.objects.filter(title=title).values_list("recipient_id", flat=True))
        for account in people:
            if account.pk not in known:
                notify(
                    account,
                    title=title,
                    severity=int(Severity.MINOR),
                    body=warning.text,
                    url=reverse("environment:permit", args=[warning.permit.number]),
                )
    return len(warnings)


def _headline(warning: PermitWarning) -> str:
    """A title that stays the same from day to day, so that each thing is told once."""
    name = warning.permit.source.name
    if warning.code in ("expiry", "expired"):
        sentence = ENDS if warning.code == "expiry" else ENDED
        return sentence(name=name, number=warning.permit.number, on=warning.due_on)[:200]
    return f"{name} {warning.text.split('，')[0]}"[:200]
