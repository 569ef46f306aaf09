"""今日: what a leader has to know this morning, on a phone first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from .lines import Kind, Line, collect

NEW = timedelta(hours=24)
ICONS = {Kind.INCIDENT: "alert-octagon", Kind.PROMISED: "users", Kind.LATE: "clock-exclamation", Kind.RED: "flag",
         Kind.FELL: "trending-down", Kind.MONEY: "coins"}  # fmt: skip
COLOURS = {Kind.INCIDENT: "red", Kind.PROMISED: "blue", Kind.LATE: "orange", Kind.RED: "red", Kind.FELL: "yellow",
           Kind.MONEY: "purple"}  # fmt: skip


def kind_words() -> dict[Kind, str]:
    return {Kind.INCIDENT: _("突发和安全"), Kind.PROMISED: _("上次会议议定"), Kind.LATE: _("逾期"), Kind.RED: _("转红"),
            Kind.FELL: _("指标下滑"), Kind.MONEY: _("资金卡点")}  # fmt: skip


def today(request: HttpRequest) -> HttpResponseBase:
    return page(request, "programme/today/today.html", _shown())


@part(of="today", path="today/_lines")
def today_lines(request: HttpRequest) -> HttpResponseBase:
    """The list alone, asked for again every minute."""
    return page(request, "programme/today/_lines.html", _shown())


def _shown() -> dict[str, Any]:
    at = now()
    found = collect(at)
    words = kind_words()
    groups = [(kind, words[kind], [line for line in found if line.kind == kind]) for kind in Kind]
    return {
        "groups": [group for group in groups if group[2]], "counts": [(words, len(lines), kind) for kind, words, lines in groups],
        "icons": ICONS, "colours": COLOURS, "at": at, "is_new": lambda line: _is_new(line, at),
    }  # fmt: skip


def _is_new(line: Line, at: Any) -> bool:
    """Became so within a day."""
    return line.since is not None and at - NEW <= line.since <= at
