"""Emerging topics of a week, from the texts of its reports: terms and numbers leave here, texts do not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from ..insight.queries.events import cases_counted, day_of
from .topics import PAST_DAYS, WINDOW_DAYS, emerging_topics

TERMS = 5
READ = ("opened_at", "title", "text")
"""All that is read of a case for it."""


def emerging_in(last: date) -> list[dict[str, Any]]:
    """Topics of the seven days to `last`: `terms`, `observed` reports, `expected` by the eight weeks before, `p`."""
    first = last - timedelta(days=WINDOW_DAYS + PAST_DAYS - 1)
    rows = cases_counted(first, last).order_by("opened_at", "pk").values_list(*READ)
    read = [(day_of(at).toordinal(), f"{title}\n{text}") for at, title, text in rows.iterator(chunk_size=5_000)]
    days = np.array([day for day, _text in read], dtype=int)
    return [
        {"terms": list(one.terms[:TERMS]), "observed": int(one.count), "expected": round(float(one.expected), 2),
         "p": float(one.p_value)}
        for one in emerging_topics([text for _day, text in read], days, last.toordinal())
    ]  # fmt: skip
