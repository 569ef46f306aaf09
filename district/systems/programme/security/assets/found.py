"""What the platform knows of itself: its systems, services, ports, stores and the data levels in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from district.kernel import clock, registry
from district.kernel.datasets.models import Item
from district.kernel.people.models import Organisation

from ...models import SecurityAsset

Kind = SecurityAsset.Kind
PLATFORM = "platform"
SERVICES = (
    ("web", "网页服务"),
    ("live", "实时推送服务"),
    ("worker", "后台任务服务"),
    ("gateway", "物联接入网关"),
    ("standing", "常驻计算服务"),
)
STORES = (("files", "附件库"), ("lake", "数据湖"), ("secrets", "密钥库"), ("audit_anchors", "审计锚点"))


@dataclass(frozen=True)
class Known:
    key: str
    name: str
    kind: Any
    lead: str = ""
    level: int = 0
    about: str = ""


def known_assets() -> Iterator[Known]:
    """The platform first: it is what is graded and filed as a whole, everything else is part of it."""
    levels = _levels()
    yield Known(
        PLATFORM,
        "区智数字平台",
        Kind.SYSTEM,
        "区大数据局",
        max(levels.values(), default=0),
        "等级保护定级对象",
    )
    for system in registry.systems():
        about = f"第 {system.clause} 条"
        yield Known(
            f"system.{system.name}", system.zh, Kind.SYSTEM, system.lead, levels.get(system.name, 0), about
        )
    yield Known(
        "database", "主数据库（PostgreSQL）", Kind.DATABASE, "区大数据局", max(levels.values(), default=0)
    )
    for key, name in SERVICES:
        yield Known(f"service.{key}", name, Kind.SERVICE, "区大数据局")
    protocols = {listen.port: f"{system.zh} {listen.protocol}" for system, listen in registry.listens()}
    for port in sorted(protocols):
        yield Known(f"port.{port}", f"端口 {port}", Kind.PORT, "区大数据局", about=protocols[port])
    for key, name in STORES:
        yield Known(f"store.{key}", name, Kind.STORE, "区大数据局", about="数据库之外")


def _levels() -> dict[str, int]:
    """The highest grade of an item of each system's resources in the catalogue."""
    rows = Item.objects.values_list("resource__system").annotate(level=Max("grade"))
    return {system: level for system, level in rows if system}


@transaction.atomic
def take_assets() -> int:
    """Makes what is new, corrects what changed, marks what is gone; how many assets the platform has found."""
    units = {unit.name: unit for unit in Organisation.objects.exclude(kind="village")}
    known = {asset.key: asset for asset in SecurityAsset.objects.filter(is_found=True)}
    found = list(known_assets())
    platform: SecurityAsset | None = None
    for each in found:
        lead = each.lead.replace("，", "、").split("、")[0]
        row = known.pop(each.key, None) or SecurityAsset(key=each.key, is_found=True)
        row.name, row.kind, row.owner, row.about = each.name, each.kind, units.get(lead), each.about
        row.data_level, row.seen_at, row.gone_at, row.part_of = each.level, clock.now(), None, platform
        row.save()
        platform = platform or row
    gone = [row.pk for row in known.values() if row.gone_at is None]
    SecurityAsset.objects.filter(pk__in=gone).update(gone_at=clock.now())
    return len(found)
