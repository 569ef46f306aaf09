"""The alarm rules of the system: general ones for the quality of data, and one for each permitted hourly limit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from district.kernel.alerts.actions import put_rule
from district.kernel.alerts.models import Rule
from district.kernel.alerts.rules import Severity

from ..items import zh_of
from ..models import PermitLimit
from ..queries.permits import limits_in_force

SYSTEM = "environment"
WATCHERS = ["environment.officer", "environment.monitor"]
WITH_ENTERPRISE = [*WATCHERS, "environment.enterprise"]

AIR_ITEMS = ("a34004", "a34002", "a21026", "a21004", "a21005", "a05024")
GAS_ITEMS = ("a21026", "a21002", "a34013", "a24088")
WATER_ITEMS = ("w01018", "w21003", "w21011", "w21001")
RIVER_ITEMS = ("w01009", "w01019", "w21003", "w21011")

WATCHED = {
    "air": AIR_ITEMS,
    "surface_water": RIVER_ITEMS,
    "gas_outlet": GAS_ITEMS,
    "water_outlet": WATER_ITEMS,
}
"""Kind of device → items whose hours are watched for readings that stand still, vanish or jump."""

HOURS = {
    "constant": ({"for_count": 6, "tolerance": 0.0}, "小时均值连续 6 小时不变", Severity.MINOR),
    "zero": ({"for_count": 4, "tolerance": 0.0}, "小时均值连续 4 小时为零", Severity.MINOR),
    "rate": ({"sigmas": 5.0, "window": 24}, "小时均值突变（超过 5 倍标准差）", Severity.NOTE),
    "missing": ({"silent_s": 3 * 3600.0}, "小时数据缺失 3 小时", Severity.MINOR),
}
"""Kind of rule → parameters, name, severity. Rules of silence are silenced themselves while the device is offline."""


def put_default_rules() -> None:
    """Makes the general rules that are missing; those people have changed stay as they are."""
    known = set(Rule.objects.filter(system=SYSTEM).values_list("key", flat=True))
    offline = _offline_rule(known)
    for device_kind, items in WATCHED.items():
        roles = WITH_ENTERPRISE if device_kind.endswith("outlet") else WATCHERS
        for item in items:
            for kind, (parameters, words, severity) in HOURS.items():
                key = f"{kind}-{device_kind}-{item}"
                if key in known:
                    continue
                given = parameters | ({"parent": offline.pk} if kind == "missing" else {})
                put_rule(
                    SYSTEM,
                    key,
                    {
                        "name": f"{zh_of(item)}{words}",
                        "kind": kind,
                        "severity": int(severity),
                        "parameters": given,
                        "device_kind": device_kind,
                        "item": item,
                        "item_name": zh_of(item),
                        "statistic": "avg",
                        "period": "hour",
                        "roles": roles,
                    },
                )


def _offline_rule(known: Iterable[str]) -> Rule:
    if "offline" in known:
        return Rule.objects.get(system=SYSTEM, key="offline")
    return put_rule(
        SYSTEM,
        "offline",
        {
            "name": "设备掉线超过 1 小时",
            "kind": "offline",
            "severity": int(Severity.MAJOR),
            "parameters": {"silent_s": 3600.0},
            "roles": WITH_ENTERPRISE,
        },
    )


def put_limit_rules(on: date) -> None:
    """One rule for each hourly limit that rules on a day; rules of limits that ended are switched off."""
    wanted = set()
    for limit in limits_in_force(on).filter(period="hour", outlet__device__isnull=False):
        key = _key(limit)
        wanted.add(key)
        put_rule(SYSTEM, key, _limit_fields(limit))
    stale = Rule.objects.filter(system=SYSTEM, key__startswith="limit-", is_enabled=True).exclude(
        key__in=wanted
    )
    for rule in stale:
        put_rule(SYSTEM, rule.key, {"is_enabled": False})


def _key(limit: PermitLimit) -> str:
    return f"limit-{limit.outlet.source.code}-{limit.outlet.code}-{limit.item}"


def _limit_fields(limit: PermitLimit) -> dict[str, object]:
    parameters: dict[str, float] = {"above": limit.limit}
    if limit.lower_limit is not None:
        parameters["below"] = limit.lower_limit
    is_converted = limit.outlet.base_oxygen_percent is not None
    outlet = limit.outlet
    return {
        "name": f"{outlet.source.name} {outlet.code} {zh_of(limit.item)}小时均值超过许可浓度",
        "kind": "limit",
        "severity": int(Severity.MAJOR),
        "parameters": parameters,
        "device_id": outlet.device_id,
        "item": limit.item,
        "item_name": zh_of(limit.item),
        "statistic": "zs_avg" if is_converted else "avg",
        "period": "hour",
        "roles": WITH_ENTERPRISE,
        "is_enabled": True,
    }
