"""Pairs that the linkage found: recorded, merged by themselves when all but certain, else decided by a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from district.kernel.clock import now
from district.kernel.parties.actions.identity import merge
from district.kernel.parties.models import Candidate, CandidateState, Party
from district.kernel.parties.refused import Refused


@transaction.atomic
def record_pairs(kind: str, pairs: Iterable[Mapping[str, Any]]) -> int:
    """Keeps pairs (left, right, probability, weight, explanation) for review; what a person decided stays decided.

    Returns how many are new.
    """
    rows = [
        Candidate(
            kind=kind, left_id=min(pair["left"], pair["right"]), right_id=max(pair["left"], pair["right"]),
            probability=pair["probability"], weight=pair["weight"], explanation=pair["explanation"],
        )
        for pair in pairs
    ]  # fmt: skip
    before = Candidate.objects.count()
    Candidate.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
    known = {(row.left_id, row.right_id): row for row in rows}
    waiting = Candidate.objects.filter(state__in=(CandidateState.WAITING, CandidateState.LATER), kind=kind)
    changed = [
        _renewed(row, known[row.left_id, row.right_id])
        for row in waiting
        if (row.left_id, row.right_id) in known
    ]
    Candidate.objects.bulk_update(changed, ["probability", "weight", "explanation"], batch_size=2000)
    return Candidate.objects.count() - before


def _renewed(row: Candidate, by: Candidate) -> Candidate:
    row.probability, row.weight, row.explanation = by.probability, by.weight, by.explanation
    return row


@transaction.atomic
def decide(candidate: Candidate, state: str, account: Any, note: str = "") -> Candidate:
    """A person's word on a pair: merged, apart or later. Raises Refused: already_decided, unknown_state, or of merge."""
    if state not in (CandidateState.MERGED, CandidateState.APART, CandidateState.LATER):
        raise Refused("unknown_state", "没有这种审核结果")
    found = (
        Candidate.objects.select_for_update(of=("self",)).select_related("left", "right").get(pk=candidate.pk)
    )
    if found.state in (CandidateState.MERGED, CandidateState.APART):
        raise Refused("already_decided", "这一对已经审核过")
    if state == CandidateState.MERGED:
        _merge(found.left, found.right, account, note or "人工审核确认为同一主体")
    found.state, found.decided_by, found.decided_at, found.note = state, account, now(), note[:300]
    found.save(update_fields=["state", "decided_by", "decided_at", "note"])
    return found


@transaction.atomic
def link_pairs(pairs: Iterable[tuple[int, int]]) -> int:
    """Merges waiting pairs that need no person; each can be undone like any other. Returns how many."""
    merged = 0
    for a, b in pairs:
        found = (
            Candidate.objects.filter(left_id=min(a, b), right_id=max(a, b), state=CandidateState.WAITING)
            .select_related("left", "right")
            .first()
        )
        if found is not None:
            _merge(found.left, found.right, None, f"自动关联，可能性 {found.probability:.6f}")
            found.state, found.decided_at = CandidateState.MERGED, now()
            found.save(update_fields=["state", "decided_at"])
            merged += 1
    return merged


def _merge(left: Party, right: Party, account: Any, reason: str) -> None:
    """The roots of two parties, which may be one already by way of a third. The elder one stays."""
    roots = sorted({Party.objects.get(pk=each.pk).root_id for each in (left, right)})
    if len(roots) == 2:
        kept, gone = (Party.objects.get(pk=key) for key in roots)
        merge(kept, gone, account, reason)
