"""Texts and colours that the pages of cases share."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from district.kernel import registry
from district.kernel.cases.clocks import Kind
from district.kernel.people.models import Organisation
from district.kernel.people.roles import role
from district.kernel.ui.languages import pick

LIGHT_COLOURS = {"green": "green", "yellow": "yellow", "red": "red"}
LIGHT_WORDS = {"green": gettext_lazy("正常"), "yellow": gettext_lazy("临期"), "red": gettext_lazy("超期")}
STATE_COLOURS = {
    "open": "blue",
    "suspended": "yellow",
    "closed": "green",
    "cancelled": "secondary",
    "merged": "purple",
}
TASK_COLOURS = {
    "ready": "orange",
    "claimed": "blue",
    "waiting": "yellow",
    "done": "green",
    "cancelled": "secondary",
}
CHANNELS = {
    "hotline": gettext_lazy("热线"), "web": gettext_lazy("网上"), "phone": gettext_lazy("手机"),
    "app": gettext_lazy("手机应用"), "citizen": gettext_lazy("群众上报"), "open311": "Open311",
    "grid_worker": gettext_lazy("网格员"), "grid": gettext_lazy("网格员"), "video": gettext_lazy("视频"),
    "alarm": gettext_lazy("告警"), "department": gettext_lazy("部门"), "import": gettext_lazy("批量导入"),
    "visit": gettext_lazy("来访"), "letter": gettext_lazy("来信"), "leader": gettext_lazy("领导交办"),
}  # fmt: skip
LIMIT_WORDS = {
    Kind.NATURAL_HOURS: gettext_lazy("小时"), Kind.WORKING_HOURS: gettext_lazy("工作时"),
    Kind.WORKING_DAYS: gettext_lazy("工作日"),
}  # fmt: skip
PART_WORDS = {"lead": gettext_lazy("主办"), "helper": gettext_lazy("协办")}


def systems_with_procedures() -> dict[str, str]:
    return {system.name: pick(system) for system in registry.systems() if system.procedures}


def procedure_names() -> dict[str, str]:
    """Names by key; two systems' procedures of the same key share one line."""
    return {procedure.key: pick(procedure) for _system, procedure in registry.procedures()}


def procedure_name(system: str, key: str) -> str:
    try:
        return pick(registry.system(system).procedure(key))
    except KeyError:
        return key


def role_name(key: str) -> str:
    """The post's name without its system; the key when no manifest names it any more."""
    try:
        return role(key).label
    except KeyError:
        return key


def limit_words(kind: str, amount: float | None) -> str:
    """`5 工作日`, or empty."""
    if not kind or amount is None:
        return ""
    return f"{amount:g} {LIMIT_WORDS[Kind(kind)]}"


def channel_name(key: str) -> str:
    return str(CHANNELS.get(key, key))


def light(colour: str) -> Markup:
    return Markup(
        '<span class="status status-{}"><span class="status-dot" aria-hidden="true"></span>{}</span>'
    ).format(LIGHT_COLOURS.get(colour, "secondary"), LIGHT_WORDS.get(colour, colour))


def time_left(due_at: datetime | None, now: datetime) -> str:
    """`剩 2 天 3 小时` or `超 5 小时`, of natural time."""
    if due_at is None:
        return ""
    left = abs(due_at - now)
    days, hours = left.days, left.seconds // 3600
    if left < timedelta(hours=1):
        text = _("%(n)s 分钟") % {"n": left.seconds // 60}
    elif days:
        text = _("%(days)s 天 %(hours)s 小时") % {"days": days, "hours": hours}
    else:
        text = _("%(n)s 小时") % {"n": hours}
    return (_("剩 %(time)s") if due_at >= now else _("超 %(time)s")) % {"time": text}


def unit_names() -> dict[int, str]:
    return {unit.pk: unit_name(unit) for unit in Organisation.objects.only("pk", "name", "en", "code")}


def unit_name(unit: Any) -> str:
    return str(getattr(unit, "label", None) or unit.name) if unit is not None else ""
