"""What the leader is told of indicators: which fell, which turned red, which two ways of counting do not agree on."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.kpis.judging import Verdict
from district.kernel.kpis.models import KpiMeasurement
from district.kernel.ui import formats
from district.kernel.ui.languages import pick

from ..models import Recomputation
from ..today.lines import Kind, Line
from .plan import Indicator, indicators

WEEK = 7
FELL_BY = 1.0
"""Points in a week that are worth a word."""


def lines(at: datetime) -> list[Line]:
    """From what was kept of each day: nothing is measured for this."""
    measured = [each for each in indicators() if each.measure]
    return [line for each in measured for line in (*_moved(each, at), *_disagreeing(each, at))]


def _moved(each: Indicator, at: datetime) -> list[Line]:
    rows = list(
        KpiMeasurement.objects.filter(system=each.system, key=each.measure, on__gte=at.date() - timedelta(WEEK),
                                      on__lte=at.date()).order_by("on")
    )  # fmt: skip
    known = [row for row in rows if row.value is not None]
    if len(known) < 2:
        return []
    found, newest = [], known[-1]
    url = reverse("programme:indicator", args=[each.key])
    highest = max(known[:-1], key=lambda row: row.value or 0.0)
    fell = (highest.value or 0.0) - (newest.value or 0.0)
    if fell >= FELL_BY:
        words = {"name": pick(each), "before": formats.number(highest.value, 1), "now": formats.number(newest.value, 1)}
        found.append(Line(Kind.FELL, _("%(name)s 一周内由 %(before)s 降到 %(now)s") % words, url, newest.at))
    turned = next((row for before, row in pairwise(known)
                   if row.verdict == Verdict.MISSED and before.verdict != Verdict.MISSED), None)  # fmt: skip
    if turned is not None and newest.verdict == Verdict.MISSED:
        found.append(Line(Kind.RED, _("%(name)s 由达标或接近转为未达标") % {"name": pick(each)}, url, turned.at))
    return found


def _disagreeing(each: Indicator, at: datetime) -> list[Line]:
    newest = Recomputation.objects.filter(system=each.system, key=each.measure, at__lte=at).first()
    if newest is None or newest.agrees:
        return []
    return [Line(Kind.RED, _("%(name)s 的 SQL 复算与平台测算不一致") % {"name": pick(each)},
                 reverse("programme:indicator", args=[each.key]) + "#recompute", newest.at)]  # fmt: skip
