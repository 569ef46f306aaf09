"""A rule and its result in the words of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from district.kernel.datasets.quality.patterns import PATTERNS


def condition(kind: str, given: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """What the parameters of a rule ask for."""
    if kind == "range":
        parts = [
            f"≥ {given['low']}" if given.get("low") is not None else "",
            f"≤ {given['high']}" if given.get("high") is not None else "",
            _("最长 %(n)s 字") % {"n": given["longest"]} if given.get("longest") is not None else "",
        ]
        return " ".join(part for part in parts if part)
    if kind == "code":
        return str(given.get("table") or "、".join(map(str, given.get("values", ()))))
    if kind == "pattern":
        known = PATTERNS.get(given.get("name", ""))
        return _(known.zh) if known else str(given.get("regex", ""))
    if kind == "unique":
        return "、".join(titles.get(each, each) for each in given.get("items", ()))
    if kind == "reference":
        return f"{given.get('resource')}·{given.get('item')}"
    if kind == "freshness":
        return _("不超过 %(n)s 小时") % {"n": f"{given.get('max_hours', 0):g}"}
    return str(given.get("text") or given.get("type") or "")
