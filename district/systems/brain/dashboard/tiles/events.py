"""What is happening: alarms raised, cases opened and closed, newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.alerts.queries import alarms_seen_by
from district.kernel.ui.saying import said
from district.kernel.ui.tile import Row, Shown

from ..case_sets import newly_closed, newly_opened

MOST = 12
COLOURS = {1: "blue", 2: "yellow", 3: "orange", 4: "red"}


def show(account: Any) -> Shown:
    found: list[tuple[datetime, Row]] = []
    for alarm in alarms_seen_by(account).order_by("-raised_at")[:MOST]:
        url = reverse("alerts:alarm", args=[alarm.pk])
        found.append(_row(alarm.raised_at, said(alarm.message), url, _("告警"), COLOURS[alarm.severity]))
    for case in newly_opened(account, MOST):
        found.append(
            _row(case.opened_at, case.title, reverse("cases:case", args=[case.number]), _("立案"), "azure")
        )
    for case in newly_closed(account, MOST).only("number", "title", "closed_at"):
        found.append(
            _row(case.closed_at, case.title, reverse("cases:case", args=[case.number]), _("办结"), "green")
        )
    found.sort(key=lambda pair: pair[0], reverse=True)
    return Shown(rows=tuple(row for _at, row in found[:MOST]), note="" if found else _("还没有事件"))


def _row(at: datetime, title: str, url: str, badge: str, colour: str) -> tuple[datetime, Row]:
    return at, Row(title, url, at, badge, colour)
