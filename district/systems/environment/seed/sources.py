"""The fictional enterprises of the fleet with their outlets, permits, duties and life-long files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from district.kernel.devices.models import Device
from district.kernel.people.models import Kind, Organisation

from ..actions.file_records import add_record
from ..models import (
    DutyFulfilment,
    Facility,
    Outlet,
    Permit,
    PermitDuty,
    PermitLimit,
    PermitQuantity,
    Source,
)
from ..permit_duties import period_ends
from ..simulator.fleet import Fleet

DEMO_UNIT = "demo_enterprise"
"""The unit of the demo account of an enterprise; the first source is its own."""

PARENT_UNIT = "zhoucun"

DUTIES = (
    ("self_monitoring", "手工监测（示例）", "quarter", 15),
    ("ledger", "环境管理台账归档（示例）", "month", 10),
    ("execution_report", "季度执行报告（示例）", "quarter", 15),
    ("execution_report", "年度执行报告（示例）", "year", 31),
    ("disclosure", "信息公开（示例）", "year", 31),
)
"""kind, title, every, days after the period."""


def seed_sources(fleet: Fleet, devices: dict[str, Device], today: date) -> None:
    """Everything of each enterprise that is not there yet."""
    for number, row in enumerate(fleet.enterprises):
        if not Source.objects.filter(code=row["code"]).exists():
            _seed(row, number, devices, today)


def _seed(row: Mapping[str, Any], number: int, devices: dict[str, Device], today: date) -> None:
    source = Source.objects.create(
        code=row["code"],
        name=row["name"],
        credit_code=row["credit_code"],
        industry=row["industry"],
        address=row["address"],
        division_code=row["town_code"],
        lon=row["lon"],
        lat=row["lat"],
        level=row["level"],
        contact_name="示例联系人",
        contact_phone=f"1380000{number:04d}",
        organisation=_unit(row, number),
        operating_since_on=date(today.year - 8, 6, 30),
        is_demo=True,
    )
    outlets = {each["code"]: _seed_outlet(source, each, devices) for each in row["outlets"]}
    for each in row["facilities"]:
        facility = Facility.objects.create(
            source=source,
            code=each["code"],
            name=each["name"],
            kind=each["kind"],
            process=each["process"],
            capacity=each["capacity"],
        )
        facility.outlets.set(outlets[code] for code in each["outlets"] if code in outlets)
    Device.objects.filter(environment_outlet__source=source).update(owner=source.organisation)
    Device.objects.filter(environment_inlet__source=source).update(owner=source.organisation)
    permit = _seed_permit(source, row, outlets, today)
    _seed_duties(permit, number, today)
    _seed_file(source, row, number, today)


def _unit(row: Mapping[str, Any], number: int) -> Organisation | None:
    """The unit that answers for a source: the demo one for the first, one of its own for the others."""
    demo = Organisation.objects.filter(code=DEMO_UNIT).first()
    if number == 0 and demo is not None:
        return demo
    parent = Organisation.objects.filter(code=PARENT_UNIT).first()
    code = row["code"].lower().replace("-", "_")
    unit, _ = Organisation.objects.get_or_create(
        code=code,
        defaults={
            "name": row["name"],
            "kind": Kind.ENTERPRISE,
            "parent": parent,
            "is_demo": True,
            "order": 2000 + number,
        },
    )
    return unit


def _seed_outlet(source: Source, each: Mapping[str, Any], devices: dict[str, Device]) -> Outlet:
    return Outlet.objects.create(
        source=source,
        code=each["code"],
        name=each["name"],
        kind=each["kind"],
        lon=each["lon"],
        lat=each["lat"],
        height_m=each.get("height_m"),
        diameter_m=each.get("diameter_m"),
        base_oxygen_percent=each.get("base_oxygen_percent"),
        receiving_water=each.get("receiving_water") or "",
        discharge_way=each.get("discharge_way") or "",
        device=devices.get(each["device"]),
        inlet_device=devices.get(each["inlet_device"]) if each.get("inlet_device") else None,
    )


def _seed_permit(source: Source, row: Mapping[str, Any], outlets: dict[str, Outlet], today: date) -> Permit:
    given = row["permit"]
    start = date(today.year - given["started_years_ago"], given["issued_month"], 1)
    if start > today:
        start = start.replace(year=start.year - 1)
    until = start.replace(year=start.year + given["years"]) - timedelta(days=1)
    permit = Permit.objects.create(
        source=source,
        number=given["number"],
        level=source.level,
        issuer=given["issuer"],
        issued_on=start,
        valid_from_on=start,
        valid_until_on=until,
        is_demo=True,
        special_requirements="重污染天气应急响应期间按预案减排（示例）",
    )
    for each in row["outlets"]:
        _seed_limits(permit, outlets[each["code"]], each, start, today)
    return permit


def _seed_limits(permit: Permit, outlet: Outlet, each: Mapping[str, Any], start: date, today: date) -> None:
    # Limits rule from the first possible day of back-filled data on, so that a replayed year is judged as well.
    begins = min(start, date(today.year - 1, 1, 1))
    PermitLimit.objects.bulk_create(
        [
            PermitLimit(
                permit=permit,
                outlet=outlet,
                item=limit["item"],
                period=limit["period"],
                limit=limit["limit"],
                lower_limit=limit.get("lower_limit"),
                unit=limit["unit"],
                basis=limit["basis"],
                requires_automatic=True,
                frequency="自动监测",
                valid_from_on=begins,
            )
            for limit in each["limits"]
        ]
    )
    PermitQuantity.objects.bulk_create(
        [
            PermitQuantity(permit=permit, outlet=outlet, item=item, year=year, allowed_kg=kg)
            for item, kg in each["yearly_kg"].items()
            for year in (today.year - 1, today.year, today.year + 1)
        ]
    )


def _seed_duties(permit: Permit, number: int, today: date) -> None:
    """Duties done up to the last period; every third enterprise has left its latest one open."""
    for kind, title, every, grace in DUTIES:
        duty = PermitDuty.objects.create(permit=permit, kind=kind, title=title, every=every, grace_days=grace)
        ends = [day for day in period_ends(every, permit.valid_from_on, permit.valid_until_on) if day < today]
        for day in ends[: -1 if number % 3 == 2 else None]:
            done_on = min(day + timedelta(days=grace // 2), today)
            DutyFulfilment.objects.create(
                duty=duty, period_ends_on=day, done_on=done_on, number="示例", note="示例数据"
            )


@cache
def demo_file() -> tuple[dict[str, Any], ...]:
    path = Path(__file__).parents[1] / "demo_file.json"
    return tuple(json.loads(path.read_text("utf-8"))["records"])


def _seed_file(source: Source, row: Mapping[str, Any], number: int, today: date) -> None:
    outlet, facility = row["outlets"][0], _treatment(row)
    for record in demo_file():
        if number % record.get("only_every", 1):
            continue
        year = today.year - record["years_ago"]
        words = {
            "name": source.name,
            "year": year,
            "previous_year": year - 1,
            "outlet": outlet["code"],
            "facility": facility["code"],
            "process": facility["process"],
        }
        happened_on = date(year, record["month"], record["day"])
        if happened_on <= today:
            add_record(
                source,
                record["kind"],
                happened_on,
                record["title"].format(**words),
                account=None,
                today=today,
                number=record.get("number", "").format(**words),
                issuer=record.get("issuer", "").format(**words),
                summary=record.get("summary", ""),
                outlet=source.outlets.get(code=outlet["code"])
                if record["kind"] in ("outlet", "monitoring")
                else None,
                fields={key: str(value).format(**words) for key, value in record["fields"].items()},
            )


def _treatment(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return next((each for each in row["facilities"] if each["kind"] != "production"), row["facilities"][0])
