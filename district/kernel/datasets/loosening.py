"""Whether a change to an entry lets more people see more of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

_STRICTNESS = {"open": 0, "conditional": 1, "closed": 2}


def loosened(
    entry: Mapping[str, Any],
    changed: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    changed_items: Sequence[Mapping[str, Any]],
) -> list[str]:
    """What becomes wider, in words; empty where nothing does. A new item is none: it had not been shown before."""
    found = []
    if _STRICTNESS[changed["share"]] < _STRICTNESS[entry["share"]]:
        found.append(_("共享类型"))
    if changed["is_open_to_public"] and not entry["is_open_to_public"]:
        found.append(_("向社会开放"))
    if entry["is_secret"] and not changed["is_secret"]:
        found.append(_("涉密"))
    before = {item["name"]: item for item in items}
    for item in changed_items:
        old = before.get(item["name"])
        if old is not None and (item["grade"] < old["grade"] or item["mask"] != old["mask"]):
            found.append(_("信息项“%(title)s”") % {"title": item["title"]})
    return found
