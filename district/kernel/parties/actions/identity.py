"""Two records found to be one, and one found to be two; both can be undone exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from district.kernel.clock import now
from district.kernel.events import publish
from district.kernel.parties.contract import PartiesMerged, PartiesUnmerged, PartySplit
from district.kernel.parties.models import (
    Attribute,
    Candidate,
    CandidateState,
    Merge,
    Name,
    Number,
    Party,
    Relation,
    Split,
)
from district.kernel.parties.refused import Refused
from district.kernel.parties.settling import settle

MOVABLE: dict[str, Any] = {"numbers": Number, "names": Name, "attributes": Attribute, "relations": Relation}
LOCK = 0x6D657267


@transaction.atomic
def merge(kept: Party, gone: Party, account: Any, reason: str) -> Merge:
    """`gone` is `kept` from now on, with all that was merged into it. Nothing is moved: see Party.

    Raises Refused: same_party, different_kinds, already_merged (`gone` points elsewhere already), no_reason.
    """
    _in_line()
    kept, gone = _fresh(kept).root, _fresh(gone)
    if not reason.strip():
        raise Refused("no_reason", "请填写合并理由")
    if kept.kind != gone.kind:
        raise Refused("different_kinds", "自然人和法人不能合并")
    if gone.root_id == kept.pk:
        raise Refused("same_party", "两个主体已经是同一个")
    if not gone.is_root:
        raise Refused("already_merged", "该主体已并入其他主体，请合并它所归于的主体")
    made = Merge.objects.create(kept=kept, gone=gone, reason=reason[:300], by=account)
    Party.objects.filter(pk=gone.pk).update(merged_into=kept)
    _point_roots(gone.pk)
    settle([kept.pk])
    publish(PartiesMerged(kept=kept.pk, gone=gone.pk))
    return made


@transaction.atomic
def unmerge(merged: Merge, account: Any, reason: str = "") -> Party:
    """Undoes a merge: both stand as if it had never been, with what was said of either in the meantime. → `gone`

    Raises Refused `already_undone`.
    """
    _in_line()
    merged = Merge.objects.select_for_update().get(pk=merged.pk)
    if merged.undone_at is not None:
        raise Refused("already_undone", "该合并已经撤销")
    merged.undone_by, merged.undone_at, merged.undo_reason = account, now(), reason[:300]
    merged.save(update_fields=["undone_by", "undone_at", "undo_reason"])
    before = Party.objects.get(pk=merged.gone_id).root_id
    Party.objects.filter(pk=merged.gone_id).update(merged_into=None)
    _point_roots(merged.gone_id)
    settle([before, merged.gone_id])
    pair = sorted((merged.kept_id, merged.gone_id))
    Candidate.objects.filter(left=pair[0], right=pair[1], state=CandidateState.MERGED).update(
        state=CandidateState.WAITING, decided_by=None, decided_at=None
    )
    publish(PartiesUnmerged(kept=merged.kept_id, gone=merged.gone_id))
    return Party.objects.get(pk=merged.gone_id)


@transaction.atomic
def split(party: Party, rows: Mapping[str, Sequence[int]], account: Any, reason: str) -> Split:
    """Moves rows (`numbers`, `names`, `attributes`, `relations`: their keys) of a party to a new one.

    Raises Refused: no_reason, nothing_moved, foreign_rows (rows that are not this party's), nothing_left.
    """
    _in_line()
    party = _fresh(party)
    if not reason.strip():
        raise Refused("no_reason", "请填写拆分理由")
    moved = {table: sorted(set(keys)) for table, keys in rows.items() if keys}
    if not moved or set(moved) - set(MOVABLE):
        raise Refused("nothing_moved", "请选择要拆出的号码、名称或信息")
    for table, keys in moved.items():
        if MOVABLE[table].objects.filter(pk__in=keys, party=party).count() != len(keys):
            raise Refused("foreign_rows", "所选记录不属于该主体")
    if not party.numbers.exclude(pk__in=moved.get("numbers", [])).exists():
        raise Refused("nothing_left", "不能拆出全部号码")
    made = _like(party)
    _move(moved, made)
    found = Split.objects.create(party=party, made=made, moved=moved, reason=reason[:300], by=account)
    settle([party.root_id, made.pk])
    publish(PartySplit(party=party.pk, made=made.pk))
    return found


@transaction.atomic
def unsplit(done: Split, account: Any, reason: str = "") -> Party:
    """Undoes a split: its rows go back, and the new party, to which more may have come since, is merged in.

    Raises Refused `already_undone`, `has_moved_on` when the new party was merged with somebody else meanwhile.
    """
    _in_line()
    done = Split.objects.select_for_update().get(pk=done.pk)
    if done.undone_at is not None:
        raise Refused("already_undone", "该拆分已经撤销")
    made = _fresh(done.made)
    if not made.is_root:
        raise Refused("has_moved_on", "拆出的主体已与其他主体合并，请先撤销那次合并")
    _move(done.moved, done.party)
    done.undone_by, done.undone_at, done.undo_reason = account, now(), reason[:300]
    done.save(update_fields=["undone_by", "undone_at", "undo_reason"])
    root = _fresh(done.party).root
    settle([root.pk, made.pk])
    merge(root, made, account, reason or "撤销拆分")
    return root


def _in_line() -> None:
    """One change of identities at a time: chains of merges must not be laid by two hands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _fresh(party: Party) -> Party:
    return Party.objects.select_related("root").get(pk=party.pk)


def _like(party: Party) -> Party:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('parties_party_id_seq')")
        key = cursor.fetchone()[0]
    return Party.objects.create(pk=key, root_id=key, kind=party.kind, is_simulated=party.is_simulated)


def _move(moved: Mapping[str, Sequence[int]], to: Party) -> None:
    for table, keys in moved.items():
        MOVABLE[table].objects.filter(pk__in=keys).update(party=to)


def _point_roots(party_id: int) -> None:
    """Roots of a party and of all below it, after its `merged_into` changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE up AS (
                SELECT id, merged_into_id FROM parties_party WHERE id = %s
                UNION ALL SELECT p.id, p.merged_into_id FROM parties_party p JOIN up ON p.id = up.merged_into_id
            ), below AS (
                SELECT id FROM parties_party WHERE id = %s
                UNION ALL SELECT p.id FROM parties_party p JOIN below ON p.merged_into_id = below.id
            )
            UPDATE parties_party SET root_id = (SELECT id FROM up WHERE merged_into_id IS NULL)
            WHERE id IN (SELECT id FROM below)
            """,
            [party_id, party_id],
        )
