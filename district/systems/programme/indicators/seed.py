"""The demonstration's entered figures and its first snapshot, through the doors of a liaison and of the office."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from district.kernel.clock import today
from district.kernel.people.models import Account

from ..models import IndicatorEntry, Snapshot
from . import actions
from .wider import NATIONAL, PLAN

ENTRIES = ((PLAN, "electronic_fares", 812_430, 1_020_000), (NATIONAL, "L1P5-A1", 46, 52), (NATIONAL, "L1P5-A3", 50, 52),
           (NATIONAL, "L1P4-A1", 5, 6), (NATIONAL, "L2P1-A1", 80, 100), (NATIONAL, "L7P1-A1", 90, 100))  # fmt: skip
"""Invented figures: item, numerator, denominator. The last of them nobody has confirmed yet."""


def seed_indicators() -> None:
    """Needs the demo accounts of a liaison and of the office; without them nothing is made."""
    found = (Account.objects.filter(username=f"programme.{key}", is_demo=True).first() for key in ("liaison", "office"))
    liaison, office = found
    if liaison is not None and office is not None and not IndicatorEntry.objects.filter(is_simulated=True).exists():
        make(liaison, office)


def make(liaison: Account, office: Account) -> None:
    """Entered by one, confirmed by the other, then frozen."""
    year = today().year - 1
    for number, (item_set, key, numerator, denominator) in enumerate(ENTRIES):
        upload = SimpleUploadedFile(f"演示佐证{number + 1}.csv", f"分子,分母\n{numerator},{denominator}\n".encode())
        entry = actions.enter(
            item_set, key, liaison, first_on=date(year, 1, 1), last_on=date(year, 12, 31), numerator=numerator,
            denominator=denominator, source="演示数据，非真实统计", upload=upload, is_simulated=True,
        )  # fmt: skip
        if number < len(ENTRIES) - 1:
            actions.decide(entry, office, is_right=True)
    if not Snapshot.objects.exists():
        actions.take_snapshot("演示：指标月报", office, is_simulated=True)
