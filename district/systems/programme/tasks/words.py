"""Why a light shows what it shows, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .matrix import Level
from .progress import Light, Reason

LIGHTS = {
    Light.RED: gettext_lazy("严重滞后"), Light.AMBER: gettext_lazy("需要关注"), Light.GREEN: gettext_lazy("正常"),
    Light.GREY: gettext_lazy("无数据"),
}  # fmt: skip
BADGES = {Light.RED: "red", Light.AMBER: "orange", Light.GREEN: "green", Light.GREY: "secondary"}
LEVELS = {Level.HIGH: gettext_lazy("高"), Level.MEDIUM: gettext_lazy("中"), Level.LOW: gettext_lazy("低")}
LEVEL_BADGES = {Level.HIGH: "red", Level.MEDIUM: "orange", Level.LOW: "green"}


def reason_words(reason: Reason, titles: Mapping[int, str]) -> str:
    """`titles`: those of the milestones by key."""
    title = titles.get(reason.key or 0, "")
    given: dict[str, Any] = {"n": reason.number, "title": title}
    texts = {
        "no_milestones": _("尚未设定里程碑，无法判断"),
        "all_done": _("全部里程碑已完成"),
        "milestone_late": _("“%(title)s”已逾期 %(n)s 天") % given,
        "milestone_near": _("“%(title)s”还有 %(n)s 天到期，成果尚未提交") % given,
        "behind": _("比计划落后 %(n)s 个百分点") % given,
        "plan_day_past": _("已超过规划时限 %(n)s 天") % given,
    }
    return texts.get(reason.code, reason.code)


def reasons_words(reasons: tuple[Reason, ...], titles: Mapping[int, str]) -> str:
    return "；".join(reason_words(each, titles) for each in reasons) or _("按计划推进")
