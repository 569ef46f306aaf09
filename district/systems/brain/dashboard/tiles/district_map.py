"""The map of the district: what the systems show on the start page, and cases, alarms and devices of all of them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui import overview
from district.kernel.ui.map import Choices, Field, Layer, Map
from district.kernel.ui.tile import Shown


def show(account: Any) -> Shown:
    return Shown(
        map=Map("board", title=_("周村区"), layers=[*overview.district_map(account).layers, *own_layers()])
    )


def own_layers() -> list[Layer]:
    """Cases that run, alarms that have not ended, and devices whose system shows none by itself."""
    group = _("全区")
    return [
        Layer(
            "board_cases", _("办理中的办件"), url=_url("cases"), cluster=True, link="url", title_field="title", group=group,
            colour=Choices("light", _lights()),
            popup=[Field("number", _("编号")), Field("stage", _("阶段")), Field("at", _("立案时间"))],
            live="brain.cases", poll_seconds=60,
        ),
        Layer(
            "board_alarms", _("未解除告警"), url=_url("alarms"), size=9, link="url", title_field="message", group=group,
            colour=Choices("severity", [(4, "#c0392b", _("严重")), (3, "#d9480f", _("较重")), (2, "#b8860b", _("一般")),
                                        (1, "#1c5fa8", _("提示"))]),
            popup=[Field("subject", _("对象")), Field("at", _("告警时间"))], live="alerts.alarms", poll_seconds=60,
        ),
        Layer(
            "board_devices", _("其他设备"), url=_url("devices"), size=5, title_field="name", group=group, cluster=True,
            colour=Choices("is_online", [(True, "#0b7285", _("在线")), (False, "#8a94a6", _("离线"))]),
            popup=[Field("system", _("系统")), Field("seen", _("最近上报"))], poll_seconds=120,
        ),
    ]  # fmt: skip


def _lights() -> list[tuple[str, str, str]]:
    return [("green", "#2b8a3e", _("按期")), ("yellow", "#b8860b", _("预警")), ("red", "#c0392b", _("超期"))]


def _url(layer: str) -> str:
    return reverse("brain:dashboard_layer", args=[layer])
