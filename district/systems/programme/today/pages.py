"""今日: what a leader has to know this morning, on a phone first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ..models import TodayVisit
from .lines import Kind, Line, collect

NEW = timedelta(hours=24)
SAME_VISIT = timedelta(minutes=30)
ICONS = {Kind.INCIDENT: "alert-octagon", Kind.PROMISED: "users", Kind.LATE: "clock-exclamation", Kind.RED: "flag",
         Kind.FELL: "trending-down", Kind.MONEY: "coins"}  # fmt: skip
COLOURS = {Kind.INCIDENT: "red", Kind.PROMISED: "blue", Kind.LATE: "orange", Kind.RED: "red", Kind.FELL: "yellow",
           Kind.MONEY: "purple"}  # fmt: skip


def kind_words() -> dict[Kind, str]:
    return {Kind.INCIDENT: _("突发和安全"), Kind.PROMISED: _("上次会议议定"), Kind.LATE: _("逾期"), Kind.RED: _("转红"),
            Kind.FELL: _("指标下滑"), Kind.MONEY: _("资金卡点")}  # fmt: skip


def today(request: HttpRequest) -> HttpResponseBase:
    return page(request, "programme/today/today.html", _shown(seen_before(request.user, now())))


@part(of="today", path="today/_lines")
def today_lines(request: HttpRequest) -> HttpResponseBase:
    """The list alone, asked for again every minute."""
    visit = TodayVisit.objects.filter(account=request.user).first()
    return page(request, "programme/today/_lines.html", _shown(visit.before_at if visit else None))


def seen_before(account: Any, at: datetime) -> datetime | None:
    """When the account last looked, this visit not counted; looking again within half an hour is the same visit."""
    visit, is_first = TodayVisit.objects.get_or_create(account=account, defaults={"at": at})
    if not is_first:
        if at - visit.at >= SAME_VISIT:
            visit.before_at = visit.at
        visit.at = at
        visit.save(update_fields=["at", "before_at"])
    return visit.before_at


def _shown(before: datetime | None) -> dict[str, Any]:
    at = now()
    since = min(before, at - NEW) if before else at - NEW
    found = collect(at)
    words = kind_words()
    groups = [(kind, words[kind], [line for line in found if line.kind == kind]) for kind in Kind]
    return {
        "groups": [group for group in groups if group[2]], "counts": [(words, len(lines), kind) for kind, words, lines in groups],
        "icons": ICONS, "colours": COLOURS, "at": at, "is_new": lambda line: is_new(line, since, at), "since": since,
    }  # fmt: skip


def is_new(line: Line, since: datetime, at: datetime) -> bool:
    """Became so within a day, or since the last look when that is longer ago."""
    return line.since is not None and since <= line.since <= at
