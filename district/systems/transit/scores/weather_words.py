"""What was learnt of the weather, and what not, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ..weather_kinds import DRY, FEWEST_DAYS


def weather_lines(learnt: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """A sentence for each kind of weather that was driven under. `learnt`: the figures of a LearntModel."""
    names = {"rain": _("雨天"), "snow": _("雪天"), "fog": _("雾霾天")}
    found = []
    for kind, name in names.items():
        effect = learnt.get(kind)
        if effect is None:
            continue
        if effect["is_used"]:
            percent = round(100 * (effect["factor"] - learnt.get(DRY, {}).get("factor", 1.0)))
            found.append(_("%(kind)s（%(days)s 天）行车用时比平常多 %(n)s%%，预报已计入。") % {
                "kind": name, "days": effect["days"], "n": percent})  # fmt: skip
        elif effect["days"] < FEWEST_DAYS:
            found.append(_("%(kind)s只有 %(days)s 天，不足 %(fewest)s 天，预报不计天气影响。") % {
                "kind": name, "days": effect["days"], "fewest": FEWEST_DAYS})  # fmt: skip
        else:
            found.append(
                _("%(kind)s（%(days)s 天）与平常没有可信的差别，预报不计天气影响。")
                % {"kind": name, "days": effect["days"]}
            )
    return found or [_("学习的运营日没有可比较的天气记录，预报不计天气影响。")]
