"""Instants as whole seconds: reading thousands of time stamps as objects costs more than all else a page does."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Func, IntegerField

from district.kernel.clock import CHINA

AT_S = Func(F("at"), template="extract(epoch FROM %(expressions)s)::int8", output_field=IntegerField())
"""The column `at` in seconds since 1970, for `values_list`."""


class Moments(dict[int, datetime]):
    """Seconds since 1970 → moment in China Standard Time, each made once."""

    def __missing__(self, seconds: int) -> datetime:
        made = self[seconds] = datetime.fromtimestamp(seconds, CHINA)
        return made
