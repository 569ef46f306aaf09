"""The channels in words."""

from __future__ import annotations

from django.utils.translation import gettext as _


def channel_names() -> dict[str, str]:
    return {
        "hotline": _("热线"), "citizen": _("群众上报"), "grid": _("网格员"), "department": _("部门"), "import": _("批量导入"),
        "open311": "Open311", "video": _("视频"), "sensor": _("传感器"), "alarm": _("告警"),
    }  # fmt: skip
