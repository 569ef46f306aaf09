"""Rules of quality: made, changed, suspended by the provider of a resource or the steward."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.db import transaction

from district.kernel.clock import now
from district.kernel.datasets.models import DataType, QualityRule, Resource, RuleKind
from district.kernel.datasets.posts import may_offer
from district.kernel.datasets.quality.checks import dimension_of
from district.kernel.datasets.quality.codes import codes_of
from district.kernel.datasets.quality.expressions import condition_sql
from district.kernel.datasets.quality.patterns import PATTERNS
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused

LONGEST_REGEX = 200


def add_rule(
    resource: Resource,
    account: Account | None,
    *,
    kind: str,
    item: str = "",
    parameters: dict[str, Any] | None = None,
    is_blocking: bool = False,
    least_share: float = 1.0,
    note: str = "",
) -> QualityRule:
    """Raises Refused naming what is wrong: not_yours, unknown_kind, unknown_item, bad_parameters, bad_expression."""  # fmt: skip
    rule = QualityRule(resource=resource)
    return _kept(rule, account, kind, item, parameters or {}, is_blocking, least_share, note)


def change_rule(
    rule: QualityRule,
    account: Account | None,
    *,
    parameters: dict[str, Any],
    is_blocking: bool,
    least_share: float,
    note: str = "",
) -> QualityRule:
    """Kind and item stay what they are: scores before and after would not be of the same thing."""  # fmt: skip
    return _kept(rule, account, rule.kind, rule.item, parameters, is_blocking, least_share, note)


def suspend_rule(rule: QualityRule, account: Account | None) -> None:
    _switch(rule, account, is_active=False)


def resume_rule(rule: QualityRule, account: Account | None) -> None:
    _switch(rule, account, is_active=True)


def _switch(rule: QualityRule, account: Account | None, *, is_active: bool) -> None:
    _must_be_theirs(rule.resource, account)
    rule.is_active, rule.changed_by, rule.changed_at = is_active, account, now()
    rule.save()


@transaction.atomic
def _kept(
    rule: QualityRule, account: Account | None, kind: str, item: str, parameters: dict[str, Any], is_blocking: bool,
    least_share: float, note: str,
) -> QualityRule:  # fmt: skip
    _must_be_theirs(rule.resource, account)
    items = {each.name: (each.title, str(each.type)) for each in rule.resource.items.all()}
    _must_be_sound(kind, item, parameters, items)
    if not 0 <= least_share <= 1:
        raise Refused("bad_share", "最低合格率应在 0 和 1 之间", field="least_share", value=least_share)
    rule.kind, rule.item, rule.parameters, rule.note = kind, item, parameters, note
    rule.dimension = dimension_of(kind, parameters)
    rule.is_blocking, rule.least_share = is_blocking, least_share
    rule.changed_by, rule.changed_at = account, now()
    rule.save()
    return rule


def _must_be_theirs(resource: Resource, account: Account | None) -> None:
    if not may_offer(account, resource.provider):
        raise Refused(
            "not_yours", "只有提供方和数据管理员可以维护质量规则", field="resource", value=resource.name
        )


def _must_be_sound(kind: str, item: str, given: dict[str, Any], items: dict[str, tuple[str, str]]) -> None:
    if kind not in RuleKind.values:
        raise Refused("unknown_kind", f"没有这种规则：{kind}", field="kind", value=kind)
    if kind not in ("unique", "expression") and item not in items:
        raise Refused("unknown_item", f"没有信息项“{item}”", field="item", value=item)
    {
        "type": _type, "range": _range, "code": _code, "pattern": _pattern, "unique": _unique, "reference": _reference,
        "expression": _expression, "freshness": _freshness,
    }.get(kind, _nothing)(item, given, items)  # fmt: skip


Items = dict[str, tuple[str, str]]


def _nothing(item: str, given: dict[str, Any], items: Items) -> None:
    """A rule without parameters."""


def _type(item: str, given: dict[str, Any], items: Items) -> None:
    if given.get("type") not in DataType.values or given["type"] == DataType.TEXT:
        raise _bad("type", given.get("type"), "类型应为整数、数值、是否、日期或时间")


def _range(item: str, given: dict[str, Any], items: Items) -> None:
    kind = items[item][1]
    set_ones = [given.get(key) for key in ("low", "high", "longest")]
    if all(each is None for each in set_ones):
        raise _bad("low", None, "至少写明下限、上限或最大长度之一")
    if given.get("longest") is not None and (kind != "text" or int(given["longest"]) < 1):
        raise _bad("longest", given["longest"], "最大长度只用于文本项，且应为正整数")
    for key in ("low", "high"):
        if given.get(key) is not None and not _is_of(given[key], kind):
            raise _bad(key, given[key], "限值与信息项的类型不符")


def _is_of(value: Any, kind: str) -> bool:
    try:
        if kind in ("integer", "number"):
            return float(value) == float(value)
        return bool({"date": date.fromisoformat, "datetime": datetime.fromisoformat}[kind](str(value)))
    except (KeyError, ValueError, TypeError):
        return False


def _code(item: str, given: dict[str, Any], items: Items) -> None:
    if not given.get("values") and not codes_of(str(given.get("table", ""))):
        raise _bad("table", given.get("table"), "没有这个代码表，也没有列出允许的值")


def _pattern(item: str, given: dict[str, Any], items: Items) -> None:
    if given.get("name"):
        if given["name"] not in PATTERNS:
            raise _bad("name", given["name"], "没有这种格式")
        return
    text = str(given.get("regex", ""))
    try:
        re.compile(text)
    except re.error as error:
        raise _bad("regex", text, "正则表达式写法有误") from error
    # DuckDB's engine knows no look-around and no back-references; it is the one that runs.
    if not text or len(text) > LONGEST_REGEX or re.search(r"\(\?[=!<]|\\[1-9]", text):
        raise _bad("regex", text, f"正则表达式不能为空、超过 {LONGEST_REGEX} 字或使用环视与反向引用")


def _unique(item: str, given: dict[str, Any], items: Items) -> None:
    named = given.get("items") or []
    if not named or any(each not in items for each in named):
        raise _bad("items", named, "唯一性规则应列出资源的信息项")


def _reference(item: str, given: dict[str, Any], items: Items) -> None:
    there = Resource.objects.filter(name=given.get("resource"), items__name=given.get("item"))
    if not there.exists():
        raise _bad("resource", given.get("resource"), "被引用的资源或信息项不存在")


def _expression(item: str, given: dict[str, Any], items: Items) -> None:
    condition_sql(str(given.get("text", "")), items)


def _freshness(item: str, given: dict[str, Any], items: Items) -> None:
    hours = given.get("max_hours")
    if items[item][1] not in ("date", "datetime") or not isinstance(hours, (int, float)) or hours <= 0:
        raise _bad("max_hours", hours, "时效规则用于日期或时间项，并写明小时数")


def _bad(field: str, value: Any, why: str) -> Refused:
    return Refused("bad_parameters", why, field=field, value=value)
