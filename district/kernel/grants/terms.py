"""What a grant gives, checked against the resource and against what was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from district.kernel import clock
from district.kernel.datasets.models import Item, Resource
from district.kernel.grants import masks, rules
from district.kernel.grants.refused import Refused
from district.kernel.grants.row_rules import condition

MOST_DAYS = 3 * 366
DIVISION = re.compile(r"[0-9]{4,12}")


@dataclass(frozen=True)
class Terms:
    """See `models.Grant`. Dates are days of China Standard Time, the last one included."""

    items: Sequence[str]
    starts_on: date
    ends_on: date
    plain: Sequence[str] = ()
    masks: Mapping[str, str] = field(default_factory=dict)
    divisions: Sequence[str] = ()
    conditions: Sequence[Mapping[str, Any]] = ()
    requests_per_minute: int | None = 600
    requests_per_day: int | None = None
    rows_per_day: int | None = None

    def columns(self) -> dict[str, Any]:
        """The fields of a grant."""
        said = asdict(self)
        starts_on, ends_on = said.pop("starts_on"), said.pop("ends_on")
        for name in ("items", "plain", "divisions"):
            said[name] = list(dict.fromkeys(said[name]))
        said["conditions"] = [dict(each) for each in self.conditions]
        return said | {"starts_at": start_of(starts_on), "ends_at": start_of(ends_on + timedelta(days=1))}


def start_of(day: date) -> datetime:
    return clock.day_bounds(day)[0]


def check(terms: Terms, resource: Resource, *, asked: Sequence[str] | None = None) -> None:
    """Raises Refused naming what does not fit; `asked` are the items somebody asked for: never more than those."""
    items = {item.name: item for item in resource.items.all()}
    _check_items(terms, items, asked)
    _check_masks(terms, items)
    _check_rows(terms, items)
    if not terms.starts_on <= terms.ends_on:
        raise Refused("bad_term", "结束日期早于开始日期", field="ends_on", value=terms.ends_on)
    if (terms.ends_on - terms.starts_on).days > MOST_DAYS:
        raise Refused("bad_term", "授权期限最长三年", field="ends_on", value=terms.ends_on)
    for name in ("requests_per_minute", "requests_per_day", "rows_per_day"):
        value = getattr(terms, name)
        if value is not None and not 1 <= value < 2**31:
            raise Refused("bad_quota", "配额应为正整数", field=name, value=value)


def _check_items(terms: Terms, items: Mapping[str, Item], asked: Sequence[str] | None) -> None:
    if not terms.items:
        raise Refused("no_items", "请至少选择一个信息项", field="items")
    for name in terms.items:
        if name not in items:
            raise Refused("no_such_item", f"资源没有信息项 {name}", field="items", value=name)
        if asked is not None and name not in asked:
            raise Refused("not_asked", f"申请中没有信息项 {items[name].title}", field="items", value=name)
    for name in terms.plain:
        if name not in terms.items:
            raise Refused("not_granted", f"明文信息项 {name} 未在授权之列", field="plain", value=name)


def _check_masks(terms: Terms, items: Mapping[str, Item]) -> None:
    for name, mask in terms.masks.items():
        if name not in terms.items:
            raise Refused("not_granted", f"信息项 {name} 未在授权之列", field="masks", value=name)
        base = rules.column(items[name], is_plain=name in terms.plain).mask
        if mask not in masks.NAMES or not masks.is_stricter(base, mask):
            raise Refused(
                "mask_not_stricter", f"{items[name].title}：只能加严脱敏", field="masks", value=mask
            )


def _check_rows(terms: Terms, items: Mapping[str, Item]) -> None:
    if terms.divisions and not any(item.holds == "division" for item in items.values()):
        raise Refused("no_division_item", "资源没有区划信息项，不能按区划授权", field="divisions")
    for code in terms.divisions:
        if not DIVISION.fullmatch(code):
            raise Refused("bad_division", "区划代码应为 4 至 12 位数字", field="divisions", value=code)
    for each in terms.conditions:
        item = items.get(str(each.get("item")))
        if item is None:
            raise Refused(
                "no_such_item",
                f"资源没有信息项 {each.get('item')}",
                field="conditions",
                value=each.get("item"),
            )
        condition(item.name, item.type, str(each.get("op")), each.get("value"))
