"""What the codes of refused rows mean, for people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

RULES: dict[str, Any] = {
    "required": _("必填项没有填"), "too_long": _("超过长度"), "bad_integer": _("不是整数"), "bad_number": _("不是数值"),
    "bad_boolean": _("不是“是”或“否”"), "bad_date": _("不是日期"), "bad_datetime": _("不是时间"),
    "incomplete_date": _("日期不完整"), "no_such_day": _("没有这一天"), "out_of_range": _("超出范围"),
    "unit_in_value": _("值里带单位"), "wrong_width": _("列数不对"), "bad_encoding": _("编码无法辨认"),
    "bad_json": _("不是有效的 JSON"), "not_a_record": _("不是一条记录"), "key_taken": _("主键重复而内容不同"),
}  # fmt: skip


def rule_words(code: str) -> str:
    """The words of a code; the code itself where a connector has brought one of its own."""
    return str(RULES.get(code, code))
