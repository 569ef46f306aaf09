"""Alarms that have not ended, by level."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from district.kernel.alerts.models.rules import SEVERITIES
from district.kernel.alerts.queries import open_counts
from district.kernel.ui.tile import Number, Shown

from .. import addresses

COLOURS = {1: "", 2: "d-warn", 3: "d-warn", 4: "d-bad"}


def show(account: Any) -> Shown:
    counts = open_counts(account)
    total = Number(
        _("全部"), sum(counts.values()), _("起"), addresses.alarms(), colour="d-bad" if counts else "d-good"
    )
    levels = [
        Number(name, counts.get(level, 0), _("起"), addresses.alarms(severity=level),
               colour=COLOURS[level] if counts.get(level) else "")
        for level, name in reversed(SEVERITIES)
    ]  # fmt: skip
    return Shown(numbers=(total, *levels), url=addresses.alarms())
