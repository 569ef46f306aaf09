"""How standings are said and coloured."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .standing import Standing

STANDING_WORDS = {
    Standing.ON_TIME: _("按时已报"),
    Standing.LATE: _("迟报"),
    Standing.WAITING: _("待报"),
    Standing.DUE_SOON: _("临期"),
    Standing.RETURNED: _("退回更正"),
    Standing.MISSING: _("逾期未报"),
}
STANDING_COLOURS = {
    Standing.ON_TIME: "green",
    Standing.LATE: "orange",
    Standing.WAITING: "azure",
    Standing.DUE_SOON: "yellow",
    Standing.RETURNED: "purple",
    Standing.MISSING: "red",
}
STANDING_ICONS = {
    Standing.ON_TIME: "circle-check",
    Standing.LATE: "clock-exclamation",
    Standing.WAITING: "clock",
    Standing.DUE_SOON: "alarm",
    Standing.RETURNED: "arrow-back-up",
    Standing.MISSING: "alert-triangle",
}
BAR_COLOURS = {
    Standing.ON_TIME: "#2fb344",
    Standing.LATE: "#f76707",
    Standing.WAITING: "#4299e1",
    Standing.DUE_SOON: "#f59f00",
    Standing.RETURNED: "#ae3ec9",
    Standing.MISSING: "#d63939",
}
