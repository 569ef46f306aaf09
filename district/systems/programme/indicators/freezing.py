"""What goes into a snapshot: every indicator with its figure and what it rests on, and the wider sets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from district.kernel.kpis.recomputing import read_only, recompute

from .evaluating import Evaluation, evaluation
from .frozen import FORMAT
from .standing import Standing, standings
from .wider import NATIONAL, PROVINCE

MOST_EVIDENCE = 500
"""Rows of evidence that are kept of an indicator; `evidence_total` says how many there were."""


def content_of(number: int, title: str, account: Any, at: datetime, previous: str) -> dict[str, Any]:
    return {
        "format": FORMAT, "number": number, "title": title, "taken_at": at.isoformat(), "taken_by": account.name,
        "previous": previous, "indicators": [_told(each, at) for each in standings(at)],
        "sets": {key: _set(evaluation(key, at)) for key in (NATIONAL, PROVINCE)},
    }  # fmt: skip


def _told(found: Standing, at: datetime) -> dict[str, Any]:
    indicator, figure = found.indicator, found.figure
    told: dict[str, Any] = {
        "key": indicator.key, "clause": indicator.clause, "zh": indicator.zh, "en": indicator.en, "unit": indicator.unit,
        "target": indicator.target, "due_on": indicator.due_on.isoformat() if indicator.due_on else None,
        "way": figure.way, "value": figure.value, "verdict": found.verdict.value, "note": figure.note,
        "measured_at": figure.at.isoformat(), "late_days": found.late_days, "parts": dict(figure.parts),
        "fractions": [
            {"key": each.key, "zh": each.zh, "numerator": each.numerator, "denominator": each.denominator,
             "unit": each.unit, "weight": each.weight} for each in figure.fractions
        ],
        "evidence": list(figure.evidence[:MOST_EVIDENCE]), "evidence_total": len(figure.evidence),
    }  # fmt: skip
    if figure.entry is not None:
        told["entry"] = {"period": [figure.entry.first_on.isoformat(), figure.entry.last_on.isoformat()],
                         "source": figure.entry.source, "file_sha256": figure.entry.file.sha256}  # fmt: skip
    if figure.sql is not None:
        with transaction.atomic(), read_only():
            again = recompute(figure.sql, at)
        told["sql"] = {"path": figure.sql.path, "sha256": figure.sql.digest, "value": again.value, "trouble": again.trouble}
    return told


def _set(found: Evaluation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "items": [{"key": row.item.key, "zh": row.item.zh, "way": row.way, "value": row.figure.value,
                   "points": None if row.points is None else round(row.points, 4)} for row in found.rows],
    }  # fmt: skip
    if found.score is not None:
        told |= {"points": found.score.points, "known": found.score.known, "computed": found.score.computed, "most": found.most}
    return told
