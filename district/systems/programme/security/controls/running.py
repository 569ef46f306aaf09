"""Runs the probes and keeps what they found."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, transaction

from district.kernel import clock
from district.kernel.people.audit import record_act

from ...models import ControlEvidence, ControlFinding, ControlRun
from . import probes
from .catalogue import Control, controls
from .door import Door, DoorClosed, WebDoor
from .judging import STATES, State, judged_state
from .probe import PROBES, Found, unknown

log = logging.getLogger(__name__)
__all__ = ["Standing", "probes", "run_probes", "standings"]


def run_probes(by: Any = None, door: Door | None = None) -> ControlRun:
    """Every probe once. One that fails itself has found nothing: unknown, with its own words."""
    met = door or WebDoor()
    began = time.monotonic()
    wanted = sorted({name for control in controls() for name in control.probes})
    found = {name: _looked(name, met) for name in wanted}
    count = {outcome: sum(1 for each in found.values() if each.outcome == outcome) for outcome in STATES}
    with transaction.atomic():
        run = ControlRun.objects.create(
            at=clock.now(),
            by=by,
            took_ms=int((time.monotonic() - began) * 1000),
            passed=count["passed"],
            failed=count["failed"],
            unknown=count["unknown"],
        )
        ControlFinding.objects.bulk_create(
            ControlFinding(run=run, probe=name, outcome=each.outcome, words=each.words, facts=each.facts)
            for name, each in found.items()
        )
        record_act(by, "controls_checked", subject_kind="security_controls", subject=run.pk)
    return run


def _looked(name: str, door: Door) -> Found:
    try:
        with transaction.atomic():
            return PROBES[name](door)
    except DoorClosed as error:
        return unknown(f"网页服务没有应答：{error}")
    except (DatabaseError, OSError, ValueError, LookupError) as error:
        log.warning("probe %s", name, exc_info=True)
        return unknown(f"探测本身出错：{type(error).__name__}")


@dataclass(frozen=True)
class Standing:
    """Where a control stands: the findings of the newest run, and the paper in force or waiting."""

    control: Control
    state: State
    findings: tuple[ControlFinding, ...]
    evidence: ControlEvidence | None
    waiting: int


def standings(run: ControlRun | None = None) -> list[Standing]:
    """All controls as they stand after the newest run (or the one given)."""
    chosen = run or ControlRun.objects.first()
    found = {each.probe: each for each in chosen.findings.all()} if chosen else {}
    papers: dict[str, ControlEvidence] = {}
    waiting: dict[str, int] = {}
    for paper in ControlEvidence.objects.order_by("pk"):
        if paper.confirmed_at is None:
            waiting[paper.control] = waiting.get(paper.control, 0) + 1
        elif paper.until_on >= clock.today():
            papers[paper.control] = paper
    return [
        _standing(control, found, papers.get(control.key), waiting.get(control.key, 0))
        for control in controls()
    ]


def _standing(
    control: Control, found: dict[str, ControlFinding], paper: ControlEvidence | None, waiting: int
) -> Standing:
    findings = tuple(found[name] for name in control.probes if name in found)
    outcomes = [each.outcome for each in findings]
    outcomes += ["unknown"] * (len(control.probes) - len(findings))
    state = judged_state(
        outcomes, paper.outcome if paper else "", is_left=bool(control.left) or not control.probes
    )
    return Standing(control, state, findings, paper, waiting)
